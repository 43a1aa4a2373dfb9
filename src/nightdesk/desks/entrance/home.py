"""The way in, the way around, and what is set for this browser."""

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse

from nightdesk.desks.entrance import words
from nightdesk.desks.entrance.desk import same_page
from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.queries.health import worker_seconds
from nightdesk.queries.readers import has_pin, who_to_ask
from nightdesk.rules import terms

DESK_OF = {
    terms.COUNTER: "counter",
    terms.SOIT: "queue",
    terms.SUPERVISOR: "queue",
    terms.AUDITOR: "journal",
    terms.ANALYST: "candidates",
}
THEMES = ("system", "light", "dark")
DAYS_30 = 30 * 24 * 3600


@page("front_door")
def front_door(request: HttpRequest) -> HttpResponse:
    """The root of the staff site."""
    return redirect("home")


@page("home")
def home(request: HttpRequest) -> HttpResponse:
    """Straight to the desk of one's role; for roles without one, what they can open and whom to ask."""
    try:
        return redirect(reverse(DESK_OF[request.reader.role]))
    except (KeyError, NoReverseMatch):
        shown = {
            "role": words.role_name(request.reader.role),
            "ask": who_to_ask(request.reader),
            "has_pin": has_pin(request.reader),
        }
        return render(request, "entrance/home.html", shown)


@page("health")
def health(request: HttpRequest) -> HttpResponse:
    """For whoever watches the system: is the database there, when was the worker last seen. Nothing personal."""
    try:
        seen = worker_seconds(None, database_now())
    except DatabaseError:
        return JsonResponse({"ok": False, "database": False, "worker_seconds": None}, status=503)
    return JsonResponse({"ok": True, "database": True, "worker_seconds": seen})


@page("set_theme", "POST")
def set_theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the device has it; kept in this browser."""
    return _remember(request, "nightdesk_theme", request.POST.get("theme", ""), THEMES)


@page("set_language", "POST")
def set_language(request: HttpRequest) -> HttpResponse:
    """The language of the pages; kept in this browser."""
    known = tuple(code for code, _name in settings.LANGUAGES)
    return _remember(request, settings.LANGUAGE_COOKIE_NAME, request.POST.get("language", ""), known)


def _remember(request: HttpRequest, cookie: str, value: str, known: tuple[str, ...]) -> HttpResponse:
    """Keep a known value in a cookie and go back; an unknown one changes nothing."""
    response = redirect(same_page(request))
    if value in known:
        response.set_cookie(
            cookie, value, max_age=DAYS_30, httponly=True, samesite="Strict", secure=settings.HTTPS
        )
    return response
