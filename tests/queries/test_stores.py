"""Stores: how full, how warm, faults with what lay inside, and a dry run of a file."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from nightdesk.actions.stores import end_fault, note_fault
from nightdesk.actions.temperatures import read_temperatures_in
from nightdesk.queries import custody, stores
from nightdesk.records.exhibits import Temperature
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.readings_file import read_readings
from tests.actions.exhibits import MINUTE, enter, fridge, move
from tests.people import as_reader

pytestmark = pytest.mark.usefixtures("plain_triage")
HOUR = timedelta(hours=1)
LONDON = ZoneInfo("Europe/London")


def warm(code: str, now: datetime, *readings: tuple[int, float]) -> None:
    """Readings (minutes before now, degrees) of a store."""
    text = "\n".join(
        f"{code};{now - minutes * MINUTE:%Y-%m-%dT%H:%M}Z;{degrees}" for minutes, degrees in readings
    )
    read_temperatures_in(actor=SYSTEM, at=now, raw=text.encode(), zone=LONDON)


def test_the_list_says_how_full_how_warm_and_what_is_wrong(cast: Any, now: datetime) -> None:
    """The reader's own stores first."""
    fridge(cast, now, code="MR-F1", station=cast.mill_road)
    store = fridge(cast, now)
    move(enter(cast, now), cast.priya, "stored", now, store.code)
    warm("HL-F1", now, (90, 5), (60, 9.5), (10, 9.5))
    own, other = stores.stores(as_reader(cast.priya), now)
    assert (own.code, own.held, own.capacity, own.tenths, own.faults) == ("HL-F1", 1, 3, 95, ("too_warm",))
    assert (own.read_at, own.mine, own.change) == (now - 10 * MINUTE, True, False)
    assert (other.code, other.mine, other.tenths, other.faults) == ("MR-F1", False, None, ())
    assert stores.stores(as_reader(cast.maud), now)[0].change


def test_silence_is_a_fault_that_nobody_has_to_note(cast: Any, now: datetime) -> None:
    """Six hours by the pack; a store that never had a reading is not silent."""
    fridge(cast, now)
    fridge(cast, now, code="HL-F2")
    warm("HL-F1", now, (10, 5))
    assert stores.stores(as_reader(cast.priya), now + 5 * HOUR)[0].faults == ()
    later = {row.code: row.faults for row in stores.stores(as_reader(cast.priya), now + 6 * HOUR)}
    assert later == {"HL-F1": ("no_readings",), "HL-F2": ()}
    seen = stores.store(as_reader(cast.priya), "HL-F1", now + 6 * HOUR)
    assert seen
    assert [(fault.kind, fault.starts_at, fault.ends_at) for fault in seen.faults] == [
        ("no_readings", now - 10 * MINUTE, None)
    ]


def test_a_fault_names_what_lay_inside(cast: Any, now: datetime) -> None:
    """Those the reader may know of by code, the others by count; and each exhibit knows its faults."""
    store = fridge(cast, now)
    early, during, later = (enter(cast, now - 3 * HOUR) for _ in range(3))
    move(early, cast.priya, "stored", now - 3 * HOUR, store.code)
    move(early, cast.priya, "received", now - 2 * HOUR)
    move(during, cast.priya, "stored", now - 2 * HOUR, store.code)
    note_fault(actor=as_reader(cast.priya), at=now, code="HL-F1", kind="power_cut", starts_at=now - HOUR)
    end_fault(actor=as_reader(cast.priya), at=now + MINUTE, code="HL-F1", kind="power_cut")
    move(later, cast.priya, "stored", now + 2 * MINUTE, store.code)
    now += HOUR
    for who, codes in ((cast.priya, (during.code,)), (cast.sana, (during.code,)), (cast.kofi, ())):
        seen = stores.store(as_reader(who), "HL-F1", now)
        assert seen
        (fault,) = seen.faults
        assert (fault.inside, fault.count, fault.noted_by) == (codes, 1, "Priya")
    for exhibit, faults in ((early, 0), (during, 1), (later, 0)):
        found = custody.exhibit(as_reader(cast.priya), exhibit.code, now)
        assert found
        assert len(found.faults) == faults


def test_a_store_shows_a_week_of_readings(cast: Any, now: datetime) -> None:
    """Oldest first; no such store, nothing."""
    fridge(cast, now)
    warm("HL-F1", now, (8 * 24 * 60, 5), (60, 5.1), (30, 5.2))
    seen = stores.store(as_reader(cast.priya), "HL-F1", now)
    assert seen
    assert [tenths for _, tenths in seen.readings] == [51, 52]
    assert stores.store(as_reader(cast.priya), "HL-F9", now) is None


def test_a_dry_run_changes_nothing(cast: Any, now: datetime) -> None:
    """And says what the real one would."""
    fridge(cast, now)
    warm("HL-F1", now, (30, 5))
    before = Temperature.objects.count()
    text = f"HL-F1;{now:%Y-%m-%dT%H:%M}Z;5\nHL-F1;{now - 30 * MINUTE:%Y-%m-%dT%H:%M}Z;5\nHL-F9;{now:%Y-%m-%dT%H:%M}Z;5\nx"
    found = stores.weighed(as_reader(cast.priya), *read_readings(text.encode(), LONDON), now)
    assert (len(found.fresh), found.repeated, [r.line for r in found.rejects]) == (1, 1, [3, 4])
    assert Temperature.objects.count() == before


def test_a_supervisor_adds_stores_in_the_stations_of_the_unit(cast: Any, now: datetime) -> None:
    """And in no other."""
    assert stores.stations_of(as_reader(cast.maud)) == [("HL", "Harrow Lane")]
    assert stores.stations_of(as_reader(cast.alex)) == []
