"""The queue of the case room: one condition for each filter, its count and its rows from that same condition.

Counts go as far as rules/queue.py says (MOST) and are exact until there; all of them are one statement. A condition of
another part of the house is added in `_conditions`, or in WAITS_FOR_SUPERVISOR.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import (
    Exists,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)

from nightdesk.queries.clock import database_now
from nightdesk.records.away import away_at, unseen
from nightdesk.records.cases import Case
from nightdesk.records.clocks import ClockEdition, ClockStart
from nightdesk.records.duties import Duty
from nightdesk.records.exhibits import Destruction
from nightdesk.records.flags import CaseFlag
from nightdesk.records.referrals import Referral, ReferralMove
from nightdesk.records.staff import Staff
from nightdesk.rules import queue as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.case import ASKED
from nightdesk.rules.duty import RUNNING
from nightdesk.rules.flag import RAISED
from nightdesk.rules.kept_clock import next_end
from nightdesk.rules.referral import HANDED_OVER, ON_THE_WAY, OWNED


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
    away: bool = False  # the owner is

    @property
    def nearest_at(self) -> datetime | None:
        """What runs out first: a window or a duty; None when nothing runs."""
        return min((at for at in (self.first_window_ends_at, self.next_duty_at) if at), default=None)


@dataclass(frozen=True)
class Queue:
    """One page of one filter, how many there are of each (None: more than MOST), and which page of how many it is."""

    rows: tuple[Queued, ...]
    chosen: str
    counts: Mapping[str, int | None]
    page: int
    pages: int


class _Bounded(Subquery):
    """How many rows, counted no further than the slice of the query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS bounded)"
    output_field = IntegerField()


def queue(reader: Reader, now: datetime | None = None, *, chosen: str = rule.UNIT, page: str = "1") -> Queue:
    """One page of the filter `chosen`: what runs out soonest first, then the longest waiting; what is over newest first."""
    now = now or database_now()
    conditions = _conditions(reader, now)
    name = rule.chosen(chosen)
    counted = _counted(reader, conditions)
    number, pages = rule.page_of(page, counted[name])
    start = (number - 1) * rule.A_PAGE
    order = ("-opened_at", "pk") if name == rule.CLOSED else ("nearest_at", "opened_at", "pk")
    listed = Case.objects.filter(conditions[name]).order_by(*order)
    listed = listed.select_related("owner", "disclosure__station", "disclosure__referral")
    found = list(
        listed.annotate(owner_away=Exists(_absent(now)))[start : min(start + rule.A_PAGE, rule.MOST)]
    )
    prefetch_related_objects(found, Prefetch("duties", Duty.objects.order_by("due_at")))
    _follow_passed(found, now)
    counts = {key: value if value <= rule.MOST else None for key, value in counted.items()}
    return Queue(tuple(_queued(reader, case, now) for case in found), name, counts, number, pages)


def _counted(reader: Reader, conditions: Mapping[str, Q]) -> dict[str, int]:
    """Every count in one statement, each up to one more than MOST."""
    counts = {
        f"count_{name}": _Bounded(Case.objects.filter(condition).order_by().values("pk")[: rule.MOST + 1])
        for name, condition in conditions.items()
    }
    found: Any = Staff.objects.filter(pk=UUID(reader.id)).values(**counts).first() or {}
    # a condition that nothing can meet is not asked, and comes back as nothing
    return {name: found.get(f"count_{name}") or 0 for name in conditions}


def _absent(now: datetime) -> "QuerySet[Any]":
    return away_at(now).filter(staff=OuterRef("owner"))


def _destruction_asked(_now: datetime) -> Q:
    """A supervisor decides whether an exhibit of the case may be destroyed."""
    return Q(Exists(Destruction.objects.filter(exhibit__disclosure=OuterRef("disclosure"), decided_at=None)))


def _closing_asked(_now: datetime) -> Q:
    """A supervisor looks at an ending before the case is closed."""
    return Q(state=ASKED)


# What a case can wait for a supervisor for: any one of these is enough.
WAITS_FOR_SUPERVISOR: Final[list[Callable[[datetime], Q]]] = [unseen, _destruction_asked, _closing_asked]


