"""The specialist's pages: one tap to acknowledge, and the case. The queue is in views_queue.py."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nightdesk.actions import on_the_way, reading, referral_answers, referrals
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.caseroom import shown, views_openings
from nightdesk.desks.caseroom.case_sections import sections
from nightdesk.desks.furniture.pages import database_now, page, storable
from nightdesk.desks.furniture.paging_words import DECLINE_WORDS, URGENCY
from nightdesk.desks.furniture.theirs import refuse_unless_theirs
from nightdesk.queries import cases, messages, openings
from nightdesk.rules.referral import MoveRefused


@page("acknowledge", "GET", "POST")
def acknowledge(request: HttpRequest, token: str) -> HttpResponse:
    """The link in a page: station, reference and urgency, and one button. No sign-in, and nothing more to see."""
    token = storable(token)
    if request.method == "POST":
        referrals.acknowledge_page(at=database_now(), token=token)
        return redirect("acknowledge", token=token)
    return _answer_page(request, token)


@page("cannot", "POST")
def cannot(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever was told can't come, and says why: the next person is told at once."""
    token = storable(token)
    try:
        referral_answers.decline_page(
            at=database_now(), token=token, reason=storable(request.POST.get("reason", ""))
        )
    except MoveRefused as refusal:
        return _answer_page(request, token, fault=str(refusal))
    return redirect("acknowledge", token=token)


@page("arrived", "POST")
def arrived(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever has it is with the person, said by the link of their page."""
    token = storable(token)
    try:
        on_the_way.arrive_by_page(at=database_now(), token=token)
    except MoveRefused as refusal:
        return _answer_page(request, token, fault=str(refusal))
    return redirect("acknowledge", token=token)


def _answer_page(request: HttpRequest, token: str, fault: str = "") -> HttpResponse:
    seen = messages.page_by_token(token)
    if seen is None:
        raise NotFound(_("This link is not known. Open the newest message, or sign in to see your queue."))
    context = {
        "seen": seen, "token": token, "urgency": URGENCY[seen.urgency], "reasons": DECLINE_WORDS.items(),
        "fault": fault,
    }  # fmt: skip
    return render(request, "caseroom/acknowledge.html", context, status=422 if fault else 200)


@page("case", "GET", "POST")
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """One case. Another unit's is opened with a reason, which is kept; the reading is journalled before it is shown."""
    needed = cases.needs_reason(request.reader, reference)
    if needed is None:
        raise NotFound(_("There is no case with this reference. Check the reference."))
    now = database_now()
    reason = openings.standing_reason(request.reader, reference, now) if needed else ""
    if needed and not reason:
        return views_openings.reason_page(request, reference)
    return _case_page(request, reference, now, reason=reason)


@page("referral_move", "POST")
def referral_move(request: HttpRequest, reference: str) -> HttpResponse:
    """On the way, with the person, handed over, or declined with a reason."""
    now = database_now()
    refuse_unless_theirs(request, reference, now, "referral_move")
    move, reason = storable(request.POST.get("move", "")), storable(request.POST.get("reason", ""))
    try:
        if move not in shown.MOVE_WORDS:  # being told and answering are not a case's buttons
            raise MoveRefused(_("Choose one of the steps that the page offers."))
        referrals.move_referral(actor=request.reader, at=now, reference=reference, move=move, reason=reason)
    except MoveRefused as refusal:
        return _case_page(request, reference, now, fault=str(refusal), typed=reason)
    return redirect("case", reference=reference)


def _case_page(
    request: HttpRequest, reference: str, now: datetime, *, reason: str = "", fault: str = "", typed: str = ""
) -> HttpResponse:
    reading.note_reading(actor=request.reader, at=now, reference=reference, what="case", reason=reason)
    seen = cases.case(request.reader, reference, now)
    assert seen is not None  # noqa: S101 - it was there a moment ago, and nothing is ever deleted
    context = shown.case(seen, now, theirs=not reason) | {"fault": fault, "typed": typed}
    context |= sections(request.reader, seen, now, reason=reason)
    return render(request, "caseroom/case.html", context, status=409 if fault else 200)
