"""`./dev bench look_back`: how many disclosures a second a look-back reads, sealed as in a force, on an embedded database.

The accounts of tests/data/vignettes.jsonl are taken by the ordinary action, over and over, each with a number of its own
in its words, until there are enough; what triage proposed is thrown away. Then one run reads them all, alone.
NIGHTDESK_DATABASE may name an empty PostgreSQL database instead. Options: --disclosures 5000, --json.
"""

import argparse
import json
import logging
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench._processes import load_average
from nightdesk.outside.keys import make_key_files

VIGNETTES = Path(__file__).parent.parent / "tests" / "data" / "vignettes.jsonl"


def main(arguments: Sequence[str]) -> int:
    """Make, run, print."""
    words = argparse.ArgumentParser(prog="./dev bench look_back", description=__doc__)
    words.add_argument("--disclosures", type=int, default=5000)
    words.add_argument("--json", action="store_true")
    given = words.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        _begin(Path(folder))
        _take(given.disclosures)
        found = {"bench": "look_back", "load": load_average(), **_look_back()}
    print(
        json.dumps(found) if given.json else "\n".join(f"{name:<12}{value}" for name, value in found.items())
    )
    return 0


def _begin(folder: Path) -> None:
    make_key_files(folder / "keys")
    (folder / "static").mkdir()
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "nightdesk.site.settings", "NIGHTDESK_DATA": str(folder), "NIGHTDESK_HTTPS": "0",
        "NIGHTDESK_KEYS": str(folder / "keys"), "NIGHTDESK_SECRET_KEY": "bench-" + "0123456789" * 5,
    }  # fmt: skip
    os.environ.setdefault("NIGHTDESK_DATABASE", f"sqlite:///{folder / 'bench.sqlite3'}")
    import django
    from django.core.management import call_command

    django.setup()
    logging.disable(logging.WARNING)
    call_command("migrate", verbosity=0)


def _take(number: int) -> None:
    """So many disclosures at one counter, a hundred to a transaction; then no flag is left of them."""
    from django.db import transaction

    from nightdesk.actions.intake import accept_disclosure
    from nightdesk.actions.staff import add_staff, add_station, add_unit
    from nightdesk.queries.clock import database_now
    from nightdesk.queries.readers import reader_of
    from nightdesk.records.flags import CaseFlag
    from nightdesk.rules.access import SYSTEM
    from nightdesk.rules.basics import Basics
    from nightdesk.rules.terms import COUNTER

    at = database_now()
    unit = add_unit(actor=SYSTEM, at=at, code="B", name="Unit B", ring="Control room")
    station = add_station(actor=SYSTEM, at=at, code="BN", name="Bench", unit=unit)
    officer = reader_of(
        add_staff(actor=SYSTEM, at=at, username="one", name="One", role=COUNTER, unit=unit, station=station)
    )
    told = [json.loads(line) for line in VIGNETTES.read_text(encoding="utf-8").splitlines()]
    for first in range(0, number, 100):
        with transaction.atomic():
            for serial in range(first, min(first + 100, number)):
                one = told[serial % len(told)]
                basics = Basics(
                    what=f"{one['what']} (call {serial})",
                    when_words=one["when"],
                    where_words=one["where"],
                    call_me=one["who"],
                )
                accept_disclosure(actor=officer, at=at, sender_key=uuid4(), channel="counter", basics=basics)
        print(f"\r{first + 100} taken", end="", file=sys.stderr)
    CaseFlag.objects.all().delete()


def _look_back() -> dict[str, Any]:
    """One run to its end: its figures, and how long it took."""
    from django.db import connection

    from nightdesk.actions.look_backs import begin_look_back, read_batch
    from nightdesk.queries.clock import database_now
    from nightdesk.rules.access import SYSTEM

    began, batches = time.perf_counter(), []
    run = begin_look_back(actor=SYSTEM, at=database_now(), since_at=database_now() - timedelta(days=1))
    while run.ended_at is None:
        start = time.perf_counter()
        run = read_batch(actor=SYSTEM, at=database_now(), run=run.pk)
        batches.append(time.perf_counter() - start)
    seconds = time.perf_counter() - began
    return {
        "database": connection.vendor, "read": run.read, "proposed": sum(run.proposed.values()),
        "seconds": round(seconds, 1), "a second": round(run.read / seconds), "slowest batch, ms": round(1000 * max(batches)),
    }  # fmt: skip
