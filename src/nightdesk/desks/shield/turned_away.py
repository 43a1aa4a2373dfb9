"""Reports of being turned away, for staff: written down for a person, followed up, closed by the commander."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nightdesk.actions import reading
from nightdesk.actions import turned_away as actions
from nightdesk.actions.refusals import NotFound
from nightdesk.actions.turned_away import Report, ReportRefused
from nightdesk.desks.furniture.pages import LONGEST_REFERENCE, database_now, page, storable
from nightdesk.desks.shield import shown
from nightdesk.desks.shield.forms_turned_away import LinkForm, ReportForm, StepForm
from nightdesk.queries import turned_away as queries
from nightdesk.rules.turned_away import CLOSED


@page("turned_away_queue")
def turned_away_queue(request: HttpRequest) -> HttpResponse:
    """What waits for follow-up: overdue first. Nothing of what was said."""
    found = queries.queue(request.reader, database_now())
    rows = [shown.report_row(row) for row in found.rows]
    closed = sum(row.state == CLOSED for row in found.rows)
    context = {
        "rows": rows, "more_waiting": found.waiting - (len(rows) - closed), "more_closed": found.closed - closed,
    }  # fmt: skip
    return render(request, "shield/turned_away_queue.html", context)


@page("turned_away_enter", "GET", "POST")
def turned_away_enter(request: HttpRequest) -> HttpResponse:
    """Write it down for a person; whoever wrote it can't read it again."""
    stations, sent = queries.stations(request.reader), request.POST if request.method == "POST" else None
    form = ReportForm(sent, initial={"key": uuid4()}, stations=stations)
    if form.is_valid():
        given = form.cleaned_data
        report = Report(
            given["what"], given["told"], given["station"], bool(given["about_lead"]), given["answer"]
        )
        row = actions.receive_report(actor=request.reader, at=database_now(), key=given["key"], report=report)
        return render(request, "shield/turned_away_kept.html", {"number": row.number})
    return render(
        request, "shield/turned_away_enter.html", {"form": form}, status=422 if form.is_bound else 200
    )


@page("turned_away_report")
def turned_away_report(request: HttpRequest, number: str) -> HttpResponse:
    """One report, with what was done about it."""
    return _page(request, number)


@page("turned_away_move", "POST")
def turned_away_move(request: HttpRequest, number: str) -> HttpResponse:
    """The next step."""
    form, seen = StepForm(request.POST), request.POST.get("seen", "")
    move = storable(request.POST.get("move", ""))[:40]
    if not form.is_valid():
        return _page(request, number, form=form, status=422)
    try:
        actions.move_report(
            actor=request.reader, at=database_now(), number=number, move=move, words=form.cleaned_data["words"],
            seen=int(seen) if seen.isascii() and seen.isdecimal() else -1,
        )  # fmt: skip
    except ReportRefused as refusal:
        return _page(request, number, form=form, fault=str(refusal), status=409)
    return redirect("turned_away_report", number=number)


@page("turned_away_link", "POST")
def turned_away_link(request: HttpRequest, number: str) -> HttpResponse:
    """Say which disclosure it belongs to."""
    form = LinkForm(request.POST)
    if form.is_valid():
        try:
            reference = form.cleaned_data["reference"].strip().upper()
            actions.link_report(actor=request.reader, at=database_now(), number=number, reference=reference)
            return redirect("turned_away_report", number=number)
        except ReportRefused as refusal:
            form.add_error("reference", str(refusal))
    return _page(request, number, link_form=form, status=422)


def _page(request: HttpRequest, number: str, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page; the reading is journalled before anything is shown, and so is a refusal."""
    now = database_now()
    if not queries.may_read(request.reader, number):
        seen = number[:LONGEST_REFERENCE]
        reading.note_refusal(actor=request.reader, at=now, what="turned_away_report", reference=seen)
        raise NotFound(_("There is no report with this number that you can see. Check the number."))
    reading.note_reading(actor=request.reader, at=now, reference=number, what="turned_away_report")
    seen_report = queries.report(request.reader, number, now)
    assert seen_report is not None  # noqa: S101 - seen a moment ago, and nothing is ever deleted
    context = shown.report(seen_report) | {"form": StepForm(), "link_form": LinkForm()} | more
    return render(request, "shield/turned_away_report.html", context, status=status)
