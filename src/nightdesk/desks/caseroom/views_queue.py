"""The queue: what runs out soonest first, with filters whose counts are those of their rows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nightdesk.desks.caseroom import shown_attachments, shown_flags, shown_queue
from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.queries import away, closings, openings
from nightdesk.queries import queue as queries
from nightdesk.queries.flags import tags_of, waiting_proposals
from nightdesk.queries.tasks import my_tasks
from nightdesk.rules.terms import SUPERVISOR


@page("queue")
def queue(request: HttpRequest) -> HttpResponse:
    """The unit's cases, or those of one filter. No names of persons; in the address a filter and a page, as codes."""
    now, asked = database_now(), request.GET
    found = queries.queue(request.reader, now, chosen=asked.get("show", ""), page=asked.get("page", ""))
    context = shown_queue.queue(found, now)
    raised = tags_of(request.reader, [row["reference"] for row in context["rows"]])
    context |= {
        "rows": shown_flags.tags(raised, context["rows"]), "waiting_flags": waiting_proposals(request.reader),
        "unseen_openings": openings.unseen(request.reader),
        "away": away.waiting(request.reader, now) if request.reader.role == SUPERVISOR else 0,
    }  # fmt: skip
    context["my_tasks"], context["my_overdue"] = my_tasks(request.reader, now)
    context |= shown_attachments.on_queue(request.reader)
    context["closings_waiting"] = closings.how_many_wait(request.reader)
    return render(request, "caseroom/queue.html", context)
