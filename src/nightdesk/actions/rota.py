"""The rota: materialised shifts."""

from collections.abc import Sequence
from datetime import datetime

from nightdesk.actions._entry import entry
from nightdesk.records.rota import Shift
from nightdesk.records.staff import Staff, Unit
from nightdesk.rules.access import Reader


def add_shifts(
    *, actor: Reader, at: datetime, unit: Unit, shifts: Sequence[tuple[Staff, str, datetime, datetime]]
) -> int:
    """Put shifts (who, layer of cover, starts, ends; aware times) in the rota of `unit`; returns how many."""
    rows = [
        Shift(unit=unit, staff=staff, layer=layer, starts_at=start, ends_at=end)
        for staff, layer, start, end in shifts
    ]
    with entry("shift_added", actor=actor, at=at, unit=unit.code, count=len(rows)):
        Shift.objects.bulk_create(rows, batch_size=500)
    return len(rows)
