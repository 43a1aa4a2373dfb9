"""Sealing what they said: entered at the counter or at the case, and never read again by whoever wrote it."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nightdesk.actions import reading
from nightdesk.actions import shield as actions
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.furniture.pages import LONGEST_REFERENCE, database_now, page
from nightdesk.desks.shield import words
from nightdesk.desks.shield.forms import AnswerForm
from nightdesk.queries.kits import ways_to
from nightdesk.queries.shield import kept
from nightdesk.rules.shield import ShieldRefused


@page("shield_enter", "GET", "POST")
def shield_enter(request: HttpRequest, reference: str) -> HttpResponse:
    """The approved words, and a form that is empty again once it was sealed."""
    now = database_now()
    refuse_unless_theirs(request, reference, now)
    if request.method != "POST":
        return _page(request, reference, now, AnswerForm(initial={"key": uuid4()}))
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            actions.enter_answer(
                actor=request.reader,
                at=now,
                reference=reference,
                key=form.cleaned_data["key"],
                answer=form.answer(),
            )
            return redirect("shield_enter", reference=reference)
        except ShieldRefused as refusal:
            form.add_error(None, str(refusal))
    return _page(request, reference, now, form, status=422)


@page("shield_desk", "POST")
def shield_desk(request: HttpRequest, reference: str) -> HttpResponse:
    """Something lies on the desk: the duty supervisor is called, and nothing is decided here."""
    now = database_now()
    refuse_unless_theirs(request, reference, now)
    actions.pass_on_desk_question(actor=request.reader, at=now, reference=reference)
    return _page(request, reference, now, AnswerForm(initial={"key": uuid4()}), passed_on=True)


def _page(
    request: HttpRequest, reference: str, now: datetime, form: AnswerForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    language = get_language() or "en"
    at_counter, in_unit = ways_to(request.reader, reference, now)
    context = {
        "reference": reference, "form": form, "kept": kept(request.reader, reference, now), "aloud": words.aloud(language),
        "approval": words.approval(language), "at_counter": at_counter, "in_unit": in_unit,
    }  # fmt: skip
    return render(request, "shield/enter.html", context | more, status=status)


def refuse_unless_theirs(request: HttpRequest, reference: str, now: datetime) -> None:
    """Raise NotFound, journalled, for who may not add to this person's shield; "no such" and "not yours" look alike."""
    if kept(request.reader, reference, now) is None:
        seen = reference[:LONGEST_REFERENCE]
        reading.note_refusal(actor=request.reader, at=now, what="shield_enter", reference=seen)
        raise NotFound(_("There is no disclosure with this reference at your counter or in your unit."))
