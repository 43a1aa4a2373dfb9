"""Cases of someone away: what runs out in each, and what a supervisor does about it, within the day."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from nightdesk.actions.away import mark_away_seen
from nightdesk.desks.caseroom import shown_away as shown
from nightdesk.desks.caseroom.forms_away import AwayForm
from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.queries import away
from nightdesk.rules.away import AwayRefused


@page("away_cases")
def away_cases(request: HttpRequest) -> HttpResponse:
    """The cases whose owner is away: those nobody has looked at first."""
    return _list(request)


@page("away_seen", "POST")
def away_seen(request: HttpRequest, reference: str) -> HttpResponse:
    """A supervisor says what is done with one of them."""
    now = database_now()
    colleagues = away.colleagues_there(request.reader, now)
    everybody = list(dict.fromkeys(one for unit in colleagues.values() for one in unit))
    form, status = AwayForm(reference, everybody, request.POST), 422
    if form.is_valid():
        on = shown.after(_listed(request, now, {})[0], reference)
        try:
            mark_away_seen(actor=request.reader, at=now, reference=reference, **form.done())
            return redirect(f"{reverse('away_cases')}{on}")
        except AwayRefused as refusal:
            form.add_error("what", str(refusal))
            status = 409
    return _list(request, {reference: form}, status)


def _list(request: HttpRequest, bound: dict[str, AwayForm] | None = None, status: int = 200) -> HttpResponse:
    bound = bound or {}
    people, more = _listed(request, database_now(), bound)
    unseen = away.waiting(request.reader, database_now())
    context = {"people": people, "more": more, "unseen": unseen, "faulty": next(iter(bound.values()), None)}
    return render(request, "caseroom/away.html", context, status=status)


def _listed(
    request: HttpRequest, now: datetime, bound: dict[str, AwayForm]
) -> tuple[list[dict[str, Any]], int]:
    """The cases by person, and how many more there are than are listed."""
    cases, more = away.away_cases(request.reader, now)
    colleagues = away.colleagues_there(request.reader, now)
    drawn = {unit: shown.options(colleagues.get(unit, [])) for unit in {row.unit for row in cases}}
    rows = [shown.case(row, drawn[row.unit], bound.get(row.reference), now) for row in cases]
    return shown.by_person(rows, away.per_owner(request.reader, now), request.reader), more
