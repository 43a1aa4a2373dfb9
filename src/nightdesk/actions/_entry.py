"""One write, one transaction, one journal line.

`with entry(...) as line:` opens a transaction; the line is appended when the outermost one ends, just before it commits, so
that the chain is held for as short as possible. A line with a missing or extra key rolls everything back (fail closed).
`@together` joins several actions into one transaction: all of them, or none, even if somebody catches a fault in between.
"""

import contextlib
import functools
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction

from nightdesk.actions._rows import refuse_if_naive
from nightdesk.records.journal import JournalLine
from nightdesk.records.prepared import Prepared
from nightdesk.rules.access import Reader
from nightdesk.rules.journal import FIRST_HASH, Line, line_hash, refuse_if_not_declared

CHAIN_LOCK = 7_204_511  # any fixed number: names the journal's advisory lock on PostgreSQL
# Deferred foreign keys are checked before the chain is taken, not at commit: their row locks could otherwise be held by a
# transaction that waits for the chain, and the two would wait for each other.
TAKE_CHAIN = (
    f"SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED; SELECT pg_advisory_xact_lock({CHAIN_LOCK})"
)

_NEWEST = Prepared(JournalLine.objects.order_by("-seq").values_list("seq", "digest")[:1])

_local = threading.local()
P = ParamSpec("P")
R = TypeVar("R")


class HalfDone(Exception):
    """A part of a write failed and somebody caught the fault: nothing of it is kept."""


@dataclass
class Pending:
    """A line in the making: fill `subject` and `facts` before the block ends."""

    kind: str
    actor: Reader
    at: datetime
    subject: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@contextlib.contextmanager
def entry(kind: str, *, actor: Reader, at: datetime, subject: str = "", **facts: Any) -> Iterator[Pending]:
    """A transaction that ends in exactly one journal line of `kind`. Raises JournalRefused when it is not as declared."""
    refuse_if_naive(at)
    line = Pending(kind, actor, at, subject, dict(facts))
    with _outermost():
        yield line
        refuse_if_not_declared(line.kind, line.facts)
        _local.pending.append(line)


@contextlib.contextmanager
def _outermost() -> Iterator[None]:
    """One transaction for all entries inside; the lines are appended at its end."""
    if getattr(_local, "pending", None) is not None:
        with transaction.atomic(
            savepoint=False
        ):  # a fault in here marks the whole for rollback, whoever catches it
            yield
        return
    _local.pending = []
    try:
        with transaction.atomic():
            yield
            if transaction.get_rollback():
                raise HalfDone("A part of this could not be done, so nothing of it was kept. Try again.")
            _append(_local.pending)
    finally:
        _local.pending = None


def together(action: Callable[P, R]) -> Callable[P, R]:
    """A composition of actions: one transaction around all, each with its own line."""

    @functools.wraps(action)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        with _outermost():
            return action(*args, **kwargs)

    return whole


def _append(pending: list[Pending]) -> None:
    """Chain the lines to the newest one. Two writers can't fork the chain: IMMEDIATE (SQLite) or the lock (PostgreSQL)."""
    if not pending:
        return
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(TAKE_CHAIN)
    newest = _NEWEST.rows()
    seq, previous = (newest[0][0], bytes(newest[0][1])) if newest else (0, FIRST_HASH)
    rows = []
    for line in pending:
        seq, at = seq + 1, line.at.astimezone(UTC)  # as it will be read back
        chained = Line(seq, at, line.kind, line.actor.id, line.actor.role, line.subject, line.facts)
        digest = line_hash(chained, previous)
        rows.append(
            JournalLine(
                seq=seq, at=at, kind=line.kind, actor=line.actor.id, role=line.actor.role, subject=line.subject,
                facts=line.facts, previous=previous, digest=digest,
            )
        )  # fmt: skip
        previous = digest
    JournalLine.objects.bulk_create(rows)
