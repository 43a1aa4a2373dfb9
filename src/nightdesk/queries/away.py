"""Cases of somebody who is away, for the supervisor who looks after the unit: those nobody has looked at first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, QuerySet

from nightdesk.records.away import AwayNote, away_at, looked_after, unseen
from nightdesk.records.cases import Case
from nightdesk.records.duties import Duty
from nightdesk.records.rota import Absence
from nightdesk.records.staff import Staff
from nightdesk.rules.access import Reader
from nightdesk.rules.away import days_away
from nightdesk.rules.duty import RUNNING
from nightdesk.rules.queue import NEVER
from nightdesk.rules.terms import WORKS_CASES

MOST: Final = 50  # on the page, the unseen ones first: marking some brings up the next


@dataclass(frozen=True)
class AwayCase:
    """A case whose owner is away: since when, what runs out next, and what a supervisor said last (None: nobody yet)."""

    reference: str
    station: str
    unit: UUID
    ring: str  # whom to ring of the unit
    owner: str
    owner_id: UUID
    days: int
    back_at: datetime
    nearest_at: datetime | None
    duty: str
    missed: int
    unseen: bool
    seen_at: datetime | None
    seen_by: str
    done: str
    stand_in: str


def _in_sight(reader: Reader, now: datetime) -> QuerySet[Case]:
    rows = Case.objects.filter(looked_after(reader, now), in_queue=True, owner__isnull=False)
    return rows.filter(owner__in=away_at(now).values("staff"))


def waiting(reader: Reader, now: datetime) -> int:
    """How many of them nobody has looked at."""
    return _in_sight(reader, now).filter(unseen(now)).count()


def away_cases(reader: Reader, now: datetime) -> tuple[list[AwayCase], int]:
    """The cases, unseen ones first, then what runs out soonest; and how many more there are than are listed."""
    found = _in_sight(reader, now).annotate(waits=ExpressionWrapper(unseen(now), output_field=BooleanField()))
    ordered = found.order_by("-waits", "nearest_at", "opened_at", "pk")
    cases: list[Any] = list(ordered.select_related("owner", "unit", "disclosure__station")[:MOST])
    more = found.count() - len(cases)
    absences = {
        a.staff_id: a
        for a in away_at(now).filter(staff__in=[c.owner_id for c in cases]).order_by("-starts_at")
    }
    notes = _newest_notes(cases, absences)
    duties = _first_duties(cases)
    return [_row(case, absences[case.owner_id], notes, duties, now) for case in cases], more


def per_owner(reader: Reader, now: datetime) -> dict[tuple[UUID, UUID], tuple[int, int]]:
    """Owner and unit → how many cases of theirs there are, listed or not, and how many of them nobody has looked at."""
    found = _in_sight(reader, now).values("owner", "unit").order_by()
    counted = found.annotate(n=Count("pk"), waits=Count("pk", filter=unseen(now)))
    return {(row["owner"], row["unit"]): (row["n"], row["waits"]) for row in counted}


def _newest_notes(cases: list[Any], absences: dict[UUID, Absence]) -> dict[tuple[UUID, UUID], AwayNote]:
    rows = AwayNote.objects.filter(case__in=[case.pk for case in cases], absence__in=absences.values())
    found = rows.select_related("seen_by", "stand_in").order_by("day")
    return {(note.case_id, note.owner_id): note for note in found}


def _first_duties(cases: list[Any]) -> dict[UUID, str]:
    """Case → the code of the duty that is due first."""
    rows = Duty.objects.filter(case__in=[case.pk for case in cases]).order_by("-due_at")
    # All duties of a few cases: asked for by their state, SQLite reads those of all cases.
    kinds = rows.values_list("case_id", "kind", "state")
    return {case: kind for case, kind, state in kinds if state in RUNNING}


def _row(case: Any, absence: Absence, notes: Any, duties: dict[UUID, str], now: datetime) -> AwayCase:
    note, told = notes.get((case.pk, case.owner_id)), case.disclosure
    seen = note if note and note.seen_at else None
    return AwayCase(
        reference=told.reference, station=told.station.name if told.station else "", unit=case.unit_id, ring=case.unit.ring,
        owner=case.owner.name, owner_id=case.owner_id, days=days_away(absence.starts_at, now), back_at=absence.ends_at,
        nearest_at=None if case.nearest_at == NEVER else case.nearest_at,
        duty=duties.get(case.pk, "") if case.next_duty_at == case.nearest_at else "", missed=case.missed,
        unseen=case.waits, seen_at=seen.seen_at if seen else None, seen_by=seen.seen_by.name if seen else "",
        done=seen.done if seen else "", stand_in=seen.stand_in.name if seen and seen.stand_in else "",
    )  # fmt: skip


def colleagues_there(reader: Reader, now: datetime) -> dict[UUID, list[tuple[str, str]]]:
    """Unit → who can look after a case of it: id and name of those who work cases and are not away."""
    units = Case.objects.filter(looked_after(reader, now), in_queue=True).values("unit")
    staff = Staff.objects.filter(unit__in=units, role__in=WORKS_CASES, is_active=True)
    found: dict[UUID, list[tuple[str, str]]] = {}
    for key, unit, name in (
        staff.exclude(pk__in=away_at(now).values("staff")).order_by("name").values_list("pk", "unit", "name")
    ):
        found.setdefault(unit, []).append((str(key), name))
    return found
