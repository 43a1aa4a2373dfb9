"""Further offences recorded with a case: suggested with their grounds, chosen by a person, withdrawn with a reason."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from nightdesk.actions import reading
from nightdesk.actions import related_offences as acts
from nightdesk.desks.caseroom import shown_related as shown
from nightdesk.desks.caseroom.closing_pages import add_refusal
from nightdesk.desks.caseroom.forms_related import EndForm, RelatedForm
from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.desks.furniture.theirs import refuse_unless_theirs
from nightdesk.queries import related_offences as queries
from nightdesk.rules.case import CaseRefused


@page("related_offences", "GET", "POST")
def related_offences(request: HttpRequest, reference: str) -> HttpResponse:
    """What is recorded beside the offence, what the facts point to, and a further one to add."""
    now = database_now()
    refuse_unless_theirs(request, reference, now, "related_offences")
    rows = queries.related_of(request.reader, reference)
    form = RelatedForm(request.POST or None, seen=len(rows))
    if form.is_valid():
        added, points = form.added(), queries.suggested(request.reader, reference)
        suggested = any(one.entry.id == added.offence_class for one in points)
        try:
            acts.add_related_offence(
                actor=request.reader, at=now, reference=reference, added=added, suggested=suggested,
                seen=form.cleaned_data["seen"],
            )  # fmt: skip
            return redirect("related_offences", reference=reference)
        except CaseRefused as refusal:
            add_refusal(form, refusal)
    return _page(request, reference, now, form)


@page("related_offence_end", "POST")
def related_offence_end(request: HttpRequest, reference: str, offence: int) -> HttpResponse:
    """Withdraw a further offence, with the reason."""
    now = database_now()
    refuse_unless_theirs(request, reference, now, "related_offence_end")
    form = EndForm(request.POST, auto_id=f"end-{offence}-%s")
    if form.is_valid():
        try:
            acts.end_related_offence(
                actor=request.reader,
                at=now,
                reference=reference,
                number=offence,
                why=form.cleaned_data["why"],
            )
            return redirect("related_offences", reference=reference)
        except CaseRefused as refusal:
            add_refusal(form, refusal)
    return _page(request, reference, now, None, ending={offence: form})


def _page(
    request: HttpRequest, reference: str, now: datetime, form: RelatedForm | None,
    ending: dict[int, EndForm] | None = None,
) -> HttpResponse:  # fmt: skip
    """The page; the reading is journalled before anything is shown."""
    reading.note_reading(actor=request.reader, at=now, reference=reference, what="related_offences")
    rows, wrong = queries.related_of(request.reader, reference), ending or {}
    context: dict[str, Any] = {
        "reference": reference, "form": form or RelatedForm(seen=len(rows)),
        "rows": [shown.offence(row, wrong.get(row.number)) for row in rows],
        "suggested": shown.suggested(queries.suggested(request.reader, reference)),
        "faulty": next((one for one in (form, *wrong.values()) if one is not None and one.errors), None),
    }  # fmt: skip
    bound = bool(wrong) or (form is not None and form.is_bound)
    return render(request, "caseroom/related.html", context, status=422 if bound else 200)
