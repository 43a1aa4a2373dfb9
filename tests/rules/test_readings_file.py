"""Temperature files as loggers write them: every line is kept or told."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.rules.readings import Reject, Row, is_ahead, weigh
from nightdesk.rules.readings_file import MOST_BYTES, Unreadable, read_readings

LONDON = ZoneInfo("Europe/London")
TEN_PAST_TWO = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)


def one(line: str) -> Row:
    """The only row of a file with one line."""
    (row,), rejects = read_readings(line.encode(), LONDON)
    assert rejects == ()
    return row


def why(line: str) -> str:
    """Why the only line was not taken."""
    rows, (reject,) = read_readings(line.encode(), LONDON)
    assert rows == ()
    return reject.why


@pytest.mark.parametrize(
    "moment",
    [
        "2026-11-22T02:10Z", "2026-11-22 02:10", "2026-11-22 02:10:00", "2026-11-22T03:10+01:00", "22/11/2026 02:10",
        "22.11.2026 2:10", "22-11-2026 02:10:00", "22/11/2026 2:10 am", "22/11/2026, 02:10", "22.11.2026 02.10",
        "20261122T0210",
    ],
)  # fmt: skip
def test_times_in_many_forms(moment: str) -> None:
    """All the same moment; in winter London is UTC."""
    assert one(f'F1;"{moment}";4.5').at == TEN_PAST_TWO


@pytest.mark.parametrize(
    ("degrees", "tenths"),
    [
        ("4.5", 45), ("4,5", 45), ("+4", 40), ("-18.25", -183), ("−18", -180), ("4.5 °C", 45), ("4.5C", 45), ("4 deg C", 40),
        ("0", 0), ("-0.04", 0), ("5.05", 51), ("7.999", 80),
    ],
)  # fmt: skip
def test_degrees_in_many_forms(degrees: str, tenths: int) -> None:
    """Point, comma, sign, unit."""
    assert one(f"F1;2026-11-22 02:10;{degrees}").tenths == tenths


def test_a_decimal_comma_that_the_separator_cut_is_put_together() -> None:
    """F1,time,4,5 from a logger that knows no other separator."""
    assert one("F1,2026-11-22 02:10,4,5").tenths == 45


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("F1;2026-11-22 02:10", "three values"), ("F1;;4.5", "three values"), ("F1;2026-11-22 02:10;4.5;x", "three values"),
        ("F1;yesterday;4", "time can’t be read"), ("F1;22/13/2026 02:10;4", "time can’t be read"),
        ("F1;31.02.2026 02:10;4", "time can’t be read"), ("F1;2026-11-22;4", "time can’t be read"),
        ("F1;22/11/2026 13:10 pm;4", "time can’t be read"), ("F1;29/03/2026 01:30;4", "clocks went forward"),
        ("F1;2026-11-22 02:10;warm", "degrees can’t be read"), ("F1;2026-11-22 02:10;39.2 °F", "Fahrenheit"),
        ("F1;2026-11-22 02:10;99", "as cold or as warm"), ("F1;2026-11-22 02:10;-273", "as cold or as warm"),
    ],
)  # fmt: skip
def test_a_line_that_can_not_be_taken_says_why(line: str, sentence: str) -> None:
    """With what to do, where there is something."""
    assert sentence in why(line)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_and_line_ends(encoding: str) -> None:
    """With a heading, empty lines, and the degree sign that tells encodings apart."""
    text = "Store;Time;Temperature °C\r\n\r\nf1;2026-11-22 02:10;4,5 °C\r\nF1;2026-11-22 02:20;4,6 °C\r\n"
    rows, rejects = read_readings(text.encode(encoding), LONDON)
    assert [(row.line, row.store, row.tenths) for row in rows] == [(3, "F1", 45), (4, "F1", 46)]
    assert rejects == ()


def test_the_hour_that_happens_twice_goes_by_the_order_of_lines() -> None:
    """25 October 2026: 01:30 comes twice; another store has an order of its own."""
    lines = [
        "F1,25/10/2026 01:00,4",
        "F1,25/10/2026 01:30,4",
        "F1,25/10/2026 01:00,4",
        "F1,25/10/2026 01:30,4",
        "F2,25/10/2026 01:00,4",
    ]
    rows, rejects = read_readings("\n".join(lines).encode(), LONDON)
    assert [f"{row.at:%H:%M}" for row in rows] == ["00:00", "00:30", "01:00", "01:30", "00:00"]
    assert rejects == ()


def test_a_clock_ahead_of_ours_is_noticed() -> None:
    """A few minutes are nothing."""
    row = Row(1, "F1", TEN_PAST_TWO, 45)
    assert not is_ahead(row, TEN_PAST_TWO - timedelta(minutes=5))
    assert is_ahead(row, TEN_PAST_TWO - timedelta(minutes=6))


@pytest.mark.parametrize(
    ("raw", "sentence"), [(b"PK\x03\x04\x00\x00", "not a text file"), (b"x" * (MOST_BYTES + 1), "10 MB")]
)
def test_a_file_that_is_none(raw: bytes, sentence: str) -> None:
    """A spreadsheet, or far too much."""
    with pytest.raises(Unreadable, match=sentence):
        read_readings(raw, LONDON)


@given(
    st.one_of(
        st.binary(),
        st.text().map(str.encode),
        st.lists(st.text("F12;,\t:/.-+ °CF0 9apm\n\"'", max_size=30)).map(lambda x: "\n".join(x).encode()),
    )
)
def test_every_line_is_a_row_or_a_reject_and_nothing_else_happens(raw: bytes) -> None:
    """Whatever bytes come."""
    try:
        rows, rejects = read_readings(raw, LONDON)
    except Unreadable:
        return
    numbers = [found.line for found in (*rows, *rejects)]
    assert len(numbers) == len(set(numbers))
    assert all(row.at.tzinfo is UTC for row in rows)


def test_rows_are_weighed_against_what_is_kept() -> None:
    """New, sent before, sent twice in one file, another value for the same moment, unknown store, clock ahead."""
    at, later = TEN_PAST_TWO, TEN_PAST_TWO + timedelta(minutes=5)
    rows = [
        Row(2, "F1", at, 45), Row(3, "F1", later, 46), Row(4, "F1", later, 46), Row(5, "F1", later, 47),
        Row(6, "F2", at, 50), Row(7, "F9", at, 45), Row(8, "F1", at + timedelta(days=1), 45),
    ]  # fmt: skip
    kept = {"F1": {at: 45}, "F2": {at: 40}}
    found = weigh(rows, [Reject(1, "x")], kept, later)
    assert found.fresh == (rows[1],)
    assert found.repeated == 2
    assert [(reject.line, reject.why.split(".")[0]) for reject in found.rejects] == [
        (1, "x"), (5, "Another reading is kept for this moment: 4"), (6, "Another reading is kept for this moment: 4"),
        (7, "There is no store with this code"), (8, "This time lies ahead"),
    ]  # fmt: skip
