"""On my desk: what is overdue and was told to whoever looks, or will be in the morning."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.outside.current import pack
from nightdesk.queries.notices import on_desk
from nightdesk.rules.pack_notices import AWAY, NOT_OVERDUE, TASK, TURNED_AWAY


@page("my_desk")
def my_desk(request: HttpRequest) -> HttpResponse:
    """Kinds, references and times; no word about anybody."""
    rows = [
        {
            "row": row, "label": pack().notice_kinds[row.kind].label, "ahead": row.kind in NOT_OVERDUE,
            "href": _where(row.kind, row.reference),
        }
        for row in on_desk(request.reader, database_now())
    ]  # fmt: skip
    return render(request, "caseroom/desk.html", {"rows": rows})


def _where(kind: str, reference: str) -> str:
    if kind == AWAY:
        return reverse("away_cases")
    return reverse(
        {TURNED_AWAY: "turned_away_report", TASK: "case_tasks"}.get(kind, "case"), args=[reference]
    )
