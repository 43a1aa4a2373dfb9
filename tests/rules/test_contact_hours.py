"""Safe hours by the clock on a person's wall: every hour of a week, over midnight, on the nights when the clocks change."""

from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.rules.contact_hours import DAYS, Hours, is_safe_time, next_safe_at
from nightdesk.rules.contact_words import HoursUnreadable, hours_in, hours_of

LONDON = ZoneInfo("Europe/London")
WEEKDAYS = frozenset(DAYS[:5])
OFFICE = Hours(WEEKDAYS, time(9), time(17))
LATE = Hours(frozenset({"fri"}), time(22), time(2))
MINUTE = timedelta(minutes=1)
ZONES = (
    "Europe/London",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "America/Havana",
)


def utc(text: str) -> datetime:
    """A time in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("window", "at", "safe"),
    [
        (OFFICE, "2026-11-27 09:00", True),  # Friday, its first minute
        (OFFICE, "2026-11-27 08:59", False),
        (OFFICE, "2026-11-27 16:59", True),
        (OFFICE, "2026-11-27 17:00", False),
        (OFFICE, "2026-11-28 12:00", False),  # Saturday
        (OFFICE, "2026-07-03 08:00", True),  # 9 in summer is 8 UTC
        (OFFICE, "2026-07-03 16:00", False),
        (LATE, "2026-11-27 22:00", True),
        (LATE, "2026-11-28 01:59", True),  # Saturday morning belongs to Friday
        (LATE, "2026-11-28 02:00", False),
        (LATE, "2026-11-27 01:00", False),  # Friday morning belongs to Thursday
        (LATE, "2026-11-28 22:30", False),
        (Hours(frozenset({"sun"}), time(0), time(0)), "2026-11-29 23:59", True),
        (Hours(frozenset({"sun"}), time(0), time(0)), "2026-11-30 00:00", False),
    ],
)
def test_a_moment_is_safe_by_the_clock_on_their_wall(window: Hours, at: str, safe: bool) -> None:
    """Not by the clock of the force or of the database."""
    assert is_safe_time([window], LONDON, utc(at)) is safe


@pytest.mark.parametrize(
    ("at", "safe"),
    [
        ("2026-10-25 00:15", True),  # 01:15 summer time
        ("2026-10-25 01:15", True),  # 01:15 again
        ("2026-10-25 00:45", False),
        ("2026-10-25 01:45", False),
        ("2026-03-29 00:59", False),
        ("2026-03-29 01:15", False),  # 02:15: a quarter past one did not happen
    ],
)
def test_an_hour_that_happens_twice_counts_twice_and_one_that_does_not_is_nobodys(
    at: str, safe: bool
) -> None:
    """Sunday 01:00 to 01:30, on the nights in October and March."""
    assert is_safe_time([Hours(frozenset({"sun"}), time(1), time(1, 30))], LONDON, utc(at)) is safe


@pytest.mark.parametrize(
    ("window", "at", "wanted"),
    [
        (OFFICE, "2026-11-27 03:00", "2026-11-27 09:00"),
        (OFFICE, "2026-11-27 17:00", "2026-11-30 09:00"),  # over the weekend
        (OFFICE, "2026-11-27 10:00", "2026-11-27 10:00"),
        (OFFICE, "2026-03-27 18:00", "2026-03-30 08:00"),  # the clocks go forward on Sunday
        (LATE, "2026-11-28 02:00", "2026-12-04 22:00"),  # the same window a week later
        (
            Hours(frozenset({"sun"}), time(1, 30), time(3)),
            "2026-03-29 00:00",
            "2026-03-29 01:00",
        ),  # opens in the gap
        (
            Hours(frozenset({"sun"}), time(0, 30), time(1, 30)),
            "2026-10-25 00:40",
            "2026-10-25 01:00",
        ),  # set back into it
    ],
)
def test_the_next_safe_moment_is_said(window: Hours, at: str, wanted: str) -> None:
    """Also where a window opens only because the clocks change."""
    assert next_safe_at([window], LONDON, utc(at)) == utc(wanted)


def test_without_a_window_no_moment_is_safe_and_none_comes() -> None:
    """Nothing is made up; a time without its zone is refused."""
    assert next_safe_at([], LONDON, utc("2026-11-27 03:00")) is None
    assert next_safe_at([Hours(frozenset(), time(1), time(2))], LONDON, utc("2026-11-27 03:00")) is None
    with pytest.raises(ValueError, match="zone"):
        is_safe_time([OFFICE], LONDON, datetime(2026, 11, 27, 3))  # noqa: DTZ001


CLOCKS = st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 30, 45)))
WINDOWS = st.builds(Hours, st.frozensets(st.sampled_from(DAYS), min_size=1, max_size=3), CLOCKS, CLOCKS)
CHANGES = (  # around the changes of the zones above, and a plain day
    "2026-03-29 00:00", "2026-10-25 00:00", "2026-03-08 04:00", "2026-11-01 04:00", "2026-04-04 14:00", "2026-10-03 14:00",
    "2026-04-23 21:00", "2026-10-29 20:00", "2026-06-10 12:00",
)  # fmt: skip


@given(
    windows=st.lists(WINDOWS, min_size=1, max_size=2), zone=st.sampled_from(ZONES), change=st.sampled_from(CHANGES),
    before=st.integers(0, 180),
)  # fmt: skip
def test_the_next_safe_moment_is_the_first_minute_that_is_safe(
    windows: list[Hours], zone: str, change: str, before: int
) -> None:
    """Compared minute by minute for six hours, in six zones, around every change of their clocks."""
    at, here = utc(change) - before * MINUTE, ZoneInfo(zone)
    found = next_safe_at(windows, here, at)
    assert found is not None
    assert found >= at
    assert is_safe_time(windows, here, found)
    minutes = (at + number * MINUTE for number in range(360))
    first = next((minute for minute in minutes if is_safe_time(windows, here, minute)), None)
    assert found == first if first else found >= at + 360 * MINUTE


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Mon-Fri 9-17", OFFICE),
        ("mon – fri, 9:00–17:00", OFFICE),
        ("Weekdays 9am to 5pm", OFFICE),
        ("Monday to Friday 09.00 until 17.00.", OFFICE),
        ("Fri 22:00-02:00", LATE),
        ("friday 10pm-2am", LATE),
        ("Mon, Wed and Sat 7:30-8", Hours(frozenset({"mon", "wed", "sat"}), time(7, 30), time(8))),
        ("every day 10-12", Hours(frozenset(DAYS), time(10), time(12))),
        ("10-12", Hours(frozenset(DAYS), time(10), time(12))),
        ("sat-mon 0-24", Hours(frozenset({"sat", "sun", "mon"}), time(0), time(0))),
        ("Sunday all day", Hours(frozenset({"sun"}), time(0), time(0))),
        ("12am-12pm", Hours(frozenset(DAYS), time(0), time(12))),
    ],
)
def test_hours_are_read_as_people_write_them(line: str, wanted: Hours) -> None:
    """One window a line; dashes of any length."""
    assert hours_in(line) == wanted


@pytest.mark.parametrize(
    "line",
    [
        "mornings",
        "Mon-Fri",
        "Mon 25-26",
        "Blursday 9-17",
        "Mon 9:75-10",
        "9",
        "Mon 13pm-2pm",
        "-",
        "Mon 9-17-19",
    ],
)
def test_what_is_no_hours_is_refused_with_how_to_write_them(line: str) -> None:
    """Nothing is guessed: a wrong hour can put a person in danger."""
    with pytest.raises(HoursUnreadable, match="Mon-Fri 9-17"):
        hours_in(line)


def test_empty_lines_say_nothing_and_too_many_are_refused() -> None:
    """A plan of a hundred windows is no plan."""
    assert hours_of(["", "Mon-Fri 9-17", "  "]) == (OFFICE,)
    with pytest.raises(HoursUnreadable, match="At most 14"):
        hours_of(["10-12"] * 15)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused(line: str) -> None:
    """Never a fault."""
    with suppress(HoursUnreadable):
        assert hours_in(line).days
