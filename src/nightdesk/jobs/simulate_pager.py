"""A real worker inside a simulated month. It has a thread and a database connection of its own, but runs only while the
world hands it the baton: one thing happens at a time, in the same order in every run.
"""

import contextvars
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil
from typing import Any, Final, Protocol

from django.db import connection, connections

from nightdesk.jobs.rounds import LONGEST_WAIT_SECONDS
from nightdesk.jobs.worker import Periodic, Worker

SECONDS: Final = 2.0  # the worker's waking, as NIGHTDESK_WORKER_SECONDS has it by default


class Killed(BaseException):
    """The worker died here, in the middle of letting a message leave. Not an Exception: nothing may catch it on the way."""


class World(Protocol):
    """What a worker sees of the world."""

    now: datetime
    swept: bool

    def clock(self) -> datetime: ...
    def later(self, at: datetime, act: Callable[[], object]) -> None: ...
    def acted(self) -> None: ...
    def jobs(self) -> list[Periodic]: ...
    def is_out(self, *kinds: str) -> object: ...
    def refuse_while_out(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any: ...


class Pager:
    """Wakes by the world's clock, may die and come back, and is held up by neighbours that say nothing.

    `wait` is how long it rests after a round, `rested_at` when the newest one ended.
    """

    def __init__(self, world: World, name: str, post: Callable[["Pager", Any], str]) -> None:
        self.world, self.name = world, name
        self.alive, self.busy = True, False
        self.wait, self.rested_at = SECONDS, world.now
        self._wakes_at: datetime | None = None
        self._baton, self._done = threading.Semaphore(0), threading.Semaphore(0)
        self._ended = False
        self._fault: BaseException | None = None
        self.worker = Worker(
            threading.Event(), seconds=SECONDS, now=world.clock, post=lambda letter: post(self, letter)
        )  # fmt: skip
        context = contextvars.copy_context()  # the policy in force is the world's
        self._thread = threading.Thread(target=context.run, args=(self._live,), daemon=True)

    def begin(self, at: datetime) -> None:
        """Its process starts: the first round at once."""
        self.wait, self.rested_at = SECONDS, at
        self.wake_at(at)

    def look_up(self) -> None:
        """Die or come back, as the world has it. One that dies in the middle of a message comes back after that."""
        alive = self.world.is_out(self.name, "workers") is None
        if alive and not self.alive and not self.busy:
            self.alive = True
            self.begin(self.world.now)
        elif not alive:
            self.alive, self._wakes_at = False, None

    def first_moment(self, due: datetime) -> datetime:
        """The first of its moments from `due` on, as if it had woken at all before."""
        rounds = max(1, ceil((max(due, self.world.now) - self.rested_at).total_seconds() / self.wait))
        return self.rested_at + timedelta(seconds=rounds * self.wait)

    def wake_at(self, at: datetime) -> None:
        """Wake at `at`, unless it wakes earlier already."""
        if self._wakes_at is None or at < self._wakes_at:
            self._wakes_at = at
            self.world.later(at, lambda: self._wake(at))

    def fail_soon(self) -> None:
        """The database went out: its next round fails, and from then on it waits longer."""
        if self.alive and not self.busy:
            self.wake_at(self.first_moment(self.world.now))

    def hold(self, seconds: float) -> None:
        """Wait for a neighbour, while everything else goes on."""
        self.world.later(self.world.now + timedelta(seconds=seconds), self._run)
        self.world.acted()  # the other worker comes to what this one would have come to
        self._done.release()
        self._baton.acquire()
        if self._ended:
            raise Killed

    def refuse_if_dead(self) -> None:
        """Raise Killed when it died meanwhile."""
        if not self.alive:
            raise Killed

    def end(self) -> None:
        """Let the thread end, with its connection."""
        self._ended = True
        if self._thread.ident is not None:
            self._baton.release()
            self._thread.join()

    def _wake(self, at: datetime) -> None:
        if not self.alive or self.busy or at != self._wakes_at:
            return  # it wakes at another moment now
        self.busy, self._wakes_at = True, None
        if self._thread.ident is None:
            self._thread.start()
        self._run()

    def _run(self) -> None:
        """Hand the baton over, and wait until it comes back: the round is done, or held up."""
        self._baton.release()
        self._done.acquire()
        if self._fault is not None:
            raise self._fault

    def _live(self) -> None:
        """The thread: a round for each waking."""
        try:
            with connection.execute_wrapper(self.world.refuse_while_out):
                while not self._ended and self._baton.acquire() and not self._ended:
                    self._round()
                    self._done.release()
        except BaseException as fault:
            self._fault = fault
        finally:
            connections.close_all()
            self._done.release()

    def _round(self) -> None:
        self.worker.periodic = self.world.jobs()
        try:
            good = self.worker.try_round()
        except Killed:
            good = self.alive = False
        self.busy = False
        if not self.alive:
            self.look_up()  # its process may have been started again while the round was dying
            self.world.acted()
            return
        self.rested_at = self.world.now
        self.wait = SECONDS if good else min(self.wait * 2, LONGEST_WAIT_SECONDS)
        if good and not self.world.swept:
            self.world.acted()
        else:
            self.wake_at(self.rested_at + timedelta(seconds=self.wait))
