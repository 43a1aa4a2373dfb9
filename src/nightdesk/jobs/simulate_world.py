"""The world of a simulated month: its clock, what is out, and two real workers that wake on it.

Time jumps from one happening to the next. A worker wakes at the same moments as one that wakes every two seconds, but
for those at which nothing is due (`swept` wakes it at those too: the tests show that both come to the same).
"""

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any, Final

from django.db import OperationalError

from nightdesk.actions.outbox import WANTED
from nightdesk.actions.receipts import SOON, note_receipts
from nightdesk.jobs.simulate_pager import Pager
from nightdesk.jobs.simulate_plan import DATABASE, WORKERS, WRITES, Outage, Plan
from nightdesk.jobs.worker import PERIODIC, Periodic
from nightdesk.queries.simulation import DueNext
from nightdesk.rules.access import SYSTEM

RECEIPT_SECONDS: Final = 15
READS: Final = ("SELECT", "BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET", "PRAGMA")

Act = Callable[[], object]
Post = Callable[[Pager, Any], str]


class World:
    """Happenings in the order of their time."""

    def __init__(self, plan: Plan, *, swept: bool = False) -> None:
        self.plan, self.now, self.swept = plan, plan.size.starts_at, swept
        self.out: list[Outage] = []
        self.awaiting: dict[
            str, datetime
        ] = {}  # text messages that have left → when the provider knows their end
        self.pagers: list[Pager] = []
        self.due_next = DueNext(SYSTEM, WANTED)
        self._due: list[tuple[datetime, int, Act]] = []
        self._order = count()
        self._asked_at = self.now  # for receipts

    def begin(self, post: Post, receipt: Callable[[str], str]) -> None:
        """Let the workers start, and everything go out in its time."""
        self._receipt = receipt
        self.pagers = [Pager(self, name, post) for name in WORKERS]
        for outage in self.plan.outages:
            self.later(outage.starts_at, lambda outage=outage: self._begins(outage))  # type: ignore[misc]
            self.later(outage.ends_at, lambda outage=outage: self._ends(outage))  # type: ignore[misc]
        for n, pager in enumerate(self.pagers):
            pager.begin(self.now + timedelta(seconds=0.7 * n))

    def end(self) -> None:
        """Let the workers end, whatever they are at."""
        for pager in self.pagers:
            pager.end()

    def clock(self) -> datetime:
        """Now, for the workers: in a force the database's clock."""
        return self.now

    def later(self, at: datetime, act: Act) -> None:
        """Let something happen at `at`."""
        heapq.heappush(self._due, (at, next(self._order), act))

    def soon(self, seconds: float, act: Act) -> None:
        """Let something happen some seconds from now."""
        self.later(self.now + timedelta(seconds=seconds), act)

    def pass_until(self, at: datetime) -> None:
        """Let time pass."""
        while self._due and self._due[0][0] <= at:
            self.now, _, act = heapq.heappop(self._due)
            act()
        self.now = at

    def is_out(self, *kinds: str) -> Outage | None:
        """The outage of one of these kinds that is on now, one that hangs first; None when they work."""
        return max((one for one in self.out if one.what in kinds), key=lambda one: one.hangs, default=None)

    def database_is_out(self) -> bool:
        """Whether it refuses everything, or every write."""
        return self.is_out(DATABASE, WRITES) is not None

    def refuse_while_out(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        """What the database does with a statement (Django's execute_wrapper)."""
        if self.out and (self.is_out(DATABASE) or (self.is_out(WRITES) and not _reads(sql))):
            raise OperationalError("The simulated database is out.")
        return execute(sql, params, many, context)

    def acted(self) -> None:
        """Something may have become due: let the idle worker whose next moment is the nearest wake for it."""
        idle = [pager for pager in self.pagers if pager.alive and not pager.busy]
        if self.swept or not idle or self.database_is_out():
            return
        due = self._next_due()
        if due is not None:
            at, first = min((pager.first_moment(due), n) for n, pager in enumerate(idle))
            idle[first].wake_at(at)

    def _next_due(self) -> datetime | None:
        for name in [name for name, at in self.awaiting.items() if at < self.now - SOON]:
            del self.awaiting[name]  # nobody asks any more
        found = [self.due_next.at()]
        if self.awaiting:
            asked_next = self._asked_at + timedelta(seconds=RECEIPT_SECONDS)
            found.append(max(asked_next, min(self.awaiting.values())))
        return min((at for at in found if at), default=None)

    def jobs(self) -> list[Periodic]:
        """What the real worker does beside pages. Receipts are asked of the simulated provider, when it knows one;
        nobody sees to what is owed after a call-out, so duties are left out."""
        known = any(at <= self.now for at in self.awaiting.values())
        asking = [Periodic("receipts", RECEIPT_SECONDS, self._ask_all)] if known else []
        return [*asking, *(job for job in PERIODIC if job.name == "cover")]

    def _ask_all(self, at: datetime) -> None:
        self._asked_at = at
        note_receipts(at=at, ask=self._receipt, newer_than=SOON)

    def _begins(self, outage: Outage) -> None:
        self.out.append(outage)
        for pager in self.pagers:
            pager.look_up()
            if outage.what in (DATABASE, WRITES):
                pager.fail_soon()
        self.acted()  # what a worker that died would have woken for is the other's now

    def _ends(self, outage: Outage) -> None:
        self.out.remove(outage)
        for pager in self.pagers:
            pager.look_up()
        self.acted()


def _reads(sql: str) -> bool:
    return sql.lstrip().upper().startswith(READS)
