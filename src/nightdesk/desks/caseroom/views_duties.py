"""What is owed in a case: answer a duty, note a key event, record the crime."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from nightdesk.actions import duties as acts
from nightdesk.actions.recordings import record_crime
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.caseroom import shown_duties as shown
from nightdesk.desks.caseroom.forms_duties import AGES, AboutForm, DutyForm, KeyEventForm, RecordingForm
from nightdesk.desks.caseroom.sharing_pages import kind_for
from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.desks.furniture.theirs import read_theirs, refuse_unless_theirs
from nightdesk.outside.current import pack
from nightdesk.queries import duties as queries
from nightdesk.rules.duty import DutyRefused


@page("duty", "GET", "POST")
def duty(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    """One duty with everything noted about it, and what can be said of it now."""
    now = database_now()
    read_theirs(request, reference, now, "duty")
    row = queries.duty_of(request.reader, reference, key)
    if row is None:
        raise NotFound(acts.NO_DUTY)
    entry = pack().duties.get(row.kind)
    by = entry.met_by if entry else ""
    form = DutyForm(request.POST or None, duty=row, offer=by == "answer", recording=by == "recording")
    if form.is_valid():
        try:
            acts.move_duty(
                actor=request.reader, at=now, reference=reference, duty=key, move=form.cleaned_data["move"],
                said=form.said(), seen=form.cleaned_data["seen"],
            )  # fmt: skip
            return redirect("case", reference=reference)
        except DutyRefused as refusal:
            form.add_error(None, str(refusal))
    seen = {"duty": shown.duty(row, reference, now), "recording": by == "recording", "key": key}
    seen["offer"] = bool(kind_for(row))
    return _page(request, "caseroom/duty.html", reference, form, seen)


@page("key_event", "GET", "POST")
def key_event(request: HttpRequest, reference: str) -> HttpResponse:
    """Something happened that the person is told of; the clock of telling them starts."""
    now = database_now()
    refuse_unless_theirs(request, reference, now, "key_event")
    form = KeyEventForm(request.POST or None)
    if form.is_valid():
        found = form.cleaned_data
        try:
            acts.note_key_event(
                actor=request.reader, at=now, reference=reference, kind=found["kind"], happened_at=found["happened_at"]
            )  # fmt: skip
            return redirect("case", reference=reference)
        except DutyRefused as refusal:
            form.add_error("happened_at", str(refusal))
    return _page(request, "caseroom/key_event.html", reference, form, {})


@page("recording", "GET", "POST")
def recording(request: HttpRequest, reference: str) -> HttpResponse:
    """Record the crime, or an N100 with its reason. Classes are suggested with their grounds, and chosen by a person."""
    now = database_now()
    read_theirs(request, reference, now, "recording")
    rows = queries.recordings_of(request.reader, reference)
    show = "show" in request.POST  # by POST: whom it is about has no place in an address
    form = RecordingForm(None if show else request.POST or None, seen=len(rows))
    if form.is_valid():
        try:
            record_crime(
                actor=request.reader, at=now, reference=reference, made=form.made(now), seen=form.cleaned_data["seen"]
            )  # fmt: skip
            return redirect("case", reference=reference)
        except DutyRefused as refusal:
            form.add_error(None, str(refusal))
    seen = {"rows": [shown.recording(row) for row in rows]} | _suggested(request, reference, show)
    return _page(request, "caseroom/recording.html", reference, form, seen)


def _suggested(request: HttpRequest, reference: str, show: bool) -> dict[str, Any]:
    """What points to which class, by whom it is about as far as the page was told."""
    about = AboutForm(request.POST if show else None)
    known = about.cleaned_data if about.is_valid() else {"sex": "", "ages": ""}
    points = queries.pointers(request.reader, reference, sex=known["sex"], ages=AGES[known["ages"]])
    return {"about": about, "suggested": shown.suggested(points)}


def _page(
    request: HttpRequest, template: str, reference: str, form: Any, more: dict[str, Any]
) -> HttpResponse:
    context = {"reference": reference, "form": form} | more
    return render(request, template, context, status=422 if form.is_bound else 200)
