"""What every page may show: who is signed in, the way around, theme and demo strip."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nightdesk.rules.access import may_open

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
        "navigation": navigation(request, reader.role) if reader else [],
    }


def navigation(request: HttpRequest, role: str) -> list[tuple[str, str, bool]]:
    """The desks this role may open."""
    names = {
        "counter": _("Counter"),
        "queue": _("Cases"),
        "exhibits": _("Exhibits"),
        "rota": _("Who is on"),
        "pack": pgettext("lines to say and never to say", "What to say"),
        "journal": _("Journal"),
    }
    here = request.path
    shown = []
    for name, text in names.items():
        if not may_open(name, role):
            continue
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        shown.append((url, text, here.startswith(url)))
    return shown
