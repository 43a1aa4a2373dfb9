"""The contact plan and the wishes of the person: read, agreed with them, changed as a further version, never overwritten."""

from typing import Any, Final
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from nightdesk.actions.particulars import keep_particular
from nightdesk.desks.caseroom import shown_particulars as shown
from nightdesk.desks.caseroom.forms_particulars import ParticularForm
from nightdesk.desks.caseroom.views_particular_both import both_page
from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.desks.furniture.theirs import read_theirs
from nightdesk.queries.contact_plan import noted_basics
from nightdesk.queries.particulars import ParticularSeen, only
from nightdesk.rules.contact_plan import offered_plan, offered_wishes
from nightdesk.rules.particular import Overtaken
from nightdesk.rules.particular_contact import CONTACT_PLAN, WISHES
from nightdesk.rules.particular_field import Kind, ParticularRefused, Values

TITLES: Final = {CONTACT_PLAN.code: _("Contact plan"), WISHES.code: _("What they wish")}
ASKS: Final = {
    CONTACT_PLAN.code: _("Agree it with the person, and ask again whenever something changes at home."),
    WISHES.code: _("Ask what would help, and what they do not want. They may change their mind at any time."),
}
OFFERS: Final = {CONTACT_PLAN.code: offered_plan, WISHES.code: offered_wishes}


@page("contact_plan")
def contact_plan(request: HttpRequest, reference: str) -> HttpResponse:
    """How they want to be called and reached, with every version and what differs."""
    return _shown(request, reference, CONTACT_PLAN)


@page("wishes")
def wishes(request: HttpRequest, reference: str) -> HttpResponse:
    """What they want to happen, with every version and what differs."""
    return _shown(request, reference, WISHES)


@page("contact_plan_change", "GET", "POST")
def contact_plan_change(request: HttpRequest, reference: str) -> HttpResponse:
    """Agree the plan, or change it. What the counter noted is offered at first."""
    return _changed(request, reference, CONTACT_PLAN)


@page("wishes_change", "GET", "POST")
def wishes_change(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down what they wish, or what they wish now."""
    return _changed(request, reference, WISHES)


def _shown(request: HttpRequest, reference: str, kind: Kind) -> HttpResponse:
    read_theirs(request, reference, database_now(), kind.code)
    seen = only(request.reader, reference, kind.code)
    context = _context(reference, kind) | {"entry": None}
    if seen is not None:
        values = seen.newest.values
        context["entry"] = {
            "answers": shown.answers(kind, values), "not_asked": shown.not_asked(kind, values),
            "versions": shown.versions(seen), "newest": seen.newest,
        }  # fmt: skip
    return render(request, "caseroom/contact_plan.html", context)


def _changed(request: HttpRequest, reference: str, kind: Kind) -> HttpResponse:
    now = database_now()
    read_theirs(request, reference, now, f"{kind.code}_change")
    seen = only(request.reader, reference, kind.code)
    offered: Values = {} if seen else OFFERS[kind.code](noted_basics(request.reader, reference))
    form = ParticularForm(
        request.POST or None, kind=kind, now=now, key=seen.id if seen else uuid4(), seen=seen.seen if seen else 0,
        values=seen.newest.values if seen else offered,
    )  # fmt: skip
    if form.is_valid():
        answer = _kept(request, reference, form, seen)
        if answer is not None:
            return answer
    context = _context(reference, kind) | {"form": form, "offered": bool(offered), "entry": seen}
    return render(request, "caseroom/contact_plan_change.html", context, status=422 if form.is_bound else 200)


def _kept(
    request: HttpRequest, reference: str, form: ParticularForm, seen: ParticularSeen | None
) -> HttpResponse | None:
    """Where it leads when it was kept or somebody was quicker; None when it was refused, which the form says."""
    kind, values, number = form.kind, form.values(), form.cleaned_data["seen"]
    try:
        keep_particular(
            actor=request.reader, at=form.now, reference=reference, kind=kind.code, key=form.cleaned_data["key"],
            seen=number, values=values,
        )  # fmt: skip
        return redirect(kind.code, reference)
    except Overtaken:
        newest = only(request.reader, reference, kind.code)
        assert newest is not None  # noqa: S101 - it is what overtook this one
        return both_page(request, reference, newest, values, base=number)
    except ParticularRefused as refusal:
        form.add_error(None, str(refusal))
        return None


def _context(reference: str, kind: Kind) -> dict[str, Any]:
    return {
        "reference": reference, "title": TITLES[kind.code], "ask": ASKS[kind.code], "plan": kind is CONTACT_PLAN,
        "change": f"{kind.code}_change", "back": kind.code,
    }  # fmt: skip
