"""Opening another's case: who may ask and answer, in which order, and for how long a reason holds."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from nightdesk.rules import opening
from nightdesk.rules.opening import OpeningRefused, Standing, next_state, refuse_unless_may

NOW = datetime(2026, 11, 26, 2, tzinfo=UTC)


@pytest.mark.parametrize(("state", "move"), list(product(opening.STATES, ("ask", "answer", "close", ""))))
def test_a_move_is_possible_or_says_what_to_do(state: str, move: str) -> None:
    """Every state with every move."""
    after = opening.MOVES[state].get(move)
    if after:
        assert next_state(state, move) == after
        return
    with pytest.raises(OpeningRefused, match=r"\."):
        next_state(state, move)


@pytest.mark.parametrize(
    ("opener", "owner", "supervises", "move"), list(product((0, 1), (0, 1), (0, 1), ("ask", "answer")))
)
def test_the_owner_asks_a_supervisor_answers_and_nobody_about_their_own(
    opener: int, owner: int, supervises: int, move: str
) -> None:
    """A supervisor who opened a case does not answer for it."""
    standing = Standing(bool(opener), bool(owner), bool(supervises))
    allowed = not opener and (bool(supervises) or (move == "ask" and bool(owner)))
    if allowed:
        refuse_unless_may(standing, move)
    else:
        with pytest.raises(OpeningRefused):
            refuse_unless_may(standing, move)
    assert standing.may_see == bool(opener or owner or supervises)


def test_a_reason_holds_for_hours_and_a_limit_is_passed_only_above_it() -> None:
    """The number of the pack is still in order."""
    assert opening.holds_until(NOW, 8) - NOW == timedelta(hours=8)
    assert [opening.too_often(count, 5) for count in (0, 5, 6)] == [False, False, True]
