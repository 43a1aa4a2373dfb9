"""A task of a case: for somebody, by a time, done once. A new time needs words, and the old one stays visible. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

OPEN: Final = "open"
DONE: Final = "done"
DROPPED: Final = "dropped"

STATES: Final = (OPEN, DONE, DROPPED)
MOVES: Final[Mapping[str, Mapping[str, str]]] = {
    OPEN: {"do": DONE, "drop": DROPPED, "hand_on": OPEN, "re_date": OPEN},
    DONE: {"take_back": OPEN},
    DROPPED: {"take_back": OPEN},
}
WHOSE_TURN: Final[Mapping[str, str]] = {OPEN: "soit", DONE: "nobody", DROPPED: "nobody"}
FROM: Final = ("manual", "contact")
LONGEST_TITLE: Final = 200
LONGEST_WORDS: Final = 2000
FURTHEST: Final = timedelta(days=5 * 366)
NEED_WORDS: Final[Mapping[str, str]] = {
    "drop": "Say in a few words why it is dropped.",
    "re_date": "Say in a few words why the time moves. The old one stays visible.",
    "take_back": "Say in a few words why it is to be done after all.",
}


class TaskRefused(Exception):
    """The task can't go on like that; the sentence says what to do."""


@dataclass(frozen=True)
class Wanted:
    """What somebody wants of a task: the move, words, and for whom (an id of staff) or by when, where the move needs it."""

    move: str
    words: str = ""
    to: str = ""
    due_at: datetime | None = None


def next_state(state: str, move: str) -> str:
    """The state after `move`; raises TaskRefused when the table does not allow it."""
    if move not in MOVES[state]:
        raise TaskRefused("This task is not open any more, or never was over. Look at it again, then decide.")
    return MOVES[state][move]


def refuse_if_incomplete(wanted: Wanted, *, due_at: datetime, at: datetime) -> None:
    """Raise TaskRefused, saying what the move lacks: words, somebody, or another time that lies ahead."""
    if wanted.move in NEED_WORDS and not wanted.words.strip():
        raise TaskRefused(NEED_WORDS[wanted.move])
    if wanted.move == "hand_on" and not wanted.to:
        raise TaskRefused("Choose who is to do it.")
    if wanted.move == "re_date":
        if wanted.due_at is None or wanted.due_at == due_at:
            raise TaskRefused("Enter the new date and time.")
        refuse_if_no_such_time(wanted.due_at, at)


def refuse_if_no_such_time(due_at: datetime, at: datetime) -> None:
    """Raise TaskRefused for a time that is over or years ahead."""
    if not at < due_at <= at + FURTHEST:
        raise TaskRefused("The time must lie ahead, and within five years. Check the date and the time.")


def is_overdue(state: str, due_at: datetime, now: datetime) -> bool:
    """Whether it should be done by now and is not."""
    return state == OPEN and due_at <= now
