"""One case with everything a specialist needs, and who must say why before opening it. The queue is in queue.py."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nightdesk.queries.clocks import ClockSeen, clock_of
from nightdesk.queries.disclosures import Paging, Proposed, may_see, paging_of, proposed
from nightdesk.records.away import looked_after_by
from nightdesk.records.cases import Case
from nightdesk.records.prepared_rows import PreparedColumns, given
from nightdesk.records.referrals import Referral
from nightdesk.rules.access import Reader
from nightdesk.rules.basics import Basics
from nightdesk.rules.case import CLOSED, may_open_without_reason
from nightdesk.rules.referral import OWNED
from nightdesk.rules.terms import SUPERVISOR


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
    clock: ClockSeen | None
    paging: Paging | None
    moves: tuple[dict[str, Any], ...]
    offered_to: str = ""  # the colleague who is asked to take it over
    mine_or_supervised: bool = False
    looked_after_by: str = ""  # by whom, while its owner is away
    standing: str = ""  # the state of the case itself; `state` is that of its referral


_WHOSE = PreparedColumns(
    lambda: Case.objects.filter(disclosure__reference=given("reference")).values_list("owner_id", "unit_id")
)
_STATE = PreparedColumns(
    lambda: Case.objects.filter(disclosure__reference=given("reference")).values_list("state")
)


def needs_reason(reader: Reader, reference: str) -> bool | None:
    """Whether this reader must say why before opening; None when there is no such case."""
    for owner, unit in _WHOSE.rows(reference=reference):
        return not may_open_without_reason(
            role=reader.role,
            own=str(owner) == reader.id,
            own_unit=bool(reader.unit) and str(unit) == reader.unit,
        )
    return None


def state_of(reader: Reader, reference: str) -> str:
    """The state of the case itself; "" when there is none."""
    return next((state for (state,) in _STATE.rows(reference=reference)), "")


def may_work_on(reader: Reader, reference: str, now: datetime) -> bool:
    """Whether the reader may go on with the disclosure at their counter, or its case is their unit's or their own."""
    return may_see(reader, reference, now) or needs_reason(reader, reference) is False


def case(reader: Reader, reference: str, now: datetime) -> CaseSeen | None:
    """The case with everything a specialist needs. Opens seals: the page journals the reading first."""
    found = (
        Case.objects.select_related(
            "owner", "disclosure__vault", "disclosure__station", "disclosure__referral__unit"
        )
        .annotate(looked_after_by=looked_after_by(now))
        .filter(disclosure__reference=reference)
        .first()
    )
    if found is None:
        return None
    told = found.disclosure
    versions = list(told.versions.select_related("recorded_by").order_by("-number"))
    newest = versions[0]
    newest.vault = told.vault
    moves = told.referral.moves.select_related("by").order_by("id")
    return CaseSeen(
        reference=reference, station=told.station.name if told.station else "", channel=told.channel,
        opened_at=found.opened_at, owner=found.owner.name if found.owner else "", mine=str(found.owner_id) == reader.id,
        left_at=told.left_at, state=told.referral.state, basics=newest.basics(),
        versions=tuple((v.number, v.recorded_at, v.recorded_by.name if v.recorded_by else "") for v in versions),
        proposed=proposed(told), clock=clock_of(told, now), paging=paging_of(told.referral, now),
        moves=tuple(
            {"move": m.move, "state": m.state, "at": m.at, "by": m.by.name if m.by else "", "reason": m.reason}
            for m in moves
        ),
        offered_to=_offered_to(told.referral) if found.state != CLOSED else "", looked_after_by=found.looked_after_by or "",
        mine_or_supervised=str(found.owner_id) == reader.id
        or (reader.role == SUPERVISOR and str(found.unit_id) == reader.unit),
        standing=found.state,
    )  # fmt: skip


def _offered_to(referral: Referral) -> str:
    """Who is asked to take over what somebody has; "" when nobody is."""
    return referral.meant_for.name if referral.meant_for and referral.state in OWNED else ""
