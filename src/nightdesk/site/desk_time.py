"""Shared terminals: a desk that nobody uses locks, a session ends after its longest time, a cookie fits one browser.

A locked desk shows `locked` for every page but the few that show nothing. What a form sends to it is sealed and given back
after unlocking; what a counter page saves while it is being blanked is still kept.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from nightdesk.actions import held_words, sign_in
from nightdesk.actions._desk_time import browser_mark, note_use
from nightdesk.desks.entrance.desk import browser_of, session_key
from nightdesk.desks.entrance.sign_in import to_sign_in
from nightdesk.desks.paging.views import locked_strip
from nightdesk.queries.clock import database_now
from nightdesk.queries.readers import Desk, desk_of
from nightdesk.rules import access
from nightdesk.rules import sign_in as rule

Next = Callable[[HttpRequest], HttpResponse]

SHOWN_WHEN_LOCKED = frozenset(
    {"locked", "blank_screen", "sign_in", "sign_out", "second_factor", "second_factor_set_up"}
    | {"set_theme", "set_language", "front_door", "health", "track_kit"}
)
SAVES_AS_IT_IS_TYPED = frozenset({"counter_save"})
SAVES_FOR_SECONDS = 10  # a page that is blanked sends its last words at the same moment as the lock
NEVER_HELD = frozenset({"set_pin", "held_words"})


class DeskTime:
    """Looks at the desk before every page: `request.reader` stays, or becomes `request.locked_reader`, or nobody."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Take the reader away from a desk that is locked or over."""
        request.locked_reader, request.desk_ended, request.desk_left = None, "", 0
        request.desk_now = None
        if request.reader is not None:
            self._look(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Let the page answer, or lead to where the desk can be opened again."""
        name = request.resolver_match.url_name or "" if request.resolver_match else ""
        if request.desk_ended and not access.may_open(name, None):
            return _refused(request, _ended_page(request))
        if request.locked_reader is None:
            return _note(request, name)
        if name in SHOWN_WHEN_LOCKED:
            return None
        if name in SAVES_AS_IT_IS_TYPED and _just_locked(request):
            request.reader = request.locked_reader
            return None
        if name == "call_outs_live" and access.may_open(name, request.locked_reader.role):
            return locked_strip(
                request
            )  # asked by every page by itself: it rings, and gives no key to answering
        _hold(request, name)
        return _refused(request, _locked_page(request))

    def _look(self, request: HttpRequest) -> None:
        now, reader, key = database_now(), request.reader, session_key(request)
        desk = desk_of(reader, key)
        ended, state = _why_over(request, desk), ""
        if desk is not None and not ended:
            state = rule.desk_state(
                desk.times, now, idle_seconds=settings.NIGHTDESK_IDLE_SECONDS,
                session_hours=settings.NIGHTDESK_SESSION_HOURS,
            )  # fmt: skip
        if ended or state == rule.ENDED:
            request.desk_ended = ended or "time"
            sign_in.end_session(actor=reader, at=now, session_key=key, how=request.desk_ended)
            logout(request)
            request.reader = None
            return
        if state == rule.IDLE:
            sign_in.lock_desk(actor=reader, at=now, session_key=key, how="idle")
        if state in (rule.IDLE, rule.LOCKED):
            request.locked_reader, request.reader = reader, None
        request.desk_now, request.desk = now, desk


def _why_over(request: HttpRequest, desk: Desk | None) -> str:
    """Why a session is no good: it was closed elsewhere, or its cookie came from another browser. "" when it is good."""
    if desk is None:
        return "closed"
    return "other_browser" if desk.bound and desk.bound != browser_mark(browser_of(request)) else ""


def _note(request: HttpRequest, name: str) -> None:
    """Note that the desk is in use; what a page asks by itself every few seconds is no use."""
    if request.reader is None:
        return
    times, now, idle = request.desk.times, request.desk_now, settings.NIGHTDESK_IDLE_SECONDS
    if "X-Live" in request.headers or name.endswith("_live"):
        request.desk_left = rule.left_seconds(times, now, idle_seconds=idle)
        return
    request.desk_left = idle
    if rule.worth_noting(times, now, idle_seconds=idle):
        note_use(at=now, session_key=session_key(request))


def _just_locked(request: HttpRequest) -> bool:
    locked_at = request.desk.times.locked_at or request.desk_now
    return bool((request.desk_now - locked_at).total_seconds() <= SAVES_FOR_SECONDS)


def _hold(request: HttpRequest, name: str) -> None:
    """Seal what a form sent; a script keeps its words itself and learns from the answer that the desk is locked."""
    typed = request.method == "POST" and bool(request.POST) and not _is_script(request)
    if not typed or name in NEVER_HELD or not access.may_open(name, request.locked_reader.role):
        return
    fields = {key: request.POST.getlist(key) for key in request.POST if key != "csrfmiddlewaretoken"}
    held_words.seal_words(
        actor=request.locked_reader, at=request.desk_now, session_key=session_key(request), page=name,
        path=request.path, fields=fields,
    )  # fmt: skip


def _is_script(request: HttpRequest) -> bool:
    saves = request.resolver_match is not None and request.resolver_match.url_name in SAVES_AS_IT_IS_TYPED
    asks_json = request.headers.get("Accept", "").startswith("application/json")
    return saves or asks_json or "X-Live" in request.headers


def _refused(request: HttpRequest, way: HttpResponse) -> HttpResponse:
    """The way for a person; for a script 423 and a sentence."""
    if not _is_script(request):
        return way
    if request.resolver_match and request.resolver_match.url_name == "still_here":
        return JsonResponse(
            {"left": 0}
        )  # an answer, not a refusal: the page asks whether it may still be shown
    sentence = _("This desk is locked. Unlock it to go on; what was saved is safe.")
    return JsonResponse({"fault": sentence, "way": way["Location"]}, status=423)


def _ended_page(request: HttpRequest) -> HttpResponse:
    return to_sign_in(request.desk_ended, request.get_full_path() if request.method == "GET" else "")


def _locked_page(request: HttpRequest) -> HttpResponse:
    wanted = request.method == "GET" and not _is_script(request)
    query = f"?{urlencode({'next': request.get_full_path()})}" if wanted else ""
    return redirect(f"{reverse('locked')}{query}")
