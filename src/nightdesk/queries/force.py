"""The force as the command line shows it: units and stations by code, accounts, and a unit's shifts."""

from dataclasses import dataclass
from datetime import datetime

from nightdesk.records.rota import Shift
from nightdesk.records.staff import Staff, Station, Unit
from nightdesk.rules.access import Reader


@dataclass(frozen=True)
class Account:
    """An account without its secrets; station and unit by name, "" for none."""

    username: str
    name: str
    role: str
    station: str
    unit: str
    is_active: bool
    is_demo: bool
    has_password: bool


@dataclass(frozen=True)
class OnShift:
    """One shift: layer of cover, who, and from when until when (UTC)."""

    layer: str
    name: str
    starts_at: datetime
    ends_at: datetime


def accounts(reader: Reader) -> list[Account]:
    """Every account, by role, then by username."""
    staff = Staff.objects.select_related("station", "unit").order_by("role", "username")
    return [
        Account(
            s.username, s.name, s.role, s.station.name if s.station else "", s.unit.name if s.unit else "",
            s.is_active, s.is_demo, s.has_usable_password(),
        )
        for s in staff
    ]  # fmt: skip


def real_accounts(reader: Reader) -> int:
    """How many accounts are not of the demo: more than none means that this database is somebody's."""
    return Staff.objects.filter(is_demo=False).count()


def unit_codes(reader: Reader) -> list[str]:
    """The codes of all units, sorted."""
    return list(Unit.objects.order_by("code").values_list("code", flat=True))


def units_with_stations(reader: Reader) -> list[tuple[str, str, str, str]]:
    """Per unit: code, name, whom to ring, and its stations by name."""
    units = Unit.objects.prefetch_related("stations").order_by("code")
    return [
        (u.code, u.name, u.ring, ", ".join(sorted(station.name for station in u.stations.all())))
        for u in units
    ]


def unit_by_code(reader: Reader, code: str) -> Unit | None:
    """The unit with this code, in any case; None when there is none."""
    return Unit.objects.filter(code__iexact=code).first()


def station_by_code(reader: Reader, code: str) -> Station | None:
    """The station with this code, in any case; None when there is none."""
    return Station.objects.filter(code__iexact=code).select_related("unit").first()


def account_named(reader: Reader, username: str) -> Staff | None:
    """The account of a username, in any case; None when there is none."""
    return Staff.objects.filter(username__iexact=username).first()


def shifts_of(reader: Reader, unit: Unit, *, starts_at: datetime, ends_at: datetime) -> list[OnShift]:
    """The shifts of `unit` that touch the span, in the order in which they start."""
    found = (
        Shift.objects.standing()
        .filter(unit=unit, starts_at__lt=ends_at, ends_at__gt=starts_at)
        .select_related("staff")
    )
    return [
        OnShift(s.layer, s.staff.name, s.starts_at, s.ends_at) for s in found.order_by("starts_at", "layer")
    ]
