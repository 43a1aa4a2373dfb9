"""Dates and times as people type them, in the middle of the night."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.desks.furniture.fields import DayField, MomentField
from nightdesk.desks.furniture.moments import Unreadable, in_zone, read_day, read_time

LONDON = ZoneInfo("Europe/London")
TIMES = [
    ("23:40", time(23, 40)), ("2340", time(23, 40)), ("23.40", time(23, 40)), ("11.40pm", time(23, 40)),
    ("11:40 PM", time(23, 40)), ("2am", time(2)), ("2 a.m.", time(2)), ("12am", time(0)), ("12pm", time(12)),
    ("midnight", time(0)), ("noon", time(12)), ("9", time(9)), ("٢٣:٤٠", time(23, 40)), (" 02:05 ", time(2, 5)),
]  # fmt: skip
NO_TIMES = ["25:00", "23:60", "13pm", "0am", "late", "1234567", "-2", "2:5", "24:00", "12:30:10"]
MONTHS = [("2", 2), ("02", 2), ("feb", 2), ("February", 2), ("٢", 2)]
NO_DAYS = [
    ({"day": "31", "month": "2", "year": "2026"}, ("day",)),
    ({"day": "1", "month": "13", "year": "2026"}, ("month",)),
    ({"day": "1", "month": "2", "year": "26"}, ("year",)),
    ({"day": "x", "month": "2", "year": "2026"}, ("day",)),
    ({"day": "", "month": "2", "year": "2026"}, ("day",)),
    ({"day": "1", "month": "", "year": ""}, ("month", "year")),
    ({"day": "1", "month": "1", "year": "0000"}, ("year",)),
]


def typed(day="", month="", year="", at=""):
    """The boxes of a moment."""
    return {"day": day, "month": month, "year": year, "time": at}


@pytest.mark.parametrize(("text", "meant"), TIMES)
def test_a_time_is_read_as_people_write_it(text, meant):
    assert read_time(text) == meant


@pytest.mark.parametrize("text", NO_TIMES)
def test_what_is_no_time_is_answered_with_what_to_do(text):
    with pytest.raises(Unreadable, match="Enter"):
        read_time(text)


@pytest.mark.parametrize(("month", "number"), MONTHS)
def test_a_month_may_be_a_number_or_a_name(month, number):
    assert read_day({"day": "3", "month": month, "year": "2026"}) == date(2026, number, 3)


@pytest.mark.parametrize(("boxes", "wrong"), NO_DAYS)
def test_a_date_that_is_none_names_the_boxes_to_mend(boxes, wrong):
    with pytest.raises(Unreadable) as refusal:
        read_day(boxes)
    assert refusal.value.parts == wrong


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_date_that_is_shown_can_be_read_back(day):
    assert read_day(DayField().prepare_value(day)) == day


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_time_or_a_sentence(text):
    try:
        read = read_time(text)
    except Unreadable as refusal:
        read = refusal.sentence
    assert read is None or isinstance(read, time) or read.startswith("Enter ")


@given(st.integers(min_value=0, max_value=2_000_000_000))
def test_a_range_shown_and_read_back_still_holds_the_moment(seconds):
    moment = datetime.fromtimestamp(seconds, UTC)
    earliest, latest = MomentField(), MomentField(end="latest")
    shown = earliest.prepare_value(moment)
    assert earliest.clean(shown) <= moment < latest.clean(shown) + timedelta(minutes=1)


def test_a_moment_is_kept_in_utc():
    assert MomentField().clean(typed("1", "7", "2026", "00:30")) == datetime(2026, 6, 30, 23, 30, tzinfo=UTC)


def test_a_day_without_a_time_is_the_whole_day():
    boxes = typed("22", "11", "2026")
    assert MomentField().clean(boxes) == datetime(2026, 11, 22, 0, 0, tzinfo=UTC)
    assert MomentField(end="latest").clean(boxes) == datetime(2026, 11, 22, 23, 59, tzinfo=UTC)


def test_midnight_is_not_taken_for_no_time():
    assert MomentField(end="latest").clean(typed("22", "11", "2026", "00:00")).hour == 0


def test_the_hour_that_happens_twice_never_makes_a_range_too_short():
    boxes = typed("25", "10", "2026", "01:30")
    assert MomentField().clean(boxes) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert MomentField(end="latest").clean(boxes) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_the_hour_that_never_happened_is_refused():
    with pytest.raises(Unreadable, match="clocks went forward"):
        in_zone(date(2026, 3, 29), time(1, 30), LONDON, latest=False)


def test_a_time_without_a_date_asks_for_the_date():
    with pytest.raises(ValidationError, match="Enter the date"):
        MomentField().clean(typed(at="2am"))


def test_a_wrong_date_and_a_wrong_time_are_said_together():
    with pytest.raises(ValidationError) as refusal:
        MomentField().clean(typed("31", "2", "2026", "25:40"))
    assert refusal.value.params["parts"] == ("day", "time")


def test_nothing_typed_is_no_moment():
    assert MomentField(required=False).clean(typed()) is None
    with pytest.raises(ValidationError, match="Enter a date and a time"):
        MomentField().clean(typed())


def test_a_first_answer_unchanged_is_no_change():
    field, moment = MomentField(), datetime(2026, 11, 22, 2, 4, tzinfo=UTC)
    assert not field.has_changed(moment, field.prepare_value(moment))
    assert field.has_changed(moment, typed("22", "11", "2026", "03:04"))
    assert field.has_changed(None, typed("22"))
    assert not field.has_changed(None, typed())
