"""The evidence clock: which specimens and which care are still worth offering, and until when (C4).

Four rules (field reference 1.1):
- count from the LATEST possible time, since people who were drugged often have a gap;
- never say that it is too late: a window that has passed says "Ask the SARC";
- when it is not known what was done, every clock runs;
- the shortest live clock comes first, but for what the pack puts before all (the first urine).

All arithmetic is in UTC, so a night on which the clocks change is as long as it really is. The hours come
from the pack, each with its source and edition; this file knows no hours of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from nightdesk.rules.pack_windows import DrugWindow, HealthWindow, SpecimenWindow, TimedEntry

ASK_THE_SARC = "Ask the SARC"
COUNTED_FROM_LATEST = "Counted from the latest possible time."
COUNTED_FROM_REPORT = "The time is not known, so this is counted from the time of the report."
State = Literal["live", "later", "passed"]


class NaiveTime(ValueError):
    """A time came without its zone; it could be an hour wrong, and an hour can be the specimen."""


@dataclass(frozen=True)
class Window:
    """One clock as computed at `now`.

    Times are aware UTC. `ends_at`, `hours` and `remaining_hours` are None where no limit is known; `opens_at`
    is later than `now` where something (a hair sample, an HIV test) has to wait: state "later".
    `remaining_hours` is 0 once passed. `counting` says in words what it was counted from. `review_on` lies in
    the past for an expired edition.
    """

    id: str
    label: str
    state: State
    opens_at: datetime
    ends_at: datetime | None
    best_until: datetime | None
    hours: float | None
    remaining_hours: float | None
    advice: str
    counting: str
    source: str
    source_label: str
    edition: str
    review_on: date
    signed: bool
    order: int
    before_all: bool = False

    @property
    def live(self) -> bool:
        """Whether the specimen or the care is worth offering now."""
        return self.state == "live"


def specimen_windows(
    windows: Iterable[SpecimenWindow],
    *,
    latest_at: datetime | None,
    now: datetime,
    sites: frozenset[str] | None = None,
    drugs: frozenset[str] = frozenset(),
    time_known: bool = True,
) -> tuple[Window, ...]:
    """Every specimen clock that matters: live with the least time left first, then opening later, then passed.

    `latest_at` is the latest possible time of the act. When nothing is known of it, give the time of the report
    and `time_known` False; or None, and then `now` must be the time of the report, or the clock would never run
    down. `sites` and `drugs` as `that_matter`. Raises NaiveTime. Source: field reference 1.1 and 1.2.
    """
    return _clocks(that_matter(windows, sites, drugs), latest_at, now, time_known)


def that_matter(
    windows: Iterable[SpecimenWindow], sites: frozenset[str] | None, drugs: frozenset[str]
) -> tuple[SpecimenWindow, ...]:
    """The windows to offer, given what is known of the act.

    `sites` are ids of the pack's sites; None, empty or one that no window knows means not known and runs every clock.
    A window of one drug matters when the drug is among `drugs`; a named drug never takes another clock away.
    """
    table = tuple(windows)
    covered = {site for window in table for site in window.sites}
    chosen = sites if sites and sites <= covered else frozenset(covered)
    return tuple(
        window
        for window in table
        if (
            window.drug in drugs
            if isinstance(window, DrugWindow)
            else not window.sites or chosen & set(window.sites)
        )
    )


def health_windows(
    windows: Iterable[HealthWindow], *, latest_at: datetime | None, now: datetime, time_known: bool = True
) -> tuple[Window, ...]:
    """Every health clock, counted and sorted as `specimen_windows`. Source: field reference 1.4."""
    return _clocks(windows, latest_at, now, time_known)


def soonest(windows: Iterable[Window]) -> Window | None:
    """The live window with the least time left; None when no live window has a limit."""
    limited = [window for window in windows if window.live and window.ends_at is not None]
    return min(limited, key=lambda window: _place(window)[1:], default=None)


def latest_possible(earliest_at: datetime | None, latest_at: datetime | None, told_at: datetime) -> datetime:
    """The latest moment at which it can have happened (aware UTC): never later than the moment of telling.

    With no latest time known, that is the moment of telling itself. Raises NaiveTime, and ValueError when the
    times are the wrong way round.
    """
    told = in_utc(told_at, "told_at")
    earliest = None if earliest_at is None else in_utc(earliest_at, "earliest_at")
    latest = told if latest_at is None else in_utc(latest_at, "latest_at")
    if earliest is not None and latest_at is not None and earliest > latest:
        raise ValueError("The earliest time lies after the latest time; swap them.")
    return min(told, latest)


def in_utc(moment: datetime, name: str) -> datetime:
    """`moment` in UTC; raises NaiveTime, naming the argument, when it has no time zone."""
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise NaiveTime(f"{name} has no time zone; give an aware time in UTC.")
    return moment.astimezone(UTC)


def _clocks(
    entries: Iterable[TimedEntry], latest_at: datetime | None, now: datetime, time_known: bool
) -> tuple[Window, ...]:
    now_utc = in_utc(now, "now")
    start = now_utc if latest_at is None else min(in_utc(latest_at, "latest_at"), now_utc)
    known = time_known and latest_at is not None
    return tuple(sorted((_clock(entry, start, known, now_utc) for entry in entries), key=_place))


def _clock(entry: TimedEntry, start: datetime, known: bool, now: datetime) -> Window:
    opens_at = start + timedelta(hours=entry.from_hours)
    ends_at = None if entry.hours is None else start + timedelta(hours=entry.hours)
    best_until = None if entry.best_hours is None else start + timedelta(hours=entry.best_hours)
    state: State = "later" if now < opens_at else "live" if ends_at is None or now <= ends_at else "passed"
    return Window(
        id=entry.id,
        label=entry.label,
        state=state,
        opens_at=opens_at,
        ends_at=ends_at,
        best_until=best_until,
        hours=entry.hours,
        remaining_hours=None if ends_at is None else max((ends_at - now) / timedelta(hours=1), 0.0),
        advice=ASK_THE_SARC if state == "passed" else entry.advice,
        counting=COUNTED_FROM_LATEST if known else COUNTED_FROM_REPORT,
        source=entry.source,
        source_label=entry.source_label,
        edition=entry.edition,
        review_on=entry.review_on,
        signed=entry.signed,
        order=entry.order,
        before_all=entry.before_all,
    )


def _place(window: Window) -> tuple[int, float, int, str]:
    """Sort key: before all, live with a limit, live without, opening later (soonest first), passed (latest first)."""
    if window.state == "passed" and window.ends_at is not None:
        return (3, -window.ends_at.timestamp(), window.order, window.id)
    if window.state == "later":
        return (2, window.opens_at.timestamp(), window.order, window.id)
    if window.ends_at is None:
        return (1, 0.0, window.order, window.id)
    return (-1 if window.before_all else 0, window.ends_at.timestamp(), window.order, window.id)
