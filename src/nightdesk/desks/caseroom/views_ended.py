"""Beside closing: under investigation, a closed case opened again, its outcome put right."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from nightdesk.actions import reopenings as acts
from nightdesk.desks.caseroom import shown_closing
from nightdesk.desks.caseroom.closing_pages import (
    add_refusal,
    ended_page,
    other_outcomes,
    read,
)
from nightdesk.desks.caseroom.forms_closing import OutcomeForm, ReopenForm, outcomes_of
from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.desks.furniture.theirs import refuse_unless_theirs
from nightdesk.queries.closings import ClosingSeen, Ended
from nightdesk.rules.case import CLOSED, CaseRefused
from nightdesk.rules.pack_closing import Outcome
from nightdesk.rules.terms import SUPERVISOR


@page("case_investigate", "POST")
def case_investigate(request: HttpRequest, reference: str) -> HttpResponse:
    """The case is under investigation from now on."""
    now = database_now()
    refuse_unless_theirs(request, reference, now, "case_investigate")
    try:
        acts.begin_investigation(actor=request.reader, at=now, reference=reference)
    except CaseRefused as refusal:
        return ended_page(request, reference, now, fault=str(refusal))
    return redirect("closing", reference=reference)


@page("case_reopen", "POST")
def case_reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """Open a closed case again: in one press when the person came back."""
    now = database_now()
    refuse_unless_theirs(request, reference, now, "case_reopen")
    form, fault = ReopenForm(request.POST, senior=request.reader.role == SUPERVISOR), ""
    if form.is_valid():
        given = form.cleaned_data
        try:
            acts.reopen_case(
                actor=request.reader, at=now, reference=reference, number=given["number"], ground=given["ground"],
                words=given["words"],
            )  # fmt: skip
            return redirect("closing", reference=reference)
        except CaseRefused as refusal:
            if refusal.about:
                add_refusal(form, refusal)
            else:
                fault = str(refusal)
    return ended_page(request, reference, now, fault=fault, reopening=form)


@page("outcome_correct", "GET", "POST")
def outcome_correct(request: HttpRequest, reference: str) -> HttpResponse:
    """Put the outcome of a closed case right: a further row; the earlier stays."""
    now = database_now()
    seen = read(request, reference, now, "outcome_correct")
    if seen.newest is None or (request.method == "GET" and seen.state != CLOSED):
        return redirect("closing", reference=reference)
    rows, posted = seen.newest.outcomes, request.method == "POST"
    moved = posted and request.POST.get("seen") != str(len(rows))
    others = _choices(seen, seen.newest, posted=posted, moved=moved)
    form = OutcomeForm(request.POST or None, outcomes=others, seen=len(rows))
    if form.is_valid():
        try:
            acts.correct_outcome(
                actor=request.reader, at=now, reference=reference, outcome=form.cleaned_data["outcome"],
                said=form.said(), seen=form.cleaned_data["seen"],
            )  # fmt: skip
            return redirect("closing", reference=reference)
        except CaseRefused as refusal:
            add_refusal(form, refusal)
    context = {
        "reference": reference, "form": form, "others": others, "known": len(rows), "moved": moved,
        "one": shown_closing.closing(seen.newest),
        "for_another": not others and bool(other_outcomes(seen, for_reader=False)),
    }  # fmt: skip
    return render(request, "caseroom/outcome.html", context, status=422 if form.is_bound else 200)


def _choices(seen: Ended, newest: ClosingSeen, *, posted: bool, moved: bool) -> list[Outcome]:
    """What a form offers: those that this reader may keep. What was sent is measured by the action, which says why not;
    a form from before the newest outcome may be a second sending of it."""
    if moved:
        return outcomes_of(newest.row.ending, seen.standing.recorded)
    return other_outcomes(seen, for_reader=not posted)
