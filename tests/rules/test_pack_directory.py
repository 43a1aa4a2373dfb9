"""A closed line is never offered as open, and hours that nobody sourced are not guessed."""

from datetime import date, datetime, time

import pytest

from nightdesk.rules.pack_directory import is_open
from nightdesk.rules.pack_entries import Opening, Service


def a_line(**hours):
    return Service(
        id="line", source="A page", source_label="S", owner="Lead", review_on=date(2027, 5, 22), label="A line",
        for_whom="Anyone", needs=("talk",), country="GB", phone="1", **hours,
    )  # fmt: skip


def at(clock: str, day: int = 23) -> datetime:
    return datetime.fromisoformat(f"2026-11-{day:02} {clock}")


DAYTIME = (Opening(days=("mon", "tue"), opens=time(10), closes=time(20, 30)),)
OVERNIGHT = (Opening(days=("sun",), opens=time(20), closes=time(4)),)


@pytest.mark.parametrize(
    ("openings", "moment", "expected"),
    [
        (DAYTIME, at("09:59"), False),
        (DAYTIME, at("10:00"), True),
        (DAYTIME, at("20:29"), True),
        (DAYTIME, at("20:30"), False),
        (DAYTIME, at("12:00", 25), False),
        (OVERNIGHT, at("21:00", 22), True),
        (OVERNIGHT, at("19:59", 22), False),
        (OVERNIGHT, at("02:00", 23), True),
        (OVERNIGHT, at("04:00", 23), False),
        (OVERNIGHT, at("02:00", 22), False),
    ],
)
def test_a_line_is_open_in_its_hours_only(openings, moment, expected):
    assert is_open(a_line(openings=openings), moment) is expected


def test_a_line_that_never_closes_is_open_at_2am():
    assert is_open(a_line(always_open=True), at("02:00")) is True


def test_hours_not_known_are_neither_open_nor_closed():
    assert is_open(a_line(), at("12:00")) is None
