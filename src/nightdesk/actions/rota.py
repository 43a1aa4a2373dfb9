"""The rota: shifts worked out from what was decided, weeks ahead, so that the worker at 2am reads rows.

What has begun is kept as it was: a shift that no longer holds is cancelled at the moment it stopped holding.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from nightdesk.actions._entry import entry
from nightdesk.actions._rota_facts import rota_spans
from nightdesk.records.prepared_rows import PreparedColumns, given
from nightdesk.records.rota import Shift
from nightdesk.records.staff import Staff, Unit
from nightdesk.rules.access import Reader
from nightdesk.rules.rota import WEEKS_AHEAD, RotaRefused, Span

__all__ = ["RotaRefused"]

WORKED_OUT = "worked_out_anew"
KEY = ("staff_id", "layer", "starts_at", "ends_at", "pattern_id", "stand_in_id")


_WORKED_OUT = PreparedColumns(
    lambda: (
        Shift.objects.standing()
        .filter(unit_id=given("unit"), ends_at__gt=given("begin"))
        .exclude(pattern=None, stand_in=None)
        .values_list("pk", *KEY)
    )
)


def add_shifts(
    *, actor: Reader, at: datetime, unit: Unit, shifts: Sequence[tuple[Staff, str, datetime, datetime]]
) -> int:
    """Put shifts (who, layer of cover, starts, ends; aware times) in the rota of `unit` by hand; returns how many."""
    rows = [
        Shift(unit=unit, staff=staff, layer=layer, starts_at=start, ends_at=end)
        for staff, layer, start, end in shifts
    ]
    with entry("shift_added", actor=actor, at=at, unit=unit.code, count=len(rows)):
        Shift.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def work_out_shifts(
    *, actor: Reader, at: datetime, unit: Unit, since: datetime | None = None
) -> tuple[int, int]:
    """Work out the unit's shifts from `since` (by default `at`) until WEEKS_AHEAD weeks after `at`; how many were added
    and cancelled.

    Done again, it changes nothing and writes no line. Only shifts that follow from the rota are looked at: those put in by
    hand stay. The unit's row is locked, so that two at once do not both add.
    """
    begin, end = since or at, at + timedelta(weeks=WEEKS_AHEAD)
    if not any(_difference(unit, begin, end)):
        return 0, 0
    with entry("shifts_worked_out", actor=actor, at=at) as line:
        Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
        added, gone = _difference(unit, begin, end)
        Shift.objects.bulk_create(added, batch_size=500)
        Shift.objects.filter(pk__in=gone).update(cancelled_at=at, because=WORKED_OUT)
        line.facts = {"unit": unit.code, "added": len(added), "cancelled": len(gone)}
    return len(added), len(gone)


def _difference(unit: Unit, begin: datetime, end: datetime) -> tuple[list[Shift], list[UUID]]:
    """Shifts that the rota asks for and that are not there, and ids of those that are there and hold no more."""
    rows = {tuple(key): pk for pk, *key in _WORKED_OUT.rows(unit=unit.pk, begin=begin)}
    wanted = {_span_key(span): span for span in rota_spans(unit, begin, end)}
    added = [_shift(unit, span) for key, span in wanted.items() if key not in rows]
    return added, [pk for key, pk in rows.items() if key not in wanted]


_id = lru_cache(maxsize=4096)(UUID)  # a few dozen people and patterns, asked for thousands of spans


def _span_key(span: Span) -> tuple[Any, ...]:
    ids = (_id(one) if one else None for one in (span.pattern, span.stand_in))
    return (_id(span.staff), span.layer, span.starts_at, span.ends_at, *ids)


def _shift(unit: Unit, span: Span) -> Shift:
    return Shift(
        unit=unit, staff_id=span.staff, layer=span.layer, starts_at=span.starts_at, ends_at=span.ends_at,
        pattern_id=span.pattern or None, stand_in_id=span.stand_in or None,
    )  # fmt: skip
