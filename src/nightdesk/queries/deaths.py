"""Unexplained deaths: the list of whoever may read them, and one with its versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from nightdesk.outside.current import pack
from nightdesk.records.deaths import Death
from nightdesk.rules import death as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.pack_deaths import CARD
from nightdesk.rules.terms import ANALYST, WORKS_CASES

MOST: Final = 100  # on one page


@dataclass(frozen=True)
class DeathRow:
    """A line of the list: nothing of what is known."""

    reference: str
    entered_at: datetime
    source: str
    unit: str
    by: str
    versions: int


@dataclass(frozen=True)
class Version:
    """One version: its number, when and by whom, and what it changed (field, before, after)."""

    number: int
    at: datetime
    by: str
    changed: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class DeathSeen:
    """One death, opened. `met`: the markers that meet, where they are enough for the card."""

    row: DeathRow
    values: Mapping[str, Any]
    met: tuple[str, ...]
    versions: tuple[Version, ...]
    may_correct: bool


def deaths(reader: Reader) -> tuple[list[DeathRow], bool]:
    """What the reader may read, the newest first, and whether there are more than are listed."""
    found = list(_rows(reader).order_by("-entered_at", "pk")[: MOST + 1])
    return [_row(one) for one in found[:MOST]], len(found) > MOST


def may_read(reader: Reader, reference: str) -> bool:
    """Whether there is such a death for this reader. Opens nothing."""
    return bool(_rows(reader).filter(reference=reference).exists())


def death(reader: Reader, reference: str) -> DeathSeen | None:
    """One death; None for an unknown one, or for whoever may not read it. Opens seals: the page notes the reading first."""
    found = _rows(reader).select_related("vault").filter(reference=reference).first()
    if found is None:
        return None
    opened: dict[str, Any] = {}
    versions = []
    for one in found.versions.select_related("by").order_by("number"):
        one.vault = found.vault
        before, opened = opened, one.opened("values")
        changed = rule.changes(before, opened) if one.number > 1 else ()
        versions.append(Version(one.number, one.at, one.by.name if one.by else "", changed))
    held = pack()
    own = {
        "own_unit": bool(reader.unit) and str(found.unit_id) == reader.unit,
        "entered": str(found.entered_by_id) == reader.id,
    }
    return DeathSeen(
        row=_row(found), values=opened, versions=tuple(versions),
        met=rule.indicator(opened, held.death_markers.ids(), held.death_limits[CARD].number),
        may_correct=rule.may_correct(role=reader.role, **own),
    )  # fmt: skip


def _rows(reader: Reader) -> "QuerySet[Any]":
    """What rules/death.may_read allows, as a filter."""
    rows: QuerySet[Any] = Death.objects.select_related("unit", "entered_by").annotate(
        number=Max("versions__number")
    )
    if reader.role == ANALYST:
        return rows
    mine = Q(entered_by=UUID(reader.id))
    return rows.filter(
        mine | Q(unit=UUID(reader.unit)) if reader.unit and reader.role in WORKS_CASES else mine
    )


def _row(found: Any) -> DeathRow:
    return DeathRow(
        reference=found.reference, entered_at=found.entered_at, source=found.source, unit=found.unit.name,
        by=found.entered_by.name if found.entered_by else "", versions=found.number,
    )  # fmt: skip
