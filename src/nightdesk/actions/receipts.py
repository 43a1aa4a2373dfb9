"""What became of messages that left: the provider is asked, because being told by it would need an open door."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from nightdesk.actions._entry import entry
from nightdesk.actions._outbox import about, bring_forward, mark_failed
from nightdesk.outside.sending import Unsent
from nightdesk.records.contacts import ContactWay
from nightdesk.records.messages import Message
from nightdesk.records.prepared_rows import PreparedRows, given
from nightdesk.rules.access import SYSTEM

# A page that was not delivered matters within minutes; a phone that was off for a night is still worth knowing.
SOON: Final = timedelta(minutes=10)
LATE: Final = timedelta(hours=72)  # Notify itself gives up then
MOST: Final = 10  # asked in one go, so that a provider that hangs holds up no round for long
DELIVERED: Final = "delivered"
NEVER: Final = "permanent-failure"  # Notify: there is no such number
SUBJECT: Final = ("page__referral__disclosure", "move__referral__disclosure")
FINAL: Final = (DELIVERED, NEVER, "temporary-failure", "technical-failure")

_WAITING: Final = PreparedRows(
    lambda: (
        Message.objects.filter(
            channel="sms", sent_at__gt=given("since"), provider_ref__gt="", delivered_at=None
        )
        .exclude(receipt__in=FINAL)
        .select_related(*SUBJECT)
        .order_by("-sent_at")[:MOST]
    )
)


def note_receipts(*, at: datetime, ask: Callable[[str], str], newer_than: timedelta) -> int:
    """Ask what became of text messages that left within `newer_than`; returns how many came to an end. Stops at a fault."""
    ended = 0
    for message in _WAITING.rows(since=at - newer_than):
        try:
            state = ask(message.provider_ref)
        except Unsent:
            break
        ended += _note(message, state, at)
    return ended


def _note(message: Message, state: str, at: datetime) -> bool:
    """Keep what the provider said; True when that is the end of it."""
    if state not in FINAL:
        Message.objects.filter(pk=message.pk).update(receipt=state[:40])
        return False
    delivered = state == DELIVERED
    with entry(
        "receipt_noted", actor=SYSTEM, at=at, subject=about(message), channel=message.channel, receipt=state
    ):
        Message.objects.filter(pk=message.pk).update(receipt=state, delivered_at=at if delivered else None)
        if delivered and message.way_id:
            ContactWay.objects.filter(pk=message.way_id).update(worked_at=at, failed_at=None, fault="")
        elif state == NEVER:
            mark_failed(message, at, "not_delivered")
        if not delivered:
            bring_forward(message, at)
    return True
