"""Cover: where nobody who can be reached is on, who is on twice at once, and who had too little rest.

An empty rota is one long gap, not the absence of one (casework reference 8, test 22); somebody who can't be reached covers
nothing (test 23).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from nightdesk.rules.rota import Span

DAYS_AHEAD: Final = 14  # how far ahead gaps are looked for
TOLD_AGAIN: Final = timedelta(hours=24)  # before it begins, a gap that is still open is told again
REST: Final = timedelta(hours=11)  # between two turns (Working Time Regulations 1998, regulation 10)
NOBODY: Final = "nobody"
UNREACHABLE: Final = "unreachable"


@dataclass(frozen=True)
class Gap:
    """A time without cover in a layer; `why`: nobody is on, or nobody who can be reached (then `staff` are on)."""

    layer: str
    starts_at: datetime
    ends_at: datetime
    why: str
    staff: tuple[str, ...] = ()


def cover_gaps(
    spans: Iterable[Span], layers: Sequence[str], starts_at: datetime, ends_at: datetime, *, reachable: Collection[str]
) -> list[Gap]:  # fmt: skip
    """Every gap of each of `layers` from `starts_at` to `ends_at` (UTC), in order; `reachable`: staff with a working way."""
    listed, gaps = list(spans), []
    for layer in layers:
        own = [span for span in listed if span.layer == layer]
        covered = merged((span.starts_at, span.ends_at) for span in own if span.staff in reachable)
        for begins, ends in holes_in(covered, starts_at, ends_at):
            on = sorted({span.staff for span in own if span.starts_at < ends and span.ends_at > begins})
            gaps.append(Gap(layer, begins, ends, UNREACHABLE if on else NOBODY, tuple(on)))
    return sorted(gaps, key=lambda gap: (gap.starts_at, layers.index(gap.layer)))


def merged(times: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Times joined where they touch or overlap, in order."""
    joined: list[tuple[datetime, datetime]] = []
    for begins, ends in sorted(times):
        if joined and begins <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], ends))
        else:
            joined.append((begins, ends))
    return joined


def holes_in(
    covered: Sequence[tuple[datetime, datetime]], starts_at: datetime, ends_at: datetime
) -> list[tuple[datetime, datetime]]:
    """What lies between `covered` times (merged, in order), from `starts_at` to `ends_at`."""
    holes, at = [], starts_at
    for begins, ends in covered:
        if begins > at:
            holes.append((at, min(begins, ends_at)))
        at = max(at, ends)
        if at >= ends_at:
            return [hole for hole in holes if hole[0] < hole[1]]
    return [hole for hole in [*holes, (at, ends_at)] if hole[0] < hole[1]]


def twice_at_once(spans: Iterable[Span]) -> list[tuple[Span, Span]]:
    """Pairs of spans of one person that overlap: they can't be at two places."""
    return _pairs(spans, lambda first, second: second.starts_at < first.ends_at)


def too_little_rest(spans: Iterable[Span]) -> list[tuple[Span, Span]]:
    """Pairs of turns of one person, one after the other, with less than REST between them."""
    return _pairs(spans, lambda first, second: first.ends_at < second.starts_at < first.ends_at + REST)


def _pairs(spans: Iterable[Span], wrong: Callable[[Span, Span], bool]) -> list[tuple[Span, Span]]:
    by_person: dict[str, list[Span]] = {}
    for span in spans:
        by_person.setdefault(span.staff, []).append(span)
    found = []
    for own in by_person.values():
        own.sort(key=lambda span: (span.starts_at, span.ends_at))
        found += [pair for pair in pairwise(own) if wrong(*pair)]
    return found


def worth_telling(starts_at: datetime, told_at: datetime | None, now: datetime) -> bool:
    """Whether the supervisor is told of an open gap now: once when it is found, once more a day before it begins."""
    if told_at is None:
        return True
    return told_at < starts_at - TOLD_AGAIN <= now
