"""Reading temperatures in from a logger's file, and the faults that they show."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.db.models import Q

from nightdesk.actions._entry import entry
from nightdesk.outside.current import pack
from nightdesk.records.chain import kept_readings
from nightdesk.records.exhibits import Store, StoreFault, Temperature
from nightdesk.rules import store as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.readings import Row, Weighed, weigh
from nightdesk.rules.readings_file import read_readings


@dataclass(frozen=True)
class ReadIn:
    """What a file came to: what was kept and not taken, how many faults it showed, and how many it took back."""

    weighed: Weighed
    faults: int
    withdrawn: int


@dataclass
class _Count:
    faults: int = 0
    withdrawn: int = 0


def read_temperatures_in(*, actor: Reader, at: datetime, raw: bytes, zone: tzinfo) -> ReadIn:
    """Keep every reading of the file that is not kept yet, and note the faults that the readings show now.

    The same file again changes nothing. `zone`: of times without one. Raises readings_file.Unreadable.
    """
    rows, rejects = read_readings(raw, zone)
    with entry("temperatures_read_in", actor=actor, at=at) as line:
        codes = {row.store for row in rows}
        locked = Store.objects.select_for_update(no_key=True).filter(code__in=codes).order_by("code")
        stores = {store.code: store for store in locked}
        weighed = weigh(rows, rejects, kept_readings(rows), at)
        Temperature.objects.bulk_create(
            (Temperature(store=stores[row.store], at=row.at, tenths=row.tenths) for row in weighed.fresh),
            batch_size=1000,
        )
        count = _Count()
        for code, store in stores.items():
            if own := [row for row in weighed.fresh if row.store == code]:
                _follow_faults(store, own, at, count)
        line.facts = {
            "count": len(weighed.fresh), "repeated": weighed.repeated, "rejected": len(weighed.rejects),
            "stores": len(stores), "faults": count.faults, "withdrawn": count.withdrawn,
        }  # fmt: skip
    return ReadIn(weighed, count.faults, count.withdrawn)


def _follow_faults(store: Store, fresh: list[Row], now: datetime, count: _Count) -> None:
    """The faults by readings from the first new reading on, computed anew: added, ended, or taken back.

    A silence that lasts is not kept: whoever looks sees it, and the next reading ends it.
    """
    limits = rule.limits_of(store.lowest, store.highest, pack().store_kinds[store.kind])
    start = _where_to_begin(store, min(row.at for row in fresh))
    readings = [
        rule.Reading(moment, tenths)
        for moment, tenths in store.temperatures.filter(at__gte=start)
        .order_by("at")
        .values_list("at", "tenths")
    ]
    shown = {
        (fault.kind, fault.starts_at): fault.ends_at
        for fault in rule.faults_from(readings, limits, now)
        if fault.kind != rule.NO_READINGS or fault.ends_at is not None
    }
    for row in store.faults.filter(noted_by=None, starts_at__gte=start):
        if (key := (row.kind, row.starts_at)) not in shown:
            row.delete()  # a later file filled the silence, or gave the door its true, short time
            count.withdrawn += 1
        elif row.ends_at != (ends_at := shown.pop(key)):
            row.ends_at = ends_at
            row.save(update_fields=["ends_at"])
    StoreFault.objects.bulk_create(
        StoreFault(store=store, kind=kind, starts_at=starts_at, ends_at=ends_at, noted_at=now)
        for (kind, starts_at), ends_at in shown.items()
    )
    count.faults += len(shown)


def _where_to_begin(store: Store, first: datetime) -> datetime:
    """The last reading before the new ones that was in order: what is out of order since then is judged as a whole.

    Or where that lies in or at the end of a fault, the beginning of the fault.
    """
    before = store.temperatures.filter(at__lt=first).order_by("-at")
    good = (
        before.filter(tenths__gte=store.lowest, tenths__lte=store.highest)
        if store.lowest is not None
        else before
    )
    oldest = before.reverse().values_list("at", flat=True).first()
    start = good.values_list("at", flat=True).first() or oldest or first
    own = store.faults.filter(noted_by=None, starts_at__lte=start)
    touching = own.filter(Q(ends_at=None) | Q(ends_at__gte=start)).order_by("starts_at")
    return touching.values_list("starts_at", flat=True).first() or start
