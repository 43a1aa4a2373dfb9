"""Every page is wrapped in `@page("name")`: the page × role table decides, the reader is at hand, and time is the database's."""

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nightdesk.actions.reading import note_refusal
from nightdesk.queries.clock import database_now
from nightdesk.rules.access import AccessRefused, may_open, refuse_unless_may_open

View = Callable[..., HttpResponse]


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
                    return redirect(f"{settings.LOGIN_URL}")
                note_refusal(
                    actor=reader, at=database_now(), what=name, reference=str(kwargs.get("reference", ""))
                )
                refuse_unless_may_open(name, reader.role)
            return view(request, *args, **kwargs)

        guarded.page_name = name  # type: ignore[attr-defined]
        return guarded

    return wrap


__all__ = ["AccessRefused", "database_now", "page"]
