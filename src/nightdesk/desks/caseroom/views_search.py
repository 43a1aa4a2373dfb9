"""Search across cases. What is looked for comes in the body of a request and is kept nowhere: no address, no log."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nightdesk.actions.search import note_search, refuse_if_too_many
from nightdesk.desks.caseroom import shown_search
from nightdesk.desks.caseroom.forms_search import SearchForm
from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.queries.search import Answer, search
from nightdesk.rules.search_asked import SearchRefused
from nightdesk.rules.terms import SUPERVISOR


@page("case_search", "GET", "POST")
def case_search(request: HttpRequest) -> HttpResponse:
    """One box; what it was read as, and the cases found. Noted before it is shown, by kinds and counts."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "supervises": request.reader.role == SUPERVISOR}
    if form.is_valid():
        try:
            context["answer"] = shown_search.answer(_searched(request, form))
        except SearchRefused as refusal:
            form.add_error("text", str(refusal))
    return render(request, "caseroom/search.html", context, status=422 if form.errors else 200)


def _searched(request: HttpRequest, form: SearchForm) -> Answer:
    now = database_now()
    refuse_if_too_many(actor=request.reader, at=now)
    found = search(request.reader, form.cleaned_data["text"], form.cleaned_data["kind"])
    note_search(actor=request.reader, at=now, kinds=found.kinds, found=len(found.found), others=found.others)
    return found
