"""Stores: how full, how warm, what is wrong with them, and what lay inside during a fault."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from nightdesk.outside.current import pack
from nightdesk.queries.exhibit_sight import links_in_sight
from nightdesk.records.chain import kept_readings, newest_links
from nightdesk.records.exhibits import Custody, Store, StoreFault, Temperature
from nightdesk.records.staff import Station
from nightdesk.rules import store as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.readings import Reject, Row, Weighed, weigh

CHART_DAYS: Final = 7
FAULT_DAYS: Final = 90  # how far back faults are listed
MOST_POINTS: Final = 2500
MOST_CODES: Final = 20  # named beside a fault; the history of the store has all of them


@dataclass(frozen=True)
class StoreRow:
    """A store as the list shows it. Degrees are tenths. `mine`: the reader looks after it; `change`: may close it."""

    code: str
    name: str
    station: str
    kind: str
    capacity: int
    held: int
    lowest: int | None
    highest: int | None
    closed_at: datetime | None
    read_at: datetime | None
    tenths: int | None
    faults: tuple[str, ...]
    mine: bool
    change: bool


@dataclass(frozen=True)
class FaultSeen:
    """A fault with what lay in the store meanwhile: `inside` the first codes that the reader may know of, `seen` how many
    of these there are, `count` of all."""

    kind: str
    starts_at: datetime
    ends_at: datetime | None
    noted_by: str
    inside: tuple[str, ...]
    seen: int
    count: int


@dataclass(frozen=True)
class StoreSeen:
    """One store with its readings of the last days and its faults, newest first."""

    row: StoreRow
    readings: tuple[tuple[datetime, int], ...]
    since: datetime
    faults: tuple[FaultSeen, ...]


def faulty_now(now: datetime) -> dict[Any, tuple[str, ...]]:
    """Store id → kinds of fault that last at `now`: those noted, and silence, which nobody has to note."""
    found: dict[Any, set[str]] = {}
    for store_id, kind in StoreFault.objects.filter(ends_at=None).values_list("store_id", "kind"):
        found.setdefault(store_id, set()).add(kind)
    for store in _with_reading(Store.objects.exclude(lowest=None)):
        if store.read_at is not None and now - store.read_at > _limits(store).silent:
            found.setdefault(store.pk, set()).add(rule.NO_READINGS)
    return {store_id: tuple(sorted(kinds)) for store_id, kinds in found.items()}


def _with_reading(stores: QuerySet[Store]) -> Any:
    """The stores with the time and the degrees of their newest reading: each found by the index, however many there are."""
    newest = Temperature.objects.filter(store=OuterRef("pk")).order_by("-at")
    return stores.annotate(
        read_at=Subquery(newest.values("at")[:1]), read_tenths=Subquery(newest.values("tenths")[:1])
    )


def store_names(reader: Reader) -> list[tuple[str, str]]:
    """(code, name) of every store, to look for what lies in one."""
    return list(Store.objects.order_by("station__name", "name").values_list("code", "name"))


def stores(reader: Reader, now: datetime) -> list[StoreRow]:
    """All stores: those the reader looks after first, then by station and name."""
    held = dict(newest_links().exclude(store=None).values_list("store_id").annotate(Count("id")))
    faulty = faulty_now(now)
    rows = [
        _row(reader, store, held.get(store.pk, 0), faulty.get(store.pk, ()))
        for store in _with_reading(Store.objects.select_related("station").order_by("station__name", "name"))
    ]
    return sorted(rows, key=lambda row: not row.mine)


def _row(reader: Reader, store: Any, held: int, faults: tuple[str, ...]) -> StoreRow:
    """`store` comes with its newest reading."""
    own_unit = bool(reader.unit) and str(store.station.unit_id) == reader.unit
    own_station = bool(reader.station) and str(store.station_id) == reader.station
    return StoreRow(
        code=store.code, name=store.name, station=store.station.name, kind=store.kind, capacity=store.capacity, held=held,
        lowest=store.lowest, highest=store.highest, closed_at=store.closed_at, read_at=store.read_at,
        tenths=store.read_tenths, faults=faults,
        mine=rule.may_look_after(role=reader.role, own_station=own_station, own_unit=own_unit),
        change=rule.may_open_or_close(role=reader.role, own_unit=own_unit),
    )  # fmt: skip


def store(reader: Reader, code: str, now: datetime) -> StoreSeen | None:
    """One store, or None when there is none."""
    found = _with_reading(Store.objects.select_related("station").filter(code=code)).first()
    if found is None:
        return None
    since = now - timedelta(days=CHART_DAYS)
    held = newest_links().filter(store=found).count()
    row = _row(reader, found, held, faulty_now(now).get(found.pk, ()))
    readings = (
        found.temperatures.filter(at__gte=since, at__lte=now).order_by("-at").values_list("at", "tenths")
    )
    return StoreSeen(row, tuple(reversed(readings[:MOST_POINTS])), since, tuple(_faults(reader, found, now)))


def _faults(reader: Reader, found: Store, now: datetime) -> Iterable[FaultSeen]:
    visible = Exists(links_in_sight(reader).filter(exhibit=OuterRef("exhibit")))
    for fault, noted_by in faults_of(found, now, now - timedelta(days=FAULT_DAYS)):
        inside = lay_inside(found, fault.starts_at, fault.ends_at or now)
        codes = inside.filter(visible).values_list("exhibit__code", flat=True).distinct()
        seen, count = codes.count(), inside.values("exhibit").distinct().count()
        shown = tuple(codes.order_by("exhibit__code")[:MOST_CODES])
        yield FaultSeen(fault.kind, fault.starts_at, fault.ends_at, noted_by, shown, seen, count)


def lay_inside(found: Store, starts_at: datetime, ends_at: datetime) -> QuerySet[Custody]:
    """The links that say that an exhibit lay in the store at any moment between the two. A test holds this and the rule
    (rules/store.py, inside_during) alike."""
    still_there = Q(until=None) | Q(until__gt=starts_at)
    return Custody.objects.filter(still_there, store=found, at__lt=ends_at)


def faults_of(found: Store, now: datetime, since: datetime | None = None) -> list[tuple[rule.Fault, str]]:
    """The faults of a store since `since` with whoever noted each ("" by readings), newest first; silence too."""
    rows = found.faults.select_related("noted_by")
    rows = rows.filter(Q(ends_at=None) | Q(ends_at__gte=since)) if since else rows
    listed = [
        (rule.Fault(f.kind, f.starts_at, f.ends_at), f.noted_by.name if f.noted_by else "") for f in rows
    ]
    newest = found.temperatures.order_by("-at").values_list("at", flat=True).first()
    if found.lowest is not None and newest and now - newest > _limits(found).silent:
        listed.append((rule.Fault(rule.NO_READINGS, newest, None), ""))
    return sorted(listed, key=lambda pair: pair[0].starts_at, reverse=True)


def _limits(found: Store) -> rule.Limits:
    return rule.limits_of(found.lowest, found.highest, pack().store_kinds[found.kind])


def weighed(reader: Reader, rows: Iterable[Row], rejects: Iterable[Reject], now: datetime) -> Weighed:
    """What a file would change, without changing anything: the dry run."""
    listed = list(rows)
    return weigh(listed, rejects, kept_readings(listed), now)


def stations_of(reader: Reader) -> list[tuple[str, str]]:
    """(code, name) of the stations in which the reader may add a store."""
    if not reader.unit:
        return []
    return list(Station.objects.filter(unit_id=reader.unit).order_by("name").values_list("code", "name"))
