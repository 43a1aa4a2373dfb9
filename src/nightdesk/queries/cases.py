"""The queue of a unit, nearest duty first, and one case with everything a specialist needs."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Case as SqlCase
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Value, When, prefetch_related_objects
from django.db.models.functions import Coalesce, Least

from nightdesk.queries.clock import database_now
from nightdesk.queries.clocks import ClockSeen, clock_of
from nightdesk.queries.disclosures import Paging, Proposed, may_see, paging_of, proposed
from nightdesk.records.cases import Case
from nightdesk.records.clocks import ClockEdition, ClockStart
from nightdesk.records.duties import Duty
from nightdesk.records.referrals import Referral
from nightdesk.rules.access import Reader
from nightdesk.rules.basics import Basics
from nightdesk.rules.case import LOOKED_FOR, may_open_without_reason
from nightdesk.rules.duty import RUNNING, STILL_OWED
from nightdesk.rules.kept_clock import next_end
from nightdesk.rules.referral import HELD
from nightdesk.rules.terms import SUPERVISOR

LONGEST_QUEUE = 200
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Queued:
    """A line of the queue: no names of persons. `missed`: how many duties were missed and are still owed; `duty`: the code
    of the one that is due first."""

    reference: str
    station: str
    opened_at: datetime
    first_window_ends_at: datetime | None
    urgency: str
    state: str
    owner: str
    mine: bool
    next_duty_at: datetime | None
    duty: str
    missed: int

    @property
    def nearest_at(self) -> datetime | None:
        """What runs out first: a window or a duty; None when nothing runs."""
        return min((at for at in (self.first_window_ends_at, self.next_duty_at) if at), default=None)


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
    standing: str = ""  # the state of the case itself; `state` is that of its referral


def queue(reader: Reader, now: datetime | None = None) -> list[Queued]:
    """The cases of the reader's unit that are not handed over or in which something is owed, at `now` (the database's, when
    not given): the nearest window or duty whose clock still runs first, those with neither after them, the longest waiting
    first.
    """
    if not reader.unit:
        return []
    now = now or database_now()
    runs = Q(first_window_ends_at__gt=now)
    window = When(runs, then=F("first_window_ends_at"))
    nearest = Least(SqlCase(window, default=Value(NEVER)), Coalesce("next_duty_at", Value(NEVER)))
    still_owed = Exists(Duty.objects.filter(case=OuterRef("pk"), state__in=STILL_OWED))
    open_ones = Case.objects.filter(
        still_owed | ~Q(disclosure__referral__state="handed_over") | Q(state__in=LOOKED_FOR),
        unit_id=reader.unit,
    ).select_related("owner", "disclosure__station", "disclosure__referral")
    first = open_ones.annotate(nearest=nearest).order_by("nearest", "-opened_at")[:LONGEST_QUEUE]
    # of those whose first window has passed, a later one may be nearer than any of these
    passed = open_ones.exclude(runs).order_by("-opened_at")[:LONGEST_QUEUE]
    found = list({case.pk: case for case in (*first, *passed)}.values())
    prefetch_related_objects(found, _clocks(), Prefetch("duties", _owed(), to_attr="owed"))
    queued = [_queued(reader, case, now) for case in found]
    return sorted(queued, key=lambda row: (row.nearest_at or NEVER, row.opened_at))[:LONGEST_QUEUE]


def _clocks() -> "Prefetch[Any]":
    """The clocks of a disclosure; their figures are read once for all."""
    kept = Prefetch("kept", ClockEdition.objects.defer("health"))
    return Prefetch("disclosure__clocks", ClockStart.objects.prefetch_related(kept))


def _owed() -> "QuerySet[Duty]":
    return Duty.objects.filter(state__in=STILL_OWED).order_by("due_at")


def _next_end(case: Case, now: datetime) -> datetime | None:
    """The nearest end of a window that still runs; by no drug, as the first."""
    if case.first_window_ends_at and case.first_window_ends_at > now:
        return case.first_window_ends_at
    clocks = sorted(case.disclosure.clocks.all(), key=lambda clock: clock.started_at)
    return next_end(clocks[-1].windows, now) if clocks else None


def _queued(reader: Reader, case: Any, now: datetime) -> Queued:
    told = case.disclosure
    running = [duty for duty in case.owed if duty.state in RUNNING]
    return Queued(
        reference=told.reference, station=told.station.name if told.station else "", opened_at=case.opened_at,
        first_window_ends_at=_next_end(case, now), urgency=told.referral.urgency, state=told.referral.state,
        owner=case.owner.name if case.owner else "", mine=str(case.owner_id) == reader.id,
        next_duty_at=running[0].due_at if running else None, duty=running[0].kind if running else "",
        missed=len(case.owed) - len(running),
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
        standing=found.state,
    )  # fmt: skip


def _offered_to(referral: Referral) -> str:
    """Who is asked to take over what somebody has; "" when nobody is."""
    return referral.meant_for.name if referral.meant_for and referral.state in HELD else ""
