"""Everything that happened in a case, in one list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nightdesk.desks.caseroom import shown_timeline as shown
from nightdesk.desks.caseroom import words_timeline as words
from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.desks.furniture.theirs import read_theirs
from nightdesk.queries import timeline as queries


@page("timeline")
def timeline(request: HttpRequest, reference: str) -> HttpResponse:
    """For whoever works on the case. The reading is journalled, so it is the newest line that others will see."""
    read_theirs(request, reference, database_now(), "timeline")
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
