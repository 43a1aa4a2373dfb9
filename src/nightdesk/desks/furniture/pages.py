"""Every page is wrapped in `@page("name")`: the page × role table decides, and refusals are journalled."""

import functools
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nightdesk.actions.reading import note_refusal
from nightdesk.queries.clock import database_now
from nightdesk.rules.access import AccessRefused, may_open, refuse_unless_may_open

# Characters that no keyboard makes, besides tab and line breaks: the control characters (PostgreSQL refuses NUL) and half
# a character pair, which no database can store.
UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
View = Callable[..., HttpResponse]
LONGEST_REFERENCE = 60  # as much of an address as a journal line holds


def storable(text: str) -> str:
    """The text without characters that cannot be stored; line ends as one character."""
    return UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def form_key(text: str) -> UUID:
    """The key that a form was made with, so that sending it again does nothing twice; a form that lost it is a new one."""
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def now_of(request: HttpRequest) -> datetime:
    """Now, by the database: as it was read when the desk of this request was looked at, else read anew."""
    known: datetime | None = getattr(request, "desk_now", None)
    return known or database_now()


def client_of(request: HttpRequest) -> str:
    """The address a request comes from; behind our own proxy the one that the proxy saw."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


def page(name: str, *methods: str) -> Callable[[View], View]:
    """A page of the table in rules/access.py, answering `methods` (GET by default). Refusals are journalled."""

    def wrap(view: View) -> View:
        @never_cache
        @require_http_methods(
            [*(methods or ("GET",)), *(("HEAD",) if not methods or "GET" in methods else ())]
        )
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            reader = getattr(request, "reader", None)
            if not may_open(name, reader.role if reader else None):
                if reader is None:
                    return _sign_in_first(request)
                reference = str(kwargs.get("reference", ""))[:LONGEST_REFERENCE]
                note_refusal(actor=reader, at=database_now(), what=name, reference=reference)
                refuse_unless_may_open(name, reader.role)
            return view(request, *args, **kwargs)

        guarded.page_name = name  # type: ignore[attr-defined]
        return guarded

    return wrap


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """The way to the sign-in page and back here; for a script a sentence, because it would take that page for an answer."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse(
            {"fault": _("You are signed out. Sign in again; what was saved is safe.")}, status=401
        )
    sign_in = reverse(settings.LOGIN_URL)
    return redirect(f"{sign_in}?{urlencode({'next': request.path})}" if request.method == "GET" else sign_in)


__all__ = ["AccessRefused", "client_of", "database_now", "form_key", "now_of", "page", "storable"]
