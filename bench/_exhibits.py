"""Many exhibits in the empty database that NIGHTDESK_DATABASE names, and what pages take: -m bench._exhibits HOW_MANY.

Rows are written straight, not by the actions: a journal line for each would take an hour and be read by nobody here.
"""

import json
import logging
import statistics
import sys
import time
from datetime import datetime, timedelta
from itertools import cycle, islice
from typing import Any, Final
from uuid import uuid4

STORES: Final = 10
FAULTS: Final = 5  # of each store, in the last 90 days
TIMES: Final = 5
IN_DISCLOSURE: Final = 5
# What happened to one exhibit after the other: (act, holder). Five links each on the whole, half of them in a store now.
LIVES: Final = (
    (("taken", "staff"), ("stored", "store"), ("received", "staff"), ("stored", "store")),
    (
        ("taken", "staff"), ("stored", "store"), ("received", "staff"), ("sent", "laboratory"), ("received", "staff"),
        ("stored", "store"),
    ),
    (
        ("taken", "staff"), ("stored", "store"), ("received", "staff"), ("sent", "laboratory"), ("received", "staff"),
        ("destroyed", "destroyed"),
    ),
    (("taken", "staff"), ("stored", "store"), ("received", "staff"), ("sent", "laboratory")),
)  # fmt: skip


