"""The force as the command line shows it: units and stations by code, accounts, and a unit's shifts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from nightdesk.records.contacts import reachable_ids
from nightdesk.records.rota import Absence, Shift
from nightdesk.records.staff import Staff, Station, Unit
from nightdesk.rules.access import Reader
from nightdesk.rules.cover import Gap, cover_gaps
from nightdesk.rules.rota import Span


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
    """Who is on in `unit` in this time: accounts that are open, without the times in which they are away, by start."""
    spans = sorted(_spans(unit, starts_at, ends_at), key=lambda span: (span.starts_at, span.layer))
    names = _names(span.staff for span in spans)
    return [
        OnShift(s.layer, names[s.staff], s.starts_at, s.ends_at)
        for s in spans
        if s.starts_at < ends_at and s.ends_at > starts_at
    ]


def next_shift(reader: Reader, staff: Staff, *, layer: str, after: datetime) -> UUID | None:
    """The first shift of somebody in a layer that begins after a moment: its id, None when there is none."""
    coming = Shift.objects.standing().filter(staff=staff, layer=layer, starts_at__gt=after)
    return coming.order_by("starts_at").values_list("pk", flat=True).first()


def gaps_of(
    reader: Reader, unit: Unit, layers: Sequence[str], *, starts_at: datetime, ends_at: datetime
) -> list[Gap]:
    """Where nobody who can be reached is on in one of `layers`, as the hourly check sees it; `staff` of a gap by name."""
    spans = _spans(unit, starts_at, ends_at)
    reachable = reachable_ids({span.staff for span in spans})
    gaps = cover_gaps(spans, layers, starts_at, ends_at, reachable=reachable)
    names = _names(staff for gap in gaps for staff in gap.staff)
    return [replace(gap, staff=tuple(names[staff] for staff in gap.staff)) for gap in gaps]


def is_away(reader: Reader, staff: Staff, *, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether somebody is away in this time or a part of it."""
    noted = Absence.objects.filter(staff=staff, withdrawn_at=None)
    return noted.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exists()


def is_reachable(reader: Reader, staff: Staff) -> bool:
    """Whether a message finds somebody away from their desk."""
    return bool(reachable_ids({str(staff.pk)}))


def _spans(unit: Unit, starts_at: datetime, ends_at: datetime) -> list[Span]:
    touching = Shift.objects.standing().filter(unit=unit, starts_at__lt=ends_at, ends_at__gt=starts_at)
    return touching.spans()


def _names(ids: Iterable[str]) -> dict[str, str]:
    return {str(pk): name for pk, name in Staff.objects.filter(pk__in=set(ids)).values_list("pk", "name")}
