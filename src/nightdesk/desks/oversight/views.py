"""The auditor's journal, what to say, and in the demo the messages that were sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from nightdesk.desks.furniture import told
from nightdesk.desks.furniture.pages import LONGEST_REFERENCE, database_now, page, storable
from nightdesk.outside.current import pack
from nightdesk.queries.journal_lines import newest_lines
from nightdesk.queries.messages import newest_messages

LINES = 50  # on one page
LONGEST_NUMBER = 18  # digits that any database can compare


@page("journal")
def journal(request: HttpRequest) -> HttpResponse:
    """The newest lines, or those of one reference or one member of staff. Reading, never content."""
    about = storable(request.GET.get("about", "")).strip()[:LONGEST_REFERENCE]
    before = request.GET.get("before", "")
    number = int(before) if before.isdecimal() and len(before) <= LONGEST_NUMBER else None
    lines = newest_lines(request.reader, about=about, before=number, most=LINES)
    earlier = lines[-1].seq if len(lines) == LINES else None
    return render(request, "oversight/journal.html", {"lines": lines, "about": about, "earlier": earlier})


@page("pack")
def pack_page(request: HttpRequest) -> HttpResponse:
    """What to say and never to say, red flags, and how many entries the force has signed."""
    chosen, language, today = pack(), get_language() or "en", database_now().date()
    context = {
        "chosen": chosen, "say": [line.wording_in(language) for line in chosen.say],
        "never": [(line.wording_in(language), line.instead) for line in (*chosen.never_say, *chosen.never_ask)],
        "flags": chosen.red_flags, "unsigned": len(chosen.unsigned()), "overdue": len(chosen.overdue(today)),
    }  # fmt: skip
    return render(request, "oversight/pack.html", context)


@page("demo_messages")
def demo_messages(request: HttpRequest) -> HttpResponse:
    """What would have been sent, as its receiver would see it."""
    found = [
        vars(message) | {"channel_words": told.WAY_WORDS[message.channel]}
        for message in newest_messages(request.reader)
    ]
    return render(request, "oversight/demo_messages.html", {"shown_messages": found})
