"""The shared counter terminal: blank, lock, come back quickly, and lose nothing."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from nightdesk.actions import held_words as held_actions
from nightdesk.actions import sign_in as actions
from nightdesk.actions import staff as staff_actions
from nightdesk.desks.entrance import words
from nightdesk.desks.entrance.desk import is_local, session_key, typed, way_back
from nightdesk.desks.entrance.forms import PinForm, ReEntryForm
from nightdesk.desks.entrance.sign_in import to_sign_in
from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.queries.readers import has_pin, held_for


@page("blank_screen", "GET", "POST")
def blank_screen(request: HttpRequest) -> HttpResponse:
    """Locks at once and shows nothing but the way on."""
    if request.method == "GET":
        return render(request, "entrance/blank.html", {"next": way_back(request)})
    if request.reader:
        key = session_key(request)
        actions.lock_desk(actor=request.reader, at=database_now(), session_key=key, how="blank")
    wanted = request.POST.get("next", "")
    query = f"?{urlencode({'next': wanted})}" if is_local(wanted) else ""
    return redirect(f"{reverse('blank_screen')}{query}")


@page("locked", "GET", "POST")
def locked(request: HttpRequest) -> HttpResponse:
    """Quick re-entry by PIN or password, for whoever locked the desk; anybody else signs in as themselves."""
    reader = request.locked_reader
    if reader is None:
        return redirect(way_back(request)) if request.reader else redirect("sign_in")
    form = ReEntryForm(typed(request))
    if form.is_valid():
        key, given = session_key(request), form.cleaned_data["typed"]
        try:
            actions.unlock_desk(actor=reader, at=database_now(), session_key=key, typed=given)
        except actions.ReEntryRefused as refusal:
            if not refusal.left:
                return _in_full(request)
            form.add_error("typed", words.refusal(refusal))
        else:
            return redirect("held_words") if held_for(reader, key) else redirect(way_back(request))
    shown = {"form": form, "next": way_back(request), "who": reader, "has_pin": has_pin(reader)}
    return render(request, "entrance/locked.html", shown, status=422 if form.is_bound else 200)


@page("held_words", "GET", "POST")
def held_words(request: HttpRequest) -> HttpResponse:
    """Words that were sent while the desk was locked: send them on, or let them go. They are not shown."""
    key, now = session_key(request), database_now()
    if held_for(request.reader, key) is None:
        return redirect("home")
    if request.method == "GET":
        held = held_actions.open_words(actor=request.reader, at=now, session_key=key)
        return render(request, "entrance/held_words.html", {"held": held})
    sent = request.POST.get("held_words") == "send"
    how = "sent" if sent else "let_go"
    path = held_actions.release_words(actor=request.reader, at=now, session_key=key, how=how)
    if not sent:
        return redirect(path)
    response = HttpResponse(status=307)  # the browser sends the same form on to where it was going
    response["Location"] = path
    return response


@page("set_pin", "GET", "POST")
def set_pin(request: HttpRequest) -> HttpResponse:
    """A PIN for coming back to a locked desk."""
    form = PinForm(typed(request))
    if form.is_valid():
        try:
            staff_actions.set_pin(actor=request.reader, at=database_now(), pin=form.cleaned_data["pin"])
        except staff_actions.StaffRefused as refusal:
            form.add_error("pin", str(refusal))
        else:
            return redirect(way_back(request))
    shown = {"form": form, "next": way_back(request), "has_pin": has_pin(request.reader)}
    return render(request, "entrance/set_pin.html", shown, status=422 if form.is_bound else 200)


@page("still_here")
def still_here(request: HttpRequest) -> HttpResponse:
    """For the page's script: how long until this desk locks. Asking counts as use, unless it is marked X-Live."""
    return JsonResponse({"left": request.desk_left})


def _in_full(request: HttpRequest) -> HttpResponse:
    """Too many wrong PINs: the session is over."""
    actions.end_session(
        actor=request.locked_reader, at=database_now(), session_key=session_key(request), how="tries"
    )
    logout(request)
    return to_sign_in("tries", way_back(request))
