"""The shield from outside, and opened: for the case by its own specialist, for a doctor by a specialist of the unit."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nightdesk.actions import reading
from nightdesk.actions import shield as actions
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.furniture.pages import LONGEST_REFERENCE, database_now, page
from nightdesk.desks.shield import shown
from nightdesk.desks.shield.forms import OpenForm
from nightdesk.queries import shield as queries
from nightdesk.queries.interest import may_ask, of_case
from nightdesk.rules.access import AccessRefused
from nightdesk.rules.shield import FOR_CASE, FOR_MEDICAL, ShieldRefused


@page("shield")
def shield(request: HttpRequest, reference: str) -> HttpResponse:
    """That it exists, who opened it and why; never what it says."""
    return _outside(request, reference)


@page("shield_open", "POST")
def shield_open(request: HttpRequest, reference: str) -> HttpResponse:
    """All of it, for the case."""
    return _opened(request, reference, FOR_CASE, "shield/opened.html")


@page("shield_medical", "POST")
def shield_medical(request: HttpRequest, reference: str) -> HttpResponse:
    """Substance, time and route, on a sheet for a doctor."""
    return _opened(request, reference, FOR_MEDICAL, "shield/medical.html")


def _opened(request: HttpRequest, reference: str, purpose: str, template: str) -> HttpResponse:
    """Note the opening, then show it; without a reason, or for somebody else, nothing."""
    now, form = database_now(), OpenForm(request.POST, purpose=purpose)
    reason, why = (form.cleaned_data["reason"], form.cleaned_data["words"]) if form.is_valid() else ("", "")
    try:
        opening = actions.open_shield(
            actor=request.reader, at=now, reference=reference, purpose=purpose, reason=reason, words=why
        )
    except ShieldRefused as refusal:
        if str(refusal) == actions.NOT_YOURS:
            raise AccessRefused(str(refusal)) from refusal
        return _outside(request, reference, fault="" if form.errors else str(refusal), form=form, status=422)
    read = queries.content(request.reader, opening.pk, now)
    context = {"reference": reference, "read": [shown.read(version) for version in read], "at": now}
    return render(request, template, context)


def _outside(
    request: HttpRequest, reference: str, *, form: OpenForm | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    now, seen = database_now(), queries.shield(request.reader, reference)
    if seen is None:
        refused = reference[:LONGEST_REFERENCE]
        reading.note_refusal(actor=request.reader, at=now, what="shield", reference=refused)
        raise NotFound(_("There is no case of your unit with this reference. Check the reference."))
    reading.note_reading(actor=request.reader, at=now, reference=reference, what="shield")
    forms = {purpose: OpenForm(purpose=purpose) for purpose in (FOR_CASE, FOR_MEDICAL)}
    if form is not None:
        forms[str(form.prefix)] = form
    context = shown.outside(seen, of_case(request.reader, reference)) | {
        "case_form": forms[FOR_CASE], "medical_form": forms[FOR_MEDICAL], "may_ask": may_ask(request.reader, reference),
    }  # fmt: skip
    return render(request, "shield/shield.html", context | more, status=status)
