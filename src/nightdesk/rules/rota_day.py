"""One day of a rota by the hours of the clock on the wall: 24 of them, 23 or 25 when the clocks change. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from nightdesk.rules.cover import Gap, cover_gaps
from nightdesk.rules.rota import Span


@dataclass(frozen=True)
class Hour:
    """From until (UTC), as the clock shows both; `again`: 1 or 2 for the two hours of that name on a day that has both."""

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
    walls = [edge.astimezone(zone) for edge in edges]
    names = [wall.time() for wall in walls[:-1]]
    return [
        Hour(first, last, begins, wall.time(), (1 + wall_of.fold) if names.count(begins) > 1 else 0)
        for first, last, begins, wall_of, wall in zip(edges, edges[1:], names, walls, walls[1:], strict=False)
    ]


def hours_gained(hours: Sequence[Hour]) -> timedelta:
    """How much longer than 24 hours the day is; less than nothing when the clocks go forward."""
    return hours[-1].ends_at - hours[0].starts_at - timedelta(hours=24)


def day_gaps(
    spans: Sequence[Span], layers: Sequence[str], hours: Sequence[Hour], now: datetime, *, reachable: Collection[str]
) -> list[Gap]:  # fmt: skip
    """The gaps of the whole day. Who could be reached in the past is not known: then only nobody at all is a gap."""
    begins, ends = hours[0].starts_at, hours[-1].ends_at
    turn = min(max(now, begins), ends)
    everybody = {span.staff for span in spans}
    past = cover_gaps(spans, layers, begins, turn, reachable=everybody) if turn > begins else []
    coming = cover_gaps(spans, layers, turn, ends, reachable=reachable) if turn < ends else []
    return [*past, *coming]
