"""The queue of a unit, nearest duty first, and one case with everything a specialist needs."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Prefetch, Q

from nightdesk.queries.clock import database_now
from nightdesk.queries.clocks import ClockSeen, clock_of
from nightdesk.queries.disclosures import Paging, Proposed, may_see, paging_of, proposed
from nightdesk.records.cases import Case
from nightdesk.records.clocks import ClockStart
from nightdesk.records.referrals import Referral
from nightdesk.rules.access import Reader
from nightdesk.rules.basics import Basics
from nightdesk.rules.case import may_open_without_reason
from nightdesk.rules.kept_clock import next_end
from nightdesk.rules.referral import HELD
from nightdesk.rules.terms import SUPERVISOR

LONGEST_QUEUE = 200
NEVER = datetime.max.replace(tzinfo=UTC)


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
    clock: ClockSeen | None
    paging: Paging | None
    moves: tuple[dict[str, Any], ...]
    offered_to: str = ""  # the colleague who is asked to take it over
    mine_or_supervised: bool = False


def queue(reader: Reader, now: datetime | None = None) -> list[Queued]:
    """The open cases of the reader's unit at `now` (the database's, when not given): the nearest window that still runs
    first, those without a running window after them, the longest waiting first.
    """
    if not reader.unit:
        return []
    now = now or database_now()
    open_ones = (
        Case.objects.filter(unit_id=reader.unit)
        .exclude(disclosure__referral__state="handed_over")
        .select_related("owner", "disclosure__station", "disclosure__referral")
    )
    running = open_ones.filter(first_window_ends_at__gt=now).order_by("first_window_ends_at")[:LONGEST_QUEUE]
    passed = open_ones.filter(Q(first_window_ends_at__lte=now) | Q(first_window_ends_at=None))
    clocks = Prefetch("disclosure__clocks", ClockStart.objects.select_related("kept").defer("kept__health"))
    later = passed.prefetch_related(clocks).order_by("-opened_at")[:LONGEST_QUEUE]
    queued = [_queued(reader, case, case.first_window_ends_at) for case in running]
    queued += [_queued(reader, case, _next_end(case, now)) for case in later]
    queued.sort(key=lambda row: (row.first_window_ends_at or NEVER, row.opened_at))
    return queued[:LONGEST_QUEUE]


def _next_end(case: Case, now: datetime) -> datetime | None:
    """The nearest end of a window that still runs, of a case whose first window has passed; by no drug, as the first."""
    clocks = sorted(case.disclosure.clocks.all(), key=lambda clock: clock.started_at)
    return next_end(clocks[-1].windows, now) if clocks else None


def _queued(reader: Reader, case: Case, first_window_ends_at: datetime | None) -> Queued:
    told = case.disclosure
    return Queued(
        reference=told.reference, station=told.station.name if told.station else "", opened_at=case.opened_at,
        first_window_ends_at=first_window_ends_at, urgency=told.referral.urgency, state=told.referral.state,
        owner=case.owner.name if case.owner else "", mine=str(case.owner_id) == reader.id,
    )  # fmt: skip


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


def may_work_on(reader: Reader, reference: str, now: datetime) -> bool:
    """Whether the reader may go on with the disclosure at their counter, or its case is their unit's or their own."""
    return may_see(reader, reference, now) or needs_reason(reader, reference) is False


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
        offered_to=_offered_to(told.referral),
        mine_or_supervised=str(found.owner_id) == reader.id
        or (reader.role == SUPERVISOR and str(found.unit_id) == reader.unit),
    )  # fmt: skip


def _offered_to(referral: Referral) -> str:
    """Who is asked to take over what somebody has; "" when nobody is."""
    return referral.meant_for.name if referral.meant_for and referral.state in HELD else ""
