"""Cases of somebody who is away: noted once a day, seen by a supervisor within that day. Pure.

Source: IOPC learning, October 2024 (cases left with officers who were not there).
"""

from collections.abc import Collection
from datetime import datetime, time, timedelta, tzinfo
from typing import Final

STAYS: Final = "stays"
STAND_IN: Final = "stand_in"
REASSIGNED: Final = "reassigned"
DONE: Final = (STAYS, STAND_IN, REASSIGNED)
BY_HAND: Final = (STAYS, STAND_IN)  # a case is reassigned on the page that does it; that marks it as seen
FROM: Final = time(7)  # nobody is told at midnight of what waits until the morning


class AwayRefused(Exception):
    """A case of somebody who is away can't be marked so; the sentence says what to do."""


def is_time(at: datetime, zone: tzinfo) -> bool:
    """Whether the day's note may be made: from the morning on, by the clock on the wall."""
    return at.astimezone(zone).time() >= FROM


def notes_again(done: str, stand_in: str, away: Collection[str]) -> bool:
    """Whether a case that was seen in this absence is noted on a later day: one that stays is looked at every day; one that
    somebody looks after until the owner is back is not, unless they are away as well."""
    return done != STAND_IN or stand_in in away


def days_away(starts_at: datetime, at: datetime) -> int:
    """How many whole days somebody has been away."""
    return max((at - starts_at) // timedelta(days=1), 0)


def refuse_if_not_done(done: str, stand_in: str, colleagues: Collection[str]) -> None:
    """Raise AwayRefused unless it says what is done, and who stands in is one of the unit who is there."""
    if done not in BY_HAND:
        raise AwayRefused("Choose what is done with this case.")
    if done == STAND_IN and stand_in not in colleagues:
        raise AwayRefused("Choose a colleague of this unit who is there to look after the case.")
