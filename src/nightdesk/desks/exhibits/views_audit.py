"""The auditor's register: how exhibits were kept, read only, without descriptions."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nightdesk.actions.reading import note_reading
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.exhibits import shown
from nightdesk.desks.exhibits.shown_exhibit import chain_row, fault_rows
from nightdesk.desks.exhibits.words import FACTS, entry_words, holder_words, kind_words
from nightdesk.desks.furniture.pages import LONGEST_REFERENCE, database_now, page, storable
from nightdesk.queries import exhibits_audit as query

STATES: Final = {
    "": gettext_lazy("All"),
    "with_staff": gettext_lazy("With staff"),
    "in_store": gettext_lazy("In a store"),
    "out": gettext_lazy("Out (SARC, laboratory, hospital, court)"),
    "overdue": gettext_lazy("Overdue at the laboratory"),
    "corrected": gettext_lazy("Corrected"),
    "asked": gettext_lazy("Destruction asked, not decided"),
    "held": gettext_lazy("Under a legal hold"),
    "returned": gettext_lazy("Given back to the person"),
    "destroyed": gettext_lazy("Destroyed"),
}
STEPS: Final = {
    "corrected": gettext_lazy("Corrected:"),
    "asked": gettext_lazy("Asked for it to be destroyed:"),
    "allowed": gettext_lazy("Allowed it to be destroyed:"),
    "not_allowed": gettext_lazy("Did not allow it to be destroyed:"),
    "held": gettext_lazy("Placed a legal hold on the case:"),
    "lifted": gettext_lazy("Lifted the legal hold on the case:"),
}


@page("exhibits_audit")
def exhibits_audit(request: HttpRequest) -> HttpResponse:
    """All exhibits of the force by code, with counts; the rest of the search stays in the address."""
    given = request.GET
    text, state = storable(given.get("text", ""))[:LONGEST_REFERENCE], given.get("state", "")
    found = query.audit_register(
        request.reader, database_now(), text=text, state=state, page=shown.page_number(given)
    )
    context = {
        "found": found, "text": text, "pages": shown.pages(found.page, found.pages, given),
        "states": shown.states(STATES, found.counts, state, given),
        "rows": [(row, kind_words(row.kind), holder_words(row.holder, row.holder_name)) for row in found.rows],
    }  # fmt: skip
    return render(request, "exhibits/audit.html", context)


@page("exhibit_audit")
def exhibit_audit(request: HttpRequest, code: str) -> HttpResponse:
    """The chain of one exhibit and what was done beside it. Reading it is journalled."""
    now = database_now()
    found = query.audit_exhibit(request.reader, code, now)
    if found is None:
        raise NotFound(_("There is no exhibit with this code. Check the code."))
    note_reading(actor=request.reader, at=now, reference=found.reference, what="exhibit_audit")
    context = {
        "found": found, "kind": kind_words(found.kind), "chain": [chain_row(link) for link in found.links],
        "steps": [_step(step) for step in found.steps], "faults": fault_rows(found.faults),
    }  # fmt: skip
    return render(request, "exhibits/audit_exhibit.html", context)


def _step(step: query.Step) -> dict[str, Any]:
    """What was done, in words; of a correction which fact, never its value."""
    section = "hold_grounds" if step.what in ("held", "lifted") else "destruction_grounds"
    which = FACTS[step.which] if step.what == "corrected" else entry_words(section, step.which)
    return {"words": f"{STEPS[step.what]} {which}", "by": step.by, "at": step.at}
