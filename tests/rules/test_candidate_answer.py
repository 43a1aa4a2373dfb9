"""Who may answer about a candidate, and when the answers are shown."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from nightdesk.rules import candidate_answer as rule
from nightdesk.rules.candidate import (
    DISAGREED,
    GONE,
    LINKED,
    NEED_MORE,
    NOT_LINKED,
    ONE_IN,
    STATES,
    WAITING,
    CandidateRefused,
)
from nightdesk.rules.terms import ANALYST, ROLES

NOW = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)
BEFORE = {WAITING: (), ONE_IN: ("a",), DISAGREED: ("a", "b"), NEED_MORE: ("a", "b"), LINKED: ("a", "b")}


@pytest.mark.parametrize(("state", "role", "who"), list(product(STATES, ROLES, "abc")))
def test_only_an_analyst_who_has_not_answered_sits_before_it(state: str, role: str, who: str) -> None:
    """Two blind, the third seeing; and what the seat says is what is refused."""
    before = BEFORE.get(state, ("a", "b"))
    open_to = role == ANALYST and who not in before
    expected = {WAITING: "blind", ONE_IN: "blind", DISAGREED: "third"}.get(state, "") if open_to else ""
    assert rule.seat_of(state, role=role, who=who, before=before) == expected
    if expected:
        rule.refuse_unless_seated(state, role=role, who=who, before=before, seat=expected)
    else:
        with pytest.raises(CandidateRefused):
            rule.refuse_unless_seated(state, role=role, who=who, before=before, seat="third")


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (DISAGREED, "you are the third now"),
        (LINKED, "decided this"),
        (NEED_MORE, "Look again"),
        (GONE, "does not stand"),
    ],
)
def test_whoever_was_slower_is_told_what_to_do(state: str, sentence: str) -> None:
    """Their page let them think that theirs was the second answer."""
    with pytest.raises(CandidateRefused, match=sentence):
        rule.refuse_unless_seated(state, role=ANALYST, who="c", before=("a", "b"), seat="blind")


def test_one_of_the_two_is_never_the_third() -> None:
    """They are told that another analyst decides."""
    with pytest.raises(CandidateRefused, match="third analyst decides"):
        rule.refuse_unless_seated(DISAGREED, role=ANALYST, who="a", before=("a", "b"), seat="third")


def test_answers_need_grounds_and_more_needs_saying_what() -> None:
    """Blank is no grounds."""
    with pytest.raises(CandidateRefused, match="grounds"):
        rule.refuse_without_grounds(LINKED, " \n", ())
    with pytest.raises(CandidateRefused, match="what would settle it"):
        rule.refuse_without_grounds(NEED_MORE, "The number.", ())
    rule.refuse_without_grounds(NEED_MORE, "The number.", ("phone",))
    rule.refuse_without_grounds(NOT_LINKED, "Two ages.", ())


def test_no_answer_is_shown_before_two_are_in() -> None:
    """Not even to whoever gave the one."""
    assert [rule.shows_answers(count) for count in range(4)] == [False, False, True, True]


def test_every_step_has_its_time() -> None:
    """A second answer is owed by when the first one was; a third and a new round have 72 hours, a question a week."""
    due = NOW + timedelta(hours=5)
    assert rule.due_after(ONE_IN, due, NOW) == due
    assert (
        rule.due_after(DISAGREED, due, NOW) == rule.due_after(WAITING, due, NOW) == NOW + timedelta(hours=72)
    )
    assert rule.due_after(NEED_MORE, due, NOW) == NOW + timedelta(days=7)
    assert rule.is_overdue(WAITING, NOW, NOW)
    assert not rule.is_overdue(WAITING, due, NOW)
    assert not rule.is_overdue(GONE, NOW, NOW)
