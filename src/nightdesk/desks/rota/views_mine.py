"""One's own part of the rota: shifts, swaps, being away, a private calendar address."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nightdesk.actions import rota_feeds, rota_swaps
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.furniture.pages import database_now, page, storable
from nightdesk.desks.rota import shown
from nightdesk.desks.rota.form_page import answered, form_page, sent, strain_rows
from nightdesk.desks.rota.forms import OwnAbsenceForm, SwapForm
from nightdesk.desks.rota.views_changes import note_away
from nightdesk.outside.calendars import write_feed
from nightdesk.queries import rota_calendar as seen
from nightdesk.rules.rota import RotaRefused
from nightdesk.rules.strain import StrainUnanswered

ANSWERS: dict[str, Callable[[dict[str, Any], str], None]] = {
    "accept": lambda given, answer: rota_swaps.accept_swap(**given, answered=answer),
    "decline": lambda given, _answer: rota_swaps.decline_swap(**given),
    "withdraw": lambda given, _answer: rota_swaps.withdraw_swap(**given),
}


@page("my_shifts")
def my_shifts(request: HttpRequest) -> HttpResponse:
    """The reader's shifts, swaps that wait, absences, and their calendar address."""
    return _mine(request)


@page("my_absence", "GET", "POST")
def my_absence(request: HttpRequest) -> HttpResponse:
    """The reader is away, or is there after all."""
    me = seen.staff_by_id(request.reader, request.reader.id)
    assert me is not None  # noqa: S101 - whoever reads this page has an open account
    form = OwnAbsenceForm(sent(request))
    if form.done(lambda: note_away(request, form, me)):
        return redirect("my_shifts")
    return form_page(request, "absence", form, own=True)


@page("my_feed", "POST")
def my_feed(request: HttpRequest) -> HttpResponse:
    """A new private calendar address, shown once; or none any more."""
    now = database_now()
    if request.POST.get("do") == "withdraw":
        rota_feeds.withdraw_feed(actor=request.reader, at=now)
        return redirect("my_shifts")
    secret = rota_feeds.make_feed(actor=request.reader, at=now)
    return _mine(request, address=request.build_absolute_uri(reverse("shift_feed", args=[secret])))


@page("ask_swap", "GET", "POST")
def ask_swap(request: HttpRequest, shift: UUID) -> HttpResponse:
    """Ask a colleague, or anybody of the unit, to take a shift of one's own."""
    now = database_now()
    own = next((row for row in seen.own_shifts(request.reader, now) if row.pk == shift), None)
    if own is None:
        raise NotFound(_("That shift is not yours, or has passed. Choose one on the page “My shifts”."))
    people, shifts = seen.colleagues(request.reader, now), seen.shifts_in_return(request.reader, now)
    form = SwapForm(sent(request), people=people, shifts=shifts)
    if form.done(lambda: _ask(request, now, shift, form)):
        return redirect("my_shifts")
    return form_page(request, "swap", form, shift=shown.shift(own))


def _ask(request: HttpRequest, now: datetime, shift: UUID, form: SwapForm) -> None:
    back = form.cleaned_data.get("back")
    rota_swaps.ask_swap(
        actor=request.reader, at=now, shift_id=shift, asked_of=form.person("asked_of"),
        back_shift_id=UUID(back) if back else None, answered=answered(request),
    )  # fmt: skip


@page("answer_swap", "POST")
def answer_swap(request: HttpRequest, swap: UUID) -> HttpResponse:
    """Take the shift, or not; or take back what one asked oneself. Too little rest is asked about before it is taken."""
    act = ANSWERS.get(storable(request.POST.get("do", "")))
    if act is None:
        return _mine(request, fault=_("Choose one of the answers on the page."))
    try:
        act({"actor": request.reader, "at": database_now(), "swap_id": swap}, answered(request))
    except StrainUnanswered as asked:
        strain = strain_rows(request, asked)
        return render(request, "rota/swap_anyhow.html", {"swap": swap, "strain": strain}, status=409)
    except RotaRefused as refusal:
        return _mine(request, fault=str(refusal))
    return redirect("my_shifts")


@page("shift_feed")
def shift_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The shifts of whoever made this address, for their calendar. The secret in it is the key; nothing else is shown."""
    now = database_now()
    rows = seen.feed_shifts(storable(secret)[:100], now)
    if rows is None:
        raise NotFound(_("This calendar address is not known. Make a new one on the page “My shifts”."))
    return HttpResponse(write_feed(rows, made_at=now), content_type="text/calendar; charset=utf-8")


def _mine(request: HttpRequest, *, address: str = "", fault: str = "") -> HttpResponse:
    now, reader = database_now(), request.reader
    asked, waiting = seen.open_swaps(reader, now)
    answers = seen.answered_swaps(reader, now)
    context = {
        "shifts": shown.own_shifts(seen.own_shifts(reader, now), now), "now": now,
        "asked": [shown.swap(row) for row in asked], "waiting": [shown.swap(row) for row in waiting],
        "answers": [shown.answered_swap(row) for row in answers],
        "absences": [shown.absence(row) for row in seen.absences(reader, now)], "has_feed": seen.has_feed(reader),
        "address": address, "fault": fault,
    }  # fmt: skip
    return render(request, "rota/mine.html", context, status=409 if fault else 200)
