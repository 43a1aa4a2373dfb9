"""The outbox: what is put there for a member of staff, and by which way it goes."""

from datetime import datetime

from nightdesk.records.messages import Message
from nightdesk.records.referrals import Page
from nightdesk.records.staff import Staff
from nightdesk.rules.messages import Notice


def tell(*, at: datetime, staff: Staff, about: str, notice: Notice, page: Page | None = None) -> None:
    """Put a message to `staff` in the outbox, in the transaction of whatever it is about (a code of terms.ABOUT).

    No line of its own: the act that it is about has one, and another follows when the message left or could not.
    """
    Message.objects.create(
        about=about, page=page, staff=staff, channel="email", address=staff.email, subject=notice.subject,
        body=notice.body, made_at=at, due_at=at,
    )  # fmt: skip
