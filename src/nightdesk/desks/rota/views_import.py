"""A calendar file read into a unit's rota: checked and kept, what it would change is shown, then read in or let go."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from nightdesk.actions import rota_kept
from nightdesk.actions.rota_kept import CalendarUnreadable, RotaRefused
from nightdesk.desks.furniture.pages import database_now, page
from nightdesk.desks.rota.form_page import form_page, sent
from nightdesk.desks.rota.forms import CalendarForm
from nightdesk.desks.rota.views_changes import back_to, unit_to_change
from nightdesk.outside.calendars import LARGEST


@page("rota_import", "GET", "POST")
def rota_import(request: HttpRequest) -> HttpResponse:
    """The file and where it belongs. One that can be read is kept, and the next page shows what it would change."""
    unit = unit_to_change(request)
    form = CalendarForm(sent(request), request.FILES or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            kept = rota_kept.keep_calendar(
                actor=request.reader, at=database_now(), unit=unit, layer=given["layer"], name=given["name"],
                raw=given["file"].read(LARGEST + 1),
            )  # fmt: skip
            return redirect(f"{reverse('rota_kept', args=[kept])}?unit={unit.code}")
        except (CalendarUnreadable, RotaRefused) as refusal:
            form.add_error("file", str(refusal))
    return form_page(request, "import", form, unit=unit)


@page("rota_kept", "GET", "POST")
def rota_kept_page(request: HttpRequest, kept: UUID) -> HttpResponse:
    """What the kept file would change; and its end: read in for good, once, or let go."""
    unit, now = unit_to_change(request), database_now()
    try:
        if request.method == "POST":
            return _ended(request, unit, kept, now)
        file, found = rota_kept.look_at_kept(actor=request.reader, at=now, kept_id=kept)
    except (CalendarUnreadable, RotaRefused) as refusal:
        gone = {"form": CalendarForm(), "unit": unit, "fault": str(refusal)}
        return render(request, "rota/import.html", gone, status=409 if request.method == "POST" else 404)
    return render(request, "rota/import_found.html", {"unit": file.unit, "file": file, "found": found})


def _ended(request: HttpRequest, unit: Any, kept: UUID, now: datetime) -> HttpResponse:
    """Read in: the page says what came of it. Whatever else was pressed keeps the rota as it is."""
    if request.POST.get("do") != "keep":
        rota_kept.let_go_kept(actor=request.reader, at=now, kept_id=kept)
        return back_to(unit)
    found = rota_kept.read_kept(actor=request.reader, at=now, kept_id=kept)
    return render(request, "rota/import_found.html", {"unit": unit, "found": found})
