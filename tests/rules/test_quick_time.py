"""“Last night” is a stretch of local time: never later than now, right in the night the clocks change, never too short."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.outside.packs import load_pack
from nightdesk.rules.evidence_clock import NaiveTime
from nightdesk.rules.pack_answers import QuickTime, local_mark, refuse_if_unreadable
from nightdesk.rules.pack_entries import Words
from nightdesk.rules.quick_time import quick_range

LONDON = ZoneInfo("Europe/London")
TIMES = load_pack("england_wales").times
CALENDAR = [choice.id for choice in TIMES if choice.earliest_local]
SUNDAY_2AM, SUNDAY_8PM = "2026-11-22 02:00", "2026-11-22 20:00"  # a Sunday in winter: London is on UTC
MONDAY_2AM, WEDNESDAY, FRIDAY_8PM = "2026-11-23 02:00", "2026-11-25 15:00", "2026-11-27 20:00"


def at(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON, fold=fold)


def quick(**ends: object) -> QuickTime:
    facts = {
        "source": "A page",
        "source_label": "I",
        "owner": "Lead",
        "review_on": date(2027, 5, 22),
    }
    return QuickTime(id="one", text=Words("One"), **facts, **ends)  # type: ignore[arg-type]


def shown(choice: str, told: str, fold: int = 0) -> tuple[str, ...]:
    """The range as a London wall clock shows it."""
    ends = quick_range(TIMES[choice], at(told, fold), LONDON)
    return tuple(f"{end.astimezone(LONDON):%Y-%m-%d %H:%M}" for end in ends if end)


@pytest.mark.parametrize(
    ("choice", "told", "earliest", "latest"),
    [
        ("today", SUNDAY_2AM, "2026-11-22 00:00", SUNDAY_2AM),
        ("today", SUNDAY_8PM, "2026-11-22 00:00", SUNDAY_8PM),
        ("last_night", SUNDAY_2AM, "2026-11-21 18:00", SUNDAY_2AM),
        ("last_night", "2026-11-22 11:00", "2026-11-21 18:00", "2026-11-22 06:00"),
        ("last_night", SUNDAY_8PM, "2026-11-21 18:00", "2026-11-22 06:00"),
        ("yesterday", SUNDAY_2AM, "2026-11-21 00:00", SUNDAY_2AM),
        ("yesterday", SUNDAY_8PM, "2026-11-21 00:00", "2026-11-22 06:00"),
        ("this_weekend", SUNDAY_2AM, "2026-11-20 18:00", SUNDAY_2AM),
        ("this_weekend", MONDAY_2AM, "2026-11-20 18:00", MONDAY_2AM),
        ("this_weekend", WEDNESDAY, "2026-11-20 18:00", "2026-11-23 06:00"),
        ("this_weekend", FRIDAY_8PM, "2026-11-27 18:00", FRIDAY_8PM),
        ("last_weekend", SUNDAY_2AM, "2026-11-13 18:00", "2026-11-16 06:00"),
        ("last_weekend", MONDAY_2AM, "2026-11-20 18:00", MONDAY_2AM),
        ("last_weekend", WEDNESDAY, "2026-11-20 18:00", "2026-11-23 06:00"),
        ("last_weekend", FRIDAY_8PM, "2026-11-20 18:00", "2026-11-23 06:00"),
    ],
)
def test_what_a_person_says_is_a_stretch_of_local_time(choice, told, earliest, latest):
    assert shown(choice, told) == (earliest, latest)


@pytest.mark.parametrize(
    ("told", "fold", "hours"),
    [
        ("2026-10-25 10:00", 0, 13),  # the clocks went back: eighteen to six is thirteen hours
        ("2026-03-29 10:00", 0, 11),  # they went forward: eleven
        ("2026-10-25 01:30", 0, 7.5),  # within the hour that comes twice: the first time …
        ("2026-10-25 01:30", 1, 8.5),  # … and the second
    ],
)
def test_the_night_the_clocks_change_is_as_long_as_it_was(told, fold, hours):
    earliest, latest = quick_range(TIMES["last_night"], at(told, fold), LONDON)
    assert latest - earliest == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("clock", "day", "earliest", "latest"),
    [
        ("01:30", "2026-10-25", "2026-10-25T00:30Z", "2026-10-25T01:30Z"),  # comes twice
        ("01:30", "2026-03-29", "2026-03-29T00:30Z", "2026-03-29T01:30Z"),  # does not come at all
        ("01:30", "2026-11-22", "2026-11-22T01:30Z", "2026-11-22T01:30Z"),
    ],
)
def test_a_time_that_can_be_two_moments_gives_the_wider_range(clock, day, earliest, latest):
    noon = at(f"{day} 12:00")
    assert quick_range(quick(earliest_local=f"today {clock}"), noon, LONDON)[0] == datetime.fromisoformat(
        earliest
    )
    ends = quick(earliest_local="yesterday 00:00", latest_local=f"today {clock}")
    assert quick_range(ends, noon, LONDON)[1] == datetime.fromisoformat(latest)


ZONES = st.sampled_from(
    [LONDON, ZoneInfo("America/Sao_Paulo"), ZoneInfo("Asia/Kathmandu"), ZoneInfo("Africa/Cairo")]
)
NEAR_CHANGES = st.builds(  # within two days of London's clock changes …
    lambda day, minutes: day + timedelta(minutes=minutes),
    st.sampled_from([datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)]),
    st.integers(-2880, 2880),
)
ANY_MINUTE = st.integers(0, 50 * 365 * 24 * 60).map(
    lambda minute: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
)
CHANGES = NEAR_CHANGES | ANY_MINUTE  # … and any time at all


@given(choice=st.sampled_from(CALENDAR), told=CHANGES, zone=ZONES)
def test_no_answer_lies_in_the_future_or_ends_before_it_begins(
    choice: str, told: datetime, zone: tzinfo
) -> None:
    earliest, latest = quick_range(TIMES[choice], told, zone)
    assert earliest <= latest <= told
    assert earliest.utcoffset() == latest.utcoffset() == timedelta(0)
    assert told - earliest <= timedelta(days=14, hours=1)


@given(told=CHANGES)
def test_last_night_holds_every_moment_of_the_night_before(told: datetime) -> None:
    """From six in the evening to six in the morning by the wall clock, whatever the clocks did in between."""
    earliest, latest = quick_range(TIMES["last_night"], told, LONDON)
    local = told.astimezone(LONDON)
    begins = earliest.astimezone(LONDON)
    assert (begins.hour, begins.date()) == (18, local.date() - timedelta(days=1))
    assert latest == told if local.hour < 6 else latest.astimezone(LONDON).hour == 6


@given(told=CHANGES)
def test_a_later_night_is_never_left_out_of_yesterday(told: datetime) -> None:
    """Last night lies within yesterday as people say it, so that the clock is never shorter by the other answer."""
    night, day = (quick_range(TIMES[one], told, LONDON) for one in ("last_night", "yesterday"))
    assert day[0] <= night[0] <= night[1] == day[1]


@pytest.mark.parametrize(
    ("ends", "sentence"),
    [
        ({"earliest_local": "yesterday 00:00", "latest_hours_ago": 0}, "either hours ago or local times"),
        ({"latest_local": "now"}, "needs .earliest_local."),
        ({"earliest_local": "now"}, "must lie before now"),
        (
            {"earliest_local": "today 06:00", "latest_local": "yesterday 06:00"},
            "must lie before .latest_local.",
        ),
        ({"earliest_local": "last friday 18:00", "latest_local": "today 06:00"}, "both as weekdays"),
        ({"earliest_local": "tomorrow 06:00"}, "is not a local time; write"),
        ({"earliest_local": "last funday 06:00"}, "is not a local time; write"),
        ({"earliest_local": "yesterday 25:00"}, "is not a local time; write"),
        ({"earliest_local": "06:00"}, "is not a local time; write"),
    ],
)
def test_a_pack_is_told_how_to_write_a_local_time(ends, sentence):
    with pytest.raises(ValueError, match=sentence):
        refuse_if_unreadable(quick(**ends))


def test_the_packs_own_answers_can_be_read_and_come_first():
    for choice in TIMES:
        refuse_if_unreadable(choice)
    assert [choice.id for choice in TIMES][:5] == CALENDAR
    assert CALENDAR == ["today", "last_night", "yesterday", "this_weekend", "last_weekend"]


@pytest.mark.parametrize(
    ("ago", "expected"),
    [((24, 0), (24, 0)), ((72, 24), (72, 24)), ((None, 336), (None, 336)), ((None, None), (None, None))],
)
def test_a_quick_answer_in_hours_is_counted_back_from_the_telling(ago, expected):
    told = at(SUNDAY_2AM)
    found = quick_range(quick(earliest_hours_ago=ago[0], latest_hours_ago=ago[1]), told, LONDON)
    assert found == tuple(None if hours is None else told - timedelta(hours=hours) for hours in expected)


def test_a_range_that_begins_now_is_now_and_no_zone_is_refused():
    told = at(SUNDAY_2AM)
    assert quick_range(quick(earliest_local="now"), told, LONDON) == (told, told)
    assert local_mark("now") is None
    with pytest.raises(NaiveTime, match="told_at has no time zone"):
        quick_range(TIMES["today"], told.replace(tzinfo=None), LONDON)
