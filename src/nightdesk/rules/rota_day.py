"""One day of a rota by the hours of the clock on the wall: 24 of them, 23 or 25 when the clocks change. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from nightdesk.rules.cover import UNREACHABLE, Gap, cover_gaps, holes_in, merged
from nightdesk.rules.rota import Span


@dataclass(frozen=True)
class Hour:
    """From until (UTC); by the clock on the wall from `begins`, and `ends` so much later as it really lasts.

    `again`: 1 or 2 for the two hours of one name on a day that has both.
    """

    starts_at: datetime
    ends_at: datetime
    begins: time
    ends: time
    again: int = 0


def midnight(day: date, zone: tzinfo) -> datetime:
    """When a local day begins, in UTC."""
    return datetime.combine(day, time(0), tzinfo=zone).astimezone(UTC)


def hours_of(day: date, zone: tzinfo) -> list[Hour]:
    """The hours of a local day in their order, without a hole and without an overlap."""
    at, end = midnight(day, zone), midnight(day + timedelta(days=1), zone)
    edges = [at]
    while edges[-1] < end:
        minutes = 60 - edges[-1].astimezone(zone).minute  # a zone may change its clock by half an hour
        edges.append(min(edges[-1] + timedelta(minutes=minutes), end))
    walls = [edge.astimezone(zone) for edge in edges[:-1]]
    names = [wall.time() for wall in walls]
    return [
        Hour(
            first, last, wall.time(), (wall.replace(tzinfo=None) + (last - first)).time(),
            again=1 + wall.fold if names.count(wall.time()) > 1 else 0,
        )
        for first, last, wall in zip(edges, edges[1:], walls, strict=False)
    ]  # fmt: skip


def hours_gained(hours: Sequence[Hour]) -> timedelta:
    """How much longer than 24 hours the day is; less than nothing when the clocks go forward."""
    return hours[-1].ends_at - hours[0].starts_at - timedelta(hours=24)


def day_gaps(
    spans: Sequence[Span], layers: Sequence[str], hours: Sequence[Hour], now: datetime, *, reachable: Collection[str]
) -> list[Gap]:  # fmt: skip
    """The gaps of the whole day, in order: where nobody is on, and from `now` on where nobody on can be reached.

    Who could be reached in the past is not known any more.
    """
    begins, ends = hours[0].starts_at, hours[-1].ends_at
    empty = cover_gaps(spans, layers, begins, ends, reachable={span.staff for span in spans})
    found = list(empty)
    for gap in cover_gaps(spans, layers, min(max(now, begins), ends), ends, reachable=reachable):
        nobody = merged((one.starts_at, one.ends_at) for one in empty if one.layer == gap.layer)
        for starts_at, ends_at in holes_in(nobody, gap.starts_at, gap.ends_at):
            found.append(replace(gap, starts_at=starts_at, ends_at=ends_at, why=UNREACHABLE))
    return sorted(found, key=lambda gap: (gap.starts_at, layers.index(gap.layer)))
