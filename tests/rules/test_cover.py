"""A gap is found before it comes: also in an empty rota, and when whoever is on can't be reached."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.rules.cover import (
    NOBODY,
    UNREACHABLE,
    Gap,
    cover_gaps,
    holes_in,
    merged,
    too_little_rest,
    twice_at_once,
    worth_telling,
)
from nightdesk.rules.rota import Span

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def span(staff: str, starts: float, ends: float, layer: str = "soit") -> Span:
    return Span(staff, layer, NOW + starts * HOUR, NOW + ends * HOUR)


def gaps(*spans: Span, reachable=("sana", "rae"), layers=("soit",), hours=24):
    return cover_gaps(spans, layers, NOW, NOW + hours * HOUR, reachable=reachable)


def test_an_empty_rota_is_one_long_gap_in_every_layer():
    found = gaps(layers=("soit", "second"))
    assert found == [Gap(layer, NOW, NOW + 24 * HOUR, NOBODY) for layer in ("soit", "second")]


def test_the_time_between_two_shifts_is_a_gap_and_touching_ones_leave_none():
    found = gaps(span("sana", -2, 8), span("rae", 8, 10), span("sana", 11, 30))
    assert [(gap.starts_at, gap.ends_at) for gap in found] == [(NOW + 10 * HOUR, NOW + 11 * HOUR)]


def test_somebody_who_can_not_be_reached_covers_nothing():
    found = gaps(span("mute", 0, 24))
    assert [(gap.why, gap.staff) for gap in found] == [(UNREACHABLE, ("mute",))]
    assert not gaps(span("mute", 0, 24), span("sana", 0, 24))


SPANS = st.lists(
    st.tuples(st.sampled_from(["sana", "rae", "mute"]), st.integers(-5, 30), st.integers(1, 12)).map(
        lambda drawn: span(drawn[0], drawn[1], drawn[1] + drawn[2])
    ),
    max_size=8,
)


@given(SPANS)
def test_every_hour_is_covered_or_in_a_gap_and_never_both(spans):
    found = gaps(*spans)
    for hour in range(24):
        moment = NOW + (hour + 0.5) * HOUR
        covered = any(s.staff != "mute" and s.starts_at <= moment < s.ends_at for s in spans)
        in_gap = sum(gap.starts_at <= moment < gap.ends_at for gap in found)
        assert in_gap == (0 if covered else 1)


def test_times_are_joined_where_they_touch():
    one, two = (NOW, NOW + HOUR), (NOW + HOUR, NOW + 2 * HOUR)
    assert merged([two, one]) == [(NOW, NOW + 2 * HOUR)]
    assert holes_in([], NOW, NOW) == []


def test_nobody_is_at_two_places_or_back_after_a_short_night():
    both = twice_at_once([span("sana", 0, 8), span("sana", 7, 9, "second"), span("rae", 0, 8)])
    assert [(a.staff, b.layer) for a, b in both] == [("sana", "second")]
    assert len(too_little_rest([span("sana", 0, 8), span("sana", 18, 26)])) == 1
    assert not too_little_rest([span("sana", 0, 8), span("sana", 19, 27)])
    assert not too_little_rest([span("sana", 0, 8), span("sana", 8, 12)])  # one long turn, not two


@pytest.mark.parametrize(
    ("starts", "told", "now", "again"),
    [
        (100, None, 0, True),
        (100, 0, 50, False),  # told, and it is far away
        (100, 0, 77, True),  # a day before it begins
        (100, 77, 90, False),  # told then already
        (10, 0, 2, False),  # found within the last day: once is enough
    ],
)
def test_a_gap_is_told_when_found_and_a_day_before_it_begins(starts, told, now, again):
    told_at = None if told is None else NOW + told * HOUR
    assert worth_telling(NOW + starts * HOUR, told_at, NOW + now * HOUR) is again
