"""The rota's pages: who is on now, two weeks at a glance, and one day hour by hour."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nightdesk.actions.refusals import NotFound
from nightdesk.desks.furniture.pages import database_now, page, storable
from nightdesk.desks.rota import shown, shown_day
from nightdesk.outside.current import force_zone
from nightdesk.queries import rota_calendar as seen
from nightdesk.queries.rota import on_now
from nightdesk.queries.rota_day import day_seen
from nightdesk.rules.rota_rights import may_change

LONGEST_CODE = 20
FARTHEST = timedelta(days=366)  # nothing is worked out so far ahead, and nobody looks so far back here


@page("rota")
def rota(request: HttpRequest) -> HttpResponse:
    """Who is on now, layer by layer, and whom to ring."""
    units = shown.on_now(on_now(request.reader, database_now()))
    return render(request, "rota/on_now.html", {"units": units})


@page("rota_calendar")
def rota_calendar(request: HttpRequest) -> HttpResponse:
    """Two weeks of a unit: who is on, where nobody is, who is on without a way to be reached."""
    now, unit = database_now(), unit_asked(request)
    today = now.astimezone(force_zone()).date()
    first = day_asked(request.GET.get("from", ""), today)
    context = shown.calendar(seen.calendar(request.reader, unit, first, now), today, now)
    context |= {
        "units": seen.units(request.reader), "may_change": may_change(request.reader, str(unit.pk)),
        "earlier": first - timedelta(days=7), "later": first + timedelta(days=7), "today": today, "first": first,
    }  # fmt: skip
    return render(request, "rota/calendar.html", context)


@page("rota_day")
def rota_day(request: HttpRequest) -> HttpResponse:
    """One day of a unit, hour by hour by the clock on the wall."""
    now, unit = database_now(), unit_asked(request)
    today = now.astimezone(force_zone()).date()
    asked = day_asked(request.GET.get("day", ""), today)
    is_theirs = may_change(request.reader, str(unit.pk))
    context = shown_day.day(day_seen(request.reader, unit, asked, now), now, with_reasons=is_theirs)
    context |= {"units": seen.units(request.reader), "may_change": is_theirs, "is_today": asked == today}
    return render(request, "rota/day.html", context)


def unit_asked(request: HttpRequest) -> Any:
    """The unit in the address, or the reader's own. Raises NotFound."""
    unit = seen.unit_named(request.reader, storable(request.GET.get("unit", ""))[:LONGEST_CODE])
    if unit is None:
        raise NotFound(_("There is no unit of that name. Choose one on the page “Who is on”."))
    return unit


def day_asked(text: str, today: date) -> date:
    """The day in an address; today for none, for one that can't be read, and for one too far away."""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return today
    return asked if abs(asked - today) <= FARTHEST else today
