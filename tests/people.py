"""The cast. Everybody here is invented, and so are the places.

Two units, two stations. Priya takes disclosures at Harrow Lane, which unit A covers; Tom at Mill Road, which unit B covers.
Sana (A) and Kofi (B) are the specialists on duty; Rae is second on. Alex is signed in and belongs nowhere: must see nothing.
"""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from nightdesk.rules import terms
from nightdesk.rules.access import SYSTEM, Reader

PASSWORD = "a-long-enough-passphrase"


@dataclass(frozen=True)
class Cast:
    """Stations, units and staff as rows."""

    harrow_lane: Any  # station, unit A
    mill_road: Any  # station, unit B
    unit_a: Any
    unit_b: Any
    priya: Any  # counter officer at Harrow Lane
    tom: Any  # counter officer at Mill Road
    sana: Any  # SOIT of unit A, on duty
    kofi: Any  # SOIT of unit B, on duty
    rae: Any  # SOIT of unit A, second on
    maud: Any  # supervisor of unit A
    idris: Any  # commander
    wen: Any  # analyst
    nell: Any  # adviser
    lars: Any  # trainer
    odile: Any  # auditor
    ben: Any  # admin
    alex: Any  # partner with an account and no unit: the outsider

    def staff(self) -> dict[str, Any]:
        """Every member of staff by name."""
        return {f.name: getattr(self, f.name) for f in fields(self) if hasattr(getattr(self, f.name), "role")}

    def by_role(self, role: str) -> Any:
        """The first of the cast in `role`."""
        return next(person for person in self.staff().values() if person.role == role)


# name, role, unit, station
STAFF = (
    ("priya", terms.COUNTER, "a", "harrow_lane"),
    ("tom", terms.COUNTER, "b", "mill_road"),
    ("sana", terms.SOIT, "a", None),
    ("kofi", terms.SOIT, "b", None),
    ("rae", terms.SOIT, "a", None),
    ("maud", terms.SUPERVISOR, "a", None),
    ("idris", terms.COMMANDER, None, None),
    ("wen", terms.ANALYST, None, None),
    ("nell", terms.ADVISER, None, None),
    ("lars", terms.TRAINER, None, None),
    ("odile", terms.AUDITOR, None, None),
    ("ben", terms.ADMIN, None, None),
    ("alex", terms.PARTNER, None, None),
)


def make_cast(now: datetime) -> Cast:
    """The force with its people, and a rota that covers `now`; made by the same actions as a real one."""
    from nightdesk.actions.staff import add_station, add_unit

    a, b = (
        add_unit(actor=SYSTEM, at=now, code=letter, name=f"Unit {letter}", ring="Control room, 01632 960000")
        for letter in ("A", "B")
    )
    places = (("harrow_lane", "HL", "Harrow Lane", a), ("mill_road", "MR", "Mill Road", b))
    stations = {
        name: add_station(actor=SYSTEM, at=now, code=code, name=title, phone="01632 960100", unit=unit)
        for name, code, title, unit in places
    }
    people = _people(now, {"a": a, "b": b}, stations)
    _rota(now, a, b, people)
    return Cast(unit_a=a, unit_b=b, **stations, **people)


def _people(now: datetime, units: dict[str, Any], stations: dict[str, Any]) -> dict[str, Any]:
    from nightdesk.actions.staff import add_staff

    return {
        name: add_staff(
            actor=SYSTEM, at=now, username=name, name=name.title(), role=role, email=f"{name}@force.test", password=PASSWORD,
            unit=units.get(unit or ""), station=stations.get(station or ""),
        )
        for name, role, unit, station in STAFF
    }  # fmt: skip


def _rota(now: datetime, a: Any, b: Any, people: dict[str, Any]) -> None:
    from nightdesk.actions.rota import add_shifts

    hours = (now - timedelta(hours=2), now + timedelta(hours=10))
    soit, second = terms.LAYERS[:2]
    add_shifts(
        actor=SYSTEM, at=now, unit=a, shifts=[(people["sana"], soit, *hours), (people["rae"], second, *hours)]
    )
    add_shifts(actor=SYSTEM, at=now, unit=b, shifts=[(people["kofi"], soit, *hours)])


def as_reader(staff: Any) -> Reader:
    """The reader or actor that rules, actions and queries take."""
    from nightdesk.queries.readers import reader_of

    return reader_of(staff)


def signed_in(client: Any, staff: Any) -> Any:
    """The test client, signed in as `staff` (past the second factor)."""
    client.force_login(staff)
    return client
