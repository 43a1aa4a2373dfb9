"""The outbox: what is put there for a member of staff, and by which ways it goes."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from nightdesk.actions.outbox import channels_out
from nightdesk.records.contacts import ContactWay
from nightdesk.records.messages import Message
from nightdesk.records.referrals import Page
from nightdesk.records.staff import Staff
from nightdesk.rules.messages import Notice
from nightdesk.rules.ways import SCREEN, Way, plan


def tell(*, at: datetime, staff: Staff, about: str, notice: Notice, page: Page | None = None) -> None:
    """Put a notice to `staff` in the outbox, in the transaction of whatever it is about (a code of terms.ABOUT).

    One message for each of their ways, the first due at once, each later one soon after, if by then nobody has answered the
    page (or, without a page, if none has left). No line of its own: the act that it is about has one, and another follows
    when a message left or could not.
    """
    planned = plan(ways_of([staff])[staff.pk], out=channels_out(at), screen=page is not None)
    telling = uuid4()
    Message.objects.bulk_create(
        message_by(
            entry.way, at=at, due_at=at + timedelta(seconds=entry.after_seconds), staff=staff, about=about, notice=notice,
            page=page, telling=telling,
        )
        for entry in planned
    )  # fmt: skip


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
) -> Message:
    """One message of a telling, not saved: what a phone shows is short, a letter says what to do."""
    body = notice.body if way.channel == "email" else notice.short or notice.subject
    return Message(
        about=about, telling=telling, page=page, staff=staff, way_id=way.id, channel=way.channel, address=way.address,
        subject=notice.subject, body=body, made_at=at, due_at=due_at,
    )  # fmt: skip


def ways_of(staff: Collection[Staff]) -> dict[UUID, list[Way]]:
    """The ways of each of `staff` in their order: those that were confirmed. Who has none that works, and leaves, is told at
    their account's address.

    A way that was not confirmed may be a stranger's: whoever gets the link in a page can answer it.
    """
    rows = ContactWay.objects.filter(staff__in=staff, withdrawn_at=None, verified_at__isnull=False)
    found: dict[UUID, list[Way]] = {person.pk: [] for person in staff}
    for row in rows.order_by("place", "added_at"):
        found[row.staff_id].append(Way(row.pk, row.channel, row.address, failed=row.failed_at is not None))
    for person in staff:
        own = found[person.pk]
        works = any(way.channel != SCREEN and not way.failed for way in own)
        if not works and person.email and person.email not in {way.address for way in own}:
            own.append(Way(None, "email", person.email))
    return found
