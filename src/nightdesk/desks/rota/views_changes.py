"""Changing a unit's rota: turns that repeat, who is away, who stands in. For supervisors and the admin."""

from datetime import timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nightdesk.actions import rota_changes
from nightdesk.actions.refusals import NotFound
from nightdesk.desks.furniture.pages import database_now, page, storable
from nightdesk.desks.rota import shown
from nightdesk.desks.rota.form_page import answered, form_page, sent
from nightdesk.desks.rota.forms import AbsenceForm, EndPatternForm, OwnAbsenceForm, PatternForm, StandInForm
from nightdesk.desks.rota.views import unit_asked
from nightdesk.outside.current import force_zone
from nightdesk.outside.holidays import bank_holidays
from nightdesk.queries import rota_calendar as seen
from nightdesk.rules.rota import Pattern, RotaRefused, pattern_spans, refuse_if_senseless
from nightdesk.rules.rota_day import midnight
from nightdesk.rules.rota_rights import refuse_unless_may_change

PREVIEWED = 14  # days of new turns that are shown before they are kept


def unit_to_change(request: HttpRequest) -> Any:
    """The unit in the address, or the reader's own. Raises NotFound, or AccessRefused when it is not theirs to change."""
    unit = unit_asked(request)
    refuse_unless_may_change(request.reader, str(unit.pk))
    return unit


def back_to(unit: Any) -> HttpResponse:
    return redirect(f"{reverse('rota_change')}?unit={unit.code}")


@page("rota_change")
def rota_change(request: HttpRequest) -> HttpResponse:
    """What makes up the rota of a unit, and the ways to change it."""
    return _changes(request, unit_to_change(request))


def _changes(request: HttpRequest, unit: Any, fault: str = "") -> HttpResponse:
    now, reader = database_now(), request.reader
    today = now.astimezone(force_zone()).date()
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
    unit = unit_to_change(request)
    people = seen.may_be_on(request.reader, unit)
    form = PatternForm(sent(request), people=people)
    rows: list[dict[str, Any]] = []
    if form.done(lambda: refuse_if_senseless(form.facts())):
        if request.POST.get("do") == "keep":
            rota_changes.begin_pattern(
                actor=request.reader, at=database_now(), unit=unit, name=form.cleaned_data["name"], pattern=form.facts()
            )  # fmt: skip
            return back_to(unit)
        rows = _first_turns(form.facts(), {str(one.pk): one.name for one in people})
    return form_page(request, "pattern", form, unit=unit, rows=rows)


def _first_turns(pattern: Pattern, names: dict[str, str]) -> list[dict[str, Any]]:
    zone = force_zone()
    starts = midnight(pattern.starts_on, zone)
    holidays = bank_holidays(range(pattern.starts_on.year, pattern.starts_on.year + 2))
    spans = pattern_spans(pattern, starts, starts + timedelta(days=PREVIEWED), zone=zone, holidays=holidays)
    return shown.preview(islice(spans, PREVIEWED), names)


@page("rota_pattern_end", "GET", "POST")
def rota_pattern_end(request: HttpRequest, pattern: UUID) -> HttpResponse:
    """Turns end after a day."""
    unit, now = unit_to_change(request), database_now()
    today = now.astimezone(force_zone()).date()
    row = next((one for one in seen.patterns(request.reader, unit, today) if one.pk == pattern), None)
    if row is None:
        raise NotFound(_("These turns are not in the rota of this unit. Open the page again."))
    form = EndPatternForm(sent(request))
    if form.done(
        lambda: rota_changes.end_pattern(
            actor=request.reader, at=now, pattern_id=pattern, last_day=form.cleaned_data["last_day"]
        )
    ):
        return back_to(unit)
    return form_page(request, "pattern_end", form, unit=unit, pattern=shown.pattern(row))


@page("rota_absence", "GET", "POST")
def rota_absence(request: HttpRequest) -> HttpResponse:
    """Somebody of the unit is away."""
    unit = unit_to_change(request)
    people = [one for one in seen.may_be_on(request.reader, unit) if one.unit_id == unit.pk]
    form = AbsenceForm(sent(request), people=people)
    if form.done(lambda: note_away(request, form, form.person("who"))):
        return back_to(unit)
    return form_page(request, "absence", form, unit=unit)


def note_away(request: HttpRequest, form: OwnAbsenceForm, staff: Any) -> None:
    """Note the absence of `staff` that the form says. Raises RotaRefused."""
    rota_changes.note_absence(
        actor=request.reader, at=database_now(), staff=staff, kind=form.cleaned_data["kind"], **form.times()
    )


@page("rota_stand_in", "GET", "POST")
def rota_stand_in(request: HttpRequest) -> HttpResponse:
    """Somebody is on, instead of somebody or besides; too little rest is asked about first."""
    unit = unit_to_change(request)
    form = StandInForm(sent(request), people=seen.may_be_on(request.reader, unit))
    if form.done(
        lambda: rota_changes.stand_in(
            actor=request.reader, at=database_now(), unit=unit, layer=form.cleaned_data["layer"],
            staff=form.person("who"), instead_of=form.person("instead_of"), answered=answered(request), **form.times(),
        )
    ):  # fmt: skip
        return back_to(unit)
    return form_page(request, "stand_in", form, unit=unit)


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
    if request.POST.get("back") == "mine":
        return redirect("my_shifts")
    return back_to(unit_asked(request))
