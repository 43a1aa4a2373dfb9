"""The pages of the evidence clock: what to do now, what became better known, the newer edition."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nightdesk.actions import clocks as acts
from nightdesk.actions import reading
from nightdesk.actions.refusals import ClockRefused, NotFound
from nightdesk.desks.evidence import clock_shown
from nightdesk.desks.evidence.clock_forms import KnownForm
from nightdesk.desks.furniture.pages import LONGEST_REFERENCE, database_now, page
from nightdesk.queries import cases, clocks
from nightdesk.rules.clock_facts import NOTHING_KNOWN, UnknownCode

EVERY_SECONDS = 60


@page("clock")
def clock(request: HttpRequest, reference: str) -> HttpResponse:
    """Every clock in the order that matters now, health beside it, and what it was computed from."""
    now = database_now()
    read_by_whom_it_concerns(request, reference, now, "clock")
    return _clock_page(request, reference, now)


@page("clock_live")
def clock_live(request: HttpRequest, reference: str) -> HttpResponse:
    """The same, read again every minute by a browser without scripts: chosen by a link, and no use of the desk.

    It leaves a line in the journal whenever it opens a seal, and none while it only counts down what is kept in clear.
    """
    now = database_now()
    refuse_unless_theirs(request, reference, now, "clock")
    if clocks.has_sealed_facts(request.reader, reference):
        reading.note_reading(actor=request.reader, at=now, reference=reference, what="clock")
    answer = _clock_page(request, reference, now, live=True)
    answer["Refresh"] = str(EVERY_SECONDS)
    return answer


@page("clock_known", "GET", "POST")
def clock_known(request: HttpRequest, reference: str) -> HttpResponse:
    """What became better known of the act, as codes; nobody is asked for detail."""
    now = database_now()
    read_by_whom_it_concerns(request, reference, now, "clock_facts")
    seen = clocks.clock(request.reader, reference, now)
    form = KnownForm(
        request.POST if request.method == "POST" else None, known=seen.known if seen else NOTHING_KNOWN
    )
    if form.is_valid():
        try:
            acts.note_facts(actor=request.reader, at=now, reference=reference, known=form.known())
            return redirect("clock", reference=reference)
        except (ClockRefused, UnknownCode) as refusal:
            form.add_error(None, str(refusal))
    context = {
        "reference": reference,
        "form": form,
        "resume": clock_shown.resume(request.reader, reference, now),
    }
    return render(request, "evidence/known.html", context, status=422 if form.is_bound else 200)


@page("clock_anew", "POST")
def clock_anew(request: HttpRequest, reference: str) -> HttpResponse:
    """Compute the clock by the newer edition; it was asked for, so it is done, and the old version stays."""
    now = database_now()
    refuse_unless_theirs(request, reference, now, "clock")
    try:
        acts.compute_anew(actor=request.reader, at=now, reference=reference)
    except ClockRefused as refusal:
        raise NotFound(str(refusal)) from refusal
    return redirect("clock", reference=reference)


def _clock_page(request: HttpRequest, reference: str, now: datetime, *, live: bool = False) -> HttpResponse:
    seen = clocks.clock(request.reader, reference, now)
    context = clock_shown.page(seen, now) if seen else {"clock": None}
    ways = {"back": clock_shown.back(request.reader, reference, now), "live": live, "reference": reference}
    return render(request, "evidence/clock.html", context | ways)


def read_by_whom_it_concerns(request: HttpRequest, reference: str, now: datetime, what: str) -> None:
    """Journal the reading before anything is opened; refuse whoever it does not concern."""
    refuse_unless_theirs(request, reference, now, what)
    reading.note_reading(actor=request.reader, at=now, reference=reference, what=what)


def refuse_unless_theirs(request: HttpRequest, reference: str, now: datetime, what: str) -> None:
    """Raise NotFound, journalled, unless the reader works on it; "no such" and "not yours" look alike."""
    if not cases.may_work_on(request.reader, reference, now):
        reading.note_refusal(actor=request.reader, at=now, what=what, reference=reference[:LONGEST_REFERENCE])
        raise NotFound(_("There is no clock with this reference that you may see. Check the reference."))
