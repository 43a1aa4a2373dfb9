"""The rows of a unit's rota as the facts that rules/rota.py takes."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Q

from nightdesk.outside.current import force_zone
from nightdesk.outside.holidays import bank_holidays
from nightdesk.records.prepared_rows import PreparedColumns, PreparedRows, given
from nightdesk.records.rota import Absence, RotaPattern, StandIn
from nightdesk.records.staff import Unit
from nightdesk.rules.rota import Away, Pattern, Span, Stand, on_duty_spans

_STANDS = PreparedRows(
    lambda: StandIn.objects.filter(
        unit_id=given("unit"), withdrawn_at=None, starts_at__lt=given("ends"), ends_at__gt=given("starts")
    ).order_by("noted_at")
)
_ABSENCES = PreparedColumns(
    lambda: Absence.objects.filter(
        withdrawn_at=None, starts_at__lt=given("ends"), ends_at__gt=given("starts")
    ).values_list("staff_id", "starts_at", "ends_at")
)


def holidays_between(starts_at: datetime, ends_at: datetime) -> Collection[date]:
    """Bank holidays of the years that a time touches."""
    return bank_holidays(range(starts_at.year - 1, ends_at.year + 2))


def pattern_facts(row: RotaPattern) -> Pattern:
    """One pattern with its members in their order."""
    return Pattern(
        id=str(row.pk), layer=row.layer, starts_on=row.starts_on, ends_on=row.ends_on, begins=row.begins,
        minutes=row.minutes, weekdays=frozenset(row.weekdays), turn_days=row.turn_days, on_holidays=row.on_holidays,
        members=tuple(str(member.staff_id) for member in sorted(row.members.all(), key=lambda one: one.place)),
    )  # fmt: skip


def rota_spans(unit: Unit, starts_at: datetime, ends_at: datetime) -> list[Span]:
    """Who is on in the unit by patterns, absences and stand-ins that hold, from `starts_at` to `ends_at` (UTC)."""
    rows = RotaPattern.objects.filter(unit=unit, starts_on__lte=ends_at.date()).prefetch_related("members")
    patterns = [
        pattern_facts(row) for row in rows.filter(Q(ends_on=None) | Q(ends_on__gte=starts_at.date())).order_by("made_at")
    ]  # fmt: skip
    stands = [
        Stand(str(row.pk), row.layer, str(row.staff_id), row.starts_at, row.ends_at, str(row.instead_of_id or ""))
        for row in _STANDS.rows(unit=unit.pk, starts=starts_at, ends=ends_at)
    ]  # fmt: skip
    if not patterns and not stands:
        return []  # a rota put in by hand: nothing follows from anything
    absences = _ABSENCES.rows(starts=starts_at, ends=ends_at)
    away = [Away(str(staff), starts, ends) for staff, starts, ends in absences]
    return on_duty_spans(
        patterns,
        away,
        stands,
        starts_at,
        ends_at,
        zone=force_zone(),
        holidays=holidays_between(starts_at, ends_at),
    )
