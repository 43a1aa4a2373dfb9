"""Keys made anew while somebody corrects an entry: two connections, and the corrected name is found."""

import threading
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from nightdesk.actions import search
from nightdesk.actions.particulars import keep_particular
from nightdesk.rules.particular_field import TOLD, given
from tests.actions.test_search import HOUR, kept, rebuilt
from tests.people import as_reader, make_cast
from tests.records.taking import take

A_MOMENT = 1.5  # seconds: far more than a correction takes when nothing keeps it waiting


def test_a_correction_during_a_rebuild_keeps_its_keys(
    journey_db: None, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It begins when the rebuild has read the older version, and has to wait until the rebuild's keys are written."""
    cast, key = make_cast(now), uuid4()
    act: dict[str, Any] = {
        "actor": as_reader(cast.sana),
        "reference": take(cast, now).reference,
        "key": key,
        "kind": "person",
    }
    keep_particular(
        at=now, seen=0, role="suspect", values={"call": given("Viktor Stahl", TOLD)}, why="", **act
    )
    faults: list[Exception] = []
    waited: list[bool] = []
    corrected = threading.Event()

    def correct() -> None:
        try:
            values = {"call": given("Wiktor Stal", TOLD)}
            keep_particular(at=now + HOUR, seen=1, role="suspect", values=values, why="Spelt so", **act)
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()
            corrected.set()

    thread = threading.Thread(target=correct, daemon=True)

    read = dict(search.SOURCES)["particular:"]

    def read_while_somebody_corrects(batch: Any) -> Any:
        found = read(batch)
        thread.start()
        waited.append(not corrected.wait(A_MOMENT))
        return found

    sources = dict(search.SOURCES) | {"particular:": read_while_somebody_corrects}
    monkeypatch.setattr(search, "SOURCES", tuple(sources.items()))
    rebuilt(now + HOUR, most=10)
    thread.join(30)
    monkeypatch.undo()
    assert (faults, waited, corrected.is_set()) == ([], [True], True)
    found = kept()
    rebuilt(now + 2 * HOUR, most=10)
    assert kept() == found
