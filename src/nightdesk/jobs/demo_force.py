"""The fictional force itself: units, stations, 30 staff in all roles, and a rota that covers every day the demo shows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from nightdesk.actions.rota import add_shifts
from nightdesk.actions.staff import add_staff, add_station, add_unit
from nightdesk.actions.ways import add_way
from nightdesk.jobs.demo_plan import DAYS, ZONE
from nightdesk.jobs.demo_texts import read_toml
from nightdesk.queries.readers import reader_of
from nightdesk.rules.access import SYSTEM, Reader

DAYS_AHEAD: Final = 22
ONE_WAY: Final = "jonah"  # left with the address of his account on purpose: a supervisor sees it
DAY, LATE, NIGHT = "day", "late", "night"
SHIFTS: Final = ((DAY, 7, 8), (LATE, 15, 8), (NIGHT, 23, 8))  # name, hour of the day it starts (local), hours
LONG_SHIFTS: Final = ((DAY, 7, 12), (NIGHT, 19, 12))  # the control room
Shift = tuple[Any, str, datetime, datetime]


@dataclass
class Force:
    """Who is there: `readers` by staff id, `takers` by station (code, staff who take disclosures there, how busy)."""

    units: dict[str, Any] = field(default_factory=dict)
    stations: dict[str, Any] = field(default_factory=dict)
    staff: dict[str, Any] = field(default_factory=dict)
    readers: dict[str, Reader] = field(default_factory=dict)
    counters: list[tuple[Reader, int]] = field(default_factory=list)
    control_room: list[Any] = field(default_factory=list)


def build_force(now: datetime) -> Force:
    """Units, stations, staff and rota, as they were set up before the first disclosure."""
    at, raw, force = now - timedelta(days=DAYS + 3), read_toml("force"), Force()
    for unit in raw["unit"]:
        force.units[unit["code"]] = add_unit(actor=SYSTEM, at=at, **unit)
    for station in raw["station"]:
        force.stations[station["code"]] = add_station(
            actor=SYSTEM,
            at=at,
            code=station["code"],
            name=station["name"],
            phone=station["phone"],
            unit=force.units[station["unit"]],
        )
    for entry in raw["staff"]:
        _add_member(force, entry, raw, at)
    for code in force.units:
        add_shifts(actor=SYSTEM, at=at, unit=force.units[code], shifts=list(_shifts(force, code, now)))
    return force


def _add_member(force: Force, entry: dict[str, Any], raw: dict[str, Any], at: datetime) -> None:
    """One account, still without a password, remembered by what the demo needs it for."""
    station = force.stations.get(entry.get("station", ""))
    unit = force.units.get(entry.get("unit", "")) or (station.unit if station else None)
    email = f"{entry['username']}@{raw['mail_domain']}"
    staff = add_staff(
        actor=SYSTEM, at=at, username=entry["username"], name=entry["name"], role=entry["role"], unit=unit, station=station,
        email=email, demo=True,
    )  # fmt: skip
    force.staff[entry["username"]] = staff
    force.readers[str(staff.pk)] = reader_of(staff)
    _add_ways(entry, staff, at, number=len(force.staff))
    if entry.get("control_room"):
        force.control_room.append(staff)
    if entry["role"] == "counter":
        weight = next((row["weight"] for row in raw["station"] if row["code"] == entry.get("station")), 2)
        force.counters.append((reader_of(staff), weight))


def _add_ways(entry: dict[str, Any], staff: Any, at: datetime, number: int) -> None:
    """Whoever is on call is told by text message, then by mail; the control room on its screens too. One has one way."""
    if entry["username"] == ONE_WAY or not (
        entry["role"] in ("soit", "supervisor") or entry.get("control_room")
    ):
        return
    if entry.get("control_room"):
        add_way(actor=SYSTEM, at=at, staff=staff, channel="screen")
    phone = f"07700 900{100 + number:03}"  # from the numbers that are kept for films and such
    for channel, address in (("sms", phone), ("email", staff.email)):
        add_way(actor=SYSTEM, at=at, staff=staff, channel=channel, address=address, confirmed=True)


def _shifts(force: Force, code: str, now: datetime) -> Iterator[Shift]:
    """All layers of one unit: specialists by turns, the next of them second on; DIs and control room cover all."""
    today = now.astimezone(ZONE).date()
    specialists = [
        staff for staff in force.staff.values() if staff.role == "soit" and staff.unit == force.units[code]
    ]
    inspectors = [staff for staff in force.staff.values() if staff.role == "supervisor"]
    for offset in range(-DAYS - 2, DAYS_AHEAD):
        day = today + timedelta(days=offset)
        week = day.toordinal() // 7  # turns change by the week
        for turn, (name, hour, hours) in enumerate(SHIFTS):
            span = _span(day, hour, hours)
            if not is_gap(code, day, name, today):
                yield (specialists[(turn + week) % len(specialists)], "soit", *span)
            yield (specialists[(turn + week + 1) % len(specialists)], "second", *span)
            yield (inspectors[(turn + week) % len(inspectors)], "duty_di", *span)
        for turn, (_name, hour, hours) in enumerate(LONG_SHIFTS):
            yield (
                force.control_room[(turn + week) % len(force.control_room)],
                "control_room",
                *_span(day, hour, hours),
            )


def is_gap(code: str, day: date, shift: str, today: date) -> bool:
    """The one gap, left on purpose: nobody is first on for the moor next Saturday night but one (so never tonight)."""
    ahead = (5 - today.weekday()) % 7
    return (
        code == "MOOR"
        and shift == NIGHT
        and day == today + timedelta(days=ahead if ahead >= 2 else ahead + 7)
    )


def _span(day: date, hour: int, hours: int) -> tuple[datetime, datetime]:
    """A shift in UTC; on the night of the clock change it ends by the clock on the wall."""
    start = datetime.combine(day, time(hour), tzinfo=ZONE)
    end = start + timedelta(hours=hours)  # wall-clock arithmetic: same zone on both ends
    return start.astimezone(UTC), end.astimezone(UTC)
