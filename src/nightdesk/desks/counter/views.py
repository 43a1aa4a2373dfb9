"""The counter's pages. Each is short: read through queries, write through actions, say what happened."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nightdesk.actions import intake, reading
from nightdesk.actions.refusals import IntakeRefused, NotFound
from nightdesk.desks.counter import shown
from nightdesk.desks.counter.forms import CounterForm
from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.outside.current import pack
from nightdesk.queries import disclosures
from nightdesk.queries.disclosures import Taken


@page("counter")
def counter(request: HttpRequest) -> HttpResponse:
    """What this counter took within the shift, without names, and the way to begin."""
    now = database_now()
    rows = [shown.row(row) for row in disclosures.at_station(request.reader, now)]
    return render(
        request, "counter/counter.html", {"rows": rows, "pager_alive": disclosures.pager_alive(now)}
    )


@page("counter_form", "GET", "POST")
def counter_form(request: HttpRequest) -> HttpResponse:
    """A new disclosure. Nothing is written by opening the page; the first save makes the record."""
    now = database_now()
    if request.method == "POST":
        return _sent(request, now)
    form = CounterForm(now=now, key=str(uuid4()), channel=request.GET.get("channel", "counter"))
    return _form_page(request, form)


@page("counter_resume", "GET", "POST")
def counter_resume(request: HttpRequest, reference: str) -> HttpResponse:
    """Go on with a disclosure that was begun, here or at another terminal of this counter."""
    now = database_now()
    if request.method == "POST":
        return _sent(request, now, reference)
    taken = _taken_or_refused(request, reference, now, "basics")
    form = CounterForm(
        now=now,
        initial=taken.basics,
        key=taken.sender_key,
        told_at=taken.opened_at.isoformat(),
        channel=taken.channel,
    )
    return _form_page(request, form, reference=reference, accepted=taken.accepted_at is not None)


@page("counter_save", "POST")
def counter_save(request: HttpRequest) -> HttpResponse:
    """Saved as it is typed. What can be read is kept; what can't is named, and stays on the page."""
    now = database_now()
    form = CounterForm(request.POST, now=now)
    valid = form.is_valid()
    if "key" not in form.basics_form.cleaned_data:
        return JsonResponse(
            {"fault": _("This page is too old. Reload it; what was saved is still there.")}, status=400
        )
    kept = _keep(request, form, now)
    faults = (
        {} if valid else {f.add_prefix(name): errors for f in form.forms for name, errors in f.errors.items()}
    )
    answer = {
        "reference": kept.reference,
        "number": kept.number,
        "saved_at": now.isoformat(),
        "faults": faults,
    }
    return JsonResponse(answer | {"resume": reverse("counter_resume", args=[kept.reference])})


@page("disclosure")
def disclosure(request: HttpRequest, reference: str) -> HttpResponse:
    """What follows from what was told: who was told, the evidence clock, what triage proposes and the words that led there."""
    now = database_now()
    taken = _taken_or_refused(request, reference, now, "disclosure")
    paging = disclosures.paging(request.reader, reference, now)
    windows = disclosures.clock(reference, now)
    return render(request, "counter/disclosure.html", shown.disclosure(taken, paging, windows, now))


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
    now = database_now()
    _refuse_unless_seen(request, reference, now)
    label, _dot, level = request.POST.get("proposal", "").partition(".")
    try:
        intake.override_proposal(
            actor=request.reader,
            at=now,
            reference=reference,
            label=label,
            level=level,
            why=request.POST.get("why", "")[:2000],
        )
    except IntakeRefused as refusal:
        return _disclosure_again(request, reference, now, str(refusal))
    return redirect("disclosure", reference=reference)


@page("person_left", "POST")
def person_left(request: HttpRequest, reference: str) -> HttpResponse:
    """The person left: the record and its clock stay open."""
    now = database_now()
    _refuse_unless_seen(request, reference, now)
    intake.record_departure(actor=request.reader, at=now, reference=reference)
    return redirect("disclosure", reference=reference)


def _sent(request: HttpRequest, now: datetime, reference: str = "") -> HttpResponse:
    """What a button sends: keep, ask for a specialist, or note that the person left."""
    form = CounterForm(request.POST, now=now)
    valid, wish = form.is_valid(), request.POST.get("do", "send")
    if "key" not in form.basics_form.cleaned_data:
        return _form_page(request, form, status=422)
    try:
        kept = _accept(request, form, now) if wish == "send" else _keep(request, form, now)
    except IntakeRefused as refusal:
        form.basics_form.add_error("what", str(refusal))
        return _form_page(request, form, reference=reference, status=422)
    if wish == "left":
        intake.record_departure(actor=request.reader, at=now, reference=kept.reference)
    if not valid:
        return _form_page(request, form, reference=kept.reference, kept=kept, status=422)
    return redirect(
        "counter" if wish == "keep" else "disclosure",
        **({} if wish == "keep" else {"reference": kept.reference}),
    )


def _keep(request: HttpRequest, form: CounterForm, now: datetime) -> intake.Kept:
    cleaned = form.basics_form.cleaned_data
    return intake.keep_basics(
        actor=request.reader,
        at=now,
        sender_key=cleaned["key"],
        channel=cleaned.get("channel") or "counter",
        basics=form.basics(),
    )


def _accept(request: HttpRequest, form: CounterForm, now: datetime) -> intake.Kept:
    cleaned = form.basics_form.cleaned_data
    return intake.accept_disclosure(
        actor=request.reader,
        at=now,
        sender_key=cleaned["key"],
        channel=cleaned.get("channel") or "counter",
        basics=form.basics(),
    )


def _form_page(request: HttpRequest, form: CounterForm, *, status: int = 200, **more: Any) -> HttpResponse:
    chosen = pack()
    context = {
        "counter": form,
        "form": form.basics_form,
        "lines": chosen,
        "emergency": chosen.about.emergency_number,
        **more,
    }
    return render(request, "counter/form.html", context | shown.lines(chosen), status=status)


def _taken_or_refused(request: HttpRequest, reference: str, now: datetime, what: str) -> Taken:
    """The disclosure, its reading journalled first; "no such" and "not yours" look alike."""
    _refuse_unless_seen(request, reference, now)
    reading.note_reading(actor=request.reader, at=now, reference=reference, what=what)
    taken = disclosures.taken(request.reader, reference, now)
    assert taken is not None  # noqa: S101 - seen a moment ago, and nothing is ever deleted
    return taken


def _refuse_unless_seen(request: HttpRequest, reference: str, now: datetime) -> None:
    if not disclosures.may_see(request.reader, reference, now):
        reading.note_refusal(actor=request.reader, at=now, what="disclosure", reference=reference)
        raise NotFound(
            _("There is no disclosure with this reference at your counter. Check the reference.")
        )


def _disclosure_again(request: HttpRequest, reference: str, now: datetime, fault: str) -> HttpResponse:
    taken = _taken_or_refused(request, reference, now, "disclosure")
    context = shown.disclosure(
        taken, disclosures.paging(request.reader, reference, now), disclosures.clock(reference, now), now
    )
    typed = {"why": request.POST.get("why", ""), "proposal": request.POST.get("proposal", "")}
    return render(request, "counter/disclosure.html", {**context, "fault": fault, "typed": typed}, status=422)
