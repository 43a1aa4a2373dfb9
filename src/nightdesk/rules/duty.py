"""A duty: what is owed in a case, by when, and which moves are allowed. Its clock is counted once and never moved. Pure.

Source: recording within 24 hours: National Crime Recording Standard (HMICFRS glossary); told within one working day:
Victims' Code 2021, enhanced entitlement. The hours themselves are the pack's.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, Final

from nightdesk.rules.pack_duties import DutyEntry

OWED: Final = "owed"
STARTED: Final = "started"
MET: Final = "met"
MISSED: Final = "missed"
MET_LATE: Final = "met_late"
NOT_APPLICABLE: Final = "not_applicable"

STATES: Final = (OWED, STARTED, MET, MISSED, MET_LATE, NOT_APPLICABLE)
MOVES: Final[Mapping[str, Mapping[str, str]]] = {
    OWED: {"start": STARTED, "meet": MET, "miss": MISSED, "set_aside": NOT_APPLICABLE},
    STARTED: {"meet": MET, "miss": MISSED, "set_aside": NOT_APPLICABLE},
    MET: {"take_back": OWED},
    MISSED: {"meet": MET_LATE, "set_aside": NOT_APPLICABLE},
    MET_LATE: {"take_back": MISSED},
    NOT_APPLICABLE: {"take_back": OWED},
}
WHOSE_TURN: Final[Mapping[str, str]] = {
    OWED: "soit", STARTED: "soit", MET: "nobody", MISSED: "soit", MET_LATE: "nobody", NOT_APPLICABLE: "nobody",
}  # fmt: skip
RUNNING: Final = (OWED, STARTED)  # its clock runs; a missed one is still owed, and has no clock any more
STILL_OWED: Final = (*RUNNING, MISSED)
BY_HAND: Final = ("start", "meet", "set_aside", "take_back")  # "miss" is the worker's
ANSWERS: Final = ("accepted", "declined", "later")  # to an offer: it was made, whatever the answer
WEEKEND: Final = (5, 6)


class DutyRefused(Exception):
    """What was asked of a duty is not allowed; the sentence says what to do."""


@dataclass(frozen=True)
class Calendar:
    """Which days are worked: the force's zone, and its bank holidays."""

    zone: tzinfo
    holidays: Collection[date] = ()

    def is_worked(self, day: date) -> bool:
        """Monday to Friday, but for bank holidays."""
        return day.weekday() not in WEEKEND and day not in self.holidays


def due_at(starts_at: datetime, entry: DutyEntry, calendar: Calendar) -> datetime:
    """When the duty is missed (aware UTC): after its hours, or when its last working day ends by the local clock.

    The day on which it starts is not counted, so one working day from a Friday evening ends with Monday. Raises ValueError
    for a time without its zone.
    """
    if starts_at.utcoffset() is None:
        raise ValueError("Give the time with its zone (UTC).")
    if entry.working_days is None:
        return starts_at.astimezone(UTC) + timedelta(hours=entry.hours or 0)
    day, left = starts_at.astimezone(calendar.zone).date(), entry.working_days
    while left:
        day += timedelta(days=1)
        left -= calendar.is_worked(day)
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=calendar.zone).astimezone(UTC)


def next_state(state: str, move: str) -> str:
    """The state after `move`; raises DutyRefused with a sentence when it is not possible."""
    if move not in MOVES[state]:
        raise DutyRefused(
            "Somebody has answered this duty already, or its time has passed. Look at it again, then decide."
        )
    return MOVES[state][move]


def state_after_taking_back(due: datetime, at: datetime) -> str:
    """Said to be met by mistake: owed again, or missed when its time has passed meanwhile. Never a new time."""
    return OWED if at < due else MISSED


@dataclass(frozen=True)
class Said:
    """What somebody says of a duty: a ground of the pack, the person's answer to an offer, words, when it was done."""

    ground: str = ""
    answer: str = ""
    words: str = ""
    done_at: datetime | None = None


def refuse_if_incomplete(
    entry: DutyEntry, move: str, said: Said, *, grounds: Mapping[str, Any], starts_at: datetime, at: datetime
) -> None:
    """Raise DutyRefused, saying what is missing. `grounds`: the pack's, id → entry, of this duty.

    Setting aside needs a ground, taking back needs words, an offer needs its answer; nothing was done before it was owed or
    is done in the future.
    """
    if move not in BY_HAND or (move == "meet" and entry.met_by == "recording"):
        raise DutyRefused("Choose one of the steps that the page offers.")
    if move == "set_aside" and said.ground not in grounds:
        raise DutyRefused("Choose why this duty does not apply.")
    if move == "take_back" and not said.words.strip():
        raise DutyRefused("Say in a few words why it is owed after all.")
    if move == "meet" and entry.met_by == "answer" and said.answer not in ANSWERS:
        raise DutyRefused("Choose what the person answered. A no is an answer too.")
    refuse_if_no_such_time(said.done_at, starts_at=starts_at, at=at)


def refuse_if_no_such_time(done_at: datetime | None, *, starts_at: datetime, at: datetime) -> None:
    """Raise DutyRefused for a time before the minute in which it began, or in the future. None is now."""
    if done_at is not None and not starts_at.replace(second=0, microsecond=0) <= done_at <= at:
        raise DutyRefused(
            "It can’t have been before the report, or in the future. Check the date and the time."
        )


def met_state(due: datetime, done_at: datetime) -> str:
    """Whether what was done at `done_at` was in time: noted later, it still counts from when it was done."""
    return MET if done_at <= due else MET_LATE
