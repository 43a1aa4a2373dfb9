"""Opening another's case: the reason, what the owner sees of it, the question why, and the supervisor's page over it all."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nightdesk.actions import openings as actions
from nightdesk.actions import reading
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.caseroom import shown_openings as shown
from nightdesk.desks.caseroom.forms import ReasonForm
from nightdesk.desks.caseroom.forms_openings import AnswerForm, AskForm
from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.queries import openings as queries
from nightdesk.queries.searches import DAYS, habits
from nightdesk.rules.opening import OpeningRefused
from nightdesk.rules.terms import AUDITOR

FORMS = {"ask": AskForm, "answer": AnswerForm}


def reason_page(request: HttpRequest, reference: str, to: str = "case") -> HttpResponse:
    """Why they open a case that is not theirs; then on to the page `to` of it. Nothing of it is shown before."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.give_reason(
                actor=request.reader, at=database_now(), reference=reference, reason=form.cleaned_data["reason"],
                words=form.cleaned_data["words"],
            )  # fmt: skip
            return redirect(to, reference=reference)
        except OpeningRefused as refusal:
            form.add_error("reason", str(refusal))
    context = {"reference": reference, "form": form, "hours": shown.holds_hours()}
    return render(request, "caseroom/reason.html", context, status=422 if form.is_bound else 200)


@page("my_openings", "GET", "POST")
def my_openings(request: HttpRequest) -> HttpResponse:
    """Who opened one's cases; what is on the page is marked as seen by a button, not by looking."""
    if request.method == "POST":
        keys = [key for text in request.POST.getlist("opening")[: queries.MOST] if (key := _key(text))]
        actions.see_openings(actor=request.reader, at=database_now(), openings=keys)
        return redirect("openings_watch" if request.POST.get("back") == "watch" else "my_openings")
    rows = shown.openings(queries.mine(request.reader))
    context = {"rows": rows, "unseen": [row for row in rows if row["unseen"]]}
    return render(request, "caseroom/my_openings.html", context)


@page("case_openings")
def case_openings(request: HttpRequest, reference: str) -> HttpResponse:
    """Who opened one case and in which words; the reading is journalled before it is shown."""
    return _case_openings(request, reference)


@page("opening_move", "POST")
def opening_move(request: HttpRequest, reference: str, opening: UUID, move: str) -> HttpResponse:
    """Ask why, or answer."""
    form = FORMS[move](request.POST, prefix=str(opening)) if move in FORMS else AskForm({})
    fault = ""
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("words", "seen")}
        given["finding"] = form.cleaned_data.get("finding", "")
        try:
            actions.move_opening(actor=request.reader, at=database_now(), opening=opening, move=move, **given)
            return redirect("case_openings", reference=reference)
        except OpeningRefused as refusal:
            fault = str(refusal)
    return _case_openings(request, reference, typed={(str(opening), move): form}, fault=fault)


def _case_openings(
    request: HttpRequest, reference: str, *, typed: dict[tuple[str, str], Any] | None = None, fault: str = ""
) -> HttpResponse:
    if not queries.may_see_any(request.reader, reference):
        raise NotFound(_("There is nothing here for you to see. Check the reference."))
    reading.note_reading(actor=request.reader, at=database_now(), reference=reference, what="openings")
    rows = [shown.read(row, typed or {}) for row in queries.of_case(request.reader, reference)]
    context = {"reference": reference, "rows": rows, "fault": fault, "forms": list((typed or {}).values())}
    status = 409 if fault else 422 if typed else 200
    return render(request, "caseroom/case_openings.html", context, status=status)


@page("openings_watch")
def openings_watch(request: HttpRequest) -> HttpResponse:
    """Openings and searches of the unit: what was asked, what no owner looks at, who does much of it."""
    reader, now = request.reader, database_now()
    context = {
        "asked": shown.openings(queries.asked_about(reader, now)), "days": DAYS,
        "ownerless": shown.openings(queries.ownerless(reader, now)), "newest": shown.openings(queries.newest(reader, now)),
        "habits": [shown.habit(one) for one in habits(reader, now)], "watches_only": reader.role == AUDITOR,
    }  # fmt: skip
    return render(request, "caseroom/openings_watch.html", context)


def _key(text: str) -> UUID | None:
    """The key of an opening; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None
