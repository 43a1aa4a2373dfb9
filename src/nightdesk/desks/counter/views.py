"""The counter's pages. Each is short: read through queries, write through actions, say what happened."""

from datetime import datetime
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nightdesk.actions import intake, reading
from nightdesk.actions.refusals import IntakeRefused, NotFound
from nightdesk.desks.counter import sending, shown
from nightdesk.desks.counter.forms import CounterForm
from nightdesk.desks.counter.forms_override import OverrideForm
from nightdesk.desks.furniture.pages import database_now, now_of, page
from nightdesk.queries import clocks, disclosures
from nightdesk.queries.disclosures import Taken


@page("counter")
def counter(request: HttpRequest) -> HttpResponse:
    """What this counter took within the shift, without names, and the way to begin."""
    now = database_now()
    rows = disclosures.at_station(request.reader, now)
    return render(request, "counter/counter.html", shown.counter(rows, disclosures.pager_alive(now)))


@page("counter_form", "GET", "POST")
def counter_form(request: HttpRequest) -> HttpResponse:
    """A new disclosure. Nothing is written by opening the page; the first save makes the record."""
    now = now_of(request)
    if request.method == "POST":
        return sending.sent(request, now)
    form = CounterForm(now=now, key=str(uuid4()), channel=request.GET.get("channel", "counter"))
    return sending.form_page(request, form)


@page("counter_resume", "GET", "POST")
def counter_resume(request: HttpRequest, reference: str) -> HttpResponse:
    """Go on with a disclosure that was begun, here or at another terminal of this counter."""
    now = database_now()
    if request.method == "POST":
        return sending.sent(request, now, reference)
    taken = _taken_or_refused(request, reference, now, "basics")
    form = CounterForm(
        now=now, initial=taken.basics, key=taken.sender_key, told_at=taken.opened_at.isoformat(),
        channel=taken.channel,
    )  # fmt: skip
    more = {"reference": reference, "number": taken.number, "accepted": taken.accepted_at is not None}
    return sending.form_page(request, form, **more)


@page("counter_save", "POST")
def counter_save(request: HttpRequest) -> HttpResponse:
    """Saved as it is typed, by the page's script."""
    return sending.saved(request, now_of(request))


@page("disclosure")
def disclosure(request: HttpRequest, reference: str) -> HttpResponse:
    """What follows: who was told, the evidence clock, what triage proposes and the words that led there."""
    return _disclosure_page(request, reference, database_now(), OverrideForm())


@page("disclosure_live")
def disclosure_live(request: HttpRequest, reference: str) -> HttpResponse:
    """The part of the page that is read again every few seconds: who was told and answered. No person's data."""
    now = database_now()
    paging = disclosures.paging(request.reader, reference, now)
    if paging is None:
        raise NotFound(_("There is no disclosure with this reference at your counter."))
    return render(request, "counter/paging.html", shown.paging(reference, paging, now))


@page("override", "POST")
def override(request: HttpRequest, reference: str) -> HttpResponse:
    """Staff add a proposal, or set one aside; it is kept with who and why."""
    now, form = database_now(), OverrideForm(request.POST)
    _refuse_unless_seen(request, reference, now)
    if not form.is_valid():
        return _disclosure_page(request, reference, now, form)
    label, _dot, level = form.cleaned_data["proposal"].partition(".")
    try:
        intake.override_proposal(
            actor=request.reader, at=now, reference=reference, label=label, level=level, why=form.cleaned_data["why"]
        )  # fmt: skip
    except (IntakeRefused, NotFound) as refusal:
        form.add_error("proposal", str(refusal))
        return _disclosure_page(request, reference, now, form)
    return redirect("disclosure", reference=reference)


@page("person_left", "POST")
def person_left(request: HttpRequest, reference: str) -> HttpResponse:
    """The person left: the record and its clock stay open."""
    now = database_now()
    _refuse_unless_seen(request, reference, now)
    intake.record_departure(actor=request.reader, at=now, reference=reference)
    return redirect("disclosure", reference=reference)


def _disclosure_page(request: HttpRequest, reference: str, now: datetime, form: OverrideForm) -> HttpResponse:
    taken = _taken_or_refused(request, reference, now, "disclosure")
    paging = disclosures.paging(request.reader, reference, now)
    context = shown.disclosure(taken, paging, clocks.clock(request.reader, reference, now), now)
    status = 422 if form.is_bound else 200
    return render(request, "counter/disclosure.html", context | {"form": form}, status=status)


def _taken_or_refused(request: HttpRequest, reference: str, now: datetime, what: str) -> Taken:
    """The disclosure, its reading journalled first; "no such" and "not yours" look alike."""
    _refuse_unless_seen(request, reference, now)
    reading.note_reading(actor=request.reader, at=now, reference=reference, what=what)
    taken = disclosures.taken(request.reader, reference, now)
    assert taken is not None  # noqa: S101 - seen a moment ago, and nothing is ever deleted
    return taken


def _refuse_unless_seen(request: HttpRequest, reference: str, now: datetime) -> None:
    if not disclosures.may_see(request.reader, reference, now):
        reading.note_refusal(actor=request.reader, at=now, what="disclosure", reference=reference[:60])
        raise NotFound(_("There is no disclosure with this reference at your counter. Check the reference."))
