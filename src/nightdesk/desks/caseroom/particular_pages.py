"""What the pages of particulars share: whose they are, which entry, and where an entry is shown."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from nightdesk.actions import reading
from nightdesk.actions.particulars import NO_ENTRY
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.furniture.pages import LONGEST_REFERENCE
from nightdesk.queries.cases import needs_reason
from nightdesk.queries.particulars import ParticularSeen
from nightdesk.rules.particular_kinds import POLE

POLE_CODES: Final = tuple(kind.code for kind in POLE)
# kind of which a case has one → name of its page; everything else has a page for each entry
PAGE_OF: Final[dict[str, str]] = {"contact_plan": "contact_plan", "wishes": "wishes"}


def page_of(seen: ParticularSeen, reference: str) -> str:
    """The address where an entry is shown."""
    if seen.kind in PAGE_OF:
        return reverse(PAGE_OF[seen.kind], args=[reference])
    return reverse("particular", args=[reference, seen.id])


def entry_in(entries: Iterable[ParticularSeen], key: UUID) -> ParticularSeen:
    """The entry with this key. Raises NotFound."""
    for one in entries:
        if one.id == key:
            return one
    raise NotFound(NO_ENTRY)


def read_theirs(request: HttpRequest, reference: str, now: datetime, what: str) -> None:
    """Note the reading of a page that is for whoever works on the case. Raises NotFound, journalled, for others."""
    refuse_unless_theirs(request, reference, now, what)
    reading.note_reading(actor=request.reader, at=now, reference=reference, what=what)


def refuse_unless_theirs(request: HttpRequest, reference: str, now: datetime, what: str) -> None:
    """Raise NotFound, journalled, unless the case is the reader's or their unit's."""
    if needs_reason(request.reader, reference) is not False:
        reading.note_refusal(actor=request.reader, at=now, what=what, reference=reference[:LONGEST_REFERENCE])
        raise NotFound(_("There is no case of your unit with this reference."))
