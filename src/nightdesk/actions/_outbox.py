"""What is behind the outbox: rows locked for one worker, what is out, the next way of a telling, the next step at once."""

from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model, Q, QuerySet

from nightdesk.records.contacts import ContactWay
from nightdesk.records.messages import Message, MessageAttempt
from nightdesk.records.prepared_rows import PreparedColumns, given
from nightdesk.records.referrals import Page, Referral, ReferralMove
from nightdesk.records.staff import Staff
from nightdesk.rules import referral as rule
from nightdesk.rules import ways
from nightdesk.rules.messages import Notice
from nightdesk.rules.ways import Way

Row = TypeVar("Row", bound=Model)

_ATTEMPTS = PreparedColumns(
    lambda: MessageAttempt.objects.filter(at__gte=given("since"), at__lte=given("at")).values_list(
        "message__channel", "at", "left", "fault"
    )
)


def unclaimed(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Locked for writing; rows that another worker has are passed over (PostgreSQL), or nobody else writes (SQLite)."""
    return rows.select_for_update(
        of=("self",), no_key=True, skip_locked=connection.features.has_select_for_update_skip_locked
    )


def about(message: Message) -> str:
    """The reference a message is about; "" when it is about no disclosure."""
    source = message.page or message.move
    return source.referral.disclosure.reference if source else ""


def mark_failed(message: Message, at: datetime, fault: str) -> None:
    """The way of a message does not work. Called inside the entry that says so."""
    if message.way_id:
        ContactWay.objects.filter(pk=message.way_id).update(failed_at=at, fault=fault[:40])


def bring_forward(message: Message, at: datetime) -> bool:
    """Let the next way of the same telling be tried now. True while there is one that has not been given up."""
    others = Message.objects.filter(telling=message.telling, sent_at=None).exclude(pk=message.pk)
    untried = others.filter(attempts=0, due_at__gt=at).order_by("due_at").first()
    if untried is not None:
        Message.objects.filter(pk=untried.pk).update(due_at=at)
    siblings = Message.objects.filter(telling=message.telling).exclude(pk=message.pk)
    return siblings.filter(Q(due_at__isnull=False) | Q(sent_at__isnull=False)).exists()


def hurry(message: Message, at: datetime) -> None:
    """Bring the next step forward, if no page of the newest step left or still may."""
    if message.page is None:
        return
    page = message.page
    mates = Message.objects.filter(page__referral_id=page.referral_id, page__step=page.step)
    if not mates.filter(Q(due_at__isnull=False) | Q(sent_at__isnull=False)).exists():
        newest = Referral.objects.filter(pk=page.referral_id, state__in=rule.WAITING, step=page.step + 1)
        newest.filter(next_step_at__gt=at).update(next_step_at=at)


def channels_out(at: datetime) -> frozenset[str]:
    """The channels that are out at `at`, by what came of the newest attempts of anybody."""
    since = at - timedelta(minutes=ways.OUT_MINUTES)
    rows = _ATTEMPTS.rows(since=since, at=at)
    return ways.channels_out((ways.Attempt(*row) for row in rows), at)


def message_by(
    way: Way,
    *,
    at: datetime,
    due_at: datetime,
    staff: Staff,
    about: str,
    notice: Notice,
    page: Page | None,
    telling: UUID,
    move: ReferralMove | None = None,
) -> Message:
    """One message of a telling, not saved: what a phone shows is short, a letter says what to do."""
    body = notice.body if way.channel == "email" else notice.short or notice.subject
    return Message(
        about=about, telling=telling, page=page, move=move, staff=staff, way_id=way.id, channel=way.channel,
        address=way.address, subject=notice.subject, body=body, made_at=at, due_at=due_at,
    )  # fmt: skip
