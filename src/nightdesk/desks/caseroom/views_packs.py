"""Passing on, and hand-over packs: looked at before they are made, given out as a file, and what became of them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nightdesk.actions import passings_on, shared_packs
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.caseroom import shown_packs as shown
from nightdesk.desks.caseroom.forms_packs import MakeForm, PackStepForm, PurposeForm
from nightdesk.desks.caseroom.forms_sharing import OfferForm, StepForm
from nightdesk.desks.caseroom.sharing_pages import (
    duty_to_answer,
    form_page,
    recipient_page,
    recipient_read,
)
from nightdesk.desks.caseroom.shown_sharing import PASSING_MOVES
from nightdesk.desks.furniture.pages import database_now, page, storable
from nightdesk.desks.furniture.theirs import read_theirs, refuse_unless_theirs
from nightdesk.outside.current import pack
from nightdesk.outside.pdf import LettersMissing
from nightdesk.queries import sharing as queries
from nightdesk.rules.duty import DutyRefused
from nightdesk.rules.passing_on import PassingOnRefused
from nightdesk.rules.sharing import SharingRefused

ACCOUNT = "what"  # the field that holds the person's own words


@page("passing_on", "GET", "POST")
def passing_on(request: HttpRequest, reference: str, recipient: UUID) -> HttpResponse:
    """The person was offered this recipient. Come from a duty, it answers the duty too; otherwise it does not."""
    now = database_now()
    to = recipient_read(request, reference, recipient, now, "passing_on")
    owed = duty_to_answer(request.reader, reference, request.GET.get("duty", ""))
    form = OfferForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data | {"duty": owed.id if owed else None}
        try:
            passings_on.offer_recipient(
                actor=request.reader, at=now, reference=reference, recipient=recipient, **given
            )
            return redirect("sharing_with", reference=reference, recipient=recipient)
        except (PassingOnRefused, DutyRefused, SharingRefused) as refusal:
            form.add_error(None, str(refusal))
    entry = pack().duties.get(owed.kind) if owed else None
    return form_page(request, "caseroom/passing_on.html", reference, to, form, {"duty": entry})


@page("passing_on_move", "POST")
def passing_on_move(request: HttpRequest, reference: str, recipient: UUID) -> HttpResponse:
    """The next step of a passing on."""
    now = database_now()
    refuse_unless_theirs(request, reference, now, "passing_on_move")
    form = StepForm(request.POST, moves=list(PASSING_MOVES.items()))
    if form.is_valid():
        try:
            passings_on.move_passing_on(
                actor=request.reader, at=now, reference=reference, recipient=recipient, **form.cleaned_data
            )
            return redirect("sharing_with", reference=reference, recipient=recipient)
        except (PassingOnRefused, SharingRefused) as refusal:
            form.add_error(None, str(refusal))
    return recipient_page(request, reference, recipient, now, step=form)


@page("pack_preview", "GET", "POST")
def pack_preview(request: HttpRequest, reference: str, recipient: UUID) -> HttpResponse:
    """Field by field what a pack would hold, what stays and why; then it is made, of exactly that."""
    now = database_now()
    to = recipient_read(request, reference, recipient, now, "pack_preview")
    purpose = _purpose(to.kind, request.POST.get("purpose") or request.GET.get("purpose", ""))
    found = queries.preview(request.reader, reference, recipient, purpose, now)
    if found is None:
        raise NotFound(_("Nothing can be made for this recipient with the pack of today. Ask the admin."))
    groups = shown.groups_going(found)
    like = queries.held_by(request.reader, reference, storable(request.GET.get("like", "")))
    ticked = [group for group in groups if group in like] or list(groups)
    fresh = MakeForm(groups=groups, initial={"purpose": purpose, "seen": found.seen, "groups": ticked})
    form, fault = fresh, ""
    if request.method == "POST":
        form = MakeForm(request.POST, groups=groups)
        if form.is_valid():
            made, fault = _made(request, reference, recipient, form, now)
            if made:
                return redirect("shared_pack", reference=reference, code=made)
            form = MakeForm(groups=groups, initial=fresh.initial | {"groups": form.cleaned_data["groups"]})
    more = _preview(found, purpose, to.kind) | {"fault": fault}
    return form_page(request, "caseroom/pack_preview.html", reference, to, form, more, fault=fault)


def _purpose(kind: str, wanted: str) -> str:
    """The purpose that was chosen, or the first that fits this kind of recipient."""
    fitting = [one.id for one in pack().share_purposes if kind in one.kinds]
    return wanted if wanted in fitting else fitting[0]


def _preview(found: queries.Preview, purpose: str, kind: str) -> dict[str, Any]:
    return {
        "account": any(fate.goes and fate.field.id == ACCOUNT for fate in found.found), "going": shown.going(found),
        "names_others": shown.names_others(found), "staying": shown.staying(found), "unknown": shown.unknown(found),
        "purposes": PurposeForm(kind=kind, initial={"purpose": purpose}),
    }  # fmt: skip


def _made(
    request: HttpRequest, reference: str, recipient: UUID, form: MakeForm, now: datetime
) -> tuple[str, str]:
    """The code of the pack that was made, or why there is none."""
    given = form.cleaned_data
    wanted = shared_packs.Wanted(
        given["key"], recipient, given["purpose"], frozenset(given["groups"]), given["seen"]
    )
    try:
        made = shared_packs.make_pack(actor=request.reader, at=now, reference=reference, wanted=wanted)
    except (SharingRefused, LettersMissing) as refusal:
        return "", str(refusal)
    return made.code, ""


@page("shared_pack")
def shared_pack(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """One pack: by what right, what became of it, who took the file, and what comes next."""
    return _pack_page(request, reference, code, database_now())


@page("shared_pack_move", "POST")
def shared_pack_move(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """Sent by hand, set aside, told to delete, deleted or kept."""
    now = database_now()
    refuse_unless_theirs(request, reference, now, "shared_pack_move")
    form = PackStepForm(request.POST, moves=list(shown.MOVES.items()))
    if form.is_valid():
        try:
            shared_packs.move_pack(
                actor=request.reader, at=now, reference=reference, code=code, **form.cleaned_data
            )
            return redirect("shared_pack", reference=reference, code=code)
        except SharingRefused as refusal:
            form.add_error(None, str(refusal))
    return _pack_page(request, reference, code, now, form=form)


@page("shared_pack_file", "POST")
def shared_pack_file(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """The file, to be sent by hand. Who took it and when is kept."""
    now = database_now()
    refuse_unless_theirs(request, reference, now, "shared_pack_file")
    try:
        made = shared_packs.give_out_pack(actor=request.reader, at=now, reference=reference, code=code)
    except SharingRefused as refusal:
        return _pack_page(request, reference, code, now, fault=str(refusal))
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="pack-{code}.pdf"'  # names nobody
    answer["Cache-Control"] = "no-store"
    return answer


def _pack_page(
    request: HttpRequest,
    reference: str,
    code: str,
    now: datetime,
    *,
    fault: str = "",
    form: PackStepForm | None = None,
) -> HttpResponse:
    read_theirs(request, reference, now, "shared_pack")
    seen = queries.pack_of(request.reader, reference, code)
    if seen is None:
        raise NotFound(_("There is no such pack in this case. Go back to the page of what is shared."))
    context = shown.one_pack(seen, reference)
    if form is None and context["moves"]:
        form = PackStepForm(moves=context["moves"], initial={"seen": context["seen"]})
    context |= {"reference": reference, "form": form, "fault": fault}
    context["back"] = reverse("sharing_with", args=[reference, seen.row.recipient])
    failed = fault or (form is not None and form.is_bound)
    return render(request, "caseroom/shared_pack.html", context, status=422 if failed else 200)
