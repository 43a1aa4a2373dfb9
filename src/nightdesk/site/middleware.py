"""What happens around every request: headers, language, who reads, and refusals in a clear sentence."""

import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from nightdesk.actions.refusals import NotFound
from nightdesk.queries.readers import reader_of
from nightdesk.records.sealed import SealBroken
from nightdesk.rules.access import AccessRefused
from nightdesk.site import refusals

Next = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)

# A file from outside: should a browser show it after all, it may run, load and send nothing.
POLICY_OF_FILES = "default-src 'none'; sandbox"
FILES = frozenset({"attachment_download", "attachment_picture"})

# Pages with a button that scans a label; no other page may ask for the camera.
MAY_USE_CAMERA = frozenset({"exhibit_scan", "exhibits_put"})


class OneRequest:
    """One log line a request: page name, method, status, seconds. No address, no query, no name."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Time the request; log it when it failed."""
        started = time.perf_counter()
        response = self.get_response(request)
        if response.status_code >= 500:
            name = request.resolver_match.view_name if request.resolver_match else ""
            seconds = round(time.perf_counter() - started, 3)
            structlog.get_logger().error(
                "request", page=name, method=request.method, status=response.status_code, seconds=seconds
            )
        return response


class Headers:
    """Strict content policy; nothing of a page with data is kept by the browser."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the headers."""
        response = self.get_response(request)
        page = request.resolver_match.view_name if request.resolver_match else ""
        given_out = page in FILES and not response.get("Content-Type", "").startswith("text/html")
        response["Content-Security-Policy"] = POLICY_OF_FILES if given_out else POLICY
        camera = "(self)" if page in MAY_USE_CAMERA else "()"
        response["Permissions-Policy"] = f"camera={camera}, microphone=(), geolocation=(), interest-cohort=()"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["X-Frame-Options"] = (
            settings.X_FRAME_OPTIONS
        )  # for browsers that do not know frame-ancestors
        response["Cache-Control"] = "no-store"
        return response


class ChosenLanguage:
    """The language chosen by the person at the desk (a cookie), never guessed from the browser of a shared terminal."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activate it for this request."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        with translation.override(chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
        return response


class WhoReads:
    """`request.reader`: who is signed in, as rules and queries know them; None for nobody."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Put the reader on the request."""
        request.reader = reader_of(request.user) if request.user.is_authenticated else None
        return self.get_response(request)


class Refusals:
    """A refusal is a page with a sentence that says what to do, and the right status."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the page; an address opened in the wrong way gets a page too, not an empty one."""
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            allowed = response["Allow"]
            response = refusals.wrong_way(request)
            response["Allow"] = allowed
        return response

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Turn a refusal into its page; anything else goes on to be a fault."""
        if isinstance(fault, AccessRefused):
            return refusals.page(request, 403, str(fault))
        if isinstance(fault, NotFound):
            return refusals.page(request, 404, str(fault))
        if isinstance(fault, SealBroken):
            structlog.get_logger().warning(
                "seal_does_not_open", page=getattr(request.resolver_match, "url_name", "")
            )
            return refusals.page(request, 410, str(refusals.SEALED_FOR_GOOD))
        if isinstance(fault, RequestDataTooBig | TooManyFieldsSent):
            return refusals.page(request, 413, refusals.TOO_MUCH)
        return None
