"""Who may change a rota, and who may answer a swap."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from nightdesk.rules.access import AccessRefused, Reader
from nightdesk.rules.terms import ADMIN, SUPERVISOR


def may_change(reader: Reader, unit: str) -> bool:
    """The administrator and the command line any rota, a supervisor their own unit's (`unit` is its id)."""
    return reader.role in (ADMIN, "system") or (
        reader.role == SUPERVISOR and bool(unit) and reader.unit == unit
    )


def refuse_unless_may_change(reader: Reader, unit: str) -> None:
    """Raise AccessRefused, saying whom to ask."""
    if not may_change(reader, unit):
        raise AccessRefused(
            "A supervisor of this unit or the administrator changes its rota. Ask one of them."
        )


def may_answer_swap(reader: Reader, *, asked_by: str, asked_of: str, unit: str, role: str) -> bool:
    """Whoever was asked; when anybody of the unit was, any of them in the `role` of the one who asks, but not that one."""
    if reader.id == asked_by:
        return False
    return reader.id == asked_of if asked_of else bool(unit) and (reader.unit, reader.role) == (unit, role)


def is_free(starts_at: datetime, ends_at: datetime, taken: Iterable[tuple[datetime, datetime]]) -> bool:
    """Whether somebody could take a shift: in none of the times in which they are away or on already does it lie."""
    return not any(begins < ends_at and ends > starts_at for begins, ends in taken)