def _conditions(reader: Reader, now: datetime) -> dict[str, Q]:
    """Filter → which cases. Everything but what is over stands in the queue; only one's own can be another unit's."""
    unit = Q(unit_id=reader.unit) if reader.unit else Q(pk__in=[])
    here = unit & Q(in_queue=True)
    waits = Q()
    for condition in WAITS_FOR_SUPERVISOR:
        waits |= condition(now)
    soon = Q(first_window_ends_at__gt=now, first_window_ends_at__lte=now + rule.WINDOW_SOON)
    found = {
        rule.UNIT: here,
        rule.MINE: Q(owner_id=UUID(reader.id), in_queue=True),
        rule.NOBODY: here & Q(owner=None),
        rule.SUPERVISOR: here & waits,
        rule.MISSED: here & Q(missed__gt=0),
        rule.WINDOW: here & soon,
        rule.OVERDUE: here & Q(disclosure__in=_overdue(reader, now).values("disclosure")),
        # by the few that are offered to anybody, not by the many that are not
        rule.OFFERED: Q(
            disclosure__in=Referral.objects.filter(meant_for=UUID(reader.id), state__in=OWNED).values(
                "disclosure"
            ),
            in_queue=True,
        ),
        rule.AWAY: here & Q(Exists(_absent(now))),
        rule.HANDED: here & Q(Exists(_referral(state=HANDED_OVER))),
        rule.CLOSED: unit & Q(in_queue=False),
    } | {name: here & _flagged(flag) for name, flag in rule.FLAGS.items()}
    return {name: found[name] for name in rule.FILTERS}


def _referral(**which: Any) -> "QuerySet[Referral]":
    return Referral.objects.filter(disclosure=OuterRef("disclosure"), **which)


def _overdue(reader: Reader, now: datetime) -> "QuerySet[Referral]":
    """As rules/on_the_way.is_overdue: the first reminder after setting off is due, or was made."""
    moves = ReferralMove.objects.filter(referral=OuterRef("pk"), move__in=("set_off", "remind"))
    newest = Subquery(moves.order_by("-id").values("move")[:1])
    unit = UUID(reader.unit) if reader.unit else UUID(int=0)  # nobody’s
    rows = Referral.objects.filter(unit_id=unit, state=ON_THE_WAY).annotate(newest=newest)
    return rows.filter(Q(next_step_at__lte=now) | Q(newest="remind"))


def _flagged(code: str) -> Q:
    return Q(Exists(CaseFlag.objects.filter(disclosure=OuterRef("disclosure"), code=code, state=RAISED)))


def _follow_passed(found: Sequence[Case], now: datetime) -> None:
    """A window that passed a moment ago, before the worker moved it on: the next that runs is shown."""
    passed = [case for case in found if case.first_window_ends_at and case.first_window_ends_at <= now]
    kept = Prefetch("kept", ClockEdition.objects.defer("health"))
    clocks = Prefetch("disclosure__clocks", ClockStart.objects.prefetch_related(kept))
    if passed:
        prefetch_related_objects(passed, clocks)
    for case in passed:
        newest = max(case.disclosure.clocks.all(), key=lambda clock: clock.started_at, default=None)
        case.first_window_ends_at = next_end(newest.windows, now) if newest else None


def _queued(reader: Reader, case: Any, now: datetime) -> Queued:
    told = case.disclosure
    # All duties of a few cases: asked for by their state, SQLite reads those of all cases.
    running = [duty for duty in case.duties.all() if duty.state in RUNNING]
    return Queued(
        reference=told.reference, station=told.station.name if told.station else "", opened_at=case.opened_at,
        first_window_ends_at=case.first_window_ends_at, urgency=told.referral.urgency, state=told.referral.state,
        owner=case.owner.name if case.owner else "", mine=str(case.owner_id) == reader.id,
        next_duty_at=running[0].due_at if running else None, duty=running[0].kind if running else "",
        missed=case.missed, away=case.owner_away,
    )  # fmt: skip
