"""Tasks: every state against every move, what needs words, and times that lie ahead."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.rules import task as rule
from nightdesk.rules.task import MOVES, STATES, TaskRefused, Wanted, is_overdue, next_state

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
DUE = NOW + timedelta(days=1)
EVERY = sorted({move for moves in MOVES.values() for move in moves})


@pytest.mark.parametrize(("state", "move"), [*product(STATES, EVERY)])
def test_a_task_moves_by_the_table_or_is_refused_aloud(state: str, move: str) -> None:
    """Done twice is not possible."""
    if move in MOVES[state]:
        assert next_state(state, move) == MOVES[state][move]
        return
    with pytest.raises(TaskRefused, match="Look at it again"):
        next_state(state, move)


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wanted("do"), ""),
        (Wanted("drop"), "why it is dropped"),
        (Wanted("drop", " \n "), "why it is dropped"),
        (Wanted("drop", "She does not want it"), ""),
        (Wanted("take_back"), "after all"),
        (Wanted("hand_on"), "Choose who"),
        (Wanted("hand_on", to="x"), ""),
        (Wanted("re_date", due_at=DUE + timedelta(days=1)), "why the time moves"),
        (Wanted("re_date", "later"), "new date"),
        (Wanted("re_date", "later", due_at=DUE), "new date"),
        (Wanted("re_date", "later", due_at=NOW), "lie ahead"),
        (Wanted("re_date", "later", due_at=NOW + timedelta(days=2000)), "lie ahead"),
        (Wanted("re_date", "sooner", due_at=NOW + timedelta(hours=1)), ""),
    ],
)
def test_what_a_move_lacks_is_said(wanted: Wanted, words: str) -> None:
    """Nobody moves a time or drops a task without a word."""
    if not words:
        rule.refuse_if_incomplete(wanted, due_at=DUE, at=NOW)
        return
    with pytest.raises(TaskRefused, match=words):
        rule.refuse_if_incomplete(wanted, due_at=DUE, at=NOW)


@given(state=st.sampled_from(STATES), seconds=st.integers(-10, 10))
def test_only_what_is_open_and_past_is_overdue(state: str, seconds: int) -> None:
    """To the second."""
    due = NOW + timedelta(seconds=seconds)
    assert is_overdue(state, due, NOW) == (state == "open" and seconds <= 0)
