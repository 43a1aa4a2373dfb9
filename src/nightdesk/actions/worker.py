"""What the worker does: takes the steps that are due, sends what waits in the outbox, says that it is alive.

Rows decide, the worker only wakes: a step or message is claimed and done so that a kill at any point leaves it due again.
"""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Final, TypeVar
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.models import Model, QuerySet

from nightdesk.actions._entry import entry, together
from nightdesk.actions.messages import tell
from nightdesk.actions.referrals import page_step
from nightdesk.records.messages import Heartbeat, Message
from nightdesk.records.referrals import Referral
from nightdesk.records.rota import Shift
from nightdesk.records.staff import Staff
from nightdesk.rules import referral as rule
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.messages import page_notice

CLAIM_SECONDS: Final = 30  # a message claimed by a worker that died is due again after this long
RETRY_SECONDS: Final = (5, 15, 60, 300)

Row = TypeVar("Row", bound=Model)


def beat(*, at: datetime) -> None:
    """Say that a worker is alive. Not journalled: it is no act on a record."""
    Heartbeat.objects.update_or_create(name="worker", defaults={"at": at})


class StepFailed(Exception):
    """The step of one referral could not be taken; `referral` is its id. The others go on."""

    def __init__(self, referral: UUID) -> None:
        super().__init__("A step could not be taken. Look at the fault it came from.")
        self.referral = referral


@together
def take_due_step(*, at: datetime, address: str, passing_over: Collection[UUID] = ()) -> bool:
    """Take one step that is due, with its messages, in one transaction. False when nothing is due.

    Two workers never take one step twice: the row is locked, and another worker skips it (PostgreSQL) or waits (SQLite).
    Raises StepFailed, so that the caller can pass over that referral and see to the others; a database that is out is
    raised as it is.
    """
    due = Referral.objects.filter(next_step_at__lte=at).exclude(pk__in=passing_over).order_by("next_step_at")
    referral = _unclaimed(due.select_related("disclosure__station", "unit")).first()
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
    step = rule.step_due(referral.policy, referral.step)
    pages = page_step(actor=SYSTEM, at=at, referral=referral, on_duty=on_duty(referral, step.layer, at))
    station = referral.disclosure.station
    for page in pages:
        notice = page_notice(
            station=station.name if station else referral.unit.name, reference=referral.disclosure.reference,
            urgency=referral.urgency, link=f"{address}/staff/page/{page.token}/",
        )  # fmt: skip
        tell(at=at, staff=page.staff, about="page", notice=notice, page=page)


def on_duty(referral: Referral, layer: str, at: datetime) -> list[Staff]:
    """Who is on and can be told in this layer of the referral's unit at `at`, longest on duty first.

    Somebody without an address can't be told, so nobody waits for their answer.
    """
    shifts = Shift.objects.on_at(at).filter(unit_id=referral.unit_id, layer=layer).exclude(staff__email="")
    return list(
        {row.staff_id: row.staff for row in shifts.select_related("staff").order_by("starts_at")}.values()
    )


def claim_message(*, at: datetime) -> Message | None:
    """The next message to send, claimed: if this worker dies now, it is due again in half a minute.

    Only while the page is unanswered: after a long outage of the mail nobody is woken for what somebody already has.
    """
    with transaction.atomic():
        due = Message.objects.filter(due_at__lte=at, page__referral__next_step_at__isnull=False)
        waiting = due.select_related("page__referral__disclosure").order_by("due_at")
        message = _unclaimed(waiting).first()
        if message is not None:
            message.attempts += 1
            message.due_at = at + timedelta(seconds=CLAIM_SECONDS)
            message.save(update_fields=["attempts", "due_at"])
    return message


def _unclaimed(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Locked for writing; rows that another worker has are passed over (PostgreSQL), or nobody else writes (SQLite)."""
    return rows.select_for_update(
        of=("self",), no_key=True, skip_locked=connection.features.has_select_for_update_skip_locked
    )


def _about(message: Message) -> str:
    """The reference a message is about; "" when it is about no disclosure."""
    return message.page.referral.disclosure.reference if message.page else ""


def note_sent(*, at: datetime, message: Message) -> None:
    """The message left."""
    subject, channel = _about(message), message.channel
    with entry(
        "message_sent", actor=SYSTEM, at=at, subject=subject, channel=channel, attempt=message.attempts
    ):
        message.sent_at, message.due_at, message.fault = at, None, ""
        message.save(update_fields=["sent_at", "due_at", "fault"])


def note_failed(*, at: datetime, message: Message, fault: str) -> None:
    """The message could not leave: try again soon, ever more slowly, and never give up while the page is unanswered.

    A message that another worker sent meanwhile (this one's claim had run out) stays sent.
    """
    wait = RETRY_SECONDS[min(message.attempts, len(RETRY_SECONDS)) - 1]
    subject, channel = _about(message), message.channel
    with entry(
        "message_failed",
        actor=SYSTEM,
        at=at,
        subject=subject,
        channel=channel,
        attempt=message.attempts,
        fault=fault,
    ):
        message.due_at, message.fault = at + timedelta(seconds=wait), fault[:200]
        unsent = Message.objects.filter(pk=message.pk, sent_at=None)
        unsent.update(due_at=message.due_at, fault=message.fault)


def send_due_messages(*, clock: Callable[[], datetime], send: Callable[[Message], None]) -> int:
    """Send everything that is due through `send` (raises OSError or ValueError when it can't); returns how many left."""
    sent = 0
    while (message := claim_message(at=clock())) is not None:
        try:
            send(message)
        except (
            OSError,
            ValueError,
        ) as fault:  # smtplib's faults are OSErrors; an address that is none is a ValueError
            note_failed(at=clock(), message=message, fault=type(fault).__name__)
        else:
            note_sent(at=clock(), message=message)
            sent += 1
    return sent
