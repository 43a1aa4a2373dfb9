"""On my desk: what is overdue and was told to whoever looks, or will be in the morning."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from nightdesk.desks.furniture.paged import paged
from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.outside.current import pack
from nightdesk.queries.notices import OnDesk, on_desk
from nightdesk.rules.pack_notices import AWAY, NOT_OVERDUE, TASK, TURNED_AWAY


@page("my_desk")
def my_desk(request: HttpRequest) -> HttpResponse:
    """Kinds, references and times; no word about anybody."""
    found = on_desk(request.reader, database_now(), request.GET.get("page", ""))
    rows = [
        {
            "row": row,
            "label": pack().notice_kinds[row.kind].label,
            "ahead": row.kind in NOT_OVERDUE,
            "href": _where(row),
        }
        for row in found.things
    ]
    address = reverse("my_desk")
    pages = paged(found.page, found.pages, lambda number: f"{address}?page={number}")
    return render(request, "caseroom/desk.html", {"rows": rows, "desk": found, "pages": pages})


def _where(row: OnDesk) -> str:
    """Where something is done about it."""
    if row.to_answer or row.kind == AWAY:
        return reverse("call_outs" if row.to_answer else "away_cases")
    return reverse(
        {TURNED_AWAY: "turned_away_report", TASK: "case_tasks"}.get(row.kind, "case"), args=[row.reference]
    )
