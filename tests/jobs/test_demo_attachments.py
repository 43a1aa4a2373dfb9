"""The demo has something attached in every way that a visitor should see, by the ordinary actions."""

from nightdesk.queries.attachments import attachments_of, chat_of, of_unit
from nightdesk.queries.readers import reader_of
from nightdesk.records.attachments import Attachment, AttachmentThumbnail, AttachmentWithdrawal
from nightdesk.records.staff import Staff
from nightdesk.rules.access import SYSTEM
from tests.jobs.demo_made import force

__all__ = ["force"]


def test_a_visitor_finds_chats_pictures_and_one_withdrawn(force: None) -> None:
    """Several cases; the pictures have small ones; the chat can be read; a supervisor sees that nothing was scanned."""
    rows = Attachment.objects.select_related("case__disclosure")
    assert {row.kind for row in rows} == {"chat", "picture"}
    assert len({row.case_id for row in rows}) >= 2
    assert AttachmentThumbnail.objects.count() == rows.filter(kind="picture").count() > 0
    assert AttachmentWithdrawal.objects.exists()
    reference = rows.filter(kind="chat")[0].case.disclosure.reference
    assert [seen.number for seen in attachments_of(SYSTEM, reference)][-1] == 1
    assert "Danny" in {message.who for message in chat_of(SYSTEM, reference, 1)}
    assert any(of_unit(reader_of(staff)) for staff in Staff.objects.filter(role="supervisor"))
