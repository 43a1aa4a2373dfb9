"""Slowing that never shuts a desk; when a desk locks and a session ends."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.rules import sign_in as rule
from nightdesk.rules.sign_in import DeskTimes

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LIMITS = {"idle_seconds": 300, "session_hours": 12}


@pytest.mark.parametrize(
    ("wrong", "since", "wait"),
    [
        (0, 0, 0), (4, 0, 0),  # the first five cost nothing
        (5, 0, 5), (5, 4.2, 1), (5, 5, 0),
        (6, 0, 10), (7, 0, 20), (8, 0, 40), (8, 39.5, 1),
        (9, 0, 60), (10, 0, 60), (500, 0, 60), (500, 60, 0),
    ],
)  # fmt: skip
def test_wrong_tries_make_one_wait_longer_and_longer_up_to_a_minute(
    wrong: int, since: float, wait: int
) -> None:
    """Five, ten, twenty, forty, sixty seconds."""
    assert rule.wait_seconds(wrong, since) == wait


@given(st.integers(0, 10**6), st.floats(0, 10**6))
def test_nobody_ever_waits_more_than_a_minute(wrong: int, since: float) -> None:
    """Whatever an attacker does, the desk opens within a minute."""
    assert 0 <= rule.wait_seconds(wrong, since) <= 60


@given(st.integers(0, 10**6))
def test_whoever_waited_a_minute_goes_on(wrong: int) -> None:
    """A wait is never renewed by waiting."""
    assert rule.wait_seconds(wrong, 60) == 0


@pytest.mark.parametrize(
    ("opened", "active", "locked", "state"),
    [
        (0, 0, None, rule.OPEN),
        (3600, 299, None, rule.OPEN),
        (3600, 300, None, rule.IDLE),
        (3600, 0, 0, rule.LOCKED),
        (3600, 9999, 500, rule.LOCKED),
        (12 * 3600 - 1, 0, None, rule.OPEN),
        (12 * 3600, 0, None, rule.ENDED),
        (12 * 3600, 9999, 9999, rule.ENDED),  # the longest time comes before the lock: no PIN brings it back
    ],
)
def test_a_desk_locks_when_unused_and_ends_after_its_longest_time(
    opened: int, active: int, locked: int | None, state: str
) -> None:
    """Seconds ago: opened, last used, locked."""
    times = [None if ago is None else NOON - timedelta(seconds=ago) for ago in (opened, active, locked)]
    assert rule.desk_state(DeskTimes(*times), NOON, **LIMITS) == state


@given(st.integers(20, 3600), st.integers(0, 7200))
def test_use_is_noted_well_before_the_desk_would_lock(idle: int, ago: int) -> None:
    """Otherwise a desk in use could lock: noting may lag by a twentieth of the idle time, no more."""
    desk = DeskTimes(NOON - timedelta(hours=3), NOON - timedelta(seconds=ago))
    if not rule.worth_noting(desk, NOON, idle_seconds=idle):
        assert ago <= idle / 20


@given(st.integers(1, 3600), st.integers(0, 7200))
def test_a_desk_has_time_left_exactly_while_it_is_open(idle: int, ago: int) -> None:
    """What the page's script is told agrees with what the server does."""
    desk = DeskTimes(NOON - timedelta(hours=3), NOON - timedelta(seconds=ago))
    left = rule.left_seconds(desk, NOON, idle_seconds=idle)
    assert (left > 0) == (rule.desk_state(desk, NOON, idle_seconds=idle, session_hours=12) == rule.OPEN)
    assert 0 <= left <= idle
