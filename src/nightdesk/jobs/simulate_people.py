"""The staff of a simulated month: by which ways they are told, when they see it, and what they then do. Pure: chance is
seeded by who, which referral and which step, so the same page meets the same answer however often the worker woke.
"""

from dataclasses import dataclass
from random import Random
from typing import Final

from nightdesk.rules.referral import DECLINE_REASONS


@dataclass(frozen=True)
class Temper:
    """How somebody answers: shares of their pages, and the median minutes from seeing one to the tap.

    `forgets` of those who answered never set off; `gives_back` of them decline after all, some minutes later.
    """

    name: str
    answers: float
    declines: float
    minutes: float
    forgets: float = 0.04
    gives_back: float = 0.03


PROMPT: Final = Temper("prompt", answers=0.92, declines=0.05, minutes=0.8)
STEADY: Final = Temper("steady", answers=0.85, declines=0.07, minutes=1.5)
TEMPERS: Final = (
    PROMPT,
    PROMPT,
    STEADY,
    STEADY,
    Temper("sleeper", answers=0.5, declines=0.02, minutes=4.0),
    Temper("overloaded", answers=0.5, declines=0.3, minutes=2.5, forgets=0.12, gives_back=0.08),
)
CONTROL_ROOM: Final = Temper("control room", answers=0.88, declines=0.0, minutes=0.7, forgets=0.02)

# Ways in the order of somebody's wish; an empty one is told at their account's address. `bad`: the first address is wrong.
WAYS: Final[tuple[tuple[str, ...], ...]] = (
    ("screen", "sms", "email"),
    ("sms", "email"),
    ("sms", "webhook", "email"),
    ("email", "sms"),
    ("email",),
    (),
)
BAD_ADDRESS: Final = 0.06  # of the people: their first way can never be reached
LOST: Final = 0.02  # of these: they leave and never arrive
LOSES: Final = ("sms", "email")

# Median seconds until somebody sees it; a screen is seen only by who sits before it.
SEEN_SECONDS: Final = {"screen": 20.0, "sms": 25.0, "email": 90.0, "webhook": 15.0}
AT_THE_SCREEN: Final = 0.4
LEAVING_SECONDS: Final = (0.1, 1.5)  # how long a neighbour takes to take a message

SCREEN: Final = "screen"
ANSWER, DECLINE, NOTHING = "answer", "decline", "nothing"


@dataclass(frozen=True)
class Reaction:
    """What somebody does about one page, in minutes after they saw it; then, after the answer, in minutes after that."""

    does: str
    after_minutes: float
    reason: str
    sets_off: float | None  # None: forgets
    arrives: float
    hands_over: float
    gives_back: float | None


def reaction(temper: Temper, *, seed: int, number: int, step: int, who: str, at_night: bool) -> Reaction:
    """What `who` does about the page of step `step` of the referral `number`."""
    dice = Random(f"reaction {seed} {number} {step} {who}")
    share = dice.random()
    answers = temper.answers * (0.9 if at_night else 1.0)
    does = ANSWER if share < answers else DECLINE if share < answers + temper.declines else NOTHING
    minutes = temper.minutes * (1.5 if at_night else 1.0) * dice.lognormvariate(0, 0.7)
    sets_off, gives_back = dice.uniform(2, 12), dice.uniform(4, 25)
    fate = dice.random()
    forgets, gives = fate < temper.forgets, temper.forgets <= fate < temper.forgets + temper.gives_back
    arrives = sets_off + dice.uniform(15, 55)
    return Reaction(
        does, minutes, dice.choice(DECLINE_REASONS), None if forgets else sets_off, arrives,
        arrives + dice.uniform(60, 400), gives_back if gives else None,
    )  # fmt: skip


def seen_after(channel: str, *, seed: int, number: int, step: int, who: str) -> float | None:
    """Seconds from arriving to being seen; None when it never is."""
    dice = Random(f"seen {seed} {number} {step} {who} {channel}")
    if channel == SCREEN:
        return SEEN_SECONDS[channel] * dice.uniform(0.5, 3) if dice.random() < AT_THE_SCREEN else None
    return SEEN_SECONDS[channel] * dice.lognormvariate(0, 0.6)


def is_lost(channel: str, *, seed: int, key: str) -> bool:
    """Whether a message leaves and never arrives."""
    return channel in LOSES and Random(f"lost {seed} {key} {channel}").random() < LOST


def leaving_seconds(*, seed: int, channel: str, who: str) -> float:
    """How long a neighbour takes to take a message for `who`."""
    return Random(f"leaving {seed} {channel} {who}").uniform(*LEAVING_SECONDS)
