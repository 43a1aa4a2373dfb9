"""With whom a case is shared: the overview, one recipient, what the person answered, what was decided without it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nightdesk.actions import consents
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.caseroom import shown_sharing as shown
from nightdesk.desks.caseroom.forms_sharing import ConsentForm, RecipientForm, WithoutConsentForm
from nightdesk.desks.caseroom.sharing_pages import (
    duty_to_answer,
    form_page,
    kind_for,
    recipient_page,
    recipient_read,
)
from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.desks.furniture.theirs import read_theirs, refuse_unless_theirs
from nightdesk.outside.current import pack
from nightdesk.queries import sharing as queries
from nightdesk.queries.duties import DutySeen
from nightdesk.rules.consent import ConsentRefused
from nightdesk.rules.sharing import SharingRefused


@page("sharing", "GET", "POST")
def sharing(request: HttpRequest, reference: str) -> HttpResponse:
    """Everybody it is or could be shared with, what may go there now, and what has to be done."""
    now = database_now()
    read_theirs(request, reference, now, "sharing")
    owed = duty_to_answer(request.reader, reference, request.GET.get("duty", ""))
    form = RecipientForm(request.POST or None, duty=owed.kind if owed else "")
    if form.is_valid():
        try:
            made = consents.add_recipient(actor=request.reader, at=now, reference=reference, **form.chosen())
            return _to_recipient(reference, made.pk, owed)
        except SharingRefused as refusal:
            form.add_error("name", str(refusal))
    rows = [
        shown.recipient(row, reference, now) for row in queries.recipients_of(request.reader, reference, now)
    ]
    context = {"reference": reference, "form": form, "rows": rows, "sheet_languages": shown.languages()}
    context |= _offers(owed, rows)
    return render(request, "caseroom/sharing.html", context, status=422 if form.is_bound else 200)


def _to_recipient(reference: str, key: UUID, owed: DutySeen | None) -> HttpResponse:
    """On to the one that was written down; from a duty, on to the offer that answers it."""
    if owed is None:
        return redirect("sharing_with", reference=reference, recipient=key)
    return redirect(f"{reverse('passing_on', args=[reference, key])}?duty={owed.id}")


def _offers(owed: DutySeen | None, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """For somebody who came from a duty to offer: the duty, and whom it could be answered with."""
    if owed is None:
        return {"owed": None}
    entry = pack().duties.get(owed.kind)
    offers = [row for row in rows if row["seen"].kind == kind_for(owed)]
    return {"owed": owed, "owed_label": entry.label if entry else owed.kind, "offers": offers}


@page("sharing_with")
def sharing_with(request: HttpRequest, reference: str, recipient: UUID) -> HttpResponse:
    """One recipient: group by group what may go now, every answer, who was passed on, and every pack."""
    return recipient_page(request, reference, recipient, database_now())


@page("consent", "GET", "POST")
def consent(request: HttpRequest, reference: str, recipient: UUID) -> HttpResponse:
    """What the person was asked and answered, group by group; nothing is ticked before."""
    now = database_now()
    to = recipient_read(request, reference, recipient, now, "consent")
    kind = pack().recipients.get(to.kind)
    if kind is None:
        raise NotFound(_("The pack of today does not know this kind of recipient any more. Ask the admin."))
    form = ConsentForm(request.POST or None, to=to, kind=kind)
    if form.is_valid():
        try:
            consents.answer_consent(
                actor=request.reader, at=now, reference=reference, recipient=recipient, asked=form.asked(now)
            )
            return redirect("sharing_with", reference=reference, recipient=recipient)
        except (ConsentRefused, SharingRefused) as refusal:
            form.add_error(None, str(refusal))
    return form_page(request, "caseroom/consent.html", reference, to, form, {"kind": kind})


@page("consent_withdraw", "POST")
def consent_withdraw(request: HttpRequest, reference: str, recipient: UUID, answer: int) -> HttpResponse:
    """One press: from this moment nothing more goes by this answer, and what went has to be stopped."""
    now = database_now()
    refuse_unless_theirs(request, reference, now, "consent_withdraw")
    try:
        consents.withdraw_consent(
            actor=request.reader, at=now, reference=reference, recipient=recipient, number=answer
        )
    except SharingRefused as refusal:
        return recipient_page(request, reference, recipient, now, fault=str(refusal))
    return redirect("sharing_with", reference=reference, recipient=recipient)


@page("without_consent", "GET", "POST")
def without_consent(request: HttpRequest, reference: str, recipient: UUID) -> HttpResponse:
    """A supervisor decides that something goes without consent, on a ground of the pack, with a reason."""
    now = database_now()
    to = recipient_read(request, reference, recipient, now, "without_consent")
    form = WithoutConsentForm(request.POST or None, to=to)
    if form.is_valid():
        given = form.cleaned_data
        try:
            consents.share_without_consent(
                actor=request.reader, at=now, reference=reference, recipient=recipient, key=given["key"],
                ground=given["ground"], groups=frozenset(given["groups"]), reason=given["reason"],
                person_told=given["person_told"] == "yes",
            )  # fmt: skip
            return redirect("sharing_with", reference=reference, recipient=recipient)
        except SharingRefused as refusal:
            form.add_error(None, str(refusal))
    grounds = [ground for ground in pack().share_grounds if to.kind in ground.kinds]
    return form_page(request, "caseroom/without_consent.html", reference, to, form, {"grounds": grounds})
