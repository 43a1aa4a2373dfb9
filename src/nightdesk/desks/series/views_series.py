"""Series: all of them, the board of one, its history, its brief; a report taken out, and seen by a second analyst."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from nightdesk.actions import series as actions
from nightdesk.desks.furniture.pages import now_of, page, storable
from nightdesk.desks.series import brief, shown_series
from nightdesk.desks.series.forms import LONGEST_WORDS
from nightdesk.desks.series.looks import look
from nightdesk.outside.pdf import pdf
from nightdesk.outside.pdf_letters import printable
from nightdesk.queries import series as queries
from nightdesk.rules.series import SeriesRefused
from nightdesk.rules.terms import ANALYST

NO_ID = UUID(int=0)


@page("all_series")
def all_series(request: HttpRequest) -> HttpResponse:
    """Every series, those that stand first."""
    look(request, "all_series")
    context = {"rows": queries.all_series(request.reader), "analyst": request.reader.role == ANALYST}
    return render(request, "series/all_series.html", context)


@page("series")
def series(request: HttpRequest, number: str) -> HttpResponse:
    """The board: reports, timeline, map, what they share, and what nobody has asked yet."""
    return board(request, number)


def board(request: HttpRequest, number: str, *, status: int = 200, **more: Any) -> HttpResponse:
    """The board, with what a form on it was told back."""
    seen = _seen(request, number, "series")
    return render(
        request,
        "series/series.html",
        shown_series.board(seen, request.reader) | {"key": uuid4()} | more,
        status=status,
    )


def _seen(request: HttpRequest, number: str, what: str) -> queries.SeriesSeen:
    """The series, the look noted before it is opened. Raises NotFound."""
    there = queries.exists(request.reader, number)
    look(request, what, number if there else "", there=there)
    seen = queries.series(request.reader, number)
    assert seen is not None  # noqa: S101 - seen a moment ago, and nothing is ever deleted
    return seen


@page("series_history")
def series_history(request: HttpRequest, number: str) -> HttpResponse:
    """Who came in by which candidate, who left, why, and who saw it."""
    seen = _seen(request, number, "series_history")
    return render(request, "series/series_history.html", shown_series.history(seen, request.reader))


@page("series_brief")
def series_brief(request: HttpRequest, number: str) -> HttpResponse:
    """The series on paper: marked, without the name of anybody who told."""
    seen = _seen(request, number, "series_brief")
    answer = HttpResponse(pdf(brief.TEMPLATE, printable(brief.facts(seen))), content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="brief.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@page("series_take_out", "POST")
def series_take_out(request: HttpRequest, number: str) -> HttpResponse:
    """A report does not belong to it: taken out with a reason."""
    why = storable(request.POST.get("why", ""))[:LONGEST_WORDS]
    member = _member(request)
    try:
        actions.take_out(actor=request.reader, at=now_of(request), series=number, member=member, why=why)
    except SeriesRefused as refusal:
        return board(request, number, status=409, fault=str(refusal), why=why, wrong=str(member))
    return redirect("series", number=number)


@page("series_seen", "POST")
def series_seen(request: HttpRequest, number: str) -> HttpResponse:
    """A second analyst has seen what was taken out."""
    try:
        actions.see_taken_out(
            actor=request.reader, at=now_of(request), series=number, member=_member(request)
        )
    except SeriesRefused as refusal:
        return board(request, number, status=409, fault=str(refusal))
    return redirect("series_history", number=number)


def _member(request: HttpRequest) -> UUID:
    """The report that a form names; one that nobody has for what is none."""
    try:
        return UUID(request.POST.get("member", "")[:40])
    except ValueError:
        return NO_ID
