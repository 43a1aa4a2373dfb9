"""Two analysts decide about a candidate, and a third when they do not agree."""

from itertools import product

import pytest

from nightdesk.rules import candidate as rule
from nightdesk.rules.candidate import ANSWERS, DISAGREED, MOVES, NOT_LINKED, ONE_IN, WAITING, CandidateRefused


def test_one_answer_never_decides() -> None:
    """Whatever the first analyst says, a second one is asked."""
    for answer in ANSWERS:
        assert rule.next_state(WAITING, rule.move_of(WAITING, [], answer)) == ONE_IN


@pytest.mark.parametrize(("first", "second"), list(product(ANSWERS, ANSWERS)))
def test_two_who_agree_decide_and_two_who_do_not_ask_a_third(first: str, second: str) -> None:
    """And the third decides whatever the two said."""
    after = rule.next_state(ONE_IN, rule.move_of(ONE_IN, [first], second))
    assert after == (first if first == second else DISAGREED)
    if after == DISAGREED:
        for third in ANSWERS:
            assert rule.next_state(DISAGREED, rule.move_of(DISAGREED, [first, second], third)) == third


def test_no_answer_is_refused_with_what_to_choose() -> None:
    """An empty form decides nothing."""
    with pytest.raises(CandidateRefused, match="Choose"):
        rule.move_of(WAITING, [], "")


def test_what_was_decided_comes_back_only_by_being_opened_again() -> None:
    """No answer is taken for what is over."""
    for answer in ANSWERS:
        with pytest.raises(CandidateRefused, match="look again"):
            rule.next_state(NOT_LINKED, rule.move_of(NOT_LINKED, [answer], answer))
    assert MOVES[NOT_LINKED]["reopen"] == WAITING
