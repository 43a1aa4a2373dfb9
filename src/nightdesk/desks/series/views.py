"""The series desk: the queue of candidates, each candidate, its history, and the ranked list of a report."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nightdesk.desks.furniture.pages import now_of, page
from nightdesk.desks.series import shown, shown_candidate
from nightdesk.desks.series.forms import AnswerForm, WordsForm
from nightdesk.desks.series.looks import look, page_asked
from nightdesk.queries import candidates as queries
from nightdesk.queries import link_groups, link_reports


@page("candidates")
def candidates(request: HttpRequest) -> HttpResponse:
    """What waits, overdue first; and what was decided."""
    look(request, "candidates")
    view = request.GET.get("show", "owed")
    view = view if view in queries.VIEWS else "owed"
    found = queries.queue(request.reader, now_of(request), view, page_asked(request))
    groups = {"groups": link_groups.waiting(request.reader)}
    return render(request, "series/candidates.html", shown.queue(found, view, request.reader) | groups)


@page("candidate")
def candidate(request: HttpRequest, candidate: UUID) -> HttpResponse:
    """Two reports side by side, and what speaks for and against one man."""
    return candidate_page(request, candidate)


def candidate_page(
    request: HttpRequest,
    candidate: UUID,
    *,
    status: int = 200,
    fault: str = "",
    typed: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page of now; `typed` is what a form had that was not taken: it stands in the box again."""
    look(request, "candidate", str(candidate), there=queries.exists(request.reader, candidate))
    seen = queries.candidate(request.reader, candidate, now_of(request))
    assert seen is not None  # noqa: S101 - seen a moment ago, and nothing is ever deleted
    given = {**(typed or {}), "seat": seen.row.seat, "seen": seen.mark}
    form = AnswerForm(initial=given, seen=seen)
    context = shown_candidate.candidate(seen, queries.analysts(request.reader), request.reader) | {
        "form": form, "again": WordsForm(), "fault": fault, "typed": bool(typed),
    }  # fmt: skip
    return render(request, "series/candidate.html", context, status=status)


@page("candidate_history")
def candidate_history(request: HttpRequest, candidate: UUID) -> HttpResponse:
    """Each move of a candidate; and the answers, where two are in."""
    look(request, "candidate_history", str(candidate), there=queries.exists(request.reader, candidate))
    seen = queries.candidate(request.reader, candidate, now_of(request))
    return render(request, "series/candidate_history.html", shown_candidate.history(seen))


@page("link_report")
def link_report(request: HttpRequest, report: UUID) -> HttpResponse:
    """The ranked list of one report: never one answer, always reasons."""
    look(request, "link_report", str(report), there=link_reports.exists(request.reader, report))
    seen = link_reports.report(request.reader, report)
    return render(request, "series/report.html", shown.ranked(seen))
