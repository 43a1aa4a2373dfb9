"""Putting right what was entered about an exhibit; the page has every fact as it is kept, so one sending is enough."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from nightdesk.actions.exhibit_correction import correct_exhibit
from nightdesk.actions.reading import note_reading
from nightdesk.desks.exhibits import shown_exhibit as shown
from nightdesk.desks.exhibits.forms_correct import CorrectForm
from nightdesk.desks.exhibits.found import found_exhibit
from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.queries import custody
from nightdesk.rules.custody import CustodyRefused


@page("exhibit_correct", "GET", "POST")
def exhibit_correct(request: HttpRequest, code: str) -> HttpResponse:
    """The facts to correct. Whoever may read the description finds it there; the reading is journalled."""
    now = database_now()
    seen = found_exhibit(request, code, now)
    what = "exhibit_description" if seen.may_describe and seen.may_correct else "exhibit"
    note_reading(actor=request.reader, at=now, reference=seen.reference, what=what)
    description = custody.describe(request.reader, code) if seen.may_describe and seen.may_correct else None
    sent = request.POST if request.method == "POST" else None
    form, fault = CorrectForm(sent, seen=seen, description=description), ""
    if form.is_valid():
        given = {
            "number": form.cleaned_data["number"],
            "reason": form.cleaned_data["reason"],
            "facts": form.facts,
        }
        try:
            correct_exhibit(actor=request.reader, at=now, code=code, **given)
            return redirect("exhibit", code=code)
        except CustodyRefused as refusal:
            fault = str(refusal)
    context = shown.exhibit(seen, now) | {"form": form, "fault": fault}
    return render(
        request, "exhibits/correct.html", context, status=409 if fault else 422 if form.is_bound else 200
    )
