"""Whose case it is: pages of their own beside a case are for its owner and its unit; opening one leaves a line."""

from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from nightdesk.actions import reading
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.furniture.pages import LONGEST_REFERENCE
from nightdesk.queries.cases import needs_reason


def note_theirs(request: HttpRequest, reference: str, now: datetime, what: str) -> None:
    """Note that `what` (a page code) is read. Raises NotFound, journalled, unless it is the reader's or their unit's."""
    if needs_reason(request.reader, reference) is not False:
        reading.note_refusal(actor=request.reader, at=now, what=what, reference=reference[:LONGEST_REFERENCE])
        raise NotFound(_("There is no case of your unit with this reference."))
    reading.note_reading(actor=request.reader, at=now, reference=reference, what=what)
