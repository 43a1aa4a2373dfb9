"""Pack entries of telling what is overdue: after how many hours whom, what may wake somebody, and when a day begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from nightdesk.rules.pack_entries import Entry

if TYPE_CHECKING:
    from nightdesk.rules.pack_shape import Pack

DAY: Final = "day"
TASK, PROMISE, DUTY_SOON, DUTY_MISSED = "task", "promise", "duty_soon", "duty_missed"
STOP, CONSENT_OVER, CLOSING, FLAG = "stop_owed", "consent_over", "closing", "flag_review"
AWAY, TURNED_AWAY, OFFER = "away", "turned_away", "offer"
WORD = "desk_word"  # analysts linked a report of the case, or took that back
KINDS: Final = (
    TASK, PROMISE, DUTY_SOON, DUTY_MISSED, STOP, CONSENT_OVER, CLOSING, FLAG, AWAY, TURNED_AWAY, OFFER, WORD,
)  # fmt: skip
NOT_OVERDUE: Final = (DUTY_SOON, WORD)  # told ahead of its time, or without one
OF_NO_CASE: Final = (
    WORD,
)  # its line is under no reference: nobody who reads a case learns that anything matched


@dataclass(frozen=True, kw_only=True)
class NoticeKind(Entry):
    """What is told: to the officer, to whoever asked them and to their supervisors, so many hours after it was due, counted
    from `before_hours` before that.

    A level without hours is never told. `wakes`: it is told at any hour, when it would otherwise be told less than
    `needs_hours` before it is due.
    """

    label: str
    officer_hours: float | None = None
    asker_hours: float | None = None
    supervisor_hours: float | None = None
    before_hours: float = 0.0
    wakes: bool = False
    needs_hours: float = 0.0


@dataclass(frozen=True, kw_only=True)
class NoticeDay(Entry):
    """From which hour to which, by the force's own clock, somebody is told of what need not wake them."""

    opens_hour: int
    closes_hour: int


def notice_problems(pack: Pack) -> Iterator[str]:
    """Sentences for kinds that are missing or unknown, that reach nobody, and for a day that never opens."""
    for wanted in [wanted for wanted in KINDS if wanted not in pack.notice_kinds]:
        yield f'notices.toml: [[kind]] "{wanted}" is missing; nobody would be told of it.'
    for kind in pack.notice_kinds:
        if kind.id not in KINDS:
            yield f'notices.toml, kind "{kind.id}": unknown; use {", ".join(KINDS)}.'
        yield from _of_hours(kind)
    if tuple(pack.notice_days.ids()) != (DAY,):
        yield f'notices.toml: give one [[hours]] with the id "{DAY}".'
    for day in pack.notice_days:
        if not 0 <= day.opens_hour < day.closes_hour <= 24:
            yield f'notices.toml, hours "{day.id}": "opens_hour" comes before "closes_hour", from 0 to 24.'


def _of_hours(kind: NoticeKind) -> Iterator[str]:
    """Who is told first, and who after them."""
    given = {
        "officer_hours": kind.officer_hours,
        "asker_hours": kind.asker_hours,
        "supervisor_hours": kind.supervisor_hours,
    }
    hours = {name: after for name, after in given.items() if after is not None}
    if kind.officer_hours is None and kind.supervisor_hours is None:
        yield f'notices.toml, kind "{kind.id}": give "officer_hours" or "supervisor_hours".'
    if (kind.id == OFFER) != ("asker_hours" in hours):
        yield f'notices.toml, kind "{kind.id}": "asker_hours" belongs to "{OFFER}", and to no other.'
    for (first, before), (last, after) in pairwise(hours.items()):
        if after < before:
            yield f'notices.toml, kind "{kind.id}": "{last}" lies before "{first}".'
    if kind.needs_hours and not 0 < kind.needs_hours <= kind.before_hours:
        yield f'notices.toml, kind "{kind.id}": "needs_hours" is more than 0 and at most "before_hours".'


SECTIONS = (("notices", "kind", "notice_kinds", NoticeKind), ("notices", "hours", "notice_days", NoticeDay))
