"""Stores: added, closed and opened by a supervisor of the unit; faults noted and ended by whoever looks after them."""

import re
from datetime import datetime, timedelta
from typing import Final

from nightdesk.actions._entry import entry
from nightdesk.actions._rows import staff_id
from nightdesk.actions.refusals import NotFound
from nightdesk.outside.current import pack
from nightdesk.records.chain import newest_links
from nightdesk.records.exhibits import Store, StoreFault
from nightdesk.records.staff import Station
from nightdesk.rules import store as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.terms import STORE_KINDS

CODE: Final = re.compile(r"[A-Z0-9][A-Z0-9-]{0,19}")
MOST_PLACES: Final = 100_000
OLDEST_FAULT: Final = timedelta(days=366)


class StoreRefused(Exception):
    """A store can't be changed as asked; the sentence says what to do."""


def add_store(
    *, actor: Reader, at: datetime, station: Station, code: str, name: str, kind: str, capacity: int
) -> Store:
    """A store of a station; how warm it may be comes from the pack. `code` is on its door and in its logger's files."""
    _refuse_unless_supervisor(actor, station)
    code, name = code.strip().upper(), name.strip()
    if not CODE.fullmatch(code):
        raise StoreRefused("Give it a short code of capital letters, digits and dashes, such as HL-F1.")
    if not name or len(name) > 100:
        raise StoreRefused("Give it the name that people call it by, such as Fridge 1, custody corridor.")
    if kind not in STORE_KINDS or not 1 <= capacity <= MOST_PLACES:
        raise StoreRefused("Say what kind of store it is, and how many exhibits it holds.")
    degrees = pack().store_kinds[kind].degrees
    with entry("store_added", actor=actor, at=at, store=code, what=kind, places=capacity):
        if Store.objects.filter(code=code).exists():
            raise StoreRefused(f"There is a store {code} already. Choose another code.")
        return Store.objects.create(
            station=station, code=code, name=name, kind=kind, capacity=capacity,
            lowest=degrees.lowest if degrees else None, highest=degrees.highest if degrees else None,
        )  # fmt: skip


def close_store(*, actor: Reader, at: datetime, code: str) -> Store:
    """Nothing more is put in; what lies inside stays until somebody takes it out. Closed already: nothing changes."""
    with entry("store_closed", actor=actor, at=at) as line:
        store = _locked(actor, code)
        _refuse_unless_supervisor(actor, store.station)
        if store.closed_at is not None:
            raise StoreRefused(f"{store.name} is closed already.")
        line.facts = {"store": store.code, "inside": newest_links().filter(store=store).count()}
        store.closed_at, store.closed_by_id = at, staff_id(actor)
        store.save(update_fields=["closed_at", "closed_by"])
    return store


def reopen_store(*, actor: Reader, at: datetime, code: str) -> Store:
    """Things may be put in again."""
    with entry("store_reopened", actor=actor, at=at) as line:
        store = _locked(actor, code)
        _refuse_unless_supervisor(actor, store.station)
        if store.closed_at is None:
            raise StoreRefused(f"{store.name} is open already.")
        line.facts = {"store": store.code}
        store.closed_at, store.closed_by = None, None
        store.save(update_fields=["closed_at", "closed_by"])
    return store


def note_fault(
    *, actor: Reader, at: datetime, code: str, kind: str, starts_at: datetime | None = None
) -> StoreFault:
    """A person saw a fault (`kind`: one of rules.store.BY_PEOPLE). Raises StoreRefused when it is noted already."""
    with entry("store_fault_noted", actor=actor, at=at) as line:
        store = _locked(actor, code)
        since = starts_at or at
        if kind not in rule.BY_PEOPLE:
            raise StoreRefused("Choose what is wrong with it.")
        if since > at:
            raise StoreRefused("That time lies ahead. Give the time from which it was wrong.")
        if at - since > OLDEST_FAULT:
            raise StoreRefused("That is more than a year ago. Look at the year and give the time again.")
        if store.faults.filter(kind=kind, ends_at=None).exists():
            raise StoreRefused("This fault is noted already, and it lasts.")
        line.facts = {
            "store": store.code,
            "fault": kind,
            "inside": newest_links().filter(store=store).count(),
        }
        return StoreFault.objects.create(
            store=store, kind=kind, starts_at=since, noted_at=at, noted_by_id=staff_id(actor)
        )


def end_fault(*, actor: Reader, at: datetime, code: str, kind: str) -> StoreFault:
    """It is in order again. What readings show is ended by readings. Raises StoreRefused when there is none."""
    with entry("store_fault_ended", actor=actor, at=at) as line:
        store = _locked(actor, code)
        fault = store.faults.filter(kind=kind, ends_at=None, noted_by__isnull=False).first()
        if fault is None:
            raise StoreRefused(
                "There is no such fault that somebody noted. A fault by readings ends with the readings."
            )
        line.facts = {"store": store.code, "fault": kind}
        fault.ends_at = at
        fault.save(update_fields=["ends_at"])
    return fault


def _locked(actor: Reader, code: str) -> Store:
    """The store, locked until the transaction ends. NotFound unless the actor looks after it."""
    rows = Store.objects.select_for_update(of=("self",), no_key=True).select_related("station")
    store = rows.filter(code=code).first()
    if store is not None and _looks_after(actor, store.station):
        return store
    raise NotFound("There is no store of your station or unit with this code. Check the code.")


def _looks_after(actor: Reader, station: Station) -> bool:
    return actor.role == "system" or rule.may_look_after(
        role=actor.role,
        own_station=bool(actor.station) and str(station.pk) == actor.station,
        own_unit=bool(actor.unit) and str(station.unit_id) == actor.unit,
    )


def _refuse_unless_supervisor(actor: Reader, station: Station) -> None:
    own_unit = bool(actor.unit) and str(station.unit_id) == actor.unit
    if actor.role != "system" and not rule.may_open_or_close(role=actor.role, own_unit=own_unit):
        raise StoreRefused("A supervisor of the unit adds, closes and opens its stores. Ask them.")
