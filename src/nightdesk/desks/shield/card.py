"""The printable card with the approved words, in the person's language. It names nobody and no case."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from nightdesk.desks.furniture import said as spoken
from nightdesk.desks.furniture.pages import page
from nightdesk.desks.shield import words


@page("shield_card")
def shield_card(request: HttpRequest) -> HttpResponse:
    """The same sentences that are said aloud, with the day they were approved, in the language of `?in=`."""
    chosen = request.GET.get("in", "")
    language = chosen if spoken.known(chosen) else get_language() or "en-gb"
    said = words.lines(language)
    context = {
        "said": said, "aloud": words.aloud(language), "approval": words.approval(language), "chosen": language,
        "tongues": spoken.languages(), "address": settings.NIGHTDESK_ADDRESS + reverse("turned_away"),
        "lang": said["card_title"].language, "dir": said["card_title"].dir,
    }  # fmt: skip
    return render(request, "shield/card.html", context)
