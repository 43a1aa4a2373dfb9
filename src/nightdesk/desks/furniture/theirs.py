"""Whose case it is, asked in one place: every page of a case that is for whoever works on it begins here."""

from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from nightdesk.actions import reading
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.furniture.pages import LONGEST_REFERENCE
from nightdesk.queries.cases import needs_reason


def read_theirs(request: HttpRequest, reference: str, now: datetime, what: str) -> None:
    """Journal the reading of a case that is the reader's or their unit's. Raises NotFound, journalled, for another's."""
    refuse_unless_theirs(request, reference, now, what)
    reading.note_reading(actor=request.reader, at=now, reference=reference, what=what)


def refuse_unless_theirs(request: HttpRequest, reference: str, now: datetime, what: str) -> None:
    """Raise NotFound, journalled, unless the case is the reader's or their unit's."""
    if needs_reason(request.reader, reference) is not False:
        reading.note_refusal(actor=request.reader, at=now, what=what, reference=reference[:LONGEST_REFERENCE])
        raise NotFound(_("There is no case of your unit with this reference."))
