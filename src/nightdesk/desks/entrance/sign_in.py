"""Signing in and out. Nobody is signed in before the second factor is passed."""

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from nightdesk.actions import sign_in as actions
from nightdesk.desks.entrance import words
from nightdesk.desks.entrance.desk import session_key, typed, way_back
from nightdesk.desks.entrance.forms import SignInForm
from nightdesk.desks.furniture.pages import client_of, database_now, page
from nightdesk.queries.readers import demo_accounts, demo_staff


@page("sign_in", "GET", "POST")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Username and password; in the demo also one tap. At a locked desk: somebody else takes it over."""
    if request.method == "POST" and settings.DEMO and "demo" in request.POST:
        staff = demo_staff(request.POST["demo"])
        return _enter(request, staff) if staff else redirect("sign_in")
    if request.reader and request.method == "GET":
        return redirect(way_back(request))
    form = SignInForm(typed(request))
    if request.method != "POST" or not form.is_valid():
        return _sign_in_page(request, form, status=422 if form.is_bound else 200)
    given = form.cleaned_data
    try:
        staff = actions.check_password(
            at=database_now(),
            username=given["username"],
            password=given["password"],
            client=client_of(request),
        )
    except (actions.SignInRefused, actions.WaitFirst) as fault:
        return _refused(request, form, fault)
    return _enter(request, staff)


@page("sign_out", "POST")
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; the browser forgets the pages it kept. The theme stays."""
    if actor := request.reader or request.locked_reader:
        actions.sign_out(actor=actor, at=database_now(), session_key=session_key(request))
    logout(request)
    response = to_sign_in("out")
    response["Clear-Site-Data"] = '"cache"'
    return response


def to_sign_in(why: str, way: str = "") -> HttpResponse:
    """To the sign-in page, saying why, and back to the page `way` afterwards."""
    query = {"why": why, **({"next": way} if way else {})}
    return redirect(f"{reverse('sign_in')}?{urlencode(query)}")


def _enter(request: HttpRequest, staff: Any) -> HttpResponse:
    """On to the second factor. Whoever had the desk before is signed out first, and nothing of theirs stays."""
    way = way_back(request)
    if before := request.reader or request.locked_reader:
        key = session_key(request)
        actions.end_session(actor=before, at=database_now(), session_key=key, how="taken_over")
        logout(request)
    return perform_password_login(request, {}, Login(user=staff, redirect_url=way))


def _refused(request: HttpRequest, form: SignInForm, fault: Exception) -> HttpResponse:
    form.add_error(None, words.refusal(fault))
    if not isinstance(fault, actions.WaitFirst):
        return _sign_in_page(request, form, status=422)
    response = _sign_in_page(request, form, status=429)
    response["Retry-After"] = str(fault.seconds)
    return response


def _sign_in_page(request: HttpRequest, form: SignInForm, status: int) -> HttpResponse:
    offered = demo_accounts(None) if settings.DEMO else []
    context = {
        "form": form,
        "why": words.why_again(request.GET.get("why", "")),
        "next": request.POST.get("next") or request.GET.get("next") or "",
        "takes_over": request.locked_reader,
        "offered": [{"account": account, "role": words.role_name(account.role)} for account in offered],
    }
    return render(request, "entrance/sign_in.html", context, status=status)
