"""What the page of one day gets: its hours by the clock on the wall, in words."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nightdesk.desks.furniture import told
from nightdesk.desks.rota import shown
from nightdesk.queries.rota_day import DaySeen, HourCell
from nightdesk.rules.cover import UNREACHABLE
from nightdesk.rules.rota_day import Hour, hours_gained

TWICE_WORDS = {1: gettext_lazy("first time"), 2: gettext_lazy("second time")}


def day(seen: DaySeen, now: datetime, *, with_reasons: bool) -> dict[str, Any]:
    """Everything on the page of one day; why somebody is away only for those who change this rota (`with_reasons`)."""
    return {
        "unit": seen.unit, "day": seen.day, "title": date_format(seen.day, "l j F Y"), "holiday": seen.holiday,
        "change": _change(hours_gained([hour for hour, _cells in seen.hours])),
        "layers": [told.LAYER_WORDS[layer] for layer in seen.layers],
        "hours": _with_runs([_hour(hour, cells, seen, now) for hour, cells in seen.hours]),
        "gaps": [shown.gap_row(gap) | {"is_past": gap.ends_at <= now} for gap in seen.gaps],
        "unreachable": seen.unreachable,
        "absences": [shown.absence(row) | ({} if with_reasons else {"why": ""}) for row in seen.absences],
        "stand_ins": [shown.stand_in(row) for row in seen.stand_ins],
        "earlier": seen.day - timedelta(days=1), "later": seen.day + timedelta(days=1),
    }  # fmt: skip


def _change(gained: timedelta) -> str:
    """What the clocks do on this day; "" on nearly every one."""
    if not gained:
        return ""
    hours = {"hours": f"{24 + gained / timedelta(hours=1):g}"}
    if gained > timedelta(0):
        return _("The clocks go back on this day: it has %(hours)s hours.") % hours
    return _("The clocks go forward on this day: it has %(hours)s hours.") % hours


def _hour(hour: Hour, cells: tuple[HourCell, ...], seen: DaySeen, now: datetime) -> dict[str, Any]:
    return {
        "begins": f"{hour.begins:%H:%M}", "ends": _end(hour), "run": "", "which": TWICE_WORDS.get(hour.again, ""),
        "is_now": hour.starts_at <= now < hour.ends_at, "is_past": hour.ends_at <= now,
        "cells": [
            {
                "layer": told.LAYER_WORDS[layer],
                "on": [
                    {"name": one.name, "reached": one.reached or hour.ends_at <= now, "part": _part(one, hour, seen.day)}
                    for one in cell.on
                ],
                "gaps": [
                    {"unreachable": gap.why == UNREACHABLE, "part": _part(gap, hour, seen.day)} for gap in cell.gaps
                ],
            }
            for layer, cell in zip(seen.layers, cells, strict=True)
        ],
    }  # fmt: skip


def _with_runs(hours: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A phone shows hours in which nothing changes as one: the first of them gets the end of the last, the others none.

    Now stands for itself, and so does an hour that comes twice.
    """
    first: dict[str, Any] | None = None
    for hour in hours:
        alone = hour["is_now"] or hour["which"]
        if first and not alone and (first["cells"], first["is_past"]) == (hour["cells"], hour["is_past"]):
            first["run"] = hour["ends"]
            continue
        hour["run"] = hour["ends"]
        first = None if alone else hour
    return hours


def _end(hour: Hour) -> str:
    return "24:00" if not (hour.ends.hour or hour.ends.minute) else f"{hour.ends:%H:%M}"


def _part(one: Any, hour: Hour, on: date) -> str:
    """The part of the hour, when it is not the whole of it."""
    starts_at, ends_at = max(one.starts_at, hour.starts_at), min(one.ends_at, hour.ends_at)
    whole = (starts_at, ends_at) == (hour.starts_at, hour.ends_at)
    return "" if whole else shown.between(starts_at, ends_at, on)
