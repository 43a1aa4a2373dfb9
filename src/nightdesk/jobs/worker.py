"""The worker: takes the paging steps that are due, sends what waits in the outbox, and says that it is alive.

It keeps nothing in memory: rows decide, so any number of workers may run, and one that is killed leaves its work due again.
A database that is out is waited for. A round that fails is logged and tried again, and meanwhile no heartbeat is written: a
worker that can't page must not look alive on the counter page.
"""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, Protocol
from uuid import UUID

import structlog
from django.conf import settings
from django.db import DatabaseError, connections

from nightdesk.actions.worker import StepFailed, beat, send_due_messages, take_due_step
from nightdesk.outside.mail import send_mail
from nightdesk.queries.clock import database_now

LONGEST_WAIT_SECONDS: Final = (
    15.0  # between tries while the database is out: a page may wait this long after it is back
)


class Letter(Protocol):
    """What is sent: a row of the outbox."""

    id: Any
    address: str
    subject: str
    body: str


class WorkerStopping(OSError):
    """The worker was asked to end: what it had not sent yet is due again in a few seconds, for the next worker."""


class StepsNotTaken(Exception):
    """A round in which the step of some referral failed: it is not a good one, so it leaves no heartbeat."""


def post(letter: Letter) -> None:
    """Let one message leave by mail; raises OSError when it can't. In the demo the message page shows it."""
    if not settings.MAIL_ADDRESS:
        return
    send_mail(
        settings.MAIL_ADDRESS, sender=settings.DEFAULT_FROM_EMAIL, to=letter.address, subject=letter.subject,
        body=letter.body, message_id=str(letter.id), at=database_now(),
    )  # fmt: skip


class Worker:
    """Rounds until `stop` is set. `post` lets a message leave; `now` is the database's clock."""

    def __init__(
        self,
        stop: threading.Event,
        *,
        seconds: float,
        post: Callable[[Letter], None] = post,
        now: Callable[[], datetime] = database_now,
    ) -> None:
        self.stop, self.seconds, self.post, self.now = stop, seconds, post, now
        self.failed: set[UUID] = set()  # referrals whose step failed in this round

    def run(self) -> None:
        """A round every `seconds`; after a failed one an ever longer wait, up to LONGEST_WAIT_SECONDS."""
        wait = self.seconds
        while not self.stop.is_set():
            wait = self.seconds if self.try_round() else min(wait * 2, LONGEST_WAIT_SECONDS)
            self.stop.wait(wait)
        connections.close_all()

    def try_round(self) -> bool:
        """One round; False, with a log line, when it could not be done."""
        try:
            self.round()
        except DatabaseError as fault:
            structlog.get_logger().warning("worker_waits_for_database", fault=type(fault).__name__)
        except Exception as fault:  # whatever it is, pages of other referrals must go on being tried
            structlog.get_logger().error("worker_round_failed", fault=type(fault).__name__)
        else:
            return True
        _drop_connections()
        return False

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

    def _send(self, letter: Letter) -> None:
        """Let a message leave. Steps are taken in between: a mail server that hangs must not hold up the next page."""
        if self.stop.is_set():
            raise WorkerStopping("The worker is ending.")
        self._take_steps()
        if not self.failed:
            beat(at=self.now())
        self.post(letter)


def _drop_connections() -> None:
    """Begin anew with a fresh connection; one that is broken already may refuse even to be closed."""
    for connection in connections.all(initialized_only=True):
        try:
            connection.close()
        except DatabaseError:
            connection.connection = None
