"""What the worker does: takes the steps that are due, says that it is alive. What it sends is in outbox.py.

Rows decide, the worker only wakes: a step is claimed and done so that a kill at any point leaves it due again.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError
from django.db.models import QuerySet

from nightdesk.actions._entry import together
from nightdesk.actions._outbox import unclaimed
from nightdesk.actions._referral_rows import tell_page
from nightdesk.actions.on_the_way import remind
from nightdesk.actions.outbox import send_due_messages
from nightdesk.actions.referral_answers import expire_answer
from nightdesk.actions.referrals import page_step
from nightdesk.records.contacts import ways_of
from nightdesk.records.messages import Heartbeat
from nightdesk.records.prepared import Soonest
from nightdesk.records.prepared_rows import PreparedRows, given
from nightdesk.records.referrals import Referral
from nightdesk.records.rota import Shift
from nightdesk.records.staff import Staff
from nightdesk.rules import referral as rule
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.messages import page_notice
from nightdesk.rules.on_the_way import WATCHING
from nightdesk.rules.ways import can_be_told

__all__ = ["StepFailed", "beat", "on_duty", "send_due_messages", "take_due_step"]

_NEXT_STEP = Soonest(Referral.objects.all(), "next_step_at")
_JOINED = ("disclosure__station", "unit")
_DUE = PreparedRows(
    lambda: unclaimed(
        Referral.objects.filter(next_step_at__lte=given("at"))
        .select_related(*_JOINED)
        .order_by("next_step_at")
    )[:1]
)
_ON = PreparedRows(
    lambda: (
        Shift.objects.on_at(given("at"))
        .filter(unit_id=given("unit"), layer=given("layer"))
        .select_related("staff")
        .order_by("starts_at")
    )
)


def beat(*, at: datetime) -> None:
    """Say that a worker is alive. Not journalled: it is no act on a record."""
    if not Heartbeat.objects.filter(name="worker").update(at=at):
        Heartbeat.objects.update_or_create(name="worker", defaults={"at": at})


class StepFailed(Exception):
    """The step of one referral could not be taken; `referral` is its id. The others go on."""

    def __init__(self, referral: UUID) -> None:
        super().__init__("A step could not be taken. Look at the fault it came from.")
        self.referral = referral


def take_due_step(*, at: datetime, address: str, passing_over: Collection[UUID] = ()) -> bool:
    """Take one step that is due, with its messages, or let an answer run out, or remind, in one transaction. False when
    nothing is due.

    Two workers never take one step twice: the row is locked, and another worker skips it (PostgreSQL) or waits (SQLite).
    Raises StepFailed, so that the caller can pass over that referral and see to the others; a database that is out is
    raised as it is.
    """
    if not _NEXT_STEP.is_due(at):
        return False  # the usual answer, every two seconds: without a lock, which on SQLite holds up everybody who writes
    due = Referral.objects.filter(next_step_at__lte=at).exclude(pk__in=passing_over)
    if passing_over and not due.exists():
        return False
    return _take_first(due.order_by("next_step_at") if passing_over else None, at, address)


@together
def _take_first(due: QuerySet[Referral] | None, at: datetime, address: str) -> bool:
    """Of all that are due (None), or of these."""
    referral = _DUE.first(at=at) if due is None else unclaimed(due.select_related(*_JOINED)).first()
    if referral is None:
        return False
    try:
        _take(referral, at, address)
    except DatabaseError:
        raise
    except Exception as fault:
        raise StepFailed(referral.pk) from fault
    return True


def _take(referral: Referral, at: datetime, address: str) -> None:
    """An answer that ran out, a reminder, or the step that is due."""
    if referral.state == rule.ACKNOWLEDGED:
        expire_answer(at=at, referral=referral)
        return
    if referral.state == rule.ON_THE_WAY:
        found = (on_duty(referral, layer, at) for layer in WATCHING)
        remind(at=at, referral=referral, watching=next(filter(None, found), []), address=address)
        return
    layers = rule.layers_told(referral.policy, referral.step - referral.first_step)
    told = {staff: layer for layer in reversed(layers) for staff in on_duty(referral, layer, at)}
    for page in page_step(actor=SYSTEM, at=at, referral=referral, on_duty=list(told.items())):
        tell_page(at=at, page=page, address=address, notice=page_notice)


def on_duty(referral: Referral, layer: str, at: datetime) -> list[Staff]:
    """Who is on and can be told in this layer of the referral's unit at `at`, longest on duty first.

    Somebody without a way that works can't be told, so nobody waits for their answer.
    """
    shifts = _ON.rows(at=at, unit=referral.unit_id, layer=layer)
    on = {shift.staff_id: shift.staff for shift in shifts}
    ways = ways_of(list(on.values()))
    return [staff for staff in on.values() if can_be_told(ways[staff.pk])]
