"""What is done with entries: taken over from the first account, withdrawn, linked, a link taken back."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from nightdesk.actions import particular_links as links
from nightdesk.actions.particular_account import take_from_account
from nightdesk.actions.particulars import WITHDRAWN, withdraw_particular
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.caseroom import shown_particular_lists as lists
from nightdesk.desks.caseroom import shown_particulars as shown
from nightdesk.desks.caseroom.forms_particular_acts import LinkForm, TakeBackForm, TakeForm, WithdrawForm
from nightdesk.desks.caseroom.particular_pages import POLE_CODES, entry_in
from nightdesk.desks.caseroom.views_particulars import lists_page
from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.desks.furniture.theirs import read_theirs, refuse_unless_theirs
from nightdesk.queries import particulars as queries
from nightdesk.rules.particular import Overtaken
from nightdesk.rules.particular_field import ParticularRefused


@page("particulars_take", "POST")
def particulars_take(request: HttpRequest, reference: str) -> HttpResponse:
    """Take over what was chosen of the first account, in one press."""
    now = database_now()
    refuse_unless_theirs(request, reference, now, "particulars_take")
    version, parts = queries.offered(request.reader, reference)
    form = TakeForm(request.POST, parts=lists.offered(parts))
    if not parts:  # sent twice: everything is taken over
        return redirect("particulars", reference=reference)
    if form.is_valid():
        try:
            take_from_account(
                actor=request.reader, at=now, reference=reference, version=form.cleaned_data["version"],
                codes=form.cleaned_data["parts"],
            )  # fmt: skip
            return redirect("particulars", reference=reference)
        except ParticularRefused as refusal:
            typed = request.POST.copy()
            typed["version"] = str(version)  # the page shows what this version offers
            form = TakeForm(typed, parts=lists.offered(parts))
            form.add_error(None, str(refusal))
    return lists_page(request, reference, now, form=form)


@page("particular_withdraw", "GET", "POST")
def particular_withdraw(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    """An entry that holds no longer: it stays readable, struck, with the reason."""
    now = database_now()
    read_theirs(request, reference, now, "particular_withdraw")
    seen = entry_in(queries.particulars_of(request.reader, reference, POLE_CODES), key)
    if seen.withdrawn_at is not None and request.method != "POST":
        raise NotFound(WITHDRAWN)
    form = WithdrawForm(request.POST or None, initial={"seen": seen.seen})
    if form.is_valid():
        try:
            withdraw_particular(
                actor=request.reader, at=now, reference=reference, key=key, seen=form.cleaned_data["seen"],
                why=form.cleaned_data["why"],
            )  # fmt: skip
            return redirect("particular", reference=reference, key=key)
        except (Overtaken, ParticularRefused) as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "entry": shown.entry(seen, reference)}
    return _page(request, "caseroom/particular_withdraw.html", reference, context)


@page("particular_link", "GET", "POST")
def particular_link(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    """Link an entry to another one, with what that rests on."""
    now = database_now()
    read_theirs(request, reference, now, "particular_link")
    entries = queries.particulars_of(request.reader, reference, POLE_CODES)
    seen = entry_in(entries, key)
    form = LinkForm(request.POST or None, ways=lists.ways_to_link(seen, entries), initial={"basis": "told"})
    if form.is_valid():
        kind, one, other = lists.read_way(form.cleaned_data["to"], key)
        try:
            links.link_particulars(
                actor=request.reader, at=now, reference=reference, kind=kind, one=one, other=other,
                basis=form.cleaned_data["basis"],
            )  # fmt: skip
            return redirect("particular", reference=reference, key=key)
        except ParticularRefused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "entry": shown.entry(seen, reference)}
    return _page(request, "caseroom/particular_link.html", reference, context)


@page("particular_unlink", "GET", "POST")
def particular_unlink(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    """A link that holds no longer: it stays readable with the reason."""
    now = database_now()
    read_theirs(request, reference, now, "particular_unlink")
    entries = queries.particulars_of(request.reader, reference, POLE_CODES)
    row = next((one for one in queries.links_of(request.reader, reference) if one.id == key), None)
    if row is None:
        raise NotFound(links.NO_LINK)
    form = TakeBackForm(request.POST or None)
    if form.is_valid():
        try:
            links.take_back_link(
                actor=request.reader, at=now, reference=reference, key=key, why=form.cleaned_data["why"]
            )
            return redirect("particular", reference=reference, key=row.one)
        except ParticularRefused as refusal:
            form.add_error(None, str(refusal))
    seen = lists.links_at(row.one, entries, [row], reference)[0]
    context = {"form": form, "link": seen, "entry": shown.entry(entry_in(entries, row.one), reference)}
    return _page(request, "caseroom/particular_unlink.html", reference, context)


def _page(request: HttpRequest, template: str, reference: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].is_bound else 200
    return render(request, template, {"reference": reference} | context, status=status)
