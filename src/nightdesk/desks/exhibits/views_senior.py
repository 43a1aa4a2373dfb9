"""Destroying an exhibit: asked, decided by a supervisor, stopped by a legal hold."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nightdesk.actions import destruction as acts
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.exhibits import shown_exhibit as shown
from nightdesk.desks.exhibits.forms import GroundForm
from nightdesk.desks.exhibits.found import found_exhibit
from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.queries import custody, exhibits
from nightdesk.rules.custody import CustodyRefused


@page("destructions")
def destructions(request: HttpRequest) -> HttpResponse:
    """What waits for this supervisor's decision."""
    rows = [shown.to_decide(row) for row in exhibits.destructions_to_decide(request.reader)]
    return render(request, "exhibits/destructions.html", {"rows": rows})


@page("exhibit_destruction", "GET", "POST")
def exhibit_destruction(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for it, with a reason; or decide what somebody else has asked."""
    now = database_now()
    seen = found_exhibit(request, code, now)
    common: dict[str, Any] = {"actor": request.reader, "at": now, "code": code}
    answer = request.POST.get("answer", "")
    asking, label = request.method == "POST" and not answer, _("Why may it be destroyed?")
    form, fault = GroundForm(request.POST if asking else None, section="destruction_grounds", label=label), ""
    try:
        if answer in ("allow", "refuse"):
            acts.decide_destruction(**common, allowed=answer == "allow")
            return redirect("destructions")
        if form.is_valid():
            acts.ask_for_destruction(**common, reason=form.cleaned_data["reason"])
            return redirect("exhibit", code=code)
    except CustodyRefused as refusal:
        fault = str(refusal)
    context = shown.exhibit(seen, now) | {"form": form, "fault": fault}
    return render(request, "exhibits/destruction.html", context, status=_status(fault, form))


@page("exhibit_hold", "GET", "POST")
def exhibit_hold(request: HttpRequest, reference: str) -> HttpResponse:
    """A legal hold on everything of a case, or its end."""
    held = custody.is_held(request.reader, reference)
    if held is None:
        raise NotFound(_("There is no case of your unit with this reference. Check the reference."))
    common: dict[str, Any] = {"actor": request.reader, "at": database_now(), "reference": reference}
    placing = request.method == "POST" and "lift" not in request.POST
    label = _("Why is everything of this case kept?")
    form, fault = GroundForm(request.POST if placing else None, section="hold_grounds", label=label), ""
    try:
        if "lift" in request.POST:
            acts.lift_hold(**common)
        elif form.is_valid():
            acts.place_hold(**common, reason=form.cleaned_data["reason"])
        if request.method == "POST" and not form.errors:
            return redirect(f"{reverse('exhibits')}?text={reference}")
    except CustodyRefused as refusal:
        fault = str(refusal)
    context = {"reference": reference, "form": form, "fault": fault, "held": held}
    return render(request, "exhibits/hold.html", context, status=_status(fault, form))


def _status(fault: str, form: GroundForm) -> int:
    return 409 if fault else 422 if form.is_bound else 200
