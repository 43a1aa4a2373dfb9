"""Who is on now, and until when."""

from dataclasses import dataclass
from datetime import datetime

from nightdesk.records.rota import Shift
from nightdesk.records.staff import Unit
from nightdesk.rules.access import Reader
from nightdesk.rules.terms import LAYERS


@dataclass(frozen=True)
class OnNow:
    """One layer of cover of a unit now: who is on (name, until when), or nobody."""

    layer: str
    staff: tuple[tuple[str, datetime], ...]


def on_now(reader: Reader, now: datetime) -> list[tuple[str, str, tuple[OnNow, ...]]]:
    """Per unit (the reader's first): name, whom to ring, and each layer with who is on; an empty layer is a gap."""
    shifts = Shift.objects.on_at(now).select_related("staff").order_by("starts_at")
    by_layer: dict[tuple[str, str], list[tuple[str, datetime]]] = {}
    for shift in shifts:
        by_layer.setdefault((str(shift.unit_id), shift.layer), []).append((shift.staff.name, shift.ends_at))
    units = sorted(Unit.objects.all(), key=lambda unit: (str(unit.pk) != reader.unit, unit.name))
    return [
        (
            unit.name,
            unit.ring,
            tuple(OnNow(layer, tuple(by_layer.get((str(unit.pk), layer), ()))) for layer in LAYERS),
        )
        for unit in units
    ]
