"""A card for the person to take away: a page to print, and the same as an accessible PDF."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nightdesk.actions.refusals import NotFound
from nightdesk.desks.evidence import card_shown
from nightdesk.desks.evidence.clock import read_by_whom_it_concerns
from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.outside.pdf import LettersMissing, pdf
from nightdesk.queries import clocks


@page("card")
def card(request: HttpRequest, reference: str) -> HttpResponse:
    """The card as it will be printed, in the language chosen; around it, for staff only, what each line means."""
    return _card_page(request, reference, *_facts(request, reference))


@page("card_pdf")
def card_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The card as a PDF. Its name and its title say nothing."""
    facts, more = _facts(request, reference)
    try:
        made = pdf("card", facts)
    except LettersMissing:
        fault = _("The PDF cannot show the letters of this language. Print this page instead.")
        return _card_page(request, reference, facts, more | {"fault": fault}, status=409)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="times.pdf"'
    return answer


def _facts(request: HttpRequest, reference: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is on the card, and what stands around it on the page."""
    now: datetime = database_now()
    read_by_whom_it_concerns(request, reference, now, "card")
    seen = clocks.clock(request.reader, reference, now)
    if seen is None:
        raise NotFound(_("No clock runs yet, so there is nothing for a card. Send the basics on first."))
    wanted = request.GET.get("language", "")
    language = card_shown.language_for(wanted or clocks.interpreter(request.reader, reference))
    return card_shown.facts(seen, language), card_shown.around(language)


def _card_page(
    request: HttpRequest, reference: str, facts: dict[str, Any], more: dict[str, Any], status: int = 200
) -> HttpResponse:
    context = {"card": facts, "reference": reference, "fault": ""} | more
    return render(request, "evidence/card.html", context, status=status)
