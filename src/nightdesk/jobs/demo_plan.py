"""What happens in the demo: every disclosure with its words and its fate, planned before anything is written. Pure.

The same seed, moment and number give the same plan. The first ones are set, so that every state can be seen whatever the
number; the rest are drawn, weighted to weekend nights, over the past 60 days.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from nightdesk.jobs.demo_basics import told
from nightdesk.jobs.demo_texts import Account, Teller, Words
from nightdesk.rules.basics import Basics

DAYS: Final = 60
ZONE: Final = ZoneInfo("Europe/London")
# How busy a counter is by hour of the day: most is told between ten at night and five in the morning.
BY_HOUR: Final = (9, 9, 10, 9, 7, 5, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 4, 4, 5, 7, 8)
WEEKEND: Final = {4: 1.4, 5: 2.0, 6: 1.9}  # Friday, Saturday, Sunday: times as busy
NEVER: Final = 10**6  # minutes: longer than the demo looks


@dataclass(frozen=True)
class Fate:
    """What becomes of it. Minutes count from the moment it was sent on; NEVER has not happened."""

    sent: bool = True
    leaves: float = NEVER
    silent_steps: int = 0  # how many layers of cover don't answer
    answered: float = 3.0  # minutes after the step that is answered
    declines: bool = False  # the first who answers hands it on
    set_off: float = 8.0
    arrive: float = 35.0
    hand_over: float = 150.0


@dataclass(frozen=True)
class Planned:
    """One disclosure of the demo. `drafts` are kept on the way, `basics` is sent on, `later` is added afterwards."""

    sender_key: UUID
    opened_at: datetime
    sent_at: datetime
    channel: str
    account: str
    sexual: bool
    drafts: tuple[Basics, ...]
    basics: Basics
    later: Basics | None
    fate: Fate
    override: tuple[str, str, str] | None = None


# Minutes before now at which each is sent on, and what becomes of it: every state a person at a desk may see tonight.
TONIGHT: Final[tuple[tuple[float, Fate], ...]] = (
    (0.0, Fate()),  # raised this second: the worker pages when it starts
    (1.2, Fate(answered=NEVER)),
    (3.5, Fate(answered=NEVER)),
    (8.0, Fate(silent_steps=1, answered=NEVER)),
    (6.0, Fate(answered=2.0, set_off=NEVER, arrive=NEVER)),
    (24.0, Fate(silent_steps=1, answered=3.0, set_off=NEVER, arrive=NEVER)),
    (31.0, Fate(answered=4.0, arrive=NEVER)),
    (40.0, Fate(answered=2.0, declines=True, set_off=12.0, arrive=NEVER)),
    (62.0, Fate(answered=2.0, set_off=4.0, arrive=NEVER)),  # on the way, and nobody has come
    (75.0, Fate(hand_over=NEVER)),
    (95.0, Fate(silent_steps=2, hand_over=NEVER)),
    (260.0, Fate()),
    (420.0, Fate(declines=True)),
    (50.0, Fate(leaves=15.0)),
    (35.0, Fate(sent=False)),
    (90.0, Fate(sent=False, leaves=2.0)),
    (900.0, Fate(sent=False, leaves=0.5)),
    (1500.0, Fate(silent_steps=3, answered=2.0)),
)


def plan(
    words: Words, *, seed: int, count: int, now: datetime, times: Mapping[str, tuple[float, float]]
) -> list[Planned]:
    """`count` disclosures (40 or more) up to `now` (aware), oldest first. `times` are the pack's quick answers to *when*:
    id → (earliest, latest) in hours ago."""
    dice = Random(seed)
    teller = Teller(words, dice)
    cards = _cards(words, dice, count)
    made = []
    for number, account in enumerate(cards):
        if number < len(TONIGHT):
            minutes, fate = TONIGHT[number]
            sent_at = now - timedelta(minutes=minutes)
        else:
            sent_at, fate = _moment(dice, now), _fate(dice, account)
        made.append(_planned(teller, account, sent_at, fate, times))
    _name_repeats(teller, made, count)
    return sorted(made, key=lambda planned: planned.sent_at)


def _cards(words: Words, dice: Random, count: int) -> list[Account]:
    """Which template each is: tonight's ones sexual, every template once as far as there is room, the rest by weight."""
    tonight = [account for account in words.accounts if not account.times]
    cards = [dice.choice(tonight) for _ in TONIGHT]
    rest = [*words.accounts, *words.others[:5]]
    dice.shuffle(rest)
    cards += rest[: count - len(cards)]
    weights = [account.weight for account in words.accounts]
    while len(cards) < count:
        other = dice.random() < 0.22
        cards.append(dice.choice(words.others) if other else dice.choices(words.accounts, weights)[0])
    return cards


