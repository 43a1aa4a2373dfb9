"""Closing a case: how it stands, asking for an ending, a supervisor's look."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nightdesk.actions import closings as acts
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.caseroom import closing_words, shown_closing
from nightdesk.desks.caseroom.closing_pages import add_refusal, ended_page, read
from nightdesk.desks.caseroom.forms_closing import ClosingForm, LookForm
from nightdesk.desks.caseroom.shown_closing_tries import log
from nightdesk.desks.furniture.pages import database_now, page, storable
from nightdesk.desks.furniture.theirs import refuse_unless_theirs
from nightdesk.outside.current import pack
from nightdesk.queries import closings as queries
from nightdesk.queries.closings import Ended
from nightdesk.rules.case import CaseRefused
from nightdesk.rules.closing_said import THEIR_WISH
from nightdesk.rules.pack_closing import ENDINGS, LOST_CONTACT


@page("closings")
def closings(request: HttpRequest) -> HttpResponse:
    """What waits for a supervisor of the unit, the longest waiting first. No words of anybody."""
    rows = [shown_closing.waiting(row) for row in queries.waiting(request.reader)]
    context = {"rows": rows, "total": queries.how_many_wait(request.reader)}
    return render(request, "caseroom/closings.html", context)


@page("closing")
def closing(request: HttpRequest, reference: str) -> HttpResponse:
    """How a case stands, every ending that was asked for, and what can be done now."""
    return ended_page(request, reference, database_now())


@page("closing_ask", "GET", "POST")
def closing_ask(request: HttpRequest, reference: str, ending: str) -> HttpResponse:
    """Ask to close a case in one way. What blocks it is shown first, with where to go; support comes before a no."""
    now = database_now()
    seen = read(request, reference, now, "closing_ask")
    if ending not in ENDINGS:
        raise NotFound(_("There is no such ending. Choose one on the page of the case."))
    form = _form(request, seen, ending)
    if form.is_valid():
        try:
            acts.ask_to_close(
                actor=request.reader, at=now, reference=reference, ending=ending, said=form.said(),
                outcome=form.cleaned_data["outcome"], seen=form.cleaned_data["seen"],
            )  # fmt: skip
            return redirect("closing", reference=reference)
        except CaseRefused as refusal:
            add_refusal(form, refusal)
    context = _around(seen, ending, reference, form)
    return render(request, "caseroom/closing_ask.html", context, status=422 if form.is_bound else 200)


def _around(seen: Ended, ending: str, reference: str, form: ClosingForm) -> dict[str, Any]:
    """The form with what is read before it: what speaks against it, what is said first, what the log says.

    Of two at once both are shown: `meanwhile` is what a colleague had kept, what was typed stays in the form.
    """
    against = shown_closing.reasons(seen.standing, ending, reference)
    moved = form.is_bound and form.data.get("seen") != str(len(seen.closings)) and seen.newest is not None
    return {
        "meanwhile": shown_closing.closing(seen.newest) if moved and seen.newest else None, "known": len(seen.closings),
        "reference": reference, "form": form, "ending": closing_words.ENDING_WORDS[ending], "against": against,
        "blocked": any(one["blocks"] for one in against) and not form.is_bound, "wish": ending in THEIR_WISH,
        "lines": shown_closing.lines(), "possible": bool(shown_closing.endings(seen, reference)),
        "log": log(seen.standing.tried) if ending == LOST_CONTACT else None,
    }  # fmt: skip


def _form(request: HttpRequest, seen: Ended, ending: str) -> ClosingForm:
    open_points = bool(shown_closing.reasons(seen.standing, ending, "x"))
    role = pack().about.role_names.get(request.reader.role, request.reader.role)
    initial = {"said_to": f"{request.reader.name}, {role}"}
    typed = request.POST if request.method == "POST" else None
    known = {"ending": ending, "recorded": seen.standing.recorded, "open_points": open_points}
    return ClosingForm(typed, seen=len(seen.closings), initial=initial, **known)


@page("closing_look", "POST")
def closing_look(request: HttpRequest, reference: str) -> HttpResponse:
    """A supervisor closes it, or sends it back with words."""
    now = database_now()
    refuse_unless_theirs(request, reference, now, "closing_look")
    form, fault = LookForm(request.POST), ""
    if form.is_valid():
        try:
            acts.look_at_closing(
                actor=request.reader, at=now, reference=reference, number=form.cleaned_data["number"],
                verdict=storable(request.POST.get("verdict", "")), words=form.cleaned_data["words"],
            )  # fmt: skip
            return redirect("closings")
        except CaseRefused as refusal:
            if refusal.about:
                add_refusal(form, refusal)
            else:
                fault = str(refusal)
    return ended_page(request, reference, now, fault=fault, look=form)


@page("closing_take_back", "POST")
def closing_take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Whoever asked takes it back, before anybody decided."""
    now, number = database_now(), request.POST.get("number", "")
    refuse_unless_theirs(request, reference, now, "closing_take_back")
    try:
        known = int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else -1
        acts.take_back_closing(actor=request.reader, at=now, reference=reference, number=known)
    except CaseRefused as refusal:
        return ended_page(request, reference, now, fault=str(refusal))
    return redirect("closing", reference=reference)
