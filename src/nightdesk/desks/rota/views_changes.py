"""Changing a unit's rota: turns that repeat, who is away, who stands in, a calendar file. For supervisors and the admin."""

from datetime import timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nightdesk.actions import rota_calendars, rota_changes
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.furniture.pages import database_now, page, storable
from nightdesk.desks.rota import shown
from nightdesk.desks.rota.forms import AbsenceForm, CalendarForm, EndPatternForm, PatternForm, StandInForm
from nightdesk.outside.calendars import LARGEST, CalendarUnreadable
from nightdesk.outside.holidays import bank_holidays
from nightdesk.queries import rota_calendar as seen
from nightdesk.rules.rota import Pattern, RotaRefused, pattern_spans, refuse_if_senseless
from nightdesk.rules.rota_rights import refuse_unless_may_change

PREVIEWED = 14  # days of new turns that are shown before they are kept


def unit_to_change(request: HttpRequest) -> Any:
    """The unit in the address, or the reader's own. Raises NotFound, or AccessRefused when it is not theirs to change."""
    unit = seen.unit_named(request.reader, storable(request.GET.get("unit", ""))[:20])
    if unit is None:
        raise NotFound(_("There is no unit of that name. Choose one on the calendar."))
    refuse_unless_may_change(request.reader, str(unit.pk))
    return unit


def _back(unit: Any) -> HttpResponse:
    return redirect(f"{reverse('rota_change')}?unit={unit.code}")


def _form_page(request: HttpRequest, name: str, form: Any, unit: Any, **more: Any) -> HttpResponse:
    context = {"form": form, "unit": unit, **more}
    return render(
        request, f"rota/{name}.html", context, status=422 if form.is_bound and not form.is_valid() else 200
    )


@page("rota_change")
def rota_change(request: HttpRequest) -> HttpResponse:
    """What makes up the rota of a unit, and the ways to change it."""
    return _changes(request, unit_to_change(request))


def _changes(request: HttpRequest, unit: Any, fault: str = "") -> HttpResponse:
    now, reader = database_now(), request.reader
    today = now.astimezone(seen.force_zone()).date()
    context = {
        "unit": unit, "units": seen.units(reader), "fault": fault,
        "patterns": [shown.pattern(row) for row in seen.patterns(reader, unit, today)],
        "absences": [shown.absence(row) for row in seen.absences(reader, now, unit=unit)],
        "stand_ins": [shown.stand_in(row) for row in seen.stand_ins(reader, unit, now)],
    }  # fmt: skip
    return render(request, "rota/change.html", context, status=409 if fault else 200)


@page("rota_pattern", "GET", "POST")
def rota_pattern(request: HttpRequest) -> HttpResponse:
    """New turns that repeat: first shown for two weeks, then kept."""
    unit, people = unit_to_change(request), []
    people = seen.may_be_on(request.reader, unit)
    form = PatternForm(request.POST if request.method == "POST" else None, people=people)
    rows: list[dict[str, Any]] = []
    if form.is_valid():
        try:
            refuse_if_senseless(form.facts())
            if request.POST.get("do") == "keep":
                rota_changes.begin_pattern(
                    actor=request.reader, at=database_now(), unit=unit, name=form.cleaned_data["name"], pattern=form.facts()
                )  # fmt: skip
                return _back(unit)
            rows = _first_turns(form.facts(), {str(one.pk): one.name for one in people})
        except RotaRefused as refusal:
            form.add_error(None, str(refusal))
    return _form_page(request, "pattern", form, unit, rows=rows)


def _first_turns(pattern: Pattern, names: dict[str, str]) -> list[dict[str, Any]]:
    zone = seen.force_zone()
    starts = seen.midnight(pattern.starts_on, zone)
    holidays = bank_holidays(range(pattern.starts_on.year, pattern.starts_on.year + 2))
    spans = pattern_spans(pattern, starts, starts + timedelta(days=PREVIEWED), zone=zone, holidays=holidays)
    return shown.preview(islice(spans, PREVIEWED), names)


