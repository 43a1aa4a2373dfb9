"""A day has the hours that the clock on the wall shows: 24, 23 or 25, without a hole; its gaps are of the whole day."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from nightdesk.rules.cover import NOBODY, UNREACHABLE
from nightdesk.rules.rota import Span
from nightdesk.rules.rota_day import day_gaps, hours_gained, hours_of

LONDON = ZoneInfo("Europe/London")
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("day", "zone", "count", "gained"),
    [
        (date(2026, 11, 26), "Europe/London", 24, 0), (date(2026, 10, 25), "Europe/London", 25, 1),
        (date(2027, 3, 28), "Europe/London", 23, -1), (date(2026, 11, 1), "America/New_York", 25, 1),
        (date(2026, 4, 5), "Australia/Lord_Howe", 25, 0.5), (date(2018, 11, 4), "America/Sao_Paulo", 23, -1),
    ],
)  # fmt: skip
def test_a_day_has_its_hours_without_a_hole(day: date, zone: str, count: int, gained: float) -> None:
    hours = hours_of(day, ZoneInfo(zone))
    assert (len(hours), hours_gained(hours)) == (count, gained * HOUR)
    assert all(one.ends_at == other.starts_at for one, other in pairwise(hours))
    assert all(one.starts_at.astimezone(ZoneInfo(zone)).date() == day for one in hours)


def test_the_hour_that_comes_twice_is_told_apart_and_the_one_that_never_was_is_not_there() -> None:
    october = hours_of(date(2026, 10, 25), LONDON)
    assert [(one.begins.hour, one.again) for one in october[:4]] == [(0, 0), (1, 1), (1, 2), (2, 0)]
    assert october[1].starts_at == datetime(2026, 10, 25, 0, tzinfo=UTC)
    march = hours_of(date(2027, 3, 28), LONDON)
    assert [(one.begins.hour, one.ends.hour) for one in (*march[:2], march[-1])] == [(0, 1), (2, 3), (23, 0)]


def test_gaps_of_a_day_are_those_behind_and_before_one() -> None:
    """Whether somebody could be reached this morning is not known now: only that nobody was on."""
    hours = hours_of(date(2026, 11, 26), LONDON)
    at = hours[0].starts_at
    mute = Span("mute", "soit", at + 2 * HOUR, at + 20 * HOUR)
    found = day_gaps([mute], ["soit"], hours, at + 12 * HOUR, reachable=())
    assert [(gap.why, gap.starts_at - at, gap.ends_at - at) for gap in found] == [
        (NOBODY, 0 * HOUR, 2 * HOUR), (UNREACHABLE, 12 * HOUR, 20 * HOUR), (NOBODY, 20 * HOUR, 24 * HOUR),
    ]  # fmt: skip
    for seen_at in (at - HOUR, at + 12 * HOUR, at + 30 * HOUR):
        assert [gap.why for gap in day_gaps([], ["soit"], hours, seen_at, reachable=())] == [NOBODY]
