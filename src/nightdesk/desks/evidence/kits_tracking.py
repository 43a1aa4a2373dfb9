"""Where a person follows their own kit: no sign-in, no cookie, no script, and one answer for all that does not fit."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from nightdesk.actions.kit_tracking import TrackingRefused, WaitFirst, check_words
from nightdesk.desks.furniture import said as spoken
from nightdesk.desks.furniture.pages import client_of, database_now, page, storable
from nightdesk.outside.current import pack
from nightdesk.queries.kits import demo_card, holders
from nightdesk.rules.kit_tracking import places_of

LONGEST: Final = 200


# Exempt: its token is a cookie, and this page sets none. What another site could send by it changes nothing.
@csrf_exempt
@page("track_kit", "GET", "POST")
def track_kit(request: HttpRequest) -> HttpResponse:
    """Number and words in, a place and what comes next out. Nothing in the address, nothing kept on the device."""
    language = _language(request)
    translation.activate(language)  # the language of this page alone; the middleware puts its own back
    if request.method != "POST":
        return _page(request, language)
    number, words = _sent(request, "number"), _sent(request, "words")
    try:
        kit = check_words(at=database_now(), number=number, words=words, client=client_of(request))
    except WaitFirst as wait:
        response = _page(request, language, fault="wait", number=number, status=429)
        response["Retry-After"] = str(wait.seconds)
        return response
    except TrackingRefused:
        return _page(request, language, fault="not_found", number=number, status=422)
    places = [pack().kit_places[code] for code in places_of(holders(None, kit))]
    return _page(request, language, places=[_place(place, language) for place in places])


def _place(place: Any, language: str) -> dict[str, Any]:
    return {
        "where": spoken.said(place, language),
        "then": spoken.said(pack().kit_nexts[place.then], language),
    }


def _page(
    request: HttpRequest, language: str, *, fault: str = "", status: int = 200, **more: Any
) -> HttpResponse:
    said = spoken.lines(pack().kit_lines, language)
    shown = (*pack().kit_lines, *pack().kit_places, *pack().kit_nexts)
    context = {
        "said": said, "fault": said.get(fault), "languages": spoken.languages(), "chosen": language,
        "leave": said["leave"], "leave_to": pack().kit_lines["leave"].href, "leave_hint": said["leave_hint"],
        "language": said["language"],
        "turned_away": spoken.said(pack().shield_lines["link"], language),
        "unsigned": said["unsigned"] if spoken.unsigned(shown, language) else None,
        "here": reverse("track_kit"), "example": demo_card(None),
    }  # fmt: skip
    return render(request, "evidence/kit_track.html", context | more, status=status)


def _language(request: HttpRequest) -> str:
    """As chosen on the page; before that, as the person's own device asks for. Nothing is kept of it."""
    chosen = request.POST.get("in") or request.GET.get("in") or ""
    return chosen if spoken.known(chosen) else translation.get_language_from_request(request)


def _sent(request: HttpRequest, name: str) -> str:
    return storable(request.POST.get(name, ""))[:LONGEST]
