"""The rota at a glance: who is on for two weeks, where nobody is, who is on and can't be reached; and one's own shifts."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from django.db.models import F, Q

from nightdesk.outside.current import force_zone, pack
from nightdesk.outside.holidays import bank_holidays
from nightdesk.records.contacts import reachable_ids
from nightdesk.records.rota import Absence, CalendarFeed, RotaPattern, Shift, StandIn, Swap
from nightdesk.records.staff import Staff, Unit
from nightdesk.rules.access import Reader
from nightdesk.rules.cover import Gap, cover_gaps, too_little_rest, twice_at_once
from nightdesk.rules.rota import Span
from nightdesk.rules.rota_day import midnight

DAYS = 14


@dataclass(frozen=True)
class OnShift:
    """Somebody is on, from until (UTC); `reached` False: no way to tell them works."""

    name: str
    starts_at: datetime
    ends_at: datetime
    reached: bool


@dataclass(frozen=True)
class Cell:
    """One layer on one day: who is on in it, and the parts of the day in which nobody is."""

    layer: str
    shifts: tuple[OnShift, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class Day:
    """One day of the calendar (local), with its bank holiday ("" for none)."""

    day: date
    holiday: str
    cells: tuple[Cell, ...]

    @property
    def has_gap(self) -> bool:
        """Whether somebody is missing on this day."""
        return any(cell.gaps for cell in self.cells)


@dataclass(frozen=True)
class CalendarSeen:
    """Two weeks of a unit: days, gaps from now on, who is on and can't be reached, who is twice or too soon on."""

    unit: Unit
    days: tuple[Day, ...]
    gaps: tuple[Gap, ...]
    unreachable: tuple[str, ...]
    twice: tuple[tuple[str, datetime], ...]
    tired: tuple[tuple[str, datetime], ...]


def calendar(reader: Reader, unit: Unit, first: date, now: datetime, days: int = DAYS) -> CalendarSeen:
    """The rota of `unit` from the local day `first`. Every member of staff may see it: no person's data is in it."""
    zone = force_zone()
    edges = [midnight(first + timedelta(days=n), zone) for n in range(days + 1)]
    rows = Shift.objects.standing().filter(unit=unit, starts_at__lt=edges[-1], ends_at__gt=edges[0])
    spans = rows.spans()
    names = names_of(reader, {span.staff for span in spans})
    reached = reachable_ids({span.staff for span in spans})
    layers = pack().layers()
    gaps = cover_gaps(spans, layers, max(edges[0], min(now, edges[-1])), edges[-1], reachable=reached)
    holidays = bank_holidays(range(first.year, first.year + 2))
    shown = [(span, _shown(span, names, reached)) for span in spans]
    built = tuple(
        Day(begins.astimezone(zone).date(), holidays.get(begins.astimezone(zone).date(), ""),
            tuple(_cell(layer, shown, gaps, begins, ends) for layer in layers))
        for begins, ends in pairwise(edges)
    )  # fmt: skip
    coming = [span for span in spans if span.ends_at > now]
    return CalendarSeen(
        unit=unit, days=built, gaps=tuple(gaps),
        unreachable=tuple(sorted({names[span.staff] for span in coming if span.staff not in reached})),
        twice=_pairs(twice_at_once(coming), names), tired=_pairs(too_little_rest(coming), names),
    )  # fmt: skip


def _shown(span: Span, names: dict[str, str], reached: Collection[str]) -> OnShift:
    return OnShift(names[span.staff], span.starts_at, span.ends_at, span.staff in reached)


def _cell(
    layer: str, shown: list[tuple[Span, OnShift]], gaps: list[Gap], begins: datetime, ends: datetime
) -> Cell:
    on = tuple(
        one for span, one in shown if span.layer == layer and one.starts_at < ends and one.ends_at > begins
    )
    missing = tuple(
        gap for gap in gaps if gap.layer == layer and gap.starts_at < ends and gap.ends_at > begins
    )
    return Cell(layer, on, missing)


def _pairs(pairs: list[tuple[Span, Span]], names: dict[str, str]) -> tuple[tuple[str, datetime], ...]:
    return tuple((names[first.staff], second.starts_at) for first, second in pairs)


def units(reader: Reader) -> list[Unit]:
    """Every unit, the reader's first."""
    return sorted(Unit.objects.all(), key=lambda unit: (str(unit.pk) != reader.unit, unit.name))


def unit_named(reader: Reader, code: str) -> Unit | None:
    """The unit with this code; for an empty code the reader's own, else the first. None when there is none."""
    found = units(reader)
    if not code:
        return found[0] if found else None
    return next((unit for unit in found if unit.code.casefold() == code.casefold()), None)


def own_shifts(reader: Reader, now: datetime) -> list[Shift]:
    """The reader's shifts that are under way or to come, nearest first."""
    rows = Shift.objects.standing().filter(staff_id=reader.id, ends_at__gt=now).select_related("unit")
    return list(rows.order_by("starts_at")[:100])


