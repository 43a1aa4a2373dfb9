"""How staff can be told: one's own ways, and for a supervisor who of the unit could not be reached."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Max, Q

from nightdesk.records.contacts import ContactWay, ways_of
from nightdesk.records.rota import Shift
from nightdesk.records.staff import Staff
from nightdesk.rules.access import Reader
from nightdesk.rules.terms import WORKS_CASES
from nightdesk.rules.ways import SCREEN, SECRET_OVERLAP, Way, working

ENOUGH: Final = 2  # ways that work: one channel may be out on the very night
AHEAD: Final = timedelta(days=14)  # as far as the rota looks for gaps


@dataclass(frozen=True)
class WaySeen:
    """One way of the reader's own, with what is known of it."""

    id: UUID
    channel: str
    address: str
    verified: bool
    failed_at: datetime | None
    fault: str
    worked_at: datetime | None
    tested_at: datetime | None
    secrets: int  # how many were made for a webhook after its first
    old_until: datetime | None  # an older secret signs beside the newest one until then


@dataclass(frozen=True)
class OwnWays:
    """The reader's ways in order, the address of the account (used when none of them works), and how many work."""

    ways: tuple[WaySeen, ...]
    account: str
    works: int
    only_screen: bool


def own_ways(reader: Reader) -> OwnWays:
    """How the reader is told."""
    staff = Staff.objects.get(pk=reader.id)
    rows = ContactWay.objects.filter(staff=staff, withdrawn_at=None).annotate(
        tested_at=Max("messages__made_at", filter=Q(messages__about="test")),
        made=Count("secrets", distinct=True),
        made_at=Max("secrets__made_at"),
    )
    seen = tuple(
        WaySeen(
            w.pk,
            w.channel,
            w.address,
            w.verified_at is not None,
            w.failed_at,
            w.fault,
            w.worked_at,
            w.tested_at,
            w.made,
            w.made_at + SECRET_OVERLAP if w.made_at else None,
        )
        for w in rows.order_by("place", "added_at")
    )
    used = ways_of([staff])[staff.pk]
    return OwnWays(seen, staff.email, working(used), _only_screen(used))


def _only_screen(ways: list[Way]) -> bool:
    return all(way.channel == SCREEN for way in ways if not way.failed)


@dataclass(frozen=True)
class Reach:
    """One member of a unit, and how they could be told now."""

    name: str
    layers: tuple[str, ...]  # in which they are on within the next days
    channels: tuple[str, ...]  # of the ways that work, in order
    failed: tuple[str, ...]
    enough: bool
    reached: bool


def unit_reach(reader: Reader, now: datetime) -> list[Reach]:
    """Whoever of the reader's unit works cases or is on within a fortnight: those who can't be reached come first."""
    if not reader.unit:
        return []
    coming = Shift.objects.standing().filter(unit_id=reader.unit, ends_at__gt=now, starts_at__lt=now + AHEAD)
    layers: dict[UUID, set[str]] = {}
    for staff_id, layer in coming.values_list("staff", "layer"):
        layers.setdefault(staff_id, set()).add(layer)
    people = Staff.objects.filter(is_active=True).filter(
        Q(unit_id=reader.unit, role__in=WORKS_CASES) | Q(pk__in=list(layers))
    )
    staff = list(people.order_by("name"))
    ways = ways_of(staff)
    found = [_reach(person, ways[person.pk], layers.get(person.pk, set())) for person in staff]
    return sorted(found, key=lambda row: (row.reached, row.enough, not row.layers, row.name))


def _reach(staff: Staff, ways: list[Way], layers: set[str]) -> Reach:
    good = [way.channel for way in ways if not way.failed]
    return Reach(
        name=staff.name, layers=tuple(sorted(layers)), channels=tuple(good),
        failed=tuple(way.channel for way in ways if way.failed), enough=len(good) >= ENOUGH, reached=bool(good),
    )  # fmt: skip
