"""What the counter's page sends: by a button, or as it is typed. Kept first; then whatever was wished for."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nightdesk.actions import intake
from nightdesk.actions.refusals import IntakeRefused, NotFound
from nightdesk.desks.counter import shown
from nightdesk.desks.counter.forms import CounterForm
from nightdesk.outside.current import pack

SEND, KEEP, GO_ON, LEFT = "send", "keep", "go_on", "left"


def form_page(request: HttpRequest, form: CounterForm, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page with what was typed on it."""
    context = {"counter": form, "form": form.basics_form, **more}
    return render(request, "counter/form.html", context | shown.lines(pack()), status=status)


def sent(request: HttpRequest, now: datetime, reference: str = "") -> HttpResponse:
    """What a button sent: ask for a specialist, keep, go on later, or note that the person left."""
    form, wish = _readable(request.POST, now), request.POST.get("do", SEND)
    if not form.anything and wish in (SEND, KEEP):
        return _nothing_typed(request, form, wish, reference)
    kept = _kept(request, form, now, wish)
    if wish == LEFT:
        kept = _left(request, form, now, kept)
    if not form.is_valid():
        more = {
            "reference": kept.reference,
            "number": kept.number,
            "accepted": kept.accepted,
            "kept": kept,
            "wish": wish,
        }
        return form_page(request, form, status=422, **more)
    if wish == KEEP:
        return redirect("counter")
    return redirect("counter_resume" if wish == GO_ON else "disclosure", reference=kept.reference)


def saved(request: HttpRequest, now: datetime) -> JsonResponse:
    """Saved as it is typed. What can be read is kept; what can't is named, and stays on the page."""
    form = CounterForm(request.POST, now=now)
    if form.key is None:
        sentence = _(
            "This page is damaged. Press “Save and go back to the counter”, then go on from the list."
        )
        return JsonResponse({"fault": sentence}, status=400)
    kept = _keep(request, form, now)
    answer = {
        "reference": kept.reference, "number": kept.number, "saved_at": now.isoformat(), "faults": form.faults(),
        "resume": reverse("counter_resume", args=[kept.reference]),
    }  # fmt: skip
    return JsonResponse(answer)


def _readable(data: QueryDict, now: datetime) -> CounterForm:
    """The form as sent. A key that got lost or broken is replaced: what was typed counts all the same."""
    form = CounterForm(data, now=now)
    if form.key is not None:
        return form
    mended = data.copy()
    mended["key"] = str(uuid4())
    return CounterForm(mended, now=now)


def _nothing_typed(request: HttpRequest, form: CounterForm, wish: str, reference: str) -> HttpResponse:
    if wish == KEEP and form.is_valid():
        return redirect("counter")
    if wish == SEND:
        _say_that_what_is_empty(form)
    return form_page(request, form, reference=reference, status=422)


def _say_that_what_is_empty(form: CounterForm) -> None:
    form.basics_form.add_error(
        "what",
        _("Write at least one word of what happened, as the person said it. Everything else can wait."),
    )


def _kept(request: HttpRequest, form: CounterForm, now: datetime, wish: str) -> intake.Kept:
    """Sent on when that was wished for and can be; kept in any case."""
    if wish != SEND:
        return _keep(request, form, now)
    try:
        return _accept(request, form, now)
    except IntakeRefused:
        _say_that_what_is_empty(form)
    except NotFound as refusal:  # nobody can be told from this desk: the sentence says whom to ring
        form.basics_form.add_error(None, str(refusal))
    return _keep(request, form, now)


def _left(request: HttpRequest, form: CounterForm, now: datetime, kept: intake.Kept) -> intake.Kept:
    """They left before anyone was asked for. What they said is sent on all the same: a specialist looks."""
    intake.record_departure(actor=request.reader, at=now, reference=kept.reference)
    return _kept(request, form, now, SEND) if form.basics().what.strip() else kept


def _keep(request: HttpRequest, form: CounterForm, now: datetime) -> intake.Kept:
    return intake.keep_basics(
        actor=request.reader, at=now, sender_key=form.key, channel=form.channel, basics=form.basics()
    )


def _accept(request: HttpRequest, form: CounterForm, now: datetime) -> intake.Kept:
    return intake.accept_disclosure(
        actor=request.reader, at=now, sender_key=form.key, channel=form.channel, basics=form.basics()
    )
