"""Safe hours of a person: days of the week and times of day by the clock on their wall, over midnight too. Pure.

A window belongs to the day on which it opens: Friday 22:00 to 02:00 goes on into Saturday. Clocks that change are lived
through as the person does: an hour that happens twice counts twice, one that does not happen is nobody's.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Final

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEK: Final = 7
HOUR: Final = timedelta(hours=1)
SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True)
class Hours:
    """From `opens` until `closes` on each of `days` (of DAYS). `closes` not after `opens` means the next morning."""

    days: frozenset[str]
    opens: time
    closes: time

    def holds(self, local: datetime) -> bool:
        """Whether a time on the person's wall lies in it; the first minute does, the one of closing does not."""
        at, today = local.time(), local.weekday()
        before = DAYS[today - 1]
        if self.opens < self.closes:
            return DAYS[today] in self.days and self.opens <= at < self.closes
        return (DAYS[today] in self.days and at >= self.opens) or (before in self.days and at < self.closes)


def is_safe_time(hours: Iterable[Hours], zone: tzinfo, at: datetime) -> bool:
    """Whether `at` (aware) lies in one of the windows by the clock of `zone`. Raises ValueError for a time without zone."""
    if at.utcoffset() is None:
        raise ValueError("Give the time with its zone (UTC).")
    local = at.astimezone(zone)
    return any(window.holds(local) for window in hours)


def next_safe_at(hours: Iterable[Hours], zone: tzinfo, at: datetime) -> datetime | None:
    """The first safe moment from `at` on (aware UTC); `at` itself when it is safe. None when no window ever opens."""
    windows = tuple(hours)
    if is_safe_time(windows, zone, at):
        return at.astimezone(UTC)
    starts = [*_openings(windows, zone, at), *_changes(zone, at)]
    later = (start for start in sorted(starts) if start > at and is_safe_time(windows, zone, start))
    return next(later, None)


def _openings(windows: tuple[Hours, ...], zone: tzinfo, at: datetime) -> Iterator[datetime]:
    """When each window opens by the clock, in the next eight days; twice where that hour happens twice."""
    first = at.astimezone(zone).date()
    for number in range(-1, WEEK + 2):
        day = first + timedelta(days=number)
        for window in windows:
            if DAYS[day.weekday()] in window.days:
                for fold in (0, 1):
                    yield datetime.combine(day, window.opens, tzinfo=zone).replace(fold=fold).astimezone(UTC)


def _changes(zone: tzinfo, at: datetime) -> Iterator[datetime]:
    """The seconds in the next eight days at which the clocks of `zone` change: a window may open by that alone."""
    start = at.astimezone(UTC).replace(microsecond=0)
    for number in range(24 * (WEEK + 1)):
        before, after = start + number * HOUR, start + (number + 1) * HOUR
        if _offset(before, zone) == _offset(after, zone):
            continue
        while after - before > SECOND:
            middle = before + timedelta(seconds=(after - before) // SECOND // 2)
            before, after = (
                (middle, after) if _offset(middle, zone) == _offset(before, zone) else (before, middle)
            )
        yield after


def _offset(at: datetime, zone: tzinfo) -> timedelta | None:
    return at.astimezone(zone).utcoffset()
