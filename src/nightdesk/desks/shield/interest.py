"""Decisions on the public interest: asked for, looked at, decided. No page here starts an enquiry."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nightdesk.actions import interest as actions
from nightdesk.actions import reading
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.furniture.pages import LONGEST_REFERENCE, database_now, page, storable
from nightdesk.desks.shield import shown
from nightdesk.desks.shield.forms import AskForm, MoveForm
from nightdesk.queries import interest as queries
from nightdesk.rules.interest import InterestRefused

NOT_FOR_THEM = gettext_lazy(
    "Grounds and reasons are read by whoever asked and whoever decides. That somebody tried is noted."
)


@page("interests")
def interests(request: HttpRequest) -> HttpResponse:
    """What waits for this reader first, then what is open, then what was decided."""
    rows = [shown.decision(row) for row in queries.waiting(request.reader)]
    return render(request, "shield/interests.html", {"rows": rows})


@page("interest_ask", "GET", "POST")
def interest_ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for a decision, with grounds."""
    now = database_now()
    if not queries.may_ask(request.reader, reference):
        seen = reference[:LONGEST_REFERENCE]
        reading.note_refusal(actor=request.reader, at=now, what="interest_ask", reference=seen)
        raise NotFound(_("There is no case of your unit with this reference. Check the reference."))
    form = AskForm(request.POST) if request.method == "POST" else AskForm(initial={"key": uuid4()})
    if form.is_valid():
        given = form.cleaned_data
        try:
            row = actions.ask_interest(
                actor=request.reader, at=now, reference=reference, key=given["key"], kind=given["kind"],
                against=form.is_against(), grounds=given["grounds"],
            )  # fmt: skip
            return redirect("interest", interest=row.reference)
        except InterestRefused as refusal:
            form.add_error(None, str(refusal))
    context = {"reference": reference, "form": form}
    return render(request, "shield/interest_ask.html", context, status=422 if form.is_bound else 200)


@page("interest")
def interest(request: HttpRequest, interest: str) -> HttpResponse:
    """One decision: where it stands, whose turn it is, and its history. No words of anybody."""
    return _page(request, interest, MoveForm(), words=False)


@page("interest_read", "POST")
def interest_read(request: HttpRequest, interest: str) -> HttpResponse:
    """Grounds, reasons and views, for this one page, to whoever asked or decides; noted each time before it is shown."""
    about = queries.about(request.reader, interest)
    if about is None or queries.may_read(request.reader, interest):
        return _page(request, interest, MoveForm())
    reading.note_refusal(actor=request.reader, at=database_now(), what="interest_grounds", reference=about)
    return _page(request, interest, MoveForm(), fault=NOT_FOR_THEM, status=409)


@page("interest_move", "POST")
def interest_move(request: HttpRequest, interest: str) -> HttpResponse:
    """Confirm, put to two, give a view, take, decide."""
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _page(request, interest, form, status=422)
    move, seen = storable(request.POST.get("move", ""))[:40], request.POST.get("seen", "")
    move, against = (
        ("vote", move == "vote_against") if move in ("vote_against", "vote_default") else (move, False)
    )
    try:
        actions.move_interest(
            actor=request.reader, at=database_now(), interest=interest, move=move, against=against,
            reasons=form.cleaned_data["reasons"], seen=int(seen) if seen.isascii() and seen.isdecimal() else -1,
        )  # fmt: skip
    except InterestRefused as refusal:
        return _page(request, interest, form, fault=str(refusal), status=409)
    return redirect("interest", interest=interest)


def _page(
    request: HttpRequest, interest: str, form: MoveForm, *, words: bool = True, status: int = 200, **more: Any
) -> HttpResponse:
    """The page, with the words for whoever may read them unless it is only looked at.

    The reading is journalled, under the disclosure it is about and as one of the words when it is, before anything is shown.
    """
    now, about = database_now(), queries.about(request.reader, interest)
    if about is None:
        reading.note_refusal(
            actor=request.reader, at=now, what="interest", reference=interest[:LONGEST_REFERENCE]
        )
        raise NotFound(_("There is no decision with this reference that you can see. Check the reference."))
    opens = words and queries.may_read(request.reader, interest)
    what = "interest_grounds" if opens else "interest"
    reading.note_reading(actor=request.reader, at=now, reference=about, what=what)
    seen = queries.interest(request.reader, interest, words=opens)
    assert seen is not None  # noqa: S101 - seen a moment ago, and nothing is ever deleted
    return render(
        request, "shield/interest.html", shown.interest(seen) | {"form": form} | more, status=status
    )
