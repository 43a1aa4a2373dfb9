"""The rota of the fictional force: turns that change by the week, and what a real one has beside them.

Somebody on leave with a colleague instead, a swap that waits for an answer, one night that nobody covers, and an officer
who is on once and can't be told. Decided by the actions that the pages call, each at its own time.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any, Final

from nightdesk.actions.rota import work_out_shifts
from nightdesk.actions.rota_changes import begin_pattern, note_absence, stand_in
from nightdesk.actions.rota_swaps import ask_swap
from nightdesk.actions.ways import add_way
from nightdesk.jobs.demo_plan import DAYS, ZONE
from nightdesk.queries.force import next_shift
from nightdesk.queries.readers import reader_of
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.rota import WEEKS_AHEAD, Pattern

DAY, LATE, NIGHT = "day", "late", "night"
TURNS: Final = ((DAY, 7, 8), (LATE, 15, 8), (NIGHT, 23, 8))  # name, hour of the day it starts (local), hours
LONG_TURNS: Final = ((DAY, 7, 12), (NIGHT, 19, 12))  # the control room
PLANNED: Final = timedelta(
    weeks=WEEKS_AHEAD
)  # before the first turn: then beginning one works out no shift yet
WEEK: Final = 7
Act = tuple[datetime, Callable[[datetime], object]]


def begin_turns(force: Any, now: datetime) -> None:
    """Every unit's turns, decided in good time before the first day of the demo; shifts follow from `rota_acts`."""
    first = _first_monday(now)
    at = datetime.combine(first, time(9), tzinfo=ZONE).astimezone(UTC) - PLANNED - timedelta(days=2)
    for unit in force.units.values():
        for layer, turns, people in _layers(force, unit):
            for place, (name, hour, hours) in enumerate(turns):
                turned = place + (layer == "second")
                members = [str(people[(turned + week) % len(people)].pk) for week in range(len(people))]
                pattern = Pattern(
                    id="", layer=layer, starts_on=first, begins=time(hour), minutes=hours * 60,
                    weekdays=frozenset(range(WEEK)), turn_days=WEEK, on_holidays="as_usual", members=tuple(members),
                )  # fmt: skip
                title = f"{layer.replace('_', ' ')}, {name}"
                begin_pattern(actor=SYSTEM, at=at, unit=unit, name=title, pattern=pattern)


def planned_at(now: datetime) -> datetime:
    """When the force was set up: just before its turns were decided."""
    return (
        datetime.combine(_first_monday(now), time(9), tzinfo=ZONE).astimezone(UTC)
        - PLANNED
        - timedelta(days=3)
    )


def _first_monday(now: datetime) -> date:
    """The Monday of the week before the first disclosure, so that turns change on Mondays."""
    first = now.astimezone(ZONE).date() - timedelta(days=DAYS + 2)
    return first - timedelta(days=first.weekday())


def _layers(force: Any, unit: Any) -> Iterator[tuple[str, tuple[tuple[str, int, int], ...], list[Any]]]:
    """Layers of one unit with their turns and people: specialists of its own; DIs and control room cover all units."""
    specialists = specialists_of(force, unit.code)
    yield "soit", TURNS, specialists
    yield "second", TURNS, specialists
    yield "duty_di", TURNS, [staff for staff in force.staff.values() if staff.role == "supervisor"]
    yield "control_room", LONG_TURNS, force.control_room


def specialists_of(force: Any, code: str) -> list[Any]:
    """Who takes turns in a unit, in the order of the file."""
    everybody = (staff for staff in force.staff.values() if staff.unit == force.units[code])
    return [staff for staff in everybody if staff.role == "soit" and staff.username not in force.newcomers]


def rota_acts(force: Any, now: datetime) -> list[Act]:
    """What is done about the rota and when: shifts worked out as the days go on, then what people decided lately."""
    first = planned_at(now) + PLANNED
    days = [first, first + PLANNED - timedelta(days=WEEK), now]  # seldom: each looks at every turn
    worked_out: list[Act] = [(at, partial(_work_out, unit)) for at in days for unit in force.units.values()]
    return [
        *worked_out,
        (now - timedelta(hours=30), lambda at: _leave(force, now, at)),
        (now - timedelta(hours=29), lambda at: _night_without(force, now, at)),
        (now - timedelta(hours=28), lambda at: _newcomers_first_night(force, now, at)),
        (now - timedelta(hours=5), lambda at: _swap_asked(force, now, at)),
    ]


