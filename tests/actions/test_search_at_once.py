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


class Correction:
    """Somebody who corrects an entry in a thread of their own, with a connection of their own."""

    def __init__(self, **act: Any) -> None:
        self.act, self.done = act, threading.Event()
        self.faults: list[Exception] = []
        self.thread = threading.Thread(target=self._correct, daemon=True)

    def _correct(self) -> None:
        try:
            keep_particular(**self.act)
        except Exception as fault:
            self.faults.append(fault)
        finally:
            connections.close_all()
            self.done.set()

    def has_to_wait(self) -> bool:
        """Begin now; whether somebody keeps it waiting."""
        self.thread.start()
        return not self.done.wait(A_MOMENT)


def test_a_correction_during_a_rebuild_keeps_its_keys(
    journey_db: None, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It begins when the rebuild has read the older version, and has to wait until the rebuild's keys are written."""
    cast, waited = make_cast(now), list[bool]()
    act: dict[str, Any] = {
        "actor": as_reader(cast.sana),
        "reference": take(cast, now).reference,
        "key": uuid4(),
    }
    act |= {"kind": "person", "role": "suspect", "values": {"call": given("Viktor Stahl", TOLD)}}
    keep_particular(at=now, seen=0, why="", **act)
    act["values"] = {"call": given("Wiktor Stal", TOLD)}
    correction = Correction(at=now + HOUR, seen=1, why="Spelt so", **act)
    read = dict(search.SOURCES)["particular:"]

    def read_while_somebody_corrects(batch: Any) -> Any:
        found = read(batch)
        waited.append(correction.has_to_wait())
        return found

    sources = {**dict(search.SOURCES), "particular:": read_while_somebody_corrects}
    with monkeypatch.context() as patch:
        patch.setattr(search, "SOURCES", tuple(sources.items()))
        rebuilt(now + HOUR, most=10)
    correction.thread.join(30)
    assert (correction.faults, waited, correction.done.is_set()) == ([], [True], True)
    found = kept()
    rebuilt(now + 2 * HOUR, most=10)
    assert kept() == found
