"""Temperatures are read in once, line by line, and the faults follow whatever order the files come in."""

import random
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from nightdesk.actions.temperatures import ReadIn, read_temperatures_in
from nightdesk.records.exhibits import StoreFault, Temperature
from nightdesk.records.journal import JournalLine
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.readings_file import Unreadable
from tests.actions.exhibits import fridge
from tests.actions.together import at_once, whole_journal, without_faults
from tests.people import make_cast

LONDON = ZoneInfo("Europe/London")


def read_in(text: str | bytes, at: datetime) -> ReadIn:
    """What the command does."""
    raw = text.encode() if isinstance(text, str) else text
    return read_temperatures_in(actor=SYSTEM, at=at, raw=raw, zone=LONDON)


def csv_of(readings: list[tuple[datetime, int]], code: str = "HL-F1") -> str:
    """A logger's file."""
    return "\n".join(f"{code};{at:%Y-%m-%dT%H:%M}Z;{tenths / 10}" for at, tenths in readings)


def faults(code: str = "HL-F1") -> list[tuple[str, datetime, datetime | None]]:
    """Every fault of a store, oldest first."""
    rows = StoreFault.objects.filter(store__code=code).order_by("starts_at", "kind")
    return list(rows.values_list("kind", "starts_at", "ends_at"))


def test_readings_are_kept_once_and_rejects_are_told(cast: Any, now: datetime) -> None:
    """Sent again, nothing changes; the line of the journal has counts only."""
    fridge(cast, now)
    text = 'store,time,degrees\nHL-F1,2026-11-22 01:00,4.5\nhl-f1,22/11/2026 01:10,"4,6"\nX,2026-11-22 01:00,4\nHL-F1,x,4\n'
    first, again = read_in(text, now), read_in(text, now)
    assert [(row.line, row.tenths) for row in first.weighed.fresh] == [(2, 45), (3, 46)]
    assert [reject.line for reject in first.weighed.rejects] == [4, 5]
    assert (again.weighed.fresh, again.weighed.repeated) == ((), 2)
    assert Temperature.objects.count() == 2
    assert JournalLine.objects.filter(kind="temperatures_read_in").order_by("seq")[0].facts == {
        "count": 2, "repeated": 0, "rejected": 2, "stores": 1, "faults": 0, "withdrawn": 0,
    }  # fmt: skip


def test_a_fault_begins_goes_on_and_ends_with_the_readings(cast: Any, now: datetime) -> None:
    """File by file, every few minutes, as a logger sends them."""
    fridge(cast, now)
    start = now - timedelta(hours=2)
    for minute, tenths in ((0, 50), (5, 95), (10, 99), (15, 97), (20, 98)):
        read_in(csv_of([(start + timedelta(minutes=minute), tenths)]), start + timedelta(minutes=minute))
    assert faults() == [("too_warm", start + timedelta(minutes=5), None)]
    read_in(csv_of([(start + timedelta(minutes=40), 60)]), start + timedelta(minutes=40))
    assert faults() == [("too_warm", start + timedelta(minutes=5), start + timedelta(minutes=40))]


def test_a_silence_that_a_later_file_fills_is_taken_back(cast: Any, now: datetime) -> None:
    """The logger was offline, not the fridge."""
    fridge(cast, now)
    start = now - timedelta(hours=20)
    ends = [(start, 50), (start + timedelta(hours=10), 50)]
    assert read_in(csv_of(ends), now).faults == 1
    assert faults() == [("no_readings", start, ends[1][0])]
    filled = read_in(csv_of([(start + timedelta(hours=hour), 50) for hour in range(1, 10)]), now)
    assert (filled.faults, filled.withdrawn) == (0, 1)
    assert faults() == []


@pytest.mark.parametrize("seed", range(6))
def test_files_in_any_pieces_and_any_order_show_the_same_faults(cast: Any, now: datetime, seed: int) -> None:
    """A day of readings with warm and cold spells and gaps: at once, or in shuffled pieces."""
    dice = random.Random(seed)
    for code in ("HL-F1", "HL-F2"):
        fridge(cast, now, code=code)
    moment, readings = now - timedelta(hours=60), []
    while moment < now:
        readings.append((moment, dice.choice((50, 50, 50, 95, 95, 10))))
        moment += timedelta(minutes=dice.choice((5, 10, 30, 400)))
    pieces = [readings[at : at + 3] for at in range(0, len(readings), 3)]
    dice.shuffle(pieces)
    for piece in pieces:
        read_in(csv_of(piece), now)
    read_in(csv_of(readings, "HL-F2"), now)
    assert faults("HL-F1") == faults("HL-F2") != []


def test_a_file_that_is_none_leaves_nothing(cast: Any, now: datetime) -> None:
    """Refused before anything is written."""
    with pytest.raises(Unreadable, match="not a text file"):
        read_in(b"PK\x03\x04\x00", now)
    assert not JournalLine.objects.filter(kind="temperatures_read_in").exists()


def test_two_send_the_same_file_at_once(journey_db: None, now: datetime) -> None:
    """One keeps it, the other finds it kept."""
    cast = make_cast(now)
    fridge(cast, now)
    text = csv_of([(now - timedelta(minutes=5 * n), 50) for n in range(50)])
    results = without_faults(at_once(lambda: read_in(text, now), lambda: read_in(text, now)))
    assert sorted(len(result.weighed.fresh) for result in results) == [0, 50]
    assert Temperature.objects.count() == 50
    whole_journal()
