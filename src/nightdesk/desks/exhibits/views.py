"""The register: look for exhibits, print and save the list, scan a label, put one after another into a store."""

import csv
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nightdesk.actions import custody as acts
from nightdesk.actions.reading import note_reading
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.exhibits import shown
from nightdesk.desks.exhibits.forms import SoughtForm
from nightdesk.desks.furniture.pages import database_now, page, storable
from nightdesk.queries import custody, stores
from nightdesk.queries import exhibits as register
from nightdesk.rules.custody import CustodyRefused
from nightdesk.rules.exhibit import CodeUnreadable, read_code

ROWS_ON_PAPER = 500
LONGEST_SCAN = 100


@page("exhibits")
def exhibits(request: HttpRequest) -> HttpResponse:
    """The register, or with `print` the same list on paper."""
    form, sought = _sought(request)
    paper, now = "print" in request.GET, database_now()
    found = register.register(
        request.reader, sought, now, page=shown.page_number(request.GET),
        rows=ROWS_ON_PAPER if paper else register.PAGE_ROWS,
    )  # fmt: skip
    context = shown.register(found, sought, request.GET, now) | {"form": form, "paper": paper, "now": now}
    return render(request, "exhibits/register.html", context, status=422 if form.errors else 200)


@page("exhibits_csv")
def exhibits_csv(request: HttpRequest) -> HttpResponse:
    """What was found, as a file for a spreadsheet: no descriptions, no names of persons. Saving it is journalled."""
    (_form, sought), now = _sought(request), database_now()
    note_reading(actor=request.reader, at=now, reference="", what="exhibits_csv")
    found = register.listed(request.reader, sought, now)
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="exhibits.csv"'
    csv.writer(answer).writerows(shown.csv_rows(found))
    return answer


def _sought(request: HttpRequest) -> tuple[SoughtForm, register.Sought]:
    """What the address asks for; what can't be read asks for nothing, and the form says so."""
    staff = [(request.reader.username, request.reader.name), *register.colleagues(request.reader)]
    form = SoughtForm(request.GET, stores=stores.store_names(request.reader), staff=staff)
    form.is_valid()
    return form, shown.sought(form.cleaned_data)


@page("exhibit_scan")
def exhibit_scan(request: HttpRequest) -> HttpResponse:
    """A field for a hand scanner (it types the code and Enter), with a camera where the browser has one."""
    typed, fault = storable(request.GET.get("code", ""))[:LONGEST_SCAN], ""
    if typed:
        try:
            code = read_code(typed)
        except CodeUnreadable as unread:
            fault = str(unread)
        else:
            if custody.exhibit(request.reader, code, database_now()) is not None:
                return redirect("exhibit", code=code)
            fault = _(
                "There is no exhibit with this code that you can see. Ask whoever has it to hand it to you."
            )
    return render(
        request, "exhibits/scan.html", {"typed": typed, "fault": fault}, status=404 if fault else 200
    )


@page("exhibits_put", "GET", "POST")
def exhibits_put(request: HttpRequest) -> HttpResponse:
    """One scan after another into the same store: each is put in at once, and the field is ready for the next."""
    now, reader = database_now(), request.reader
    given = request.POST if request.method == "POST" else request.GET
    store, typed = storable(given.get("store", ""))[:20], storable(given.get("code", ""))[:LONGEST_SCAN]
    fault = done = ""
    if request.method == "POST":
        try:
            done = _put(reader, now, typed, store)
        except (CodeUnreadable, CustodyRefused, NotFound) as refusal:
            fault = str(refusal)
    context = shown.series(reader, store, now) | {
        "fault": fault,
        "done": done,
        "typed": typed if fault else "",
    }
    return render(request, "exhibits/put.html", context, status=409 if fault else 200)


def _put(reader: Any, now: Any, typed: str, store: str) -> str:
    """Put it in; the code. Raises CodeUnreadable, CustodyRefused and NotFound. In there already: nothing to do."""
    code = read_code(typed)
    seen = custody.exhibit(reader, code, now)
    if seen is None:
        raise NotFound(
            _("There is no exhibit with this code that you can see. Ask whoever has it to hand it to you.")
        )
    acts.move_exhibit(actor=reader, at=now, code=code, number=seen.newest.number, what="stored", to=store)
    return code
