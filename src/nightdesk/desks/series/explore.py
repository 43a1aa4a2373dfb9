"""“What if we knew…”: an analyst asks everything that was told, by partial facts. The linkage worker answers."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nightdesk.actions import reading
from nightdesk.actions.explorations import ask_exploration
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.furniture.pages import database_now, form_key, page, storable
from nightdesk.desks.series import shown_explore as shown
from nightdesk.desks.series.forms_explore import ExploreForm
from nightdesk.desks.series.views_series import board
from nightdesk.queries import explorations as queries
from nightdesk.queries.series import exists
from nightdesk.rules.exploration import SERIES, ExplorationRefused


@page("explore", "GET", "POST")
def explore(request: HttpRequest) -> HttpResponse:
    """The form, and the reader's questions of this shift: when, and whether the answer is there."""
    form = ExploreForm(request.POST if request.method == "POST" else None, key=uuid4())
    if form.is_valid():
        try:
            row = ask_exploration(
                actor=request.reader, at=database_now(), key=form.cleaned_data["key"],
                reason=form.cleaned_data["reason"], facts=form.facts(),
            )  # fmt: skip
            return redirect("exploration", key=row.pk)
        except ExplorationRefused as refusal:
            form.add_error(None, str(refusal))
    asked = queries.explorations(request.reader, database_now())
    context: dict[str, Any] = {"form": form, "rows": [shown.row(one) for one in asked]}
    return render(request, "series/explore.html", context, status=422 if form.is_bound else 200)


@page("series_fits", "POST")
def series_fits(request: HttpRequest, number: str) -> HttpResponse:
    """What else a whole series speaks for: asked with a reason, answered like any question."""
    if not exists(request.reader, number):
        reading.note_refusal(actor=request.reader, at=database_now(), what="series_fits")
        raise NotFound(_("There is no series with this number."))
    try:
        row = ask_exploration(
            actor=request.reader, at=database_now(), key=form_key(request.POST.get("key", "")),
            reason=storable(request.POST.get("reason", "")), facts={SERIES: number},
        )  # fmt: skip
    except ExplorationRefused as refusal:
        return board(request, number, status=422, fault=str(refusal), fits_fault=str(refusal))
    return redirect("exploration", key=row.pk)


@page("exploration")
def exploration(request: HttpRequest, key: UUID) -> HttpResponse:
    """Being compared, or the ranked list. Asked again by a script, only where it stands: nothing is opened for it."""
    now = database_now()
    asked = queries.asked(request.reader, key, now)
    if asked is None:
        reading.note_refusal(actor=request.reader, at=now, what="exploration")
        raise NotFound(_("There is no such question of yours. It may be over: answers are kept for a shift."))
    if not asked.answered_at or request.headers.get("X-Live"):
        return render(request, "series/exploration_waits.html", shown.row(asked))
    reading.note_reading(actor=request.reader, at=now, reference="", what="exploration")
    seen = queries.exploration(request.reader, key, now)
    assert seen is not None  # noqa: S101 - seen a moment ago
    return render(request, "series/exploration.html", shown.exploration(seen))
