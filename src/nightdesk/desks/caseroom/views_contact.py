"""Contact with the person: looked at before it begins, noted when it is over, never changed afterwards."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nightdesk.actions import contact_log as acts
from nightdesk.actions.contact_log import Begun
from nightdesk.actions.contact_promises import note_contact, note_with_task
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.caseroom import shown_contact as shown
from nightdesk.desks.caseroom.forms_contact import BeginForm, CameForm, EarlierForm
from nightdesk.desks.furniture.pages import database_now, page, storable
from nightdesk.desks.furniture.theirs import read_theirs
from nightdesk.outside.current import pack
from nightdesk.queries import contact_log as queries
from nightdesk.queries.contact_plan import agreed_of
from nightdesk.queries.duties import duties_of
from nightdesk.rules.contact import WARNINGS, Checked, ContactRefused, checked
from nightdesk.rules.pack_contact import OUT
from nightdesk.rules.task import TaskRefused


@page("contact_log")
def contact_log(request: HttpRequest, reference: str) -> HttpResponse:
    """Every contact, the newest first."""
    now = database_now()
    read_theirs(request, reference, now, "contact_log")
    rows = [shown.contact(row, reference) for row in queries.contacts_of(request.reader, reference)]
    matters = shown.section(queries.contact_now(request.reader, reference, now), now)
    return _page(request, "log", reference, {"rows": rows, "matters": matters})


@page("contact_before", "GET", "POST")
def contact_before(request: HttpRequest, reference: str) -> HttpResponse:
    """Before a call: how they are called, what is safe, and whether this way is safe now. Then it begins."""
    now = database_now()
    read_theirs(request, reference, now, "contact_before")
    agreed = agreed_of(request.reader, reference)
    way = storable(request.POST.get("way", "") or request.GET.get("way", ""))
    seen: dict[str, Any] = {"plan": shown.plan_rows(agreed, now)}
    if way not in pack().contact_ways:
        return _page(request, "before", reference, seen | {"ways": shown.ways_now(agreed, reference, now)})
    form = BeginForm(request.POST or None, way=way)
    if form.is_valid():
        try:
            key = _begin(request, reference, form.cleaned_data, now)
            return redirect("contact", reference, key)
        except ContactRefused as refusal:
            form.add_error("reason", str(refusal))
    found = checked(agreed.plan, pack().contact_ways[way], OUT, now, shown.zone_of(agreed))
    return _page(request, "before", reference, seen | {"way": shown.way_now(agreed, way, found)}, form)


def _begin(request: HttpRequest, reference: str, given: dict[str, Any], now: Any) -> UUID:
    begun = Begun(given["way"], OUT, now, _told(request), given["reason"])
    made = acts.begin_contact(
        actor=request.reader, at=now, reference=reference, sender_key=given["key"], begun=begun
    )
    return UUID(str(made.pk))


def _told(request: HttpRequest) -> tuple[str, ...]:
    """The warnings that the page had said, as it sends them back."""
    return tuple(code for code in request.POST.get("told", "").split() if code in WARNINGS)


@page("contact", "GET", "POST")
def contact(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    """One contact: what came of it, and corrections beside it."""
    now = database_now()
    read_theirs(request, reference, now, "contact")
    row = queries.contact_of(request.reader, reference, key)
    if row is None:
        raise NotFound(acts.NO_CONTACT)
    form = CameForm(request.POST or None, direction=row.direction, seen=row.seen)
    if form.is_valid():
        try:
            note_with_task(
                actor=request.reader, at=now, reference=reference, contact=key, seen=form.cleaned_data["seen"],
                came=form.came(), task=form.task_title(_("Get in touch again, as promised")),
            )  # fmt: skip
            return redirect("contact", reference, key)
        except (ContactRefused, TaskRefused) as refusal:
            form.add_error(None, str(refusal))
    may_meet = shown.may_meet(row, duties_of(request.reader, reference), reference)
    seen = {"contact": shown.contact(row, reference), "may_meet": may_meet}
    return _page(request, "one", reference, seen, form)


@page("contact_earlier", "GET", "POST")
def contact_earlier(request: HttpRequest, reference: str) -> HttpResponse:
    """A contact that is over already, or that the person began. It is checked against the plan at the time it began."""
    now = database_now()
    read_theirs(request, reference, now, "contact_earlier")
    form, found = EarlierForm(request.POST or None), Checked((), ())
    if form.is_valid():
        agreed, given = agreed_of(request.reader, reference), form.cleaned_data
        entry, zone = pack().contact_ways[given["way"]], shown.zone_of(agreed)
        found = checked(agreed.plan, entry, form.direction(), given["begun_at"], zone)
        try:
            made = note_contact(
                actor=request.reader, at=now, reference=reference, sender_key=given["key"], came=form.came(),
                begun=Begun(given["way"], form.direction(), given["begun_at"], _told(request), given["reason"]),
                task=form.task_title(_("Get in touch again, as promised")),
            )  # fmt: skip
            return redirect("contact", reference, made.pk)
        except (ContactRefused, TaskRefused) as refusal:
            form.add_error("reason" if found.warnings else None, str(refusal))
    warnings = [shown.WARNINGS[code] for code in found.warnings]
    return _page(
        request, "earlier", reference, {"warnings": warnings, "told": " ".join(found.warnings)}, form
    )


def _page(
    request: HttpRequest, name: str, reference: str, more: dict[str, Any], form: Any = None
) -> HttpResponse:
    context = {"reference": reference, "form": form} | more
    status = 422 if form is not None and form.is_bound else 200
    return render(request, f"caseroom/contact_{name}.html", context, status=status)
