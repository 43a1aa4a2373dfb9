"""Everything that happened in a case, in one list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nightdesk.actions import reading
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.caseroom import shown_timeline as shown
from nightdesk.desks.caseroom import words_timeline as words
from nightdesk.desks.furniture.pages import LONGEST_REFERENCE, database_now, page
from nightdesk.queries import timeline as queries
from nightdesk.queries.cases import needs_reason


@page("timeline")
def timeline(request: HttpRequest, reference: str) -> HttpResponse:
    """For whoever works on the case. The reading is journalled, so it is the newest line that others will see."""
    now = database_now()
    if needs_reason(request.reader, reference) is not False:
        seen = reference[:LONGEST_REFERENCE]
        reading.note_refusal(actor=request.reader, at=now, what="timeline", reference=seen)
        raise NotFound(_("There is no case of your unit with this reference."))
    reading.note_reading(actor=request.reader, at=now, reference=reference, what="timeline")
    reads = queries.may_see_who_looked(request.reader, reference)
    chosen, number = request.GET.get("kind", ""), request.GET.get("page", "")
    chosen = chosen if chosen in words.GROUPS and words.kinds_of(chosen, reads=reads) else ""
    asked = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    everything = words.kinds_of("", reads=reads) | words.kinds_of(words.READING, reads=reads)
    found = queries.timeline(
        request.reader, reference, words.kinds_of(chosen, reads=reads), everything, asked
    )
    context = {"reference": reference} | shown.timeline(found, reference, chosen, reads=reads)
    return render(request, "caseroom/timeline.html", context)