@page("rota_pattern_end", "GET", "POST")
def rota_pattern_end(request: HttpRequest, pattern: UUID) -> HttpResponse:
    """Turns end after a day."""
    unit, now = unit_to_change(request), database_now()
    today = now.astimezone(seen.force_zone()).date()
    row = next((one for one in seen.patterns(request.reader, unit, today) if one.pk == pattern), None)
    if row is None:
        raise NotFound(_("These turns are not in the rota of this unit. Open the page again."))
    form = EndPatternForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            rota_changes.end_pattern(
                actor=request.reader, at=now, pattern_id=pattern, last_day=form.cleaned_data["last_day"]
            )
            return _back(unit)
        except RotaRefused as refusal:
            form.add_error("last_day", str(refusal))
    return _form_page(request, "pattern_end", form, unit, pattern=shown.pattern(row))


@page("rota_absence", "GET", "POST")
def rota_absence(request: HttpRequest) -> HttpResponse:
    """Somebody of the unit is away."""
    unit = unit_to_change(request)
    people = [one for one in seen.may_be_on(request.reader, unit) if one.unit_id == unit.pk]
    form = AbsenceForm(request.POST if request.method == "POST" else None, people=people)
    if form.is_valid():
        given = form.cleaned_data
        staff = next(one for one in people if str(one.pk) == given["who"])
        try:
            rota_changes.note_absence(
                actor=request.reader, at=database_now(), staff=staff, kind=given["kind"], starts_at=given["starts_at"],
                ends_at=given["ends_at"],
            )  # fmt: skip
            return _back(unit)
        except RotaRefused as refusal:
            form.add_error(None, str(refusal))
    return _form_page(request, "absence", form, unit)


@page("rota_stand_in", "GET", "POST")
def rota_stand_in(request: HttpRequest) -> HttpResponse:
    """Somebody is on, instead of somebody or besides."""
    unit = unit_to_change(request)
    people = {str(one.pk): one for one in seen.may_be_on(request.reader, unit)}
    form = StandInForm(request.POST if request.method == "POST" else None, people=list(people.values()))
    if form.is_valid():
        given = form.cleaned_data
        try:
            rota_changes.stand_in(
                actor=request.reader, at=database_now(), unit=unit, layer=given["layer"], staff=people[given["who"]],
                instead_of=people.get(given["instead_of"]), starts_at=given["starts_at"], ends_at=given["ends_at"],
            )  # fmt: skip
            return _back(unit)
        except RotaRefused as refusal:
            form.add_error(None, str(refusal))
    return _form_page(request, "stand_in", form, unit)


@page("rota_withdraw", "POST")
def rota_withdraw(request: HttpRequest) -> HttpResponse:
    """An absence or a stand-in does not hold any more. One's own absence is withdrawn here too."""
    acts = {"absence": rota_changes.withdraw_absence, "stand_in": rota_changes.withdraw_stand_in}
    what, row = storable(request.POST.get("what", "")), storable(request.POST.get("row", ""))
    try:
        row_id = UUID(row)
        acts[what](**{"actor": request.reader, "at": database_now(), f"{what}_id": row_id})
    except (ValueError, KeyError, RotaRefused) as refusal:
        raise NotFound(_("This is not in the rota any more. Open the page again.")) from refusal
    own = request.POST.get("back") == "mine"
    return (
        redirect("my_shifts")
        if own
        else _back(seen.unit_named(request.reader, request.GET.get("unit", "")[:20]))
    )


@page("rota_import", "GET", "POST")
def rota_import(request: HttpRequest) -> HttpResponse:
    """A calendar file read into a layer: first what would change, then, when it is sent again, for good."""
    unit, found = unit_to_change(request), None
    form = CalendarForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if form.is_valid():
        given = form.cleaned_data
        dry_run = request.POST.get("do") != "keep"
        try:
            found = rota_calendars.read_in(
                actor=request.reader, at=database_now(), unit=unit, layer=given["layer"], name=given["name"],
                raw=given["file"].read(LARGEST + 1), dry_run=dry_run,
            )  # fmt: skip
        except (CalendarUnreadable, RotaRefused) as refusal:
            form.add_error("file", str(refusal))
        if found is not None and not dry_run and not found.rejected:
            return _back(unit)
    return _form_page(request, "import", form, unit, found=found, dry_run=request.POST.get("do") != "keep")
