"""The force of a simulated month: units, stations, staff with their ways, and a rota with its gaps. Made by the same
actions as a real one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, Final

from nightdesk.actions.rota import add_shifts
from nightdesk.actions.staff import add_staff, add_station, add_unit
from nightdesk.actions.ways import add_way
from nightdesk.jobs.simulate_people import BAD_ADDRESS, CONTROL_ROOM, PROMPT, TEMPERS, WAYS, Temper
from nightdesk.jobs.simulate_plan import ZONE, Illness, Plan
from nightdesk.queries.readers import reader_of
from nightdesk.rules import terms
from nightdesk.rules.access import SYSTEM, Reader

UNITS: Final = 3
OFFICERS: Final = 6  # specialists of each unit
TURNS: Final = ((7, 8), (15, 8), (23, 8))  # hour at which a shift starts by the local clock, hours
LONG_TURNS: Final = ((7, 12), (19, 12))  # the control room
NOTICED: Final = timedelta(hours=4)  # until somebody stands in for who fell ill
# Of nobody: kept by Ofcom for drama, and a domain that can never exist.
ADDRESSES: Final = {
    "screen": "",
    "sms": "07700 900{number:03}",
    "email": "{name}@mail.force.invalid",
    "webhook": "https://force.invalid/{name}",
}
RING: Final = "Control room, 01632 960100"

Shift = tuple[Any, str, datetime, datetime]


@dataclass
class Member:
    """One of the staff: the account, how they answer, since when and until when ill, and an address that is none."""

    staff: Any
    temper: Temper
    reader: Reader
    ill: list[Illness] = field(default_factory=list)
    bad_channel: str = ""
    ways: tuple[str, ...] = ("email",)  # as wished; without any, the address of the account

    def is_ill(self, at: datetime) -> bool:
        """Whether they lie in bed at `at`."""
        return any(one.starts_at <= at < one.ends_at for one in self.ill)


@dataclass
class SimulatedForce:
    """Who is there: `counters` by station, `members` by the id of their account."""

    counters: list[Reader] = field(default_factory=list)
    officers: list[list[Member]] = field(default_factory=list)
    inspectors: list[Member] = field(default_factory=list)
    control_room: list[Member] = field(default_factory=list)
    members: dict[Any, Member] = field(default_factory=dict)
    rota: dict[Any, list[Shift]] = field(default_factory=dict)  # by the id of the unit

    def layers_on(self, unit: Any, at: datetime) -> frozenset[str]:
        """The layers in which somebody is on, by the rota as it was meant."""
        return frozenset(
            layer for _, layer, starts_at, ends_at in self.rota[unit] if starts_at <= at < ends_at
        )


def build_force(plan: Plan, force: SimulatedForce) -> None:
    """Everything that is there before the first disclosure."""
    at, dice = plan.size.starts_at - timedelta(days=1), Random(f"force {plan.seed}")
    units = [add_unit(actor=SYSTEM, at=at, code=f"U{n}", name=f"Unit {n}", ring=RING) for n in range(UNITS)]
    for number, unit in enumerate(units):
        station = add_station(actor=SYSTEM, at=at, code=f"S{number}", name=f"Station {number}", unit=unit)
        taker = add_staff(
            actor=SYSTEM, at=at, username=f"counter-{number}", name=f"Counter {number}", role=terms.COUNTER, unit=unit,
            station=station,
        )  # fmt: skip
        force.counters.append(reader_of(taker))
        tempers = [PROMPT, *(dice.choice(TEMPERS) for _ in range(OFFICERS - 1))]
        force.officers.append(
            [
                _member(force, dice, at, f"soit-{number}-{n}", terms.SOIT, unit, temper)
                for n, temper in enumerate(tempers)
            ]
        )
    for n in range(4):
        di = _member(force, dice, at, f"di-{n}", terms.SUPERVISOR, units[n % UNITS], dice.choice(TEMPERS))
        force.inspectors.append(di)
        room = _member(force, dice, at, f"room-{n}", terms.COUNTER, units[0], CONTROL_ROOM)
        force.control_room.append(room)
    for illness in plan.illnesses:
        force.officers[illness.unit][illness.officer].ill.append(illness)
    _fill_rota(plan, force, units, at)


def _member(
    force: SimulatedForce, dice: Random, at: datetime, username: str, role: str, unit: Any, temper: Temper
) -> Member:
    staff = add_staff(
        actor=SYSTEM, at=at, username=username, name=username.replace("-", " ").title(), role=role, unit=unit,
        email=f"{username}@force.invalid",
    )  # fmt: skip
    ways = dice.choice(WAYS)
    for channel in ways:
        address = ADDRESSES[channel].format(name=username, number=len(force.members))
        add_way(actor=SYSTEM, at=at, staff=staff, channel=channel, address=address, confirmed=True)
    bad = next((way for way in ways if way != "screen"), "") if dice.random() < BAD_ADDRESS else ""
    member = Member(staff, temper, reader_of(staff), bad_channel=bad, ways=ways or ("email",))
    force.members[staff.pk] = member
    return member


def _fill_rota(plan: Plan, force: SimulatedForce, units: list[Any], at: datetime) -> None:
    rows = [(n, shift) for n in range(UNITS) for shift in _shifts(plan, force, n)]
    for share in plan.gaps:
        rows.pop(int(share * len(rows)))
    for n, unit in enumerate(units):
        shifts = [(member.staff, *rest) for of, (member, *rest) in rows if of == n]
        force.rota[unit.pk] = shifts
        add_shifts(actor=SYSTEM, at=at, unit=unit, shifts=shifts)


def _shifts(plan: Plan, force: SimulatedForce, number: int) -> Iterator[Shift]:
    """All layers of one unit, with whoever stands in for the ill."""
    first = plan.size.starts_at.astimezone(ZONE).date() - timedelta(days=1)
    officers, rooms, inspectors = force.officers[number], force.control_room, force.inspectors
    for day in (first + timedelta(days=n) for n in range(int(plan.size.days) + 4)):
        turn_of = day.toordinal() // 2  # turns change every other day
        for turn, (hour, hours) in enumerate(TURNS):
            span = _span(day, hour, hours)
            on = officers[(turn + turn_of) % OFFICERS]
            yield (on, "soit", *span)
            if number == 0 and turn == 2:  # the busiest unit has two at night
                yield (officers[(turn + turn_of + 3) % OFFICERS], "soit", *span)
            if any(one.starts_at + NOTICED < span[0] < one.ends_at for one in on.ill):
                yield (officers[(turn + turn_of + 2) % OFFICERS], "soit", *span)
            yield (officers[(turn + turn_of + 1) % OFFICERS], "second", *span)
            yield (inspectors[(turn + turn_of) % len(inspectors)], "duty_di", *span)
        for turn, (hour, hours) in enumerate(LONG_TURNS):
            yield (rooms[(turn + turn_of) % len(rooms)], "control_room", *_span(day, hour, hours))


def _span(day: date, hour: int, hours: int) -> tuple[datetime, datetime]:
    """A shift in UTC, by the clock on the wall at both ends."""
    start = datetime.combine(day, time(hour), tzinfo=ZONE)
    return start.astimezone(UTC), (start + timedelta(hours=hours)).astimezone(UTC)
