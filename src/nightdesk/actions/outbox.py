"""The outbox: messages claimed, sent by a neighbour, and noted, each attempt with its code. Rows decide, the worker wakes.

A message is claimed by row, so two workers never send one; whoever is killed leaves its claim to run out.
"""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Case, F, IntegerField, Q, When

from nightdesk.actions._entry import entry
from nightdesk.actions._outbox import about, bring_forward, channels_out, hurry, mark_failed, unclaimed
from nightdesk.outside.sending import Unsent
from nightdesk.records.contacts import ContactWay
from nightdesk.records.messages import Message, MessageAttempt
from nightdesk.records.prepared import Soonest
from nightdesk.records.prepared_rows import PreparedRows, given
from nightdesk.rules import referral as rule
from nightdesk.rules import ways
from nightdesk.rules.access import SYSTEM

# A message claimed by a worker that died is due again after this long: more than a neighbour that says nothing may take
# (outside: 10 seconds), less than the promised minute.
CLAIM_SECONDS: Final = 30
# A short fault is over soon; an outage of an hour is asked every five minutes, and the next way was tried long before.
RETRY_SECONDS: Final = (5, 15, 60, 300)

# Then the older referral goes first; the rest only so that the order is the same on every database.
IN_TURN: Final = (
    "due_at", F("page__referral__raised_at").asc(nulls_last=True), "made_at", "page__step", "staff__username", "channel",
)  # fmt: skip

# A page is worth sending while nobody has answered it and somebody is needed: everybody, or this one person.
# A reminder is, while they are on the way.
WANTED: Final = (
    Q(page__isnull=True, move__isnull=True)
    | Q(move__referral__state=rule.ON_THE_WAY)
    | Q(page__answered_at__isnull=True)
    & (Q(page__referral__state__in=rule.WAITING) | Q(page__referral__meant_for=F("page__staff")))
)
# Put together once, and asked for each message that leaves.
_LEAVING: Final = (
    Message.objects.filter(WANTED)
    .select_related("page__referral__disclosure", "move__referral__disclosure")
    .order_by(*IN_TURN)
)
_NEXT: Final = PreparedRows(lambda: unclaimed(_LEAVING.filter(due_at__lte=given("at")))[:1])
_NEXT_MESSAGE: Final = Soonest(Message.objects.filter(WANTED), "due_at")


def claim_message(*, at: datetime, last: Collection[str] = ()) -> Message | None:
    """The next message to send, claimed: if this worker dies now, it is due again in half a minute. Channels in `last` wait
    for the others, so that a server that hangs on every message holds up only its own.

    A page's only while the page is unanswered: after a long outage of the mail nobody is woken for what somebody already
    has. Any other until it was sent. The attempt has its row from now on, so that one which was cut off is seen too.
    """
    with transaction.atomic():
        if last:
            turn = Case(When(channel__in=last, then=1), default=0, output_field=IntegerField())
            message = unclaimed(_LEAVING.filter(due_at__lte=at).order_by(turn, *IN_TURN)).first()
        else:
            message = _NEXT.first(at=at)
        if message is not None:
            message.attempts += 1
            message.due_at = at + timedelta(seconds=CLAIM_SECONDS)
            message.save(update_fields=["attempts", "due_at"])
            MessageAttempt.objects.create(
                message=message, number=message.attempts, at=at, left=False, fault=ways.UNDER_WAY
            )
    return message


def note_sent(*, at: datetime, message: Message, provider_ref: str = "") -> None:
    """The message left. Without a page to answer, the other ways of the same telling are not needed any more."""
    subject, channel = about(message), message.channel
    with entry(
        "message_sent", actor=SYSTEM, at=at, subject=subject, channel=channel, attempt=message.attempts
    ):
        message.sent_at, message.due_at, message.fault, message.provider_ref = at, None, "", provider_ref[:80]
        message.save(update_fields=["sent_at", "due_at", "fault", "provider_ref"])
        _end_attempt(message, left=True)
        if message.way_id and channel not in ("sms", ways.SCREEN):  # a text message has a receipt of its own
            ContactWay.objects.filter(pk=message.way_id).update(worked_at=at, failed_at=None, fault="")
        if message.page is None and message.telling is not None:
            Message.objects.filter(telling=message.telling, sent_at=None).update(due_at=None)


def note_failed(*, at: datetime, message: Message, fault: str, wait: int | None = None) -> None:
    """The message could not leave: the person's next way is tried at once, and this one again soon, ever more slowly.

    It is never given up while the page is unanswered, unless this address can never be reached (see `note_given_up`). A
    message that another worker sent meanwhile (this one's claim had run out) stays sent.
    """
    seconds = wait or RETRY_SECONDS[min(message.attempts, len(RETRY_SECONDS)) - 1]
    with entry(
        "message_failed", actor=SYSTEM, at=at, subject=about(message), channel=message.channel,
        attempt=message.attempts, fault=fault,
    ):  # fmt: skip
        message.due_at, message.fault = at + timedelta(seconds=seconds), fault[:200]
        unsent = Message.objects.filter(pk=message.pk, sent_at=None)
        unsent.update(due_at=message.due_at, fault=message.fault)
        _end_attempt(message, left=False, fault=fault)
        bring_forward(message, at)


def note_given_up(*, at: datetime, message: Message, fault: str) -> None:
    """This address can never be reached: the way is marked as failed, and the next one tried at once.

    When nobody of the step could be told by any way, nobody waits for their answer: the next step is due now.
    """
    with entry(
        "message_failed", actor=SYSTEM, at=at, subject=about(message), channel=message.channel,
        attempt=message.attempts, fault=fault,
    ):  # fmt: skip
        message.due_at, message.fault = None, fault[:200]
        Message.objects.filter(pk=message.pk, sent_at=None).update(due_at=None, fault=message.fault)
        _end_attempt(message, left=False, fault=fault)
        mark_failed(message, at, fault)
        if not bring_forward(message, at):
            hurry(message, at)


def _end_attempt(message: Message, *, left: bool, fault: str = "") -> None:
    attempt = MessageAttempt.objects.filter(message=message, number=message.attempts)
    attempt.update(left=left, fault=fault[:40])


def send_due_messages(*, clock: Callable[[], datetime], send: Callable[[Message], str | None]) -> int:
    """Send everything that is due through `send` (the provider's name for it, or nothing); returns how many left.

    `send` raises Unsent, OSError or ValueError when it can't.
    """
    sent = 0
    while (message := _next(clock())) is not None:
        try:
            provider_ref = send(message)
        except Unsent as fault:
            if fault.permanent:
                note_given_up(at=clock(), message=message, fault=fault.code)
            else:
                note_failed(at=clock(), message=message, fault=fault.code, wait=fault.wait)
        except (OSError, ValueError) as fault:  # faults of a socket; an address that is none is a ValueError
            note_failed(at=clock(), message=message, fault=type(fault).__name__)
        else:
            note_sent(at=clock(), message=message, provider_ref=provider_ref or "")
            sent += 1
    return sent


def _next(at: datetime) -> Message | None:
    if not _NEXT_MESSAGE.is_due(at):
        return None  # the usual answer, every two seconds: without a lock, and without asking what is out
    return claim_message(at=at, last=channels_out(at))
