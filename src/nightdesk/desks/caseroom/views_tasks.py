"""Tasks: of one case, one by itself, and mine across cases."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from nightdesk.actions import tasks as acts
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.caseroom import shown_tasks as shown
from nightdesk.desks.caseroom.forms_tasks import NewTaskForm, TaskForm
from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.desks.furniture.theirs import read_theirs
from nightdesk.queries import tasks as queries
from nightdesk.rules.task import OPEN, TaskRefused


@page("my_tasks")
def my_tasks(request: HttpRequest) -> HttpResponse:
    """Tasks across cases, by their kind: no title, no name of a person."""
    now, counts = database_now(), queries.task_counts(request.reader, database_now())
    asked = (request.GET.get("whose", "mine"), request.GET.get("which", "open"))
    chosen = asked if asked in counts else ("mine", "open")
    rows = [shown.line(row) for row in queries.task_lines(request.reader, *chosen, now)]
    context = {
        "rows": rows, "choices": shown.choices(counts, chosen), "unit": chosen[0] == "unit",
        "more": counts[chosen] - len(rows),
    }  # fmt: skip
    return render(request, "caseroom/my_tasks.html", context)


@page("case_tasks", "GET", "POST")
def case_tasks(request: HttpRequest, reference: str) -> HttpResponse:
    """The tasks of a case, and a new one."""
    now = database_now()
    read_theirs(request, reference, now, "case_tasks")
    doers = queries.doers(request.reader, reference)
    form = NewTaskForm(request.POST or None, doers=doers, me=request.reader.id)
    if form.is_valid():
        try:
            acts.make_task(
                actor=request.reader, at=now, reference=reference, sender_key=form.cleaned_data["key"], new=form.new()
            )  # fmt: skip
            return redirect("case_tasks", reference)
        except TaskRefused as refusal:
            form.add_error(None, str(refusal))
    rows = [shown.task(row, reference) for row in queries.tasks_of(request.reader, reference, now)]
    open_ones = [row for row in rows if row["row"].state == OPEN]
    context = {
        "reference": reference, "form": form, "open_ones": open_ones,
        "over": [row for row in rows if row["row"].state != OPEN],
    }  # fmt: skip
    return render(request, "caseroom/tasks.html", context, status=422 if form.is_bound else 200)


@page("task", "GET", "POST")
def task(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    """One task with everything that happened to it, and what can be done about it now."""
    now = database_now()
    read_theirs(request, reference, now, "task")
    row = queries.task_of(request.reader, reference, key, now)
    if row is None:
        raise NotFound(acts.NO_TASK)
    doers = queries.doers(request.reader, reference)
    form = TaskForm(request.POST or None, state=row.state, seen=row.seen, doers=doers)
    if form.is_valid():
        try:
            acts.move_task(
                actor=request.reader, at=now, reference=reference, task=key, seen=form.cleaned_data["seen"],
                wanted=form.wanted(),
            )  # fmt: skip
            return redirect("case_tasks", reference)
        except TaskRefused as refusal:
            form.add_error(None, str(refusal))
    context = {"reference": reference, "form": form, "task": shown.task(row, reference)}
    return render(request, "caseroom/task.html", context, status=422 if form.is_bound else 200)
