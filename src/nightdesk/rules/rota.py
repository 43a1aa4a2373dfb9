"""The rota: from what repeats, who is away and who stands in, to who is on, in UTC. Pure: days, zone and holidays come in.

A turn begins and ends by the clock on the wall. On a night on which the clocks change it is as long as it really is, and
where a time of the clock can mean two moments the turn is the longer one: two people for an hour, never nobody.
Source: product design C3 (November 2026); on-call lessons, casework reference 5.3.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

LONGEST_MINUTES = 24 * 60  # of one turn
WEEKS_AHEAD = 8  # how far shifts are worked out


class RotaRefused(Exception):
    """The rota can't be changed as asked; the sentence says what to do."""


@dataclass(frozen=True)
class Pattern:
    """Turns that repeat. `weekdays`: 0 is Monday; `minutes` by the clock on the wall; `ends_on` inclusive, None: goes on."""

    id: str
    layer: str
    starts_on: date
    begins: time
    minutes: int
    weekdays: frozenset[int]
    turn_days: int
    on_holidays: str
    members: tuple[str, ...]
    ends_on: date | None = None


@dataclass(frozen=True)
class Away:
    """Somebody is not there, from until (UTC)."""

    staff: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Stand:
    """Somebody is on in a layer; `instead_of` takes that person out of it for the time, "" takes nobody out."""

    id: str
    layer: str
    staff: str
    starts_at: datetime
    ends_at: datetime
    instead_of: str = ""


@dataclass(frozen=True)
class Span:
    """Somebody is on in a layer, from until (UTC), because of a pattern or of somebody who stands in (ids, "" for none)."""

    staff: str
    layer: str
    starts_at: datetime
    ends_at: datetime
    pattern: str = ""
    stand_in: str = ""


def refuse_if_senseless(pattern: Pattern) -> None:
    """Raise RotaRefused, saying what to mend, for a pattern that could put nobody on."""
    if not pattern.members:
        raise RotaRefused("Choose at least one person for these turns.")
    if not pattern.weekdays or not pattern.weekdays <= set(range(7)):
        raise RotaRefused("Choose at least one day of the week.")
    if not 0 < pattern.minutes <= LONGEST_MINUTES:
        raise RotaRefused("A turn lasts from one minute to 24 hours. Change when it ends.")
    if pattern.turn_days < 1:
        raise RotaRefused("Give each person at least one day before the next one follows.")
    if pattern.ends_on and pattern.ends_on < pattern.starts_on:
        raise RotaRefused("The last day lies before the first day. Change one of them.")


def turn_of(pattern: Pattern, day: date) -> str:
    """Whose turn begins on `day` (not before `starts_on`): each member for `turn_days` days, then the next."""
    return pattern.members[(day - pattern.starts_on).days // pattern.turn_days % len(pattern.members)]


@lru_cache(maxsize=8192)  # the same eight weeks of turns are worked out every hour
def moments(day: date, begins: time, minutes: int, zone: tzinfo) -> tuple[datetime, datetime]:
    """When a turn begins and ends, in UTC: the earliest start and the latest end that the clock on the wall can mean."""
    start = datetime.combine(day, begins)
    end = start + timedelta(minutes=minutes)
    first, last = (
        [at.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)] for at in (start, end)
    )
    return min(first), max(last)


def _works_on(pattern: Pattern, day: date, holidays: Collection[date]) -> bool:
    if day < pattern.starts_on or (pattern.ends_on and day > pattern.ends_on):
        return False
    is_holiday = day in holidays
    if pattern.on_holidays == "only":
        return is_holiday
    return day.weekday() in pattern.weekdays and not (is_holiday and pattern.on_holidays == "left_out")


def pattern_spans(
    pattern: Pattern, starts_at: datetime, ends_at: datetime, *, zone: tzinfo, holidays: Collection[date]
) -> Iterator[Span]:
    """The turns of a pattern that touch the time from `starts_at` to `ends_at` (UTC), whole, in order."""
    day = starts_at.astimezone(zone).date() - timedelta(days=2)  # a turn of a day that began the day before
    last = ends_at.astimezone(zone).date()
    while day <= last:
        if _works_on(pattern, day, holidays):
            begins, ends = moments(day, pattern.begins, pattern.minutes, zone)
            if begins < ends_at and ends > starts_at:
                yield Span(turn_of(pattern, day), pattern.layer, begins, ends, pattern=pattern.id)
        day += timedelta(days=1)


def without(span: Span, holes: Iterable[tuple[datetime, datetime]]) -> list[Span]:
    """What is left of a span when times are taken out of it: no piece, one, or more."""
    pieces = [span]
    for begins, ends in holes:
        left: list[Span] = []
        for piece in pieces:
            if ends <= piece.starts_at or begins >= piece.ends_at:
                left.append(piece)
                continue
            if begins > piece.starts_at:
                left.append(replace(piece, ends_at=begins))
            if ends < piece.ends_at:
                left.append(replace(piece, starts_at=ends))
        pieces = left
    return pieces


def on_duty_spans(
    patterns: Iterable[Pattern], away: Sequence[Away], stands: Sequence[Stand], starts_at: datetime, ends_at: datetime,
    *, zone: tzinfo, holidays: Collection[date],
) -> list[Span]:  # fmt: skip
    """Who is on: turns without whoever is away or stood in for, and whoever stands in without those who are away.

    Spans that touch the time from `starts_at` to `ends_at`, whole, by start. The order in which things were put in does
    not matter, with one exception: whoever stands in and is themselves stood in for is taken out by the other.
    """
    found: list[Span] = []
    for pattern in patterns:
        for span in pattern_spans(pattern, starts_at, ends_at, zone=zone, holidays=holidays):
            found += without(span, _holes(span, away, stands))
    for stand in stands:
        if stand.starts_at < ends_at and stand.ends_at > starts_at:
            span = Span(stand.staff, stand.layer, stand.starts_at, stand.ends_at, stand_in=stand.id)
            found += without(span, _holes(span, away, stands))
    touching = (span for span in found if span.starts_at < ends_at and span.ends_at > starts_at)
    return sorted(touching, key=lambda span: (span.starts_at, span.layer, span.staff))


def _holes(span: Span, away: Sequence[Away], stands: Sequence[Stand]) -> Iterator[tuple[datetime, datetime]]:
    for one in away:
        if one.staff == span.staff:
            yield one.starts_at, one.ends_at
    for stand in stands:
        if stand.instead_of == span.staff and stand.layer == span.layer and stand.id != span.stand_in:
            yield stand.starts_at, stand.ends_at
