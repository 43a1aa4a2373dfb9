"""Calendar files: repeating shifts keep their hour when the clocks change; what can't be read is said with its line."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.outside.calendars import CalendarUnreadable, read_calendar, write_feed
from nightdesk.rules.calendar import Entry, who_is_on

LONDON = ZoneInfo("Europe/London")
START = datetime(2026, 10, 20, tzinfo=UTC)
END = START + timedelta(days=14)


def ics(*events: str) -> bytes:
    bodies = (f"BEGIN:VEVENT\nUID:u{n}\n{body}\nEND:VEVENT" for n, body in enumerate(events, start=1))
    return "\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *bodies, "END:VCALENDAR")).encode()


def read(*events: str):
    return read_calendar(ics(*events), zone=LONDON, starts_at=START, ends_at=END)


def times(entries) -> list[str]:
    return [f"{e.starts_at:%d %H:%M}–{e.ends_at:%d %H:%M}" for e in entries]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DTSTART:20261021T220000Z\nDTEND:20261022T060000Z", ["21 22:00–22 06:00"]),
        ("DTSTART;TZID=Europe/London:20261021T220000\nDURATION:PT8H", ["21 21:00–22 05:00"]),
        ("DTSTART:20261021T220000\nDTEND:20261022T060000", ["21 21:00–22 05:00"]),  # no zone: the force's
        ("DTSTART;VALUE=DATE:20261021", ["20 23:00–21 23:00"]),
        ("DTSTART:20261121T220000Z\nDTEND:20261122T060000Z", []),  # later than was asked for
        ("DTSTART:20261021T220000Z\nDTEND:20261022T060000Z\nSTATUS:CANCELLED", []),
    ],
)
def test_a_shift_is_read_in_every_way_of_writing_a_time(event, expected):
    entries, rejected = read(f"SUMMARY:sana\n{event}")
    assert (times(entries), rejected) == (expected, [])


def test_a_repeating_night_keeps_its_hour_when_the_clocks_go_back():
    entries, _ = read(
        "SUMMARY:sana\nDTSTART;TZID=Europe/London:20261023T220000\nDURATION:PT8H\nRRULE:FREQ=DAILY;COUNT=3"
    )
    assert times(entries) == ["23 21:00–24 05:00", "24 21:00–25 06:00", "25 22:00–26 06:00"]


def test_left_out_changed_and_ended_occurrences_count():
    entries, _ = read(
        "SUMMARY:sana\nDTSTART:20261021T080000Z\nDURATION:PT8H\nRRULE:FREQ=DAILY;UNTIL=20261025T080000Z\n"
        "EXDATE:20261022T080000Z"
    )
    assert [e.starts_at.day for e in entries] == [21, 23, 24, 25]
    moved = ics(
        "SUMMARY:sana\nDTSTART:20261021T080000Z\nDURATION:PT8H\nRRULE:FREQ=DAILY;COUNT=2",
        "SUMMARY:rae\nRECURRENCE-ID:20261022T080000Z\nDTSTART:20261022T120000Z\nDURATION:PT8H",
    ).replace(b"UID:u2", b"UID:u1")
    entries, _ = read_calendar(moved, zone=LONDON, starts_at=START, ends_at=END)
    assert times(entries) == ["21 08:00–21 16:00", "22 12:00–22 20:00"]


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ("SUMMARY:sana", "has no beginning"),
        ("DTSTART:20261021T220000Z\nDTEND:20261021T210000Z", "ends before it begins"),
        (
            "DTSTART:20261021T220000Z\nDURATION:PT8H\nRRULE:FREQ=SOMETIMES",
            "has a date, time or rule that can’t be read",
        ),
    ],
)
def test_an_entry_that_can_not_be_read_is_named_with_its_line(event, why):
    entries, rejected = read("SUMMARY:sana\nDTSTART:20261021T220000Z\nDURATION:PT8H", event)
    assert len(entries) == 1
    assert [(one.uid, one.line, one.why) for one in rejected] == [("u2", 10, why)]


@pytest.mark.parametrize(
    "raw", [b"", b"hello", b"\xff\xfe\x00", b"BEGIN:VCALENDAR\nnonsense", b"x" * 5_000_001]
)
def test_what_is_no_calendar_is_refused_with_what_to_do(raw):
    with pytest.raises(CalendarUnreadable, match="Export"):
        read_calendar(raw, zone=LONDON, starts_at=START, ends_at=END)


@given(st.binary(max_size=200), st.integers(0, 150))
def test_no_file_breaks_the_reader(noise, place):
    """Anything is read, or refused with a sentence."""
    good = ics("SUMMARY:sana\nDTSTART:20261021T220000Z\nDURATION:PT8H\nRRULE:FREQ=DAILY")
    try:
        entries, _ = read_calendar(
            good[:place] + noise + good[place:], zone=LONDON, starts_at=START, ends_at=END
        )
    except CalendarUnreadable:
        return
    assert all(entry.starts_at < entry.ends_at for entry in entries)


def test_an_entry_is_whoever_it_names_and_nobody_is_left_out_silently():
    accounts = {"sana": "1", "sana@force.test": "1", "rae": "2"}
    later = END + timedelta(hours=8)
    entries = [
        Entry("a", 1, ("Night", "SANA"), END, later),
        Entry("b", 2, ("sana@force.test", "sana"), END, later),
        Entry("c", 3, ("nobody",), END, later),
        Entry("d", 4, ("sana", "rae"), END, later),
        Entry("e", 5, ("sana",), START, START + timedelta(hours=8)),
    ]
    on, rejected = who_is_on(entries, accounts, START + timedelta(days=1))
    assert [(one.uid, one.staff) for one in on] == [("a", "1"), ("b", "1")]
    assert [(one.uid, one.why) for one in rejected] == [
        ("c", "names nobody of this force"),
        ("d", "names two people of this force"),
    ]


def test_a_feed_is_read_back_as_it_was_written():
    raw = write_feed([("7", "SOIT, Unit A", START, START + timedelta(hours=8))], made_at=START)
    entries, rejected = read_calendar(raw, zone=LONDON, starts_at=START, ends_at=END)
    assert times(entries) == ["20 00:00–20 08:00"]
    assert not rejected
