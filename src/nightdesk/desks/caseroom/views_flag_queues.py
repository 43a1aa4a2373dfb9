"""The queues of flags: what waits for its review, what waits for a decision by one key, and the runs that look back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from nightdesk.actions import reading
from nightdesk.actions.look_backs import begin_look_back
from nightdesk.desks.caseroom import shown_flags as shown
from nightdesk.desks.caseroom.forms_flags import DecisionForm, LookBackForm
from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.queries import flags as queries
from nightdesk.queries import look_backs as runs
from nightdesk.rules.flag import FlagRefused
from nightdesk.rules.terms import SUPERVISOR


@page("flag_reviews")
def flag_reviews(request: HttpRequest) -> HttpResponse:
    """Raised flags by their review date: one's own or the unit's, due ones or all, with how many there are of each."""
    today = timezone.localtime(database_now()).date()
    whose, when = request.GET.get("whose", "unit"), request.GET.get("when", "due")
    whose = whose if whose in queries.WHOSE else "unit"
    when = when if when in queries.WHEN else "due"
    rows = [shown.review(row) for row in queries.reviews(request.reader, whose, when, today)]
    counts = queries.review_counts(request.reader, today)
    context = {
        "rows": rows, "choices": shown.choices(counts, (whose, when)), "more": counts[whose, when] - len(rows),
        "waiting": queries.waiting_proposals(request.reader), "supervises": request.reader.role == SUPERVISOR,
    }  # fmt: skip
    return render(request, "caseroom/flag_reviews.html", context)


@page("flag_proposals")
def flag_proposals(request: HttpRequest) -> HttpResponse:
    """One proposed flag of the unit at a time, the longest waiting first: raise, decline, or the next."""
    return _proposal_page(request, _key(request.GET.get("after", "")))


def after_decision(request: HttpRequest, decided: UUID, fault: str) -> HttpResponse:
    """On to the next proposal; or the queue again with why it could not be decided."""
    if fault:
        return _proposal_page(request, _key(request.POST.get("after", "")), fault)
    keys = {"keys": "off"} if request.POST.get("keys") == "off" else {}
    return redirect(f"{reverse('flag_proposals')}?{urlencode({'after': str(decided)} | keys)}")


@page("look_backs", "GET", "POST")
def look_backs(request: HttpRequest) -> HttpResponse:
    """Start a look-back, and see how far it is. A worker does it; it goes on by itself after a stop."""
    form, fault = LookBackForm(request.POST if request.method == "POST" else None), ""
    if form.is_valid():
        try:
            begin_look_back(
                actor=request.reader, at=database_now(), since_at=form.since_at(), codes=form.cleaned_data["codes"],
                dry_run=form.cleaned_data["dry_run"],
            )  # fmt: skip
            return redirect("look_backs")
        except FlagRefused as refusal:
            fault = str(refusal)
    context = {"form": form, "fault": fault, "runs": [shown.run(seen) for seen in runs.runs(request.reader)]}
    status = 422 if form.errors else 409 if fault else 200
    return render(request, "caseroom/look_backs.html", context, status=status)


def _proposal_page(request: HttpRequest, after: UUID | None, fault: str = "") -> HttpResponse:
    """The page; the reading is journalled before the words are opened."""
    now = database_now()
    seen = None
    if found := queries.next_proposal(request.reader, after):
        reading.note_reading(actor=request.reader, at=now, reference=found[1], what="flag_proposal")
        seen = queries.proposal(request.reader, found[0])
    context = {
        "fault": fault, "waiting": queries.waiting_proposals(request.reader), "after": str(after or ""),
        "keys_off": "off" in (request.GET.get("keys"), request.POST.get("keys")),
    }  # fmt: skip
    if seen is not None:
        asks = shown.asks(request.reader, seen.code, queries.supervisors_to_ask(request.reader))
        context |= {
            "flag": shown.flag(seen, timezone.localtime(now).date()), "marks": shown.marks(seen),
            "has_case": queries.has_case(request.reader, seen.reference),
            "form": DecisionForm(asks=asks, initial={"seen": 0}),
        }  # fmt: skip
    return render(request, "caseroom/flag_proposals.html", context, status=409 if fault else 200)


def _key(text: str) -> UUID | None:
    """The key of a flag in an address; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None
