"""Stores are added, closed and opened by supervisors; faults are noted by whoever looks after them."""

from datetime import datetime
from typing import Any

import pytest

from nightdesk.actions import stores as acts
from nightdesk.actions.refusals import NotFound
from nightdesk.actions.stores import StoreRefused
from nightdesk.records.exhibits import Store, StoreFault
from nightdesk.records.journal import JournalLine
from tests.actions.exhibits import MINUTE, enter, fridge, move
from tests.people import as_reader

pytestmark = pytest.mark.usefixtures("plain_triage")
GOOD = {"code": "HL-F1", "name": "Fridge 1", "kind": "fridge", "capacity": 10}


def test_a_store_takes_its_range_from_the_pack(cast: Any, now: datetime) -> None:
    """The code in capitals, as loggers and labels have it."""
    made = acts.add_store(
        actor=as_reader(cast.maud), at=now, station=cast.harrow_lane, **GOOD | {"code": " hl-f1 "}
    )
    assert (made.code, made.lowest, made.highest, made.closed_at) == ("HL-F1", 20, 80, None)
    assert JournalLine.objects.get(kind="store_added").facts == {
        "store": "HL-F1",
        "what": "fridge",
        "places": 10,
    }


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"code": "HL F1"}, "short code"), ({"code": ""}, "short code"), ({"code": "X" * 21}, "short code"),
        ({"name": "  "}, "name that people call it by"), ({"name": "x" * 101}, "name that people"),
        ({"kind": "cellar"}, "what kind of store"), ({"capacity": 0}, "how many"), ({"capacity": 100_001}, "how many"),
    ],
)  # fmt: skip
def test_a_store_that_makes_no_sense_is_refused(
    cast: Any, now: datetime, change: dict[str, Any], sentence: str
) -> None:
    """With what to write instead."""
    with pytest.raises(StoreRefused, match=sentence):
        acts.add_store(actor=as_reader(cast.maud), at=now, station=cast.harrow_lane, **GOOD | change)
    assert not Store.objects.exists()


def test_a_code_comes_once(cast: Any, now: datetime) -> None:
    """In the whole force."""
    fridge(cast, now)
    with pytest.raises(StoreRefused, match="HL-F1 already"):
        acts.add_store(actor=as_reader(cast.maud), at=now, station=cast.harrow_lane, **GOOD)


def test_only_a_supervisor_of_the_unit_changes_stores(cast: Any, now: datetime) -> None:
    """Staff of the station are told whom to ask; strangers hear of no store."""
    fridge(cast, now)
    for who in (cast.priya, cast.sana):
        with pytest.raises(StoreRefused, match="A supervisor of the unit"):
            acts.close_store(actor=as_reader(who), at=now, code="HL-F1")
        with pytest.raises(StoreRefused, match="A supervisor of the unit"):
            acts.add_store(actor=as_reader(who), at=now, station=cast.harrow_lane, **GOOD | {"code": "X"})
    for who in (cast.tom, cast.kofi, cast.wen, cast.alex):
        with pytest.raises(NotFound):
            acts.close_store(actor=as_reader(who), at=now, code="HL-F1")
    with pytest.raises(StoreRefused):
        acts.add_store(actor=as_reader(cast.maud), at=now, station=cast.mill_road, **GOOD | {"code": "X"})


def test_closing_says_how_much_is_inside_and_opening_takes_it_back(cast: Any, now: datetime) -> None:
    """Each once."""
    store, maud = fridge(cast, now), as_reader(cast.maud)
    move(enter(cast, now), cast.priya, "stored", now, store.code)
    acts.close_store(actor=maud, at=now, code="HL-F1")
    assert JournalLine.objects.get(kind="store_closed").facts == {"store": "HL-F1", "inside": 1}
    with pytest.raises(StoreRefused, match="closed already"):
        acts.close_store(actor=maud, at=now, code="HL-F1")
    acts.reopen_store(actor=maud, at=now, code="HL-F1")
    assert Store.objects.get().closed_at is None
    with pytest.raises(StoreRefused, match="open already"):
        acts.reopen_store(actor=maud, at=now, code="HL-F1")


def test_a_fault_is_noted_from_when_it_was_and_ended(cast: Any, now: datetime) -> None:
    """By the counter of the station; not twice; not ahead; not of a kind that readings tell."""
    fridge(cast, now)
    priya = as_reader(cast.priya)
    acts.note_fault(actor=priya, at=now, code="HL-F1", kind="power_cut", starts_at=now - 90 * MINUTE)
    with pytest.raises(StoreRefused, match="noted already"):
        acts.note_fault(actor=as_reader(cast.sana), at=now, code="HL-F1", kind="power_cut")
    with pytest.raises(StoreRefused, match="lies ahead"):
        acts.note_fault(actor=priya, at=now, code="HL-F1", kind="broken", starts_at=now + MINUTE)
    with pytest.raises(StoreRefused, match="Choose what is wrong"):
        acts.note_fault(actor=priya, at=now, code="HL-F1", kind="too_warm")
    acts.end_fault(actor=priya, at=now + MINUTE, code="HL-F1", kind="power_cut")
    fault = StoreFault.objects.get()
    assert (fault.kind, fault.starts_at, fault.ends_at, fault.noted_by) == (
        "power_cut", now - 90 * MINUTE, now + MINUTE, cast.priya,
    )  # fmt: skip
    with pytest.raises(StoreRefused, match="no such fault"):
        acts.end_fault(actor=priya, at=now, code="HL-F1", kind="power_cut")
    with pytest.raises(NotFound):
        acts.note_fault(actor=as_reader(cast.tom), at=now, code="HL-F1", kind="broken")
