"""The particulars of a case: the lists, one entry with its versions, a new one, a correction, and both of two."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nightdesk.actions import particulars as acts
from nightdesk.actions import reading
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.caseroom import particular_words as words
from nightdesk.desks.caseroom import shown_particular_lists as lists
from nightdesk.desks.caseroom import shown_particulars as shown
from nightdesk.desks.caseroom.forms_particular_acts import TakeForm
from nightdesk.desks.caseroom.forms_particulars import ParticularForm
from nightdesk.desks.caseroom.particular_pages import POLE_CODES, entry_in
from nightdesk.desks.caseroom.views_openings import reason_page
from nightdesk.desks.caseroom.views_particular_both import both_page
from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.desks.furniture.theirs import read_theirs, refuse_unless_theirs
from nightdesk.queries import particulars as queries
from nightdesk.queries.cases import needs_reason
from nightdesk.queries.openings import standing_reason
from nightdesk.queries.particulars import ParticularSeen
from nightdesk.rules.particular import Overtaken
from nightdesk.rules.particular_field import ParticularRefused
from nightdesk.rules.particular_kinds import KINDS, ROLES


@page("particulars", "GET", "POST")
def particulars(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything entered about a case. Another unit's is opened with a reason, which is kept."""
    needed = needs_reason(request.reader, reference)
    if needed is None:
        raise NotFound(_("There is no case with this reference. Check the reference."))
    now = database_now()
    reason = standing_reason(request.reader, reference, now) if needed else ""
    if needed and not reason:
        return reason_page(request, reference, "particulars")
    return lists_page(request, reference, now, reason=reason)


def lists_page(
    request: HttpRequest, reference: str, now: datetime, *, reason: str = "", form: TakeForm | None = None
) -> HttpResponse:
    """The lists; the reading is journalled before anything is shown."""
    reading.note_reading(actor=request.reader, at=now, reference=reference, what="particulars", reason=reason)
    entries = queries.particulars_of(request.reader, reference, POLE_CODES)
    links = queries.links_of(request.reader, reference)
    context: dict[str, Any] = {
        "reference": reference, "lists": lists.lists(entries, links, reference), "theirs": not reason, "form": form,
    }  # fmt: skip
    if not reason and form is None:
        version, parts = queries.offered(request.reader, reference)
        offers = lists.offered(parts)
        context["form"] = TakeForm(parts=offers, initial={"version": version}) if offers else None
    status = 422 if form is not None else 200
    return render(request, "caseroom/particulars.html", context, status=status)


@page("particular")
def particular(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    """One entry with what it rests on, its links, and every version with what differs."""
    now = database_now()
    read_theirs(request, reference, now, "particular")
    entries = queries.particulars_of(request.reader, reference, POLE_CODES)
    seen = entry_in(entries, key)
    links = queries.links_of(request.reader, reference)
    context = {
        "reference": reference, "entry": shown.entry(seen, reference),
        "links": lists.links_at(key, entries, links, reference), "may_link": lists.ways_to_link(seen, entries),
    }  # fmt: skip
    return render(request, "caseroom/particular.html", context)


@page("particular_new", "GET", "POST")
def particular_new(request: HttpRequest, reference: str, sort: str) -> HttpResponse:
    """A new entry: a person in a role, an object, a place or an event."""
    now = database_now()
    refuse_unless_theirs(request, reference, now, "particular_new")
    if sort not in words.SORTS:
        raise NotFound(_("There is no such list. Choose one on the page of the particulars."))
    kind = KINDS["person" if sort in ROLES else sort]
    form = ParticularForm(request.POST or None, kind=kind, now=now, key=uuid4())
    if form.is_valid():
        return _kept(request, reference, now, form, sort, None)
    return _form_page(request, reference, form, sort)


@page("particular_correct", "GET", "POST")
def particular_correct(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    """A correction: a further version, with the reason. If there is a newer one meanwhile, both are shown."""
    now = database_now()
    read_theirs(request, reference, now, "particular_correct")
    seen = entry_in(queries.particulars_of(request.reader, reference, POLE_CODES), key)
    if seen.withdrawn_at is not None and request.method != "POST":  # sent, it is refused with what was typed
        raise NotFound(acts.WITHDRAWN)
    form = ParticularForm(
        request.POST or None,
        kind=KINDS[seen.kind],
        now=now,
        key=key,
        seen=seen.seen,
        values=seen.newest.values,
    )
    if form.is_valid():
        return _kept(request, reference, now, form, shown.sort_of(seen.kind, seen.role), seen)
    return _form_page(request, reference, form, shown.sort_of(seen.kind, seen.role), seen)


def _kept(
    request: HttpRequest,
    reference: str,
    now: datetime,
    form: ParticularForm,
    sort: str,
    seen: ParticularSeen | None,
) -> HttpResponse:
    """Keep what a valid form says; with a newer version in between, show both."""
    typed, values = form.cleaned_data, form.values()
    why, role = typed.get("why", ""), sort if sort in ROLES else ""
    try:
        row = acts.keep_particular(
            actor=request.reader, at=now, reference=reference, kind=form.kind.code, key=typed["key"], seen=typed["seen"],
            values=values, role=role, why=why,
        )  # fmt: skip
    except Overtaken:
        if seen is None:  # of a new entry nothing was read yet
            read_theirs(request, reference, now, "particular_both")
        newest = entry_in(queries.particulars_of(request.reader, reference, POLE_CODES), typed["key"])
        return both_page(request, reference, newest, values, base=typed["seen"], why=why)
    except ParticularRefused as refusal:
        form.add_error(None, str(refusal))
        return _form_page(request, reference, form, sort, seen)
    return redirect("particular", reference=reference, key=row.pk)


def _form_page(
    request: HttpRequest, reference: str, form: ParticularForm, sort: str, seen: ParticularSeen | None = None
) -> HttpResponse:
    context = {
        "reference": reference, "form": form, "sort": sort, "title": words.ADD[sort], "of": words.SORTS[sort][0],
        "entry": shown.entry(seen, reference) if seen else None, "look_for": shown.look_for(form.kind),
    }  # fmt: skip
    return render(request, "caseroom/particular_form.html", context, status=422 if form.is_bound else 200)
