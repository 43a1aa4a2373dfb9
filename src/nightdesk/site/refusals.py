"""Pages for what could not be done: a clear sentence that says what to do, and nothing personal."""

import sys

import structlog
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TOO_MUCH = gettext_lazy(
    "That is more text than one disclosure can hold (20,000 characters for what happened). "
    "Go back, keep the first part, and add the rest as a second entry. Nothing that was saved before is lost."
)

BROKEN = gettext_lazy(
    "Something went wrong on our side. What was saved is safe. Go back and send it again; "
    "if it happens twice, ring the control room."
)
SEALED_FOR_GOOD = gettext_lazy(
    "What this page shows can’t be read any more: its key was destroyed, or it was changed. "
    "If you do not know of a reason, tell the auditor."
)
OUT = gettext_lazy(
    "The system can’t reach its records just now. What was saved is safe. Keep this page open and send it again "
    "in a minute; if it goes on, write it on paper and ring the control room."
)


def page(request: HttpRequest, status: int, sentence: str, title: str = "") -> HttpResponse:
    """A refusal as a page, or as JSON for a script that asked for it."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"fault": str(sentence)}, status=status)
    context = {"sentence": sentence, "title": title or _("This can’t be done"), "status": status}
    return render(request, "furniture/refusal.html", context, status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is no such page."""
    return page(
        request,
        404,
        _("There is no page at this address. Go to the start page and try from there."),
        _("Page not found"),
    )


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Not for this reader."""
    return page(request, 403, _("You may not open this page. If you need it, ask your supervisor."))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request makes no sense to us, or is more than one form can hold."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return page(request, 413, TOO_MUCH)
    return page(request, 400, _("The page sent something that could not be read. Go back and try again."))


def page_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or in another session: what was saved is safe."""
    sentence = _(
        "This form was opened in another session. Go back, reload the page, and send it again: "
        "what was saved is still there."
    )
    return page(request, 403, sentence, _("Please send it again"))


def wrong_way(request: HttpRequest) -> HttpResponse:
    """An address that only takes what a form sends was opened by itself, or the other way round."""
    sentence = _("This address can’t be opened like that. Go to the start page and try from there.")
    return page(request, 405, sentence)


def fault(request: HttpRequest) -> HttpResponse:
    """Something broke on our side. When the page for it can't be drawn either, the sentence alone is sent."""
    out = isinstance(sys.exc_info()[1], DatabaseError | InterfaceError)
    status, sentence = (503, OUT) if out else (500, BROKEN)
    try:
        response = page(request, status, str(sentence), _("Something went wrong"))
    except Exception as second:
        structlog.get_logger().error("refusal", fault=type(second).__name__, status=status)
        response = HttpResponse(str(sentence), status=status, content_type="text/plain; charset=utf-8")
    if out:
        response["Retry-After"] = "5"
    return response
