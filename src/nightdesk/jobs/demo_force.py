"""The fictional force itself: units, stations, staff in all roles, and the turns they have."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from nightdesk.actions.staff import add_staff, add_station, add_unit
from nightdesk.actions.ways import add_way
from nightdesk.jobs.demo_rota import begin_turns, planned_at
from nightdesk.jobs.demo_texts import read_toml
from nightdesk.queries.readers import reader_of
from nightdesk.rules.access import SYSTEM, Reader

ONE_WAY: Final = "jonah"  # left with the address of his account on purpose: a supervisor sees it


@dataclass
class Force:
    """Who is there: `readers` by staff id, `takers` by station (code, staff who take disclosures there, how busy)."""

    units: dict[str, Any] = field(default_factory=dict)
    stations: dict[str, Any] = field(default_factory=dict)
    staff: dict[str, Any] = field(default_factory=dict)
    readers: dict[str, Reader] = field(default_factory=dict)
    counters: list[tuple[Reader, int]] = field(default_factory=list)
    control_room: list[Any] = field(default_factory=list)
    newcomers: dict[str, str] = field(default_factory=dict)  # username → a number that nobody has confirmed


def build_force(now: datetime) -> Force:
    """Units, stations, staff and their turns, as they were set up before the first disclosure."""
    at, raw, force = planned_at(now), read_toml("force"), Force()
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
    begin_turns(force, now)
    return force


def _add_member(force: Force, entry: dict[str, Any], raw: dict[str, Any], at: datetime) -> None:
    """One account, still without a password, remembered by what the demo needs it for."""
    station = force.stations.get(entry.get("station", ""))
    unit = force.units.get(entry.get("unit", "")) or (station.unit if station else None)
    number = entry.get("unconfirmed_number", "")
    email = "" if number else f"{entry['username']}@{raw['mail_domain']}"
    staff = add_staff(
        actor=SYSTEM, at=at, username=entry["username"], name=entry["name"], role=entry["role"], unit=unit, station=station,
        email=email, demo=True,
    )  # fmt: skip
    force.staff[entry["username"]] = staff
    force.readers[str(staff.pk)] = reader_of(staff)
    if number:
        force.newcomers[staff.username] = number
    else:
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