def _work_out(unit: Any, at: datetime) -> None:
    work_out_shifts(actor=SYSTEM, at=at, unit=unit)


def _leave(force: Any, now: datetime, at: datetime) -> None:
    """Whoever has the city's days next week is on leave, and whoever is second on at night has them instead."""
    monday = _next_monday(now)
    people, week = specialists_of(force, "CITY"), (monday - _first_monday(now)).days // WEEK
    away, instead = people[week % len(people)], people[(week + 3) % len(people)]
    begins, ends = _span(monday, 0, 0)[0], _span(monday + timedelta(days=WEEK), 0, 0)[0]
    maud = reader_of(force.staff["maud"])
    note_absence(actor=maud, at=at, staff=away, kind="leave", starts_at=begins, ends_at=ends)
    for offset in range(WEEK):
        starts_at, ends_at = _span(monday + timedelta(days=offset), 7, 8)
        stand_in(
            actor=maud, at=at, unit=force.units["CITY"], layer="soit", staff=instead, instead_of=away, starts_at=starts_at,
            ends_at=ends_at,
        )  # fmt: skip


def _night_without(force: Any, now: datetime, at: datetime) -> None:
    """The one gap, left on purpose: whoever has that night on the moor is in court, and nobody stands in yet."""
    day = gap_day(now.astimezone(ZONE).date())
    people, week = specialists_of(force, "MOOR"), (day - _first_monday(now)).days // WEEK
    starts_at, ends_at = _span(day, 23, 8)
    note_absence(
        actor=reader_of(force.staff["anwen"]), at=at, staff=people[(week + 2) % len(people)], kind="court",
        starts_at=starts_at, ends_at=ends_at,
    )  # fmt: skip


def _newcomers_first_night(force: Any, now: datetime, at: datetime) -> None:
    """An officer who is new goes along for one night: no e-mail address, and a number that nobody has confirmed."""
    desmond = reader_of(force.staff["desmond"])
    starts_at, ends_at = _span(now.astimezone(ZONE).date() + timedelta(days=4), 23, 8)
    for username, number in force.newcomers.items():
        staff = force.staff[username]
        add_way(actor=desmond, at=at, staff=staff, channel="sms", address=number)
        stand_in(
            actor=desmond, at=at, unit=force.units["COAST"], layer="soit", staff=staff, starts_at=starts_at, ends_at=ends_at
        )  # fmt: skip


def _swap_asked(force: Any, now: datetime, at: datetime) -> None:
    """One of the coast asks a colleague to take a turn of the day after tomorrow, or a later one."""
    asks, asked = specialists_of(force, "COAST")[:2]
    later = _span(now.astimezone(ZONE).date() + timedelta(days=2), 0, 0)[0]
    shift_id = next_shift(SYSTEM, asks, layer="soit", after=later)
    if shift_id is None:  # nobody has fewer turns than one a week
        raise LookupError("The coast's first specialist has no turn to swap.")
    ask_swap(actor=reader_of(asks), at=at, shift_id=shift_id, asked_of=asked)


def gap_day(today: date) -> date:
    """The evening of the gap: next Saturday, or the one after when that is today or tomorrow (so never tonight)."""
    ahead = (5 - today.weekday()) % 7
    return today + timedelta(days=ahead if ahead >= 2 else ahead + 7)


def _next_monday(now: datetime) -> date:
    today = now.astimezone(ZONE).date()
    return today + timedelta(days=WEEK - today.weekday())


def _span(day: date, hour: int, hours: int) -> tuple[datetime, datetime]:
    """A time in UTC; on the night of the clock change it ends by the clock on the wall."""
    start = datetime.combine(day, time(hour), tzinfo=ZONE)
    end = start + timedelta(hours=hours)  # wall-clock arithmetic: same zone on both ends
    return start.astimezone(UTC), end.astimezone(UTC)
