"""The flags of one record: raise, decline, look again, lift, and who was told. The criteria stand beside each choice."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from nightdesk.actions import flags as acts
from nightdesk.actions import reading
from nightdesk.actions.flags import Decision
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.caseroom import shown_flags as shown
from nightdesk.desks.caseroom import views_flag_queues as queues
from nightdesk.desks.caseroom.forms_flags import DecisionForm, ToldForm
from nightdesk.desks.furniture.pages import LONGEST_REFERENCE, database_now, page
from nightdesk.outside.current import pack
from nightdesk.queries import flags as queries
from nightdesk.queries.flags import FlagSeen
from nightdesk.rules.flag import FlagRefused


@page("flags")
def flags(request: HttpRequest, reference: str) -> HttpResponse:
    """Every flag of a record, with its history; and the flags of the pack that could be raised."""
    _refuse_unless_theirs(request, reference, "flags")
    return _flags_page(request, reference)


@page("flag_raise", "GET", "POST")
def flag_raise(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """Raise a flag that no rule proposed: its criteria in full, and the grounds in one's own words."""
    _refuse_unless_theirs(request, reference, "flag_raise")
    if code not in pack().flags:
        raise NotFound(_("The pack knows no such flag. Choose one on the page of the flags."))
    asks = shown.asks(request.reader, code, queries.supervisors_to_ask(request.reader))
    typed = request.POST if request.method == "POST" else None
    form, fault = DecisionForm(typed, asks=asks, why_needed=True, dated=True, initial={"seen": 0}), ""
    form.fields["words"].label = _("What it rests on")
    if form.is_valid():
        try:
            acts.raise_flag(
                actor=request.reader, at=database_now(), reference=reference, code=code, words=form.cleaned_data["words"],
                consulted=form.cleaned_data.get("consulted", ""), review_on=form.cleaned_data["review_on"],
            )  # fmt: skip
            return redirect("flags", reference=reference)
        except FlagRefused as refusal:
            fault = str(refusal)
    context = {"reference": reference, "form": form, "criteria": shown.criteria(code), "fault": fault}
    return render(request, "caseroom/flag_raise.html", context, status=_status(fault, form))


@page("flag_decide", "POST")
def flag_decide(request: HttpRequest, reference: str, flag: UUID) -> HttpResponse:
    """Raise or decline what is proposed, in one click; then back to where it was clicked."""
    _refuse_unless_theirs(request, reference, "flag_decide")
    move, back = request.POST.get("move", ""), request.POST.get("back", "")
    form = DecisionForm(request.POST, asks=queries.supervisors_to_ask(request.reader))
    fault = _("Choose to raise it or to decline it.") if move not in ("raise", "decline") else ""
    if not fault:
        fault = _decided(request, reference, flag, form, move)
    if back == "proposals":
        return queues.after_decision(request, flag, fault)
    if fault:
        return _flags_page(request, reference, fault=fault, status=409)
    return redirect(
        "case" if queries.has_case(request.reader, reference) and back == "case" else "flags", reference
    )


@page("flag_review", "POST")
def flag_review(request: HttpRequest, reference: str, flag: UUID) -> HttpResponse:
    """Look at a raised flag again: keep it until another day, or lift it, and say why."""
    _refuse_unless_theirs(request, reference, "flag_review")
    move, asks = request.POST.get("move", ""), queries.supervisors_to_ask(request.reader)
    form = DecisionForm(request.POST, asks=asks, why_needed=True, dated=True, auto_id=f"{flag}-%s")
    fault = _("Choose to keep it or to lift it.") if move not in ("keep", "lift") else ""
    if not fault and not (fault := _decided(request, reference, flag, form, move)):
        return redirect("flags", reference=reference)
    return _flags_page(request, reference, fault=fault, bound={str(flag): form}, status=_status(fault, form))


@page("flag_told", "POST")
def flag_told(request: HttpRequest, reference: str, flag: UUID) -> HttpResponse:
    """Note whether somebody was told of the flag, and how, or why not."""
    _refuse_unless_theirs(request, reference, "flag_told")
    form, fault = ToldForm(request.POST, auto_id=f"{flag}-told-%s"), ""
    if form.is_valid():
        try:
            acts.note_telling(
                actor=request.reader, at=database_now(), reference=reference, flag=flag, **form.telling()
            )
            return redirect("flags", reference=reference)
        except FlagRefused as refusal:
            fault = str(refusal)
    return _flags_page(request, reference, fault=fault or _first(form), telling={str(flag): form}, status=422)


def _decided(request: HttpRequest, reference: str, flag: UUID, form: DecisionForm, move: str) -> str:
    """Do what the form says; "" when it is done, else the sentence that says why not."""
    if not form.is_valid():
        return _first(form)
    given = form.cleaned_data
    decision = Decision(move, given["words"], given.get("consulted", ""), given.get("review_on"))
    try:
        acts.decide_flag(
            actor=request.reader, at=database_now(), reference=reference, flag=flag, seen=given["seen"], decision=decision
        )  # fmt: skip
    except FlagRefused as refusal:
        return str(refusal)
    return ""


def _first(form: Any) -> str:
    return next((str(faults[0]) for faults in form.errors.values()), "")


def _status(fault: str, form: Any) -> int:
    return 422 if form.errors else 409 if fault else 200


def _refuse_unless_theirs(request: HttpRequest, reference: str, what: str) -> None:
    """Raise NotFound, journalled, for who does not decide about these flags; "no such" and "not yours" look alike."""
    if not queries.may_decide(request.reader, reference):
        seen = reference[:LONGEST_REFERENCE]
        reading.note_refusal(actor=request.reader, at=database_now(), what=what, reference=seen)
        raise NotFound(_("There is no case of your unit with this reference. Check the reference."))


def _flags_page(
    request: HttpRequest, reference: str, *, fault: str = "", status: int = 200,
    bound: dict[str, DecisionForm] | None = None, telling: dict[str, ToldForm] | None = None,
) -> HttpResponse:  # fmt: skip
    """The page; the reading is journalled before anything is shown. What was typed in a refused form stays in it."""
    now = database_now()
    reading.note_reading(actor=request.reader, at=now, reference=reference, what="flags")
    seen = queries.flags_of(request.reader, reference)
    supervisors, today = queries.supervisors_to_ask(request.reader), timezone.localtime(now).date()
    rows = [
        shown.flag(one, today) | _forms(request, one, supervisors, bound or {}, telling or {}) for one in seen
    ]
    context = {
        "reference": reference, "flags": rows, "to_raise": shown.to_raise(seen), "fault": fault, "back": "flags",
        "has_case": queries.has_case(request.reader, reference),
    }  # fmt: skip
    return render(request, "caseroom/flags.html", context, status=status)


def _forms(
    request: HttpRequest, seen: FlagSeen, supervisors: list[tuple[str, str]], bound: dict[str, DecisionForm],
    telling: dict[str, ToldForm],
) -> dict[str, Any]:  # fmt: skip
    key, asks = str(seen.id), shown.asks(request.reader, seen.code, supervisors)
    fresh = DecisionForm(
        asks=asks, why_needed=seen.state == "raised", dated=seen.state == "raised", auto_id=f"{key}-%s",
        initial={"seen": seen.seen},
    )  # fmt: skip
    told = telling.get(key) or ToldForm(auto_id=f"{key}-told-%s")
    return {
        "form": bound.get(key) or fresh,
        "told_form": told,
        "open": key in bound,
        "told_open": key in telling,
    }
