"""The worker: takes the paging steps that are due, sends what waits in the outbox, and says that it is alive.

It keeps nothing in memory: rows decide, so any number of workers may run, and one that is killed leaves its work due again.
A database that is out is waited for. A round that fails is logged and tried again, and meanwhile no heartbeat is written: a
worker that can't page must not look alive on the counter page.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import structlog
from django.conf import settings
from django.db import DatabaseError

from nightdesk.actions.explorations import end_explorations
from nightdesk.actions.periodic import claim_job, note_job_done
from nightdesk.actions.receipts import LATE, SOON, note_receipts
from nightdesk.actions.rota_kept import let_go_old_calendars
from nightdesk.actions.worker import StepFailed, beat, send_due_messages, take_due_step
from nightdesk.jobs.attachments import scan_beside
from nightdesk.jobs.away import note_everybody_away
from nightdesk.jobs.cover import check_all_cover
from nightdesk.jobs.duties import miss_overdue
from nightdesk.jobs.look_back import EVERY_SECONDS, go_on_looking_back
from nightdesk.jobs.notices import tell_overdue
from nightdesk.jobs.queue import keep_queue
from nightdesk.jobs.rounds import Rounds
from nightdesk.outside.channels import Letter, receipt, send
from nightdesk.queries.clock import database_now
from nightdesk.queries.periodic import due_jobs
from nightdesk.rules.access import SYSTEM


class WorkerStopping(OSError):
    """The worker was asked to end: what it had not sent yet is due again in a few seconds, for the next worker."""


class StepsNotTaken(Exception):
    """A round in which the step of some referral failed: it is not a good one, so it leaves no heartbeat."""


def post(letter: Letter) -> str:
    """Let one message leave by its channel; raises OSError when it can't."""
    return send(letter, database_now())


@dataclass(frozen=True)
class Periodic:
    """Something that is done every so many seconds by whichever worker comes first. `do` gets the time.

    What it does may be done again after a death on the way (`again_seconds` later), so it must bear that.
    """

    name: str
    seconds: int
    do: Callable[[datetime], object]
    again_seconds: int = 60


# Rows guard them: two workers never do one twice. A fault in one is logged, and holds up no page.
PERIODIC: Final[list[Periodic]] = [
    Periodic("cover", 3600, check_all_cover, again_seconds=300),
    Periodic("duties", 300, miss_overdue),
    Periodic("receipts", 15, lambda at: note_receipts(at=at, ask=receipt, newer_than=SOON)),
    Periodic("kept_calendars", 300, lambda at: let_go_old_calendars(at=at)),
    Periodic("late_receipts", 900, lambda at: note_receipts(at=at, ask=receipt, newer_than=LATE)),
    Periodic("queue", 60, keep_queue),
    Periodic("notices", 300, tell_overdue),
    Periodic("away", 1800, note_everybody_away),
    Periodic("attachments", 60, scan_beside),
    Periodic("explorations", 300, end_explorations),
    Periodic("look_back", EVERY_SECONDS, go_on_looking_back),
]


class Worker(Rounds):
    """Rounds until `stop` is set. `post` lets a message leave; `now` is the database's clock."""

    name = "worker"

    def __init__(
        self,
        stop: threading.Event,
        *,
        seconds: float,
        post: Callable[[Letter], str | None] = post,
        now: Callable[[], datetime] = database_now,
        periodic: Sequence[Periodic] = tuple(PERIODIC),
    ) -> None:
        super().__init__(stop, seconds=seconds)
        self.post, self.now, self.periodic = post, now, periodic
        self.failed: set[UUID] = set()  # referrals whose step failed in this round

    def round(self) -> None:
        """Every due step, then every due message, then the heartbeat.

        A referral whose step fails is passed over for this round, so that it holds up no other; then there is no
        heartbeat, and the counters are told whom to ring.
        """
        self.failed = set()
        self._take_steps()
        send_due_messages(clock=self.now, send=self._send)
        if self.failed:
            raise StepsNotTaken(f"{len(self.failed)} referrals")
        if not self.stop.is_set():
            beat(at=self.now())
            self._do_periodic()

    def _do_periodic(self) -> None:
        """Whatever is due of the rest, after the pages and the sign of life."""
        due = due_jobs(SYSTEM, at=self.now(), jobs=[(job.name, job.seconds) for job in self.periodic])
        for job in self.periodic:
            if (
                job.name not in due
                or self.stop.is_set()
                or not claim_job(at=self.now(), name=job.name, every=job.seconds, again=job.again_seconds)
            ):
                continue
            try:
                job.do(self.now())
            except DatabaseError:
                raise
            except Exception as fault:
                structlog.get_logger().error("periodic_failed", kind=job.name, fault=type(fault).__name__)
            else:
                note_job_done(at=self.now(), name=job.name)

    def _take_steps(self) -> None:
        while not self.stop.is_set():
            try:
                taken = take_due_step(
                    at=self.now(), address=settings.NIGHTDESK_ADDRESS, passing_over=self.failed
                )
            except StepFailed as failed:
                structlog.get_logger().error("step_failed", fault=type(failed.__cause__).__name__)
                self.failed.add(failed.referral)
            else:
                if not taken:
                    return

    def _send(self, letter: Letter) -> str | None:
        """Let a message leave. Steps are taken in between: a mail server that hangs must not hold up the next page."""
        if self.stop.is_set():
            raise WorkerStopping("The worker is ending.")
        self._take_steps()
        if not self.failed:
            beat(at=self.now())
        return self.post(letter)