def main(arguments: list[str]) -> int:
    """Fill a tenth, ask; fill the rest, ask again; print one line of JSON."""
    import django

    django.setup()
    logging.disable(logging.WARNING)
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    many = int(arguments[0])
    force = _force()
    _exhibits(force, many // 10)
    few = _asked(force)
    _exhibits(force, many - many // 10)
    all_of_them = _asked(force)
    pages = [
        {
            "page": name, "statements": statements, "few_ms": few[name][0], "many_ms": taken,
            "ratio": taken / few[name][0],
        }
        for name, (taken, statements) in all_of_them.items()
    ]  # fmt: skip
    print(json.dumps(_size() | {"pages": pages}))
    return 0


def _force() -> dict[str, Any]:
    """A unit with a station, its people, stores with faults, and a week of readings every ten minutes."""
    from nightdesk.actions.staff import add_staff, add_station, add_unit
    from nightdesk.actions.stores import add_store
    from nightdesk.queries.clock import database_now
    from nightdesk.records.exhibits import StoreFault, Temperature
    from nightdesk.rules.access import SYSTEM

    at = database_now()
    unit = add_unit(actor=SYSTEM, at=at, code="B", name="Unit B", ring="Control room")
    station = add_station(actor=SYSTEM, at=at, code="BN", name="Bench", unit=unit)
    common: dict[str, Any] = {"actor": SYSTEM, "at": at, "unit": unit, "station": station}
    staff = {
        role: add_staff(**common, username=role, name=role, role=role)
        for role in ("counter", "supervisor", "auditor")
    }
    places: dict[str, Any] = {
        "actor": SYSTEM,
        "at": at,
        "station": station,
        "kind": "fridge",
        "capacity": 100_000,
    }
    stores = [add_store(**places, code=f"F{n}", name=f"Fridge {n}") for n in range(STORES)]
    StoreFault.objects.bulk_create(
        StoreFault(
            store=store, kind="power_cut", starts_at=at - timedelta(days=9 * n + 2), ends_at=at - timedelta(days=9 * n + 1),
            noted_at=at, noted_by=staff["supervisor"],
        )
        for store in stores for n in range(FAULTS)
    )  # fmt: skip
    Temperature.objects.bulk_create(
        Temperature(store=store, at=at - timedelta(minutes=10 * n), tenths=50)
        for store in stores
        for n in range(1000)
    )
    return {"at": at, "station": station, "stores": stores, **staff}


def _exhibits(force: dict[str, Any], many: int) -> None:
    """So many more, taken over the last year, each with its chain."""
    from nightdesk.outside.codes import new_exhibit_code
    from nightdesk.records.disclosures import Disclosure
    from nightdesk.records.exhibits import Custody, Exhibit
    from nightdesk.records.sealed import Vault

    at, taker = force["at"], force["counter"]
    vaults = [Vault.new(at=at) for _ in range(many // IN_DISCLOSURE + 1)]
    Vault.objects.bulk_create(vaults, batch_size=1000)
    told = [
        Disclosure(
            reference=uuid4().hex[:12].upper(), sender_key=uuid4(), channel="counter", station=force["station"],
            taken_by=taker, opened_at=at, vault=vault,
        )
        for vault in vaults
    ]  # fmt: skip
    Disclosure.objects.bulk_create(told, batch_size=1000)
    rows = [
        Exhibit(
            disclosure=told[n // IN_DISCLOSURE], vault=vaults[n // IN_DISCLOSURE], code=new_exhibit_code(),
            court_ref=f"C/{n % IN_DISCLOSURE + 1}", kind="urine_pot", taken_at=_taken(at, n, many), taken_by=taker,
            entered_at=at, submit_by=_taken(at, n, many) + timedelta(days=14), description="A pot",
        )
        for n in range(many)
    ]  # fmt: skip
    Exhibit.objects.bulk_create(rows, batch_size=500)
    places = islice(cycle(force["stores"]), many)
    links = [
        _link(exhibit, number, what, holder, store, taker, last=number == len(life))
        for exhibit, store, life in zip(rows, places, cycle(LIVES), strict=False)
        for number, (what, holder) in enumerate(life, 1)
    ]
    Custody.objects.bulk_create(links, batch_size=1000)


def _taken(at: datetime, n: int, many: int) -> datetime:
    return at - timedelta(days=365) * (n + 1) / many - timedelta(days=1)


def _link(exhibit: Any, number: int, what: str, holder: str, store: Any, staff: Any, *, last: bool) -> Any:
    from nightdesk.records.exhibits import Custody

    when = exhibit.taken_at + timedelta(hours=number - 1)
    return Custody(
        exhibit=exhibit, number=number, what=what, at=when, noted_at=when, noted_by=staff,
        until=None if last else when + timedelta(hours=1),
        staff=staff if holder == "staff" else None, store=store if holder == "store" else None,
        outside="" if holder in ("staff", "store") else holder,
    )  # fmt: skip


def _asked(force: dict[str, Any]) -> dict[str, tuple[float, int]]:
    """Page → median milliseconds and statements."""
    from django.db import connection
    from django.test import Client

    from nightdesk.records.exhibits import Exhibit

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    code = Exhibit.objects.order_by("code").values_list("code", flat=True)[0]
    found = {}
    for name, who, path in PAGES:
        client = Client()
        client.force_login(force[who])
        address, taken = f"/staff/exhibits/{path.format(code=code)}", []
        statements: list[str] = []
        with connection.execute_wrapper(
            lambda run, sql, *rest, kept=statements: (kept.append(sql), run(sql, *rest))[1]
        ):
            _get(client, address)
        for _ in range(TIMES):
            began = time.perf_counter()
            _get(client, address)
            taken.append((time.perf_counter() - began) * 1000)
        found[name] = (statistics.median(taken), len(statements))
    return found


def _get(client: Any, address: str) -> None:
    if (answer := client.get(address)).status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")


def _size() -> dict[str, int]:
    from nightdesk.records.chain import newest_links
    from nightdesk.records.exhibits import Custody, Exhibit

    inside = newest_links().filter(store__code="F0").count()
    return {"exhibits": Exhibit.objects.count(), "links": Custody.objects.count(), "inside": inside}


PAGES: Final = (
    ("register", "supervisor", ""),
    ("register, last page", "supervisor", "?page=99999"),
    ("register, one state", "supervisor", "?state=overdue"),
    ("register, one store", "supervisor", "?store=F1"),
    ("register, by code", "supervisor", "?text={code}"),
    ("register, counter", "counter", ""),
    ("stores", "supervisor", "stores/"),
    ("one store", "supervisor", "stores/F0/"),
    ("its history", "supervisor", "stores/F0/history/"),
    ("put several", "counter", "put/?store=F1"),
    ("one exhibit", "supervisor", "{code}/"),
)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
