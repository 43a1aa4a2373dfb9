"""A case goes to somebody else: the owner asks a colleague, or a supervisor gives away what somebody who is away has."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nightdesk.actions import hand_over
from nightdesk.actions.hand_over import HandOverRefused
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.desks.furniture.theirs import refuse_unless_theirs
from nightdesk.desks.paging import shown
from nightdesk.desks.paging.forms import ColleagueForm, ReassignForm
from nightdesk.queries import paging
from nightdesk.rules.referral import MoveRefused

GIVEN = {str(number) for number in range(hand_over.MOST + 1)}


@page("offer_case", "GET", "POST")
def offer_case(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask a colleague who is on duty to take a case over; until they do, its owner has it."""
    refuse_unless_theirs(request, reference, database_now(), "offer_case")
    now = database_now()
    colleagues = paging.colleagues(request.reader, reference, now)
    form, status = ColleagueForm(colleagues, request.POST if request.method == "POST" else None), 200
    if form.is_bound:
        status = 422
    if form.is_valid():
        try:
            hand_over.offer_case(
                actor=request.reader, at=now, reference=reference, to=UUID(form.cleaned_data["colleague"]),
                address=settings.NIGHTDESK_ADDRESS,
            )  # fmt: skip
        except (HandOverRefused, MoveRefused) as refusal:
            form.add_error("colleague", str(refusal))
            status = 409
        else:
            return redirect("case", reference=reference)
    context = {"reference": reference, "form": form, "colleagues": colleagues}
    return render(request, "paging/offer.html", context, status=status)


@page("take_back", "POST")
def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """The owner keeps the case after all."""
    refuse_unless_theirs(request, reference, database_now(), "take_back")
    try:
        hand_over.take_back_offer(actor=request.reader, at=database_now(), reference=reference)
    except HandOverRefused as refusal:
        raise NotFound(str(refusal)) from refusal
    return redirect("case", reference=reference)


@page("case_loads")
def case_loads(request: HttpRequest) -> HttpResponse:
    """Who of the unit has open cases: the way to give them to others when somebody is away."""
    given = request.GET.get("given", "")
    context = {"rows": paging.case_loads(request.reader), "given": int(given) if given in GIVEN else None}
    return render(request, "paging/case_loads.html", context)


@page("reassign", "GET", "POST")
def reassign(request: HttpRequest, owner: UUID) -> HttpResponse:
    """The open cases of somebody who is away, each to a colleague or to whoever is on duty."""
    name, rows = paging.held_by(request.reader, owner)
    if not name:
        raise NotFound(_("There is nobody of your unit at this address."))
    now, status = database_now(), 200
    colleagues = paging.reachable_now(UUID(request.reader.unit), now, without=owner)
    form = ReassignForm(rows, colleagues, request.POST or None)
    if form.is_bound:
        count, status = _reassigned(request, form, owner)
        if status == 302:
            return redirect(f"{reverse('case_loads')}?given={count}")
    context = {"name": name, "rows": shown.held(rows, form), "form": form, "colleagues": colleagues}
    return render(request, "paging/reassign.html", context, status=status)


def _reassigned(request: HttpRequest, form: ReassignForm, owner: UUID) -> tuple[int, int]:
    """Do it: how many, and 302 when it was done, else the status that the page answers with."""
    if not form.is_valid():
        return 0, 422
    if not (chosen := form.chosen()):
        form.add_error(None, _("Choose for at least one case who takes it."))
        return 0, 422
    try:
        count = hand_over.reassign_cases(
            actor=request.reader,
            at=database_now(),
            owner=owner,
            to=chosen,
            address=settings.NIGHTDESK_ADDRESS,
        )
    except HandOverRefused as refusal:
        form.add_error(None, str(refusal))
        return 0, 409
    return count, 302
