"""What the rota's templates get: facts turned into words and rows."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nightdesk.desks.furniture import told
from nightdesk.desks.rota.forms import ABSENCE_WORDS, WEEKDAYS
from nightdesk.queries.rota import OnNow
from nightdesk.queries.rota_calendar import CalendarSeen, Cell, Day
from nightdesk.rules.cover import UNREACHABLE, Gap
from nightdesk.rules.rota import Span
from nightdesk.rules.strain import LONG, TIRED, TWICE, Strain

SOON = timedelta(days=14)


def on_now(units: Iterable[tuple[str, str, tuple[OnNow, ...]]]) -> list[dict[str, Any]]:
    """Per unit: each layer with who is on and until when, or that nobody is."""
    return [
        {
            "name": name, "ring": ring,
            "layers": [{"layer": told.LAYER_WORDS[entry.layer], "staff": entry.staff} for entry in layers],
        }
        for name, ring, layers in units
    ]  # fmt: skip


def calendar(seen: CalendarSeen, today: date, now: datetime) -> dict[str, Any]:
    """Everything on the calendar page."""
    return {
        "unit": seen.unit,
        "layers": [told.LAYER_WORDS[cell.layer] for cell in seen.days[0].cells] if seen.days else [],
        "days": [_day(day, today) for day in seen.days],
        "gaps": [gap_row(gap) for gap in seen.gaps],
        "unreachable": seen.unreachable,
        "twice": [{"name": name, "at": at} for name, at in seen.twice],
        "tired": [{"name": name, "at": at} for name, at in seen.tired],
    }


def _day(day: Day, today: date) -> dict[str, Any]:
    return {
        "day": day.day, "title": date_format(day.day, "D j M"), "holiday": day.holiday, "is_today": day.day == today,
        "is_past": day.day < today, "cells": [_cell(cell, day.day) for cell in day.cells],
    }  # fmt: skip


def _cell(cell: Cell, day: date) -> dict[str, Any]:
    return {
        "layer": told.LAYER_WORDS[cell.layer],
        "shifts": [
            {"name": one.name, "times": between(one.starts_at, one.ends_at, day), "reached": one.reached}
            for one in cell.shifts
        ],
        "gaps": [
            {"times": between(gap.starts_at, gap.ends_at, day), "unreachable": gap.why == UNREACHABLE}
            for gap in cell.gaps
        ],
    }


def between(starts_at: datetime, ends_at: datetime, day: date) -> str:
    """The part of a time that lies on `day`: “07:00–15:00”, “22:00 → 06:00” into the next, “until 06:00”, “all day”."""
    starts, ends = timezone.localtime(starts_at), timezone.localtime(ends_at)
    to_midnight = ends.date() == day + timedelta(days=1) and not (ends.hour or ends.minute)
    ends_today = ends.date() == day or to_midnight
    end = "24:00" if to_midnight else f"{ends:%H:%M}"
    if starts.date() < day:
        return _("until %(time)s") % {"time": end} if ends_today else _("all day")
    if ends_today:
        return f"{starts:%H:%M}–{end}"
    if ends.date() == day + timedelta(days=1):
        return f"{starts:%H:%M} → {end}"
    return _("from %(time)s") % {"time": f"{starts:%H:%M}"}


def gap_row(gap: Gap) -> dict[str, Any]:
    """A gap in words."""
    why = _("Whoever is on can’t be reached") if gap.why == UNREACHABLE else _("Nobody is on")
    return {"layer": told.LAYER_WORDS[gap.layer], "from": gap.starts_at, "until": gap.ends_at, "why": why}


def shift(row: Any) -> dict[str, Any]:
    """One shift of one's own."""
    return {
        "id": row.pk, "layer": told.LAYER_WORDS[row.layer], "unit": row.unit.name, "from": row.starts_at,
        "until": row.ends_at,
    }  # fmt: skip


def own_shifts(rows: Iterable[Any], now: datetime) -> dict[str, list[dict[str, Any]]]:
    """One's own shifts: those that begin in two weeks, and those after; nothing when there are none."""
    listed = [shift(row) for row in rows]
    soon = [one for one in listed if one["from"] < now + SOON]
    return {"soon": soon, "later": listed[len(soon) :]} if listed else {}


def swap(row: Any) -> dict[str, Any]:
    """One swap that was asked for."""
    return {
        "id": row.pk, "layer": told.LAYER_WORDS[row.layer], "from": row.starts_at, "until": row.ends_at,
        "by": row.asked_by.name, "of": row.asked_of.name if row.asked_of else _("anybody of the unit"),
        "back_from": row.back_starts_at, "back_until": row.back_ends_at, "by_name": row.asked_of is not None,
    }  # fmt: skip


def answered_swap(row: Any) -> dict[str, Any]:
    """What became of a swap that the reader asked for."""
    return swap(row) | {"taken": row.state == "accepted", "answered_by": row.answered_by.name}


def strain(found: Strain, names: dict[str, str]) -> dict[str, Any]:
    """Two turns of somebody that lie too close, in words before the time of the other one."""
    minutes = int(found.rest.total_seconds()) // 60
    rest = {"rest": f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"}
    words = {
        TWICE: _("on twice at once: also on from"),
        LONG: _("no rest at all between this turn and the one from"),
        TIRED: _("only %(rest)s of rest between this turn and the one from") % rest,
    }
    return {
        "name": names.get(found.staff, ""), "words": words[found.why], "at": found.starts_at,
        "from": found.other_starts_at, "until": found.other_ends_at,
    }  # fmt: skip


def absence(row: Any) -> dict[str, Any]:
    """Somebody is away."""
    return {
        "id": row.pk,
        "name": row.staff.name,
        "why": ABSENCE_WORDS[row.kind],
        "from": row.starts_at,
        "until": row.ends_at,
    }


def stand_in(row: Any) -> dict[str, Any]:
    """Somebody stands in."""
    return {
        "id": row.pk, "name": row.staff.name, "layer": told.LAYER_WORDS[row.layer], "from": row.starts_at,
        "until": row.ends_at, "instead_of": row.instead_of.name if row.instead_of else "", "calendar": row.calendar,
    }  # fmt: skip


def pattern(row: Any) -> dict[str, Any]:
    """Turns that repeat."""
    minutes = (row.begins.hour * 60 + row.begins.minute + row.minutes) % (24 * 60)
    days = dict(WEEKDAYS)
    return {
        "id": row.pk, "name": row.name, "layer": told.LAYER_WORDS[row.layer], "starts_on": row.starts_on,
        "ends_on": row.ends_on, "times": f"{row.begins:%H:%M}–{minutes // 60:02}:{minutes % 60:02}",
        "days": _("every day") if len(row.weekdays) == 7 else ", ".join(str(days[str(day)]) for day in row.weekdays),
        "members": [member.staff.name for member in sorted(row.members.all(), key=lambda one: one.place)],
        "turn_days": row.turn_days,
    }  # fmt: skip


def preview(spans: Iterable[Span], names: dict[str, str]) -> list[dict[str, Any]]:
    """The first turns of a pattern, before it is kept."""
    return [
        {"name": names.get(span.staff, ""), "from": span.starts_at, "until": span.ends_at} for span in spans
    ]
