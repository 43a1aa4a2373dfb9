"""Cases of someone away: what runs out in each, and what a supervisor does about it, within the day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

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
        try:
            mark_away_seen(actor=request.reader, at=now, reference=reference, **form.done())
            return redirect("away_cases")
        except AwayRefused as refusal:
            form.add_error("what", str(refusal))
            status = 409
    return _list(request, {reference: form}, status)


def _list(request: HttpRequest, bound: dict[str, AwayForm] | None = None, status: int = 200) -> HttpResponse:
    now, bound = database_now(), bound or {}
    cases, more = away.away_cases(request.reader, now)
    colleagues = away.colleagues_there(request.reader, now)
    drawn = {unit: shown.options(colleagues.get(unit, [])) for unit in {row.unit for row in cases}}
    rows = [shown.case(row, drawn[row.unit], bound.get(row.reference), request.reader, now) for row in cases]
    context = {
        "rows": rows, "more": more, "unseen": away.waiting(request.reader, now), "faulty": next(iter(bound.values()), None),
    }  # fmt: skip
    return render(request, "caseroom/away.html", context, status=status)
