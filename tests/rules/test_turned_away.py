"""Being turned away: nobody closes a report about their own station, and none is forgotten."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from nightdesk.rules import turned_away as rule
from nightdesk.rules.terms import ROLES
from nightdesk.rules.turned_away import ReportRefused

NOW = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)


@pytest.mark.parametrize(("role", "own_unit", "about_lead"), [*product(ROLES, (True, False), (True, False))])
def test_who_sees_a_report(role: str, own_unit: bool, about_lead: bool) -> None:
    """The commander; the supervisor of the unit, unless it is about whoever leads there; nobody else."""
    seen = rule.may_see(role=role, own_unit=own_unit, about_lead=about_lead)
    assert seen == (role == "commander" or (role == "supervisor" and own_unit and not about_lead))


@pytest.mark.parametrize("state", rule.STATES)
def test_only_the_commander_closes_or_sends_back(state: str) -> None:
    for role, own_unit, about_lead in product(ROLES, (True, False), (True, False)):
        moves = rule.moves_for(state, role=role, own_unit=own_unit, about_lead=about_lead)
        assert set(moves) <= set(rule.MOVES[state])
        assert role == "commander" or not set(moves) & {"close", "look_again"}


def test_every_state_has_somebody_who_can_go_on() -> None:
    """No report gets stuck: the commander can always make every move there is."""
    for state, moves in rule.MOVES.items():
        assert set(rule.moves_for(state, role="commander", own_unit=False, about_lead=True)) == set(moves)


@pytest.mark.parametrize("move", rule.WITH_WORDS)
def test_a_step_without_words_is_refused(move: str) -> None:
    state = next(state for state, moves in rule.MOVES.items() if move in moves)
    with pytest.raises(ReportRefused, match="few words"):
        rule.after_move(state, move, " ", (move,))
    assert rule.after_move(state, move, "They were right.", (move,)) == rule.MOVES[state][move]


def test_a_step_that_is_not_possible_or_not_theirs_is_refused() -> None:
    with pytest.raises(ReportRefused, match="not possible any more"):
        rule.after_move(rule.CLOSED, "look", "", ("look",))
    with pytest.raises(ReportRefused, match="commander does this"):
        rule.after_move(rule.LEARNED, "close", "Done.", ())


@pytest.mark.parametrize(
    ("what", "told", "sentence"),
    [
        ("", "x", "Choose"),
        ("gone", "x", "Choose"),
        ("both", " \n", "own words"),
        ("both", "x" * 5001, "5000 characters"),
    ],
)
def test_what_is_no_report_is_told(what: str, told: str, sentence: str) -> None:
    with pytest.raises(ReportRefused, match=sentence):
        rule.refuse_if_not_a_report(what, told)


def test_overdue_is_by_the_state_and_closed_never_is() -> None:
    hours = {"received": 24}
    assert not rule.is_overdue("received", NOW, NOW + timedelta(hours=24), hours)
    assert rule.is_overdue("received", NOW, NOW + timedelta(hours=24, seconds=1), hours)
    assert not rule.is_overdue("closed", NOW, NOW + timedelta(days=900), hours)
