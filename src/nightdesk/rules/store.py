"""A store: what may be put in, faults from its temperature readings, and what lay in it during a fault.

Degrees are tenths of a degree Celsius. How long it may be outside the range, and how long silence is suspicious, comes
from the pack. Source: field reference 4 (freezers overfull and broken, nobody knew which samples were inside).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from nightdesk.rules.custody import STORE, CustodyRefused, Holder, Link
from nightdesk.rules.pack_exhibits import StoreKind
from nightdesk.rules.terms import COUNTER, SOIT, SUPERVISOR

TOO_WARM: Final = "too_warm"
TOO_COLD: Final = "too_cold"
NO_READINGS: Final = "no_readings"
BY_READINGS: Final = (TOO_WARM, TOO_COLD, NO_READINGS)
BY_PEOPLE: Final = ("door_open", "power_cut", "broken", "overfull", "other")
FAULTS: Final = (*BY_READINGS, *BY_PEOPLE)


@dataclass(frozen=True)
class Limits:
    """How warm it may be, and when readings tell of a fault. `lowest` and `highest` None: it is not measured."""

    lowest: int | None
    highest: int | None
    outside: timedelta
    silent: timedelta


def limits_of(lowest: int | None, highest: int | None, kind: StoreKind) -> Limits:
    """The limits of a store with its own range; the times come from its kind in the pack."""
    return Limits(
        lowest, highest, timedelta(minutes=kind.outside_minutes), timedelta(hours=kind.silent_hours)
    )


@dataclass(frozen=True)
class Reading:
    """How warm it was (tenths of a degree) at a moment (aware UTC)."""

    at: datetime
    tenths: int


@dataclass(frozen=True)
class Fault:
    """A time in which the store did not keep what it promises; `ends_at` None: it lasts."""

    kind: str
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True)
class Room:
    """A store as somebody wants to put something in: its kind, how many it holds, how many lie in it, whether it is
    closed, and whether it has a fault now."""

    name: str
    kind: str
    capacity: int
    held: int
    closed: bool
    broken: bool = False


def refuse_if_no_room(room: Room, fitting: Iterable[str], elsewhere: Sequence[str] = ()) -> None:
    """Raise CustodyRefused when the exhibit may not be put in, naming the stores (`elsewhere`) that can take it."""
    others = f" Free now: {', '.join(elsewhere)}." if elsewhere else " Ask your supervisor where it can go."
    if room.closed:
        raise CustodyRefused(f"{room.name} is closed.{others}")
    if room.kind not in tuple(fitting):
        raise CustodyRefused(f"{room.name} is the wrong kind of store for this exhibit.{others}")
    if room.broken:
        raise CustodyRefused(f"{room.name} has a fault now.{others}")
    if room.held >= room.capacity:
        raise CustodyRefused(f"{room.name} is full: {room.held} of {room.capacity}.{others}")


def faults_from(readings: Sequence[Reading], limits: Limits, now: datetime) -> tuple[Fault, ...]:
    """The faults that the readings (oldest first) show up to `now`: too warm, too cold, and times without any reading.

    It is outside from the first reading out of range to the first one back in; a shorter time than `limits.outside` is a
    door that was opened. Silence begins where the last reading was, when the next one came later than `limits.silent`.
    """
    if limits.lowest is None or limits.highest is None or not readings:
        return ()
    found = [*_outside(readings, limits, now), *_silences(readings, limits, now)]
    return tuple(sorted(found, key=lambda fault: (fault.starts_at, fault.kind)))


def _side(reading: Reading, limits: Limits) -> str:
    if limits.highest is not None and reading.tenths > limits.highest:
        return TOO_WARM
    return TOO_COLD if limits.lowest is not None and reading.tenths < limits.lowest else ""


def _outside(readings: Sequence[Reading], limits: Limits, now: datetime) -> list[Fault]:
    found: list[Fault] = []
    side, since = "", readings[0].at
    for reading in readings:
        if (here := _side(reading, limits)) == side:
            continue
        if side and reading.at - since >= limits.outside:
            found.append(Fault(side, since, reading.at))
        side, since = here, reading.at
    if side and now - since >= limits.outside:
        found.append(Fault(side, since, None))
    return found


def _silences(readings: Sequence[Reading], limits: Limits, now: datetime) -> list[Fault]:
    found = [
        Fault(NO_READINGS, earlier.at, later.at)
        for earlier, later in pairwise(readings)
        if later.at - earlier.at > limits.silent
    ]
    if now - readings[-1].at > limits.silent:
        found.append(Fault(NO_READINGS, readings[-1].at, None))
    return found


def inside_during(chain: Sequence[Link], store_id: str, fault: Fault, now: datetime) -> bool:
    """Whether the exhibit of this chain lay in the store at any moment of the fault."""
    here, ends_at = Holder(STORE, store_id), fault.ends_at or now
    ends = [link.at for link in chain[1:]] + [None]
    return any(
        link.holder == here and link.at < ends_at and (end is None or end > fault.starts_at)
        for link, end in zip(chain, ends, strict=True)
    )


def may_look_after(*, role: str, own_station: bool, own_unit: bool) -> bool:
    """Whether the reader reads the thermometer and notes faults there: staff of its station, specialists of its unit."""
    return role in (COUNTER, SOIT, SUPERVISOR) and (own_station or (own_unit and role != COUNTER))


def may_open_or_close(*, role: str, own_unit: bool) -> bool:
    """Whether the reader adds, closes and opens a store there: a supervisor of the unit."""
    return role == SUPERVISOR and own_unit
