"""The specialist's pages: one tap to acknowledge, the queue by nearest window, the case, who is on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nightdesk.actions import reading, referrals
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.caseroom import shown
from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.queries import cases, messages
from nightdesk.queries.rota import on_now
from nightdesk.rules.referral import MoveRefused


@page("acknowledge", "GET", "POST")
def acknowledge(request: HttpRequest, token: str) -> HttpResponse:
    """The link in a page: station, reference and urgency, and one button. No sign-in, and nothing more to see."""
    if request.method == "POST":
        referrals.acknowledge_page(at=database_now(), token=token)
        return redirect("acknowledge", token=token)
    seen = messages.page_by_token(token)
    if seen is None:
        raise NotFound(_("This link is not known. Open the newest message, or sign in to see your queue."))
    return render(
        request, "caseroom/acknowledge.html", {"seen": seen, "urgency": shown.URGENCY[seen.urgency]}
    )


@page("queue")
def queue(request: HttpRequest) -> HttpResponse:
    """The unit's cases, nearest window first. No names of persons."""
    now = database_now()
    rows = [shown.queued(row, now) for row in cases.queue(request.reader)]
    return render(request, "caseroom/queue.html", {"rows": rows})


@page("case", "GET", "POST")
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """One case. Another unit's is opened with a reason, which is kept; the reading is journalled before anything is shown."""
    now = database_now()
    needed = cases.needs_reason(request.reader, reference)
    if needed is None:
        raise NotFound(_("There is no case with this reference. Check the reference."))
    reason = request.POST.get("reason", "") if request.method == "POST" else ""
    if needed and reason not in shown.REASONS:
        return render(
            request, "caseroom/reason.html", {"reference": reference, "reasons": shown.REASONS.items()}
        )
    reading.note_reading(actor=request.reader, at=now, reference=reference, what="case", reason=reason)
    seen = cases.case(request.reader, reference, now)
    return render(request, "caseroom/case.html", shown.case(seen, now) | {"fault": request.GET.get("fault")})


@page("referral_move", "POST")
def referral_move(request: HttpRequest, reference: str) -> HttpResponse:
    """On the way, with the person, handed over, or declined with a reason."""
    now = database_now()
    if cases.needs_reason(request.reader, reference) is not False:
        reading.note_refusal(actor=request.reader, at=now, what="referral_move", reference=reference)
        raise NotFound(_("There is no case of your unit with this reference."))
    move, reason = request.POST.get("move", ""), request.POST.get("reason", "")
    try:
        referrals.move_referral(actor=request.reader, at=now, reference=reference, move=move, reason=reason)
    except MoveRefused as refusal:
        reading.note_reading(actor=request.reader, at=now, reference=reference, what="case")
        seen = cases.case(request.reader, reference, now)
        return render(
            request, "caseroom/case.html", shown.case(seen, now) | {"fault": str(refusal)}, status=409
        )
    return redirect("case", reference=reference)


@page("rota")
def rota(request: HttpRequest) -> HttpResponse:
    """Who is on now, layer by layer, and whom to ring."""
    return render(
        request, "caseroom/rota.html", {"units": shown.on_now(on_now(request.reader, database_now()))}
    )
