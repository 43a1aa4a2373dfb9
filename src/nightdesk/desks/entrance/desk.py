"""What a request tells about its desk: where it comes from, where to go back to, which session it is."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from nightdesk.actions._desk_time import open_desk
from nightdesk.desks.furniture.pages import database_now


def browser_of(request: HttpRequest) -> str:
    """How the browser names itself."""
    return request.headers.get("User-Agent", "")[:500]


def session_key(request: HttpRequest) -> str:
    """The key of the session; "" when there is none."""
    return request.session.session_key or ""


def typed(request: HttpRequest) -> QueryDict | None:
    """What a form sent, for binding it; None when the page was only opened."""
    return request.POST if request.method == "POST" else None


def is_local(path: str) -> bool:
    """Whether `path` is an address of this site, written from the root: nothing else is ever followed."""
    return path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)


def way_back(request: HttpRequest, otherwise: str = "home") -> str:
    """Where the page wants to go next (`next`), when that is local; else the page named `otherwise`."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if is_local(wanted) and len(wanted) <= 300 else reverse(otherwise)


def same_page(request: HttpRequest) -> str:
    """Back to the page that a switch stood on, with its question when our own browser page tells it (Referer)."""
    way, came = way_back(request), urlsplit(request.headers.get("Referer", ""))
    whole = f"{came.path}?{came.query}"
    same = came.netloc == request.get_host() and came.path == way and came.query
    return whole if same and is_local(whole) else way


def open_at_sign_in(request: HttpRequest, user: Any, **_: Any) -> None:
    """Open the desk of the session that has just been signed in."""
    if request.session.session_key is None:
        request.session.save()
    open_desk(
        at=database_now(), session_key=request.session.session_key, staff=user, browser=browser_of(request)
    )
