"""Going round until told to stop: a database that is out is waited for, a round that fails is logged and tried again."""

import threading
from abc import ABC, abstractmethod
from typing import Final

import structlog
from django.db import DatabaseError, connections

LONGEST_WAIT_SECONDS: Final = (
    15.0  # between tries while the database is out: a page may wait this long after it is back
)


class Rounds(ABC):
    """A round every `seconds` until `stop` is set; after a failed one an ever longer wait. `name` begins its log lines."""

    name = ""

    def __init__(self, stop: threading.Event, *, seconds: float) -> None:
        self.stop, self.seconds = stop, seconds

    @abstractmethod
    def round(self) -> None:
        """One round, by whoever goes round."""

    def run(self) -> None:
        """Rounds until the end."""
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
            structlog.get_logger().warning(f"{self.name}_waits_for_database", fault=type(fault).__name__)
        except Exception as fault:  # whatever it is, the next round must be tried
            structlog.get_logger().error(f"{self.name}_round_failed", fault=type(fault).__name__)
        else:
            return True
        _drop_connections()
        return False


def _drop_connections() -> None:
    """Begin anew with a fresh connection; one that is broken already may refuse even to be closed."""
    for connection in connections.all(initialized_only=True):
        try:
            connection.close()
        except DatabaseError:
            connection.connection = None
