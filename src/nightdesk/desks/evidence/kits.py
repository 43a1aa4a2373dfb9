"""The early evidence kit at the counter: one step open at a time, and the person's needs before every order."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nightdesk.actions import kits as actions
from nightdesk.actions import reading
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.evidence import kits_shown as shown
from nightdesk.desks.evidence.kits_forms import LONGEST, DoneForm, OpenKitForm
from nightdesk.desks.furniture.pages import LONGEST_REFERENCE, database_now, page, storable
from nightdesk.outside.current import pack
from nightdesk.queries.kits import kits_of, may_work_on, ways_to
from nightdesk.rules import kit as rule
from nightdesk.rules.custody import CustodyRefused
from nightdesk.rules.kit import KitRefused
from nightdesk.rules.pack_kit import TOILET


@page("kit")
def kit(request: HttpRequest, reference: str) -> HttpResponse:
    """Where the kit of this person stands, and the next step; or the way to open one."""
    now = database_now()
    refuse_unless_theirs(request, reference, now)
    return kit_page(request, reference, now, shown.asked_for(request.GET))


@page("kit_open", "POST")
def kit_open(request: HttpRequest, reference: str) -> HttpResponse:
    """Open a kit with the number on the bag, or with one that is made."""
    now, form = database_now(), OpenKitForm(request.POST)
    refuse_unless_theirs(request, reference, now)
    if form.is_valid():
        try:
            actions.open_kit(
                actor=request.reader, at=now, reference=reference, number=form.cleaned_data["number"]
            )
            return redirect("kit", reference=reference)
        except KitRefused as refusal:
            form.add_error("number", str(refusal))
    return kit_page(request, reference, now, {}, form=form, status=422)


@page("kit_step", "POST")
def kit_step(request: HttpRequest, reference: str) -> HttpResponse:
    """How a step went; then the next, or back to what the person needed."""
    now = database_now()
    form = DoneForm(request.POST, now=now)
    refuse_unless_theirs(request, reference, now)
    step, outcome = typed(request, "step"), typed(request, "outcome")
    asked = shown.asked_for(request.POST)
    if not form.is_valid():
        return kit_page(request, reference, now, asked, done_form=form, status=422)
    try:
        actions.note_step(
            actor=request.reader, at=now, reference=reference, number=typed(request, "number"), step=step,
            outcome=outcome, seen=_whole(typed(request, "seen")), done_at=form.cleaned_data["time"],
        )  # fmt: skip
    except (KitRefused, CustodyRefused) as refusal:
        return kit_page(request, reference, now, asked, fault=str(refusal), status=409)
    return redirect(_next(request, reference, now, asked, outcome))


@page("kit_close", "POST")
def kit_close(request: HttpRequest, reference: str) -> HttpResponse:
    """The bag is sealed."""
    now = database_now()
    refuse_unless_theirs(request, reference, now)
    actions.close_kit(actor=request.reader, at=now, reference=reference, number=typed(request, "number"))
    return redirect("kit", reference=reference)


def _next(request: HttpRequest, reference: str, now: datetime, asked: Mapping[str, str], outcome: str) -> str:
    """On with the need while it holds; when it is met, the page says that they may."""
    need, newest = asked.get("need", ""), kits_of(request.reader, reference, now)[0]
    stays = rule.need_stays(pack().kit_steps, newest.outcomes(), need, outcome)
    went = need == TOILET and outcome == rule.DONE
    may = "" if stays or went else need
    return shown.way(reference, need=need if stays else "", may=may, say=asked.get("say", ""))


def kit_page(
    request: HttpRequest,
    reference: str,
    now: datetime,
    asked: Mapping[str, str],
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page; the reading is journalled before anything is shown."""
    reading.note_reading(actor=request.reader, at=now, reference=reference, what="kit")
    context = shown.kit(reference, kits_of(request.reader, reference, now), asked)
    context["at_counter"], context["in_unit"] = ways_to(request.reader, reference, now)
    forms = {"form": OpenKitForm(), "done_form": DoneForm(now=now), "card_key": str(uuid4())}
    return render(request, "evidence/kit.html", context | forms | more, status=status)


def refuse_unless_theirs(request: HttpRequest, reference: str, now: datetime) -> None:
    """Raise NotFound, journalled, for who may not work with this person's kits; "no such" and "not yours" look alike."""
    if not may_work_on(request.reader, reference, now):
        seen = reference[:LONGEST_REFERENCE]
        reading.note_refusal(actor=request.reader, at=now, what="kit", reference=seen)
        raise NotFound(_("There is no disclosure with this reference at your counter or in your unit."))


def typed(request: HttpRequest, name: str) -> str:
    """A short value that the form sent."""
    return storable(request.POST.get(name, ""))[:LONGEST]


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else -1
