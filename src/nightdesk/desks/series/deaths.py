"""Unexplained deaths: the list, the short form, one with its card, and corrections. Never what linkage finds: whoever
sees the series desk has a link to it.
"""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nightdesk.actions import deaths as actions
from nightdesk.actions import reading
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.furniture.pages import LONGEST_REFERENCE, database_now, page
from nightdesk.desks.series import shown_deaths as shown
from nightdesk.desks.series.forms_deaths import DeathForm
from nightdesk.queries import deaths as queries
from nightdesk.queries.deaths import DeathSeen
from nightdesk.queries.link_reports import lists_of_deaths
from nightdesk.rules.access import may_open
from nightdesk.rules.death import DeathRefused


@page("deaths")
def deaths(request: HttpRequest) -> HttpResponse:
    """Those the reader may read: when, by whom, nothing of what is known."""
    rows, more = queries.deaths(request.reader)
    lists = lists_of_deaths(request.reader, [row.reference for row in rows])
    context = {
        "rows": [shown.row(row) | shown.lists(row, lists) for row in rows], "more": more, "most": queries.MOST,
        "enters": may_open("death_new", request.reader.role), "explores": may_open("explore", request.reader.role),
    }  # fmt: skip
    return render(request, "series/deaths.html", context)


@page("death_new", "GET", "POST")
def death_new(request: HttpRequest) -> HttpResponse:
    """The short form; what was typed stays on the page when something is wrong with it."""
    form = DeathForm(request.POST if request.method == "POST" else None, key=uuid4())
    if form.is_valid():
        try:
            row = actions.enter_death(
                actor=request.reader, at=database_now(), key=form.cleaned_data["key"] or uuid4(),
                source=form.cleaned_data["source"], values=form.values(),
            )  # fmt: skip
            return redirect("death", reference=row.reference)
        except DeathRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "series/death_form.html", {"form": form}, status=422 if form.is_bound else 200)


@page("death")
def death(request: HttpRequest, reference: str) -> HttpResponse:
    """What is known, the card where markers meet, and every version."""
    seen = _read(request, reference, "death")
    lists = lists_of_deaths(request.reader, [reference])
    return render(request, "series/death.html", shown.death(seen) | shown.lists(seen.row, lists))


@page("death_correct", "GET", "POST")
def death_correct(request: HttpRequest, reference: str) -> HttpResponse:
    """The same form, filled with what is known; what is sent is a new version."""
    seen = _read(request, reference, "death_correct")
    if not seen.may_correct:
        _refuse(request, reference, "death_correct")
    form = DeathForm(
        request.POST if request.method == "POST" else None, seen=seen.row.versions, values=seen.values
    )
    if form.is_valid():
        try:
            actions.correct_death(
                actor=request.reader, at=database_now(), reference=reference, seen=form.cleaned_data["seen"],
                values=form.values(seen.values),
            )  # fmt: skip
            return redirect("death", reference=reference)
        except DeathRefused as refusal:
            form.add_error(None, str(refusal))
    context: dict[str, Any] = {"form": form, "reference": reference}
    return render(request, "series/death_form.html", context, status=422 if form.is_bound else 200)


def _read(request: HttpRequest, reference: str, what: str) -> DeathSeen:
    """The death, its reading noted before it is opened. Raises NotFound, noted too."""
    if not queries.may_read(request.reader, reference):
        _refuse(request, reference, what)
    reading.note_reading(actor=request.reader, at=database_now(), reference=reference, what=what)
    seen = queries.death(request.reader, reference)
    assert seen is not None  # noqa: S101 - seen a moment ago, and nothing is ever deleted
    return seen


def _refuse(request: HttpRequest, reference: str, what: str) -> None:
    reading.note_refusal(
        actor=request.reader, at=database_now(), what=what, reference=reference[:LONGEST_REFERENCE]
    )
    raise NotFound(_("There is no death with this reference that you can see. Check the reference."))