def open_swaps(reader: Reader, now: datetime) -> tuple[list[Swap], list[Swap]]:
    """Swaps that the reader asked for, and those that wait for their answer; shifts still to come."""
    rows = Swap.objects.filter(state="asked", starts_at__gt=now).select_related(
        "asked_by", "asked_of", "unit"
    )
    mine = list(rows.filter(asked_by_id=UUID(reader.id)).order_by("starts_at"))
    of_all = Q(asked_of=None, unit_id=reader.unit or None, asked_by__role=reader.role)
    of_all &= ~Q(asked_by_id=UUID(reader.id))
    return mine, list(rows.filter(Q(asked_of_id=reader.id) | of_all).order_by("starts_at"))


def answered_swaps(reader: Reader, now: datetime) -> list[Swap]:
    """Swaps that the reader asked for and that were taken or turned down in the last week, newest first."""
    rows = Swap.objects.filter(asked_by_id=UUID(reader.id), state__in=("accepted", "declined"))
    recent = rows.filter(answered_at__gt=now - timedelta(days=7)).select_related(
        "asked_by", "asked_of", "answered_by"
    )
    return list(recent.order_by("-answered_at")[:20])


def colleagues(reader: Reader, now: datetime) -> list[Staff]:
    """Who can be asked to take a shift: open accounts of the reader's unit in the same role."""
    if not reader.unit:
        return []
    own = Staff.objects.filter(unit_id=reader.unit, role=reader.role, is_active=True).exclude(pk=reader.id)
    return list(own.order_by("name"))


def shifts_in_return(reader: Reader, now: datetime) -> list[Shift]:
    """Shifts of those colleagues within four weeks, one of which the reader may offer to take in return."""
    rows = Shift.objects.standing().filter(staff__in=colleagues(reader, now), starts_at__gt=now)
    soon = rows.filter(starts_at__lt=now + timedelta(weeks=4), unit=F("staff__unit"))
    return list(soon.select_related("staff").order_by("starts_at", "staff__name")[:200])


def absences(reader: Reader, now: datetime, *, unit: Unit | None = None) -> list[Absence]:
    """Who is away now or later: of `unit`, or the reader alone."""
    rows = Absence.objects.filter(withdrawn_at=None, ends_at__gt=now).select_related("staff")
    rows = rows.filter(staff__unit=unit) if unit else rows.filter(staff_id=reader.id)
    return list(rows.order_by("starts_at"))


def stand_ins(reader: Reader, unit: Unit, now: datetime) -> list[StandIn]:
    """Who stands in now or later in `unit`."""
    rows = StandIn.objects.filter(unit=unit, withdrawn_at=None, ends_at__gt=now)
    return list(rows.select_related("staff", "instead_of").order_by("starts_at")[:200])


def patterns(reader: Reader, unit: Unit, today: date) -> list[RotaPattern]:
    """Turns of `unit` that repeat today or later."""
    rows = RotaPattern.objects.filter(unit=unit).filter(Q(ends_on=None) | Q(ends_on__gte=today))
    return list(rows.prefetch_related("members__staff").order_by("layer", "starts_on", "name"))


def may_be_on(reader: Reader, unit: Unit) -> list[Staff]:
    """Who can be put on in `unit`: its people first, then everybody whose account is open; partners never."""
    rows = Staff.objects.filter(is_active=True).exclude(role="partner").select_related("unit")
    return sorted(rows, key=lambda one: (one.unit_id != unit.pk, one.name))


def names_of(reader: Reader, staff_ids: Collection[str]) -> dict[str, str]:
    """The names of these members of staff, by id."""
    return {str(pk): name for pk, name in Staff.objects.filter(pk__in=staff_ids).values_list("pk", "name")}


def staff_by_id(reader: Reader, staff_id: str) -> Staff | None:
    """The account with this id, if it is open."""
    try:
        return Staff.objects.filter(pk=UUID(staff_id), is_active=True).first()
    except ValueError:
        return None


def has_feed(reader: Reader) -> bool:
    """Whether the reader has a private calendar address."""
    return CalendarFeed.objects.filter(staff_id=reader.id, withdrawn_at=None).exists()


def feed_shifts(secret: str, now: datetime) -> list[tuple[str, str, datetime, datetime]] | None:
    """The shifts behind a private address: (id, title, starts, ends); None for an unknown one. The secret is the key.

    Looked up by the digest of the secret, so that how long it takes tells nothing of the secrets there are.
    """
    digest = hashlib.sha256(secret.encode()).digest()
    feed = CalendarFeed.objects.filter(digest=digest, withdrawn_at=None, staff__is_active=True).first()
    if feed is None:
        return None
    rows = Shift.objects.standing().filter(staff_id=feed.staff_id, ends_at__gt=now - timedelta(days=30))
    return [
        (str(row.pk), f"{row.layer.replace('_', ' ')}, {row.unit.name}", row.starts_at, row.ends_at)
        for row in rows.select_related("unit").order_by("starts_at")[:2000]
    ]
