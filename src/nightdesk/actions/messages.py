"""The outbox: what is put there for a member of staff, and by which ways it goes."""

from datetime import datetime, timedelta
from uuid import uuid4

from nightdesk.actions._outbox import channels_out, message_by
from nightdesk.records.contacts import ways_of
from nightdesk.records.messages import Message
from nightdesk.records.referrals import Page, ReferralMove
from nightdesk.records.staff import Staff
from nightdesk.rules.messages import Notice
from nightdesk.rules.ways import plan


def tell(
    *, at: datetime, staff: Staff, about: str, notice: Notice, page: Page | None = None, move: ReferralMove | None = None
) -> None:  # fmt: skip
    """Put a notice to `staff` in the outbox, in the transaction of whatever it is about (a code of terms.ABOUT).

    One message for each of their ways, the first due at once, each later one soon after, if by then nobody has answered the
    page (or, without a page, if none has left). `move` is the reminder that it belongs to. No line of its own: the act that
    it is about has one, and another follows when a message left or could not.
    """
    planned = plan(ways_of([staff])[staff.pk], out=channels_out(at), screen=page is not None)
    telling = uuid4()
    Message.objects.bulk_create(
        message_by(
            entry.way, at=at, due_at=at + timedelta(seconds=entry.after_seconds), staff=staff, about=about, notice=notice,
            page=page, telling=telling, move=move,
        )
        for entry in planned
    )  # fmt: skip
