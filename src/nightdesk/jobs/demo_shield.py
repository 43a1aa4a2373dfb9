"""The shield of the demo: sealed at counters and by specialists, opened with reasons, decided, and people turned away.

Planned into the demo's days before they are lived through, by the actions that pages call, with dice of its own.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from nightdesk.actions.interest import ask_interest, move_interest
from nightdesk.actions.shield import enter_answer, open_shield
from nightdesk.actions.turned_away import NOBODY, Report, move_report, receive_report
from nightdesk.jobs.demo_life import Life
from nightdesk.queries.shield import kept, shield
from nightdesk.rules.access import Reader
from nightdesk.rules.shield import DrugAnswer

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
SAID: Final = (
    (("ghb",), ("drunk",), "someone_else", "Said the drink tasted salty. Woke up hours later."),
    (("methamphetamine", "ghb"), ("smoked", "drunk"), "self", "Had some themselves earlier; more was put in later."),
    (("mephedrone",), ("sniffed",), "unsure", "Not sure who put it out. Remembers only parts of the night."),
    ((), ("dont_know",), "unsure", "Something in a glass. Does not know what."),
)  # fmt: skip
# days ago, kind, against the default, and the moves that follow an hour apart: (who, move, against)
ASKED: Final = (
    (38, "own_use", False, (("supervisor", "confirm", False),)),
    (24, "social_supply", True, (("first", "vote", False), ("second", "vote", True))),
    (11, "own_use", True, (("first", "vote", True),)),
    (6, "supply_for_gain", False, ()),
    (3, "social_supply", False, ()),
)  # fmt: skip
# days ago, station, what, about whoever leads there, a way to answer, words, and the steps that follow
REPORTS: Final = (
    (33, "HAL", "threatened", False, "07700 900412", "Was told that with that in my blood I could be arrested, so I left.",
     ("look", "talk", "learn", "close")),
    (15, "OTT", "turned_away", False, "", "Sent home to sober up and come back in the morning.", ("look", "learn")),
    (4, "KES", "turned_away", False, "", "The officer said it was not what the desk is for.", ()),
    (2, "HAL", "both", True, "", "It was the officer in charge who said it.", ()),
    (0.2, "BRA", "other", False, "moth@mail.example.invalid", "Waited two hours and nobody asked me anything.", ()),
)  # fmt: skip
STEP_WORDS: Final = {
    "look": "", "talk": "Talked to whoever was at the desk.", "close": "The desk has new words; they were thanked.",
    "learn": "The words on the shield were not known there. They are now read at each hand-over.",
}  # fmt: skip


def plan_shield(life: Life) -> None:
    """Put all of it into the days ahead of the demo's life."""
    dice = Random(5)  # dice of its own: the people of the demo stay who they are
    for number, days in enumerate((41, 30, 20, 12, 7, 4, 1.5, 0.4, 0.1)):
        life.later(life.now - days * DAY, _sealing(life, dice, number))
    for days, kind, against, moves in ASKED:
        life.later(life.now - days * DAY, _asking(life, dice, kind, against, moves))
    for days, station, what, lead, answer, told, steps in REPORTS:
        report = Report(what, told, station, lead, answer)
        life.later(life.now - days * DAY, _reporting(life, dice, report, steps))


def _key(dice: Random) -> UUID:
    return UUID(int=dice.getrandbits(128), version=4)


def _newest(life: Life) -> tuple[str, Reader] | None:
    """The newest case that a specialist has, with that specialist."""
    for reference, told in reversed(life.mail.items()):
        for reader, _token in reversed(told):
            seen = shield(reader, reference)
            if seen is not None and seen.may_open:
                return reference, reader
    return None


def _sealing(life: Life, dice: Random, number: int) -> Callable[[datetime], None]:
    """The counter that took it seals what was said, or the specialist does; then it is opened for the case, or a doctor."""
    substances, routes, given_by, words = SAID[number % len(SAID)]

    def seal(at: datetime) -> None:
        if (found := _newest(life)) is None:
            return
        reference, soit = found
        counters = [reader for reader, _ in life.force.counters if kept(reader, reference, at) is not None]
        answer = DrugAnswer(
            substances=substances,
            routes=routes,
            given_by=given_by,
            words=words,
            latest_at=at - dice.randint(2, 20) * HOUR,
        )
        who = counters[0] if counters and number % 2 else soit
        enter_answer(actor=who, at=at, reference=reference, key=_key(dice), answer=answer)
        purpose, reason = (("case", "samples"), ("medical", "sarc"), ("case", "account"))[number % 3]
        life.later(at + 50 * MINUTE, _opening(soit, reference, purpose, reason))

    return seal


def _opening(soit: Reader, reference: str, purpose: str, reason: str) -> Callable[[datetime], None]:
    def open_it(at: datetime) -> None:
        seen = shield(soit, reference)
        if seen is not None and seen.may_open:  # the case may have gone to a colleague since
            open_shield(
                actor=soit,
                at=at,
                reference=reference,
                purpose=purpose,
                reason=reason,
                words="Before the examination.",
            )

    return open_it


def _asking(
    life: Life, dice: Random, kind: str, against: bool, moves: tuple[tuple[str, str, bool], ...]
) -> Callable[[datetime], None]:
    def ask(at: datetime) -> None:
        if (found := _newest(life)) is None:
            return
        reference, soit = found
        row = ask_interest(
            actor=soit, at=at, reference=reference, key=_key(dice), kind=kind, against=against,
            grounds="They said so themselves when they were asked what a doctor should know.",
        )  # fmt: skip
        who = _seniors(life, soit)
        for number, (name, move, view) in enumerate(moves, 1):
            act = _moving(who[name], row.reference, move, view, seen=number)
            life.later(at + number * HOUR, act)

    return ask


def _seniors(life: Life, soit: Reader) -> dict[str, Reader]:
    """The unit's supervisor, the commander, and a supervisor of another unit."""
    readers = list(life.force.readers.values())
    own = next(reader for reader in readers if reader.role == "supervisor" and reader.unit == soit.unit)
    other = next(reader for reader in readers if reader.role == "supervisor" and reader.unit != soit.unit)
    return {"supervisor": own, "first": own, "second": other}


def _moving(who: Reader, interest: str, move: str, against: bool, *, seen: int) -> Callable[[datetime], None]:
    def move_it(at: datetime) -> None:
        move_interest(
            actor=who, at=at, interest=interest, move=move, against=against, seen=seen,
            reasons="Nothing here outweighs that they came to us.",
        )  # fmt: skip

    return move_it


def _reporting(
    life: Life, dice: Random, report: Report, steps: tuple[str, ...]
) -> Callable[[datetime], None]:
    def send(at: datetime) -> None:
        row = receive_report(actor=NOBODY, at=at, key=_key(dice), report=report)
        for number, step in enumerate(steps, 1):
            life.later(at + number * 9 * HOUR, _stepping(life, row.number, report, step, seen=number))

    return send


def _stepping(life: Life, number: str, report: Report, step: str, *, seen: int) -> Callable[[datetime], None]:
    unit = str(life.force.stations[report.station].unit_id)
    readers: dict[str, Any] = {
        reader.role: reader for reader in life.force.readers.values() if reader.role == "commander"
    }
    readers["supervisor"] = next(
        reader
        for reader in life.force.readers.values()
        if reader.role == "supervisor" and reader.unit == unit
    )
    who = readers["commander" if step == "close" else "supervisor"]

    def make(at: datetime) -> None:
        move_report(actor=who, at=at, number=number, move=step, words=STEP_WORDS[step], seen=seen)

    return make