def _moment(dice: Random, now: datetime) -> datetime:
    """A moment of the past 60 days, by how busy that hour of that day is."""
    while True:
        moment = now - timedelta(minutes=dice.uniform(200, DAYS * 1440))
        local = moment.astimezone(ZONE)
        if dice.random() * max(BY_HOUR) * 2 < BY_HOUR[local.hour] * WEEKEND.get(local.weekday(), 1.0):
            return moment


def _fate(dice: Random, account: Account) -> Fate:
    """What becomes of an older one: nearly all end with the person handed over, some after a silence or a refusal."""
    if dice.random() < 0.05:
        return Fate(sent=False, leaves=dice.choice((NEVER, 1.0, 6.0)))
    silent = dice.choices((0, 1, 2, 3), (78, 15, 5, 2))[0]
    leaves = dice.uniform(5, 60) if dice.random() < (0.04 if account.sexual else 0.05) else float(NEVER)
    return Fate(
        leaves=leaves, silent_steps=silent, answered=dice.uniform(0.4, 4.4), declines=dice.random() < 0.06,
        set_off=dice.uniform(3, 15), arrive=dice.uniform(18, 70), hand_over=dice.uniform(80, 260),
    )  # fmt: skip


def _planned(
    teller: Teller, account: Account, sent_at: datetime, fate: Fate, times: Mapping[str, tuple[float, float]]
) -> Planned:
    dice = teller.dice
    opened_at = sent_at - timedelta(minutes=dice.uniform(1.5, 6))
    basics = told(teller, account, opened_at, times)
    drafts = _drafts(basics) if not fate.sent or dice.random() < 0.5 else ()
    added = fate.sent and not account.chemsex and dice.random() < 0.08
    override = _override(account) if added else None
    later = _later(teller, basics) if fate.sent and dice.random() < 0.12 else None
    return Planned(
        sender_key=UUID(int=dice.getrandbits(128), version=4), opened_at=opened_at, sent_at=sent_at,
        channel=dice.choice(account.channels), account=account.id, sexual=account.sexual, drafts=drafts, basics=basics,
        later=later, fate=fate, override=override,
    )  # fmt: skip


def _drafts(basics: Basics) -> tuple[Basics, ...]:
    """How it looked while it was typed: the first words, then the whole of *what*."""
    words = basics.what.split()
    half = " ".join(words[: max(1, len(words) // 2)])
    return Basics(what=half), Basics(what=basics.what, under_18=basics.under_18, danger_now=basics.danger_now)


def _later(teller: Teller, basics: Basics) -> Basics:
    """A correction some minutes later: a number to ring, or a place that came back to them."""
    if not basics.contact_phone:
        return replace(basics, contact_phone=teller.phone(), safe_ways=("text",))
    return replace(
        basics, where_words=f"{basics.where_words or 'not sure where'} (thinks it was the second floor)"
    )


def _override(account: Account) -> tuple[str, str, str]:
    """A person at the desk adds to what triage proposed: label, level, why."""
    if account.sexual:
        return "chemsex_context", "possible", "Said at the desk that there were chems at the party."
    return "sexual_offence", "possible", "How it was said. Asked for someone to look."


def _name_repeats(teller: Teller, made: list[Planned], count: int) -> None:
    """Let each person of several reports be named in their share of them, in places of the kind where they are met."""
    free = [n for n, planned in enumerate(made) if planned.sexual and planned.fate.sent and n >= len(TONIGHT)]
    for known in teller.words.repeats:
        wanted = max(2, round(known["reports"] * min(1.0, count / 300)))
        fitting = [n for n in free if made[n].basics.where_kind in known["places"]][:wanted]
        for n in fitting:
            free.remove(n)
            suspects = (teller.repeated(known), *made[n].basics.suspects[1:])
            made[n] = _with_suspects(made[n], suspects)


def _with_suspects(planned: Planned, suspects: Any) -> Planned:
    states = {**planned.basics.answers, "who_suspect": "given"}
    later = replace(planned.later, suspects=suspects, answers=states) if planned.later else None
    return replace(planned, basics=replace(planned.basics, suspects=suspects, answers=states), later=later)
