"""What analysts do with a candidate: answer, take or give, look again. What was typed is never lost by a refusal."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from nightdesk.actions import link_answers as actions
from nightdesk.desks.furniture.pages import now_of, page, storable
from nightdesk.desks.series.forms import WordsForm
from nightdesk.desks.series.views import candidate_page
from nightdesk.rules.candidate import CandidateRefused
from nightdesk.rules.candidate_answer import LONGEST_GROUNDS

LONGEST_NAME = 60
TOO_LONG = "That is more than 4,000 characters. Shorten it; what you wrote is still in the box."


@page("candidate_answer", "POST")
def candidate_answer(request: HttpRequest, candidate: UUID) -> HttpResponse:
    """One analyst’s answer."""
    typed = {
        "answer": request.POST.get("answer", "")[:20], "grounds": storable(request.POST.get("grounds", "")),
        "asked": request.POST.getlist("asked")[:30],
    }  # fmt: skip
    try:
        if len(typed["grounds"]) > LONGEST_GROUNDS:
            raise CandidateRefused(TOO_LONG)
        actions.answer_candidate(
            actor=request.reader, at=now_of(request), candidate=candidate, answer=str(typed["answer"]),
            grounds=str(typed["grounds"]), asked=tuple(typed["asked"]), seat=request.POST.get("seat", "")[:10],
            seen=request.POST.get("seen", "")[:40],
        )  # fmt: skip
    except CandidateRefused as refusal:
        return candidate_page(request, candidate, status=409, fault=str(refusal), typed=typed)
    return redirect("candidate", candidate=candidate)


@page("candidate_give", "POST")
def candidate_give(request: HttpRequest, candidate: UUID) -> HttpResponse:
    """Take it, give it to another analyst, or leave it to nobody in particular."""
    given = {name: storable(request.POST.get(name, ""))[:LONGEST_NAME] for name in ("to", "seen")}
    try:
        actions.give_candidate(actor=request.reader, at=now_of(request), candidate=candidate, **given)
    except CandidateRefused as refusal:
        return candidate_page(request, candidate, status=409, fault=str(refusal))
    return redirect("candidate", candidate=candidate)


@page("candidate_again", "POST")
def candidate_again(request: HttpRequest, candidate: UUID) -> HttpResponse:
    """What was asked for has come: both look again, blind."""
    form = WordsForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    try:
        actions.look_again(actor=request.reader, at=now_of(request), candidate=candidate, words=words)
    except CandidateRefused as refusal:
        return candidate_page(request, candidate, status=409, fault=str(refusal))
    return redirect("candidate", candidate=candidate)
