"""Two people changed one entry at once: both are shown, field by field, and a person chooses. Nothing typed is lost."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from nightdesk.actions.particulars import keep_particular
from nightdesk.desks.caseroom import shown_particulars as shown
from nightdesk.desks.caseroom.forms_particular_acts import ConflictForm, carried
from nightdesk.desks.caseroom.particular_pages import entry_in, page_of
from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.desks.furniture.theirs import read_theirs
from nightdesk.queries import particulars as queries
from nightdesk.queries.particulars import ParticularSeen
from nightdesk.rules import particular as rule
from nightdesk.rules.particular import Overtaken
from nightdesk.rules.particular_field import ParticularRefused, Values
from nightdesk.rules.particular_kinds import KINDS


def both_page(
    request: HttpRequest, reference: str, seen: ParticularSeen, mine: Values, *, base: int, why: str = ""
) -> HttpResponse:
    """What is kept now and what was typed, where they differ. `base`: the version that the typing started from."""
    kind = KINDS[seen.kind]
    rows = rule.compared(kind, seen.values_of(base), seen.newest.values, rule.whole(kind, mine))
    form = ConflictForm(kind=kind, rows=rows, seen=seen.seen, mine=mine, why=why)
    return _page(request, reference, seen, form, 409)


@page("particular_both", "POST")
def particular_both(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    """Keep what was chosen, on top of the version that was shown."""
    now = database_now()
    read_theirs(request, reference, now, "particular_both")
    seen = entry_in(queries.particulars_of(request.reader, reference), key)
    base = _number(request.POST.get("seen", ""))
    form, mine = _chosen(request, seen, base)
    if not form.is_valid():
        return _page(request, reference, seen, form, 422)
    made = rule.merged(form.kind, seen.values_of(base), mine, form.picked())
    why = form.cleaned_data.get("why", "")
    try:
        keep_particular(
            actor=request.reader, at=now, reference=reference, kind=seen.kind, key=key, seen=base, values=made,
            role=seen.role, why=why,
        )  # fmt: skip
    except Overtaken:
        return both_page(request, reference, seen, made, base=base, why=why)
    except ParticularRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, reference, seen, form, 422)
    return redirect(page_of(seen, reference))


def _chosen(request: HttpRequest, seen: ParticularSeen, base: int) -> tuple[ConflictForm, Values]:
    """The form as sent, with what travelled along; one that can't be read is an error of the form."""
    kind, theirs, fault = KINDS[seen.kind], seen.values_of(base), ""
    try:
        mine: Values = carried(kind, request.POST, [one.values for one in seen.versions])
    except ParticularRefused as refusal:
        mine, fault = theirs, str(refusal)
    form = ConflictForm(request.POST, kind=kind, rows=rule.compared(kind, theirs, theirs, mine))
    if fault:
        form.add_error(None, fault)
    return form, mine


def _number(text: str) -> int:
    """The number of a version as a page sends it; 0 for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def _page(
    request: HttpRequest, reference: str, seen: ParticularSeen, form: ConflictForm, status: int
) -> HttpResponse:
    context = {
        "reference": reference, "form": form, "rows": shown.both(form), "newest": seen.newest,
        "action": reverse("particular_both", args=[reference, seen.id]), "back": page_of(seen, reference),
    }  # fmt: skip
    return render(request, "caseroom/particular_both.html", context, status=status)
