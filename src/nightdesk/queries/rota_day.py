"""One day of a unit's rota: hour by hour in each layer, who is on, where nobody is, who is away and who stands in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from nightdesk.outside.current import force_zone, pack
from nightdesk.outside.holidays import bank_holidays
from nightdesk.queries.rota_calendar import OnShift, names_of
from nightdesk.records.contacts import reachable_ids
from nightdesk.records.rota import Absence, PatternMember, Shift, StandIn
from nightdesk.records.staff import Unit
from nightdesk.rules.access import Reader
from nightdesk.rules.cover import Gap
from nightdesk.rules.rota_day import Hour, day_gaps, hours_of


@dataclass(frozen=True)
class HourCell:
    """One layer in one hour: who is on in it or in a part of it, and the parts in which nobody is."""

    on: tuple[OnShift, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class DaySeen:
    """A day of a unit: layers, each hour with a cell for each layer, gaps, who can't be reached, absences, stand-ins."""

    unit: Unit
    day: date
    holiday: str
    layers: tuple[str, ...]
    hours: tuple[tuple[Hour, tuple[HourCell, ...]], ...]
    gaps: tuple[Gap, ...]
    unreachable: tuple[str, ...]
    absences: tuple[Absence, ...]
    stand_ins: tuple[StandIn, ...]


def day_seen(reader: Reader, unit: Unit, day: date, now: datetime) -> DaySeen:
    """The rota of `unit` on the local `day`. Every member of staff may see it: no person's data is in it."""
    hours, layers = hours_of(day, force_zone()), pack().layers()
    begins, ends = hours[0].starts_at, hours[-1].ends_at
    spans = Shift.objects.standing().filter(unit=unit, starts_at__lt=ends, ends_at__gt=begins).spans()
    spans = [span for span in spans if span.starts_at < ends and span.ends_at > begins]
    names, reached = (
        names_of(reader, {one.staff for one in spans}),
        reachable_ids({one.staff for one in spans}),
    )
    gaps = day_gaps(spans, layers, hours, now, reachable=reached)
    on = [
        (one.layer, OnShift(names[one.staff], one.starts_at, one.ends_at, one.staff in reached))
        for one in spans
    ]
    return DaySeen(
        unit=unit, day=day, holiday=bank_holidays(range(day.year, day.year + 1)).get(day, ""), layers=tuple(layers),
        hours=tuple((hour, tuple(_cell(layer, hour, on, gaps) for layer in layers)) for hour in hours),
        gaps=tuple(gaps),
        unreachable=tuple(sorted({names[one.staff] for one in spans if one.ends_at > now and one.staff not in reached})),
        absences=_absences(unit, begins, ends), stand_ins=_stand_ins(unit, begins, ends),
    )  # fmt: skip


def _cell(layer: str, hour: Hour, on: Sequence[tuple[str, OnShift]], gaps: Sequence[Gap]) -> HourCell:
    here = (one for at, one in on if at == layer)
    return HourCell(
        tuple(one for one in here if one.starts_at < hour.ends_at and one.ends_at > hour.starts_at),
        tuple(
            gap for gap in gaps
            if gap.layer == layer and gap.starts_at < hour.ends_at and gap.ends_at > hour.starts_at
        ),
    )  # fmt: skip


def _absences(unit: Unit, begins: datetime, ends: datetime) -> tuple[Absence, ...]:
    """Who is away on this day, of the unit and of those who take turns in it."""
    rows = Absence.objects.filter(withdrawn_at=None, starts_at__lt=ends, ends_at__gt=begins)
    turns = PatternMember.objects.filter(pattern__unit=unit).values("staff")
    own = rows.filter(Q(staff__unit=unit) | Q(staff__in=turns)).select_related("staff")
    return tuple(own.order_by("starts_at", "staff__name"))


def _stand_ins(unit: Unit, begins: datetime, ends: datetime) -> tuple[StandIn, ...]:
    """Who stands in on this day in the unit."""
    rows = StandIn.objects.filter(unit=unit, withdrawn_at=None, starts_at__lt=ends, ends_at__gt=begins)
    return tuple(rows.select_related("staff", "instead_of").order_by("starts_at", "staff__name"))
