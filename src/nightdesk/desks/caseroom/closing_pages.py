"""What the pages about an ending share: whose case it is, the reading noted, the page of the case's ending drawn."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nightdesk.desks.caseroom import shown_closing as shown
from nightdesk.desks.caseroom.forms_closing import LookForm, ReopenForm, outcomes_of
from nightdesk.desks.furniture.theirs import read_theirs
from nightdesk.queries import closings as queries
from nightdesk.queries.closings import Ended
from nightdesk.rules.case import CLOSED, MOVES, CaseRefused
from nightdesk.rules.closing import may_correct
from nightdesk.rules.pack_closing import Outcome
from nightdesk.rules.terms import SUPERVISOR


def read(request: HttpRequest, reference: str, now: datetime, what: str) -> Ended:
    """The case with how it ended; the reading is journalled first. Raises NotFound."""
    read_theirs(request, reference, now, what)
    seen = queries.ended(request.reader, reference, now)
    assert seen is not None  # noqa: S101 - it was there a moment ago, and nothing is ever deleted
    return seen


def other_outcomes(seen: Ended, *, for_reader: bool) -> list[Outcome]:
    """What the newest outcome could be put right to: by this reader, or by whoever looks at closings."""
    if seen.newest is None:
        return []
    ending, now = seen.newest.row.ending, seen.newest.outcomes[0].outcome if seen.newest.outcomes else ""
    fitting = [one for one in outcomes_of(ending, seen.standing.recorded) if one.id != now]
    return [one for one in fitting if not for_reader or may_correct(ending, one, looks=seen.looks)]


def add_refusal(form: Any, refusal: CaseRefused) -> None:
    """The sentence of a refusal at the question that it is about, if the form has it."""
    form.add_error(refusal.about if refusal.about in form.fields else None, str(refusal))


def ended_page(
    request: HttpRequest, reference: str, now: datetime, *, fault: str = "", look: LookForm | None = None,
    reopening: ReopenForm | None = None,
) -> HttpResponse:  # fmt: skip
    """The page of how a case ends. A refused form keeps what was typed."""
    seen = read(request, reference, now, "closing")
    number = {"number": seen.newest.row.number} if seen.newest else {}
    bound = [form for form in (look, reopening) if form is not None]
    reopen = reopening or ReopenForm(senior=request.reader.role == SUPERVISOR, initial=number)
    context = shown.state(seen.state) | {
        "reference": reference, "seen": seen, "endings": shown.endings(seen, reference), "fault": fault,
        "history": [shown.closing(one) for one in seen.closings], "points": shown.points(seen) if seen.may_look else [],
        "look": (look or LookForm(initial=number)) if seen.may_look else None,
        "reopening": reopen if seen.state == CLOSED else None, "bound": bound[0] if bound else None,
        "typed": bound[0].data.get("words", "") if fault and bound else "",
        "may_correct": bool(other_outcomes(seen, for_reader=True)),
        "may_investigate": "investigate" in MOVES[seen.state], "number": number.get("number", 0),
    }  # fmt: skip
    faulty = fault or any(form.errors for form in bound)
    status = 200 if not faulty else 409 if fault else 422
    return render(request, "caseroom/closing.html", context, status=status)
