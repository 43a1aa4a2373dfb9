"""What every page may show: who is signed in, the way around, theme and demo strip."""

from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nightdesk.desks.paging import shown
from nightdesk.queries.candidates import may_see_desk
from nightdesk.queries.paging import call_outs
from nightdesk.rules.access import Reader, may_open
from nightdesk.rules.terms import ANALYST

THEMES = ("system", "light", "dark")


def every_page(request: HttpRequest) -> dict[str, Any]:
    """Context for the base template."""
    reader = getattr(request, "reader", None)
    theme = request.COOKIES.get("nightdesk_theme", "system")
    return {
        "reader": reader,
        "demo": settings.DEMO,
        "languages": settings.LANGUAGES,  # each by its own name: Django would translate them, and nobody found the way back
        "theme": theme if theme in THEMES else "system",
        "navigation": navigation(request, reader) if reader else [],
        "strip": SimpleLazyObject(lambda: _strip(reader))
        if reader and may_open("call_outs", reader.role)
        else None,
        "locked_strip": _locked_strip(request),
    }


def _strip(reader: Reader) -> dict[str, Any]:
    """What the reader is asked to answer, wherever they are; nothing while the database is out: that page says so itself."""
    try:
        return shown.calls(call_outs(reader))
    except DatabaseError:
        return shown.calls([])


def _locked_strip(request: HttpRequest) -> dict[str, Any] | None:
    """What a locked desk says of call-outs, on the two pages that it shows by itself."""
    reader = getattr(request, "locked_reader", None)
    name = request.resolver_match.url_name if request.resolver_match else ""
    if reader is None or name not in ("locked", "blank_screen") or not may_open("call_outs", reader.role):
        return None
    try:
        return shown.locked_calls(call_outs(reader))
    except DatabaseError:
        return shown.locked_calls([])


HOME_OF: Final = {"candidates": "all_series"}  # pages of a desk that lie beside its first one


def navigation(request: HttpRequest, reader: Reader) -> list[tuple[str, str, bool]]:
    """The desks this role may open."""
    names = {
        "counter": _("Counter"),
        "queue": _("Cases"),
        "exhibits": _("Exhibits"),
        "deaths": pgettext("unexplained deaths", "Deaths"),
        "explore": _("What if we knew…"),
        "fairness": _("Fairness of linkage"),
        "shield_figures": pgettext("what protects what a person says about drugs", "Shield"),
        "candidates": pgettext("candidates and series: the desk of the analysts", "Series desk"),
        "series_people": _("Series readers"),
        "rota": _("Who is on"),
        "my_ways": _("How I am told"),
        "pack": pgettext("lines to say and never to say", "What to say"),
        "journal": _("Journal"),
    }
    here = request.path
    found = []
    for name, text in names.items():
        if not may_open(name, reader.role) or not _is_theirs(name, reader):
            continue
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        base = reverse(HOME_OF[name]) if name in HOME_OF else url
        found.append((url, text, base if here.startswith(base) else ""))
    nearest = max((base for _url, _text, base in found), key=len, default="")
    return [(url, text, bool(base) and base == nearest) for url, text, base in found]


def _is_theirs(name: str, reader: Reader) -> bool:
    """Whether the reader sees this desk: specialists and supervisors see the series desk only while they are named."""
    if name != "candidates" or reader.role == ANALYST:
        return True
    try:
        return may_see_desk(reader)
    except DatabaseError:
        return False
