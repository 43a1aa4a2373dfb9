"""Who is on in a unit, asked through statements that are put together once: the worker asks it every hour of every unit."""

from datetime import datetime
from uuid import UUID

from nightdesk.records.prepared_rows import PreparedColumns, given
from nightdesk.records.rota import SPAN, Absence, Shift, without_away
from nightdesk.rules.rota import Span

_OF_UNIT = PreparedColumns(
    lambda: (
        Shift.objects.standing()
        .filter(
            unit_id=given("unit"),
            starts_at__lt=given("ends"),
            ends_at__gt=given("starts"),
            staff__is_active=True,
        )
        .order_by("starts_at")
        .values_list(*SPAN)
    )
)
_AWAY = PreparedColumns(
    lambda: Absence.objects.filter(
        withdrawn_at=None, starts_at__lt=given("ends"), ends_at__gt=given("starts")
    ).values_list("staff_id", "starts_at", "ends_at")
)


def spans_of_unit(unit: UUID, starts_at: datetime, ends_at: datetime) -> list[Span]:
    """`spans()` of the standing shifts of a unit that touch this time, by start."""
    rows = _OF_UNIT.rows(unit=unit, starts=starts_at, ends=ends_at)
    if not rows:
        return []
    # Shifts are whole: they reach further than what was asked.
    first, last = min(row[2] for row in rows), max(row[3] for row in rows)
    return without_away(rows, _AWAY.rows(starts=first, ends=last))
