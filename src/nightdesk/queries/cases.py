"""The queue of a unit, nearest duty first, and one case with everything a specialist needs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F

from nightdesk.queries.disclosures import Paging, Proposed, clock, paging_of, proposed
from nightdesk.records.cases import Case
from nightdesk.rules.access import Reader
from nightdesk.rules.basics import Basics
from nightdesk.rules.case import may_open_without_reason
from nightdesk.rules.evidence_clock import Window


@dataclass(frozen=True)
class Queued:
    """A line of the queue: no names of persons."""

    reference: str
    station: str
    opened_at: datetime
    first_window_ends_at: datetime | None
    urgency: str
    state: str
    owner: str
    mine: bool


@dataclass(frozen=True)
class CaseSeen:
    """One case, opened."""

    reference: str
    station: str
    channel: str
    opened_at: datetime
    owner: str
    mine: bool
    left_at: datetime | None
    state: str
    basics: Basics
    versions: tuple[tuple[int, datetime, str], ...]
    proposed: Proposed | None
    clock: tuple[Window, ...]
    runs_from: datetime | None
    time_known: bool
    paging: Paging | None
    moves: tuple[dict[str, Any], ...]


def queue(reader: Reader) -> list[Queued]:
    """The open cases of the reader's unit: nearest window first, those without a running window after them."""
    cases = (
        Case.objects.filter(unit_id=reader.unit or None)
        .exclude(disclosure__referral__state="handed_over")
        .select_related("owner", "disclosure__station", "disclosure__referral")
        .order_by(F("first_window_ends_at").asc(nulls_last=True), "opened_at")[:200]
    )
    return [
        Queued(
            reference=case.disclosure.reference,
            station=case.disclosure.station.name if case.disclosure.station else "",
            opened_at=case.opened_at, first_window_ends_at=case.first_window_ends_at,
            urgency=case.disclosure.referral.urgency, state=case.disclosure.referral.state,
            owner=case.owner.name if case.owner else "", mine=str(case.owner_id) == reader.id,
        )
        for case in cases
    ]  # fmt: skip


def needs_reason(reader: Reader, reference: str) -> bool | None:
    """Whether this reader must say why before opening; None when there is no such case."""
    case = Case.objects.filter(disclosure__reference=reference).first()
    if case is None:
        return None
    return not may_open_without_reason(
        role=reader.role,
        own=str(case.owner_id) == reader.id,
        own_unit=bool(reader.unit) and str(case.unit_id) == reader.unit,
    )


def case(reader: Reader, reference: str, now: datetime) -> CaseSeen | None:
    """The case with everything a specialist needs. Opens seals: the page journals the reading first."""
    found = (
        Case.objects.select_related(
            "owner", "disclosure__vault", "disclosure__station", "disclosure__referral__unit"
        )
        .filter(disclosure__reference=reference)
        .first()
    )
    if found is None:
        return None
    told = found.disclosure
    versions = list(told.versions.select_related("recorded_by").order_by("-number"))
    newest = versions[0]
    newest.vault = told.vault
    start = told.clocks.order_by("-started_at").first()
    moves = told.referral.moves.select_related("by").order_by("id")
    return CaseSeen(
        reference=reference, station=told.station.name if told.station else "", channel=told.channel,
        opened_at=found.opened_at, owner=found.owner.name if found.owner else "", mine=str(found.owner_id) == reader.id,
        left_at=told.left_at, state=told.referral.state, basics=newest.basics(),
        versions=tuple((v.number, v.recorded_at, v.recorded_by.name if v.recorded_by else "") for v in versions),
        proposed=proposed(told), clock=clock(reference, now), runs_from=start.runs_from if start else None,
        time_known=bool(start and start.time_known), paging=paging_of(told.referral, now),
        moves=tuple(
            {"move": m.move, "state": m.state, "at": m.at, "by": m.by.name if m.by else "", "reason": m.reason} for m in moves
        ),
    )  # fmt: skip
