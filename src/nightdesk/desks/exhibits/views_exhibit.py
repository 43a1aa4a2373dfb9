"""One exhibit: where it is, what can be done next with one tap, its history, and its continuity statement."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nightdesk.actions import custody as acts
from nightdesk.actions import exhibits as entering
from nightdesk.actions.destruction import destroy_exhibit
from nightdesk.actions.reading import note_reading, note_refusal
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.exhibits import shown_exhibit as shown
from nightdesk.desks.exhibits.forms import ActForm, EnterForm
from nightdesk.desks.exhibits.found import found_exhibit
from nightdesk.desks.furniture.pages import LONGEST_REFERENCE, database_now, page, storable
from nightdesk.outside.codes import new_exhibit_code
from nightdesk.queries import custody, exhibits, stores
from nightdesk.queries.custody import ExhibitSeen
from nightdesk.rules.custody import CustodyRefused


@page("exhibit_new", "GET", "POST")
def exhibit_new(request: HttpRequest, reference: str) -> HttpResponse:
    """Enter an exhibit of a disclosure."""
    now = database_now()
    if not exhibits.may_enter(request.reader, reference):
        note_refusal(
            actor=request.reader, at=now, what="exhibit_new", reference=reference[:LONGEST_REFERENCE]
        )
        raise NotFound(_("There is no disclosure with this reference. Check the reference and try again."))
    if request.method != "POST":
        form = EnterForm(initial={"taken_at": now, "code": new_exhibit_code()})
        return render(request, "exhibits/new.html", {"form": form, "reference": reference})
    form = EnterForm(request.POST)
    if form.is_valid():
        try:
            made = entering.enter_exhibit(
                actor=request.reader, at=now, reference=reference, **form.cleaned_data
            )
            return redirect("exhibit", code=made.code)
        except CustodyRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "exhibits/new.html", {"form": form, "reference": reference}, status=422)


@page("exhibit")
def exhibit(request: HttpRequest, code: str) -> HttpResponse:
    """Where it is and what comes next. With `description`, what is written about it, for a specialist of the case."""
    return _page(request, code, database_now(), described="description" in request.GET)


@page("exhibit_act", "GET", "POST")
def exhibit_act(request: HttpRequest, code: str) -> HttpResponse:
    """Note what was done: now with one tap, or on this page for what happened earlier or has a new seal."""
    now = database_now()
    seen = found_exhibit(request, code, now)
    form = ActForm(
        request.POST if request.method == "POST" else None, initial={"number": seen.newest.number},
        acts=[act for act in shown.acts_on_offer(seen) if act != "handed"],  # noted as it happens, from both sides
        **_choices(request, seen, now),
    )  # fmt: skip
    if not form.is_valid():
        context = shown.exhibit(seen, now) | {"form": form}
        return render(request, "exhibits/act.html", context, status=422 if form.is_bound else 200)
    try:
        _do(request, code, now, form)
    except CustodyRefused as refusal:
        return _page(request, code, now, fault=str(refusal))
    return redirect("exhibit", code=code)


@page("exhibit_offer", "POST")
def exhibit_offer(request: HttpRequest, code: str) -> HttpResponse:
    """The colleague has it, or does not take it; or whoever offered it takes the offer back."""
    now, accepted = database_now(), request.POST.get("answer") == "accept"
    try:
        acts.answer_offer(actor=request.reader, at=now, code=storable(code), accepted=accepted)
    except CustodyRefused as refusal:
        return _page(request, code, now, fault=str(refusal))
    still = custody.exhibit(request.reader, code, now)
    return redirect("exhibit", code=code) if still else redirect("exhibits")


@page("exhibit_continuity")
def exhibit_continuity(request: HttpRequest, code: str) -> HttpResponse:
    """Every link with who noted it and when, to print and sign."""
    now = database_now()
    seen = found_exhibit(request, code, now)
    note_reading(actor=request.reader, at=now, reference=seen.reference, what="exhibit_continuity")
    return render(request, "exhibits/continuity.html", shown.exhibit(seen, now) | {"now": now})


def _do(request: HttpRequest, code: str, now: datetime, form: ActForm) -> None:
    """Hand what the form says to the action it belongs to. Raises CustodyRefused."""
    what, number, when = (form.cleaned_data[name] for name in ("what", "number", "when"))
    common: dict[str, Any] = {"actor": request.reader, "at": now, "code": code, "number": number}
    if what == "handed":
        acts.offer_exhibit(**common, username=form.to)
    elif what == "take_over":
        acts.take_over(**common, when=when)
    elif what == "destroyed":
        destroy_exhibit(**common, when=when)
    else:
        acts.move_exhibit(**common, what=what, to=form.to, when=when, seal=form.cleaned_data["seal"])


def _choices(request: HttpRequest, seen: ExhibitSeen, now: datetime) -> dict[str, object]:
    rows = shown.fitting(stores.stores(request.reader, now), seen.kind)
    return {"stores": [(row.code, row.name) for row in rows], "staff": exhibits.colleagues(request.reader)}


def _page(
    request: HttpRequest, code: str, now: datetime, *, fault: str = "", described: bool = False
) -> HttpResponse:
    seen = found_exhibit(request, code, now)
    described = described and seen.may_describe
    what = "exhibit_description" if described else "exhibit"
    note_reading(actor=request.reader, at=now, reference=seen.reference, what=what)
    description = custody.describe(request.reader, code) if described else ""
    context = shown.exhibit(seen, now) | _choices(request, seen, now)
    earlier = custody.earlier_descriptions(request.reader, code) if described else []
    context |= {"fault": fault, "described": described, "description": description, "earlier": earlier}
    return render(request, "exhibits/exhibit.html", context, status=409 if fault else 200)
