"""The exhibit that a page is about, or the same page as for none at all."""

from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from nightdesk.actions.reading import note_refusal
from nightdesk.actions.refusals import NotFound
from nightdesk.queries import custody
from nightdesk.queries.custody import ExhibitSeen


def found_exhibit(request: HttpRequest, code: str, now: datetime) -> ExhibitSeen:
    """The exhibit; one that the reader may not know of looks like one that there is not. The refusal is journalled."""
    seen = custody.exhibit(request.reader, code, now)
    if seen is None:
        note_refusal(actor=request.reader, at=now, what="exhibit")
        raise NotFound(
            _("There is no exhibit with this code that you can see. Check the code, or ask whoever has it.")
        )
    return seen
