"""A case: its moves, and who opens it without saying why."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.rules import case
from nightdesk.rules.terms import ROLES

MOVES = (*sorted({move for moves in case.MOVES.values() for move in moves}), "invented")
EXPECTED = {
    "open": "take_on>with_soit",
    "with_soit": "take_on>with_soit give_back>open investigate>investigating ask_to_close>asked_to_close close>closed",
    "investigating": "take_on>investigating give_back>open ask_to_close>asked_to_close close>closed",
    "asked_to_close": "take_on>asked_to_close approve>closed send_back>sent_back take_back>investigating"
    " take_back_with_soit>with_soit take_back_sent_back>sent_back take_back_reopened>reopened",
    "sent_back": "take_on>sent_back investigate>investigating ask_to_close>asked_to_close close>closed",
    "closed": "reopen>reopened",
    "reopened": "take_on>reopened investigate>investigating ask_to_close>asked_to_close close>closed",
}  # fmt: skip


@pytest.mark.parametrize(("state", "move"), list(product(case.STATES, MOVES)))
def test_every_move_in_every_state(state: str, move: str) -> None:
    """Allowed as the table says, or refused with a sentence."""
    allowed = dict(pair.split(">") for pair in EXPECTED[state].split())
    if expected := allowed.get(move):
        assert case.next_state(state, move) == expected
    else:
        with pytest.raises(case.CaseRefused, match=r"This case is .* not possible"):
            case.next_state(state, move)


@given(st.lists(st.sampled_from(MOVES), max_size=60))
def test_wherever_moves_lead_there_is_a_way_on_and_somebody_whose_turn_it_is(moves: list[str]) -> None:
    """Closed leads on only by being opened again; every other state can still come to an end, and is somebody's."""
    state = case.OPEN
    for move in moves:
        if move in case.MOVES[state]:
            before, state = state, case.next_state(state, move)
            assert state != case.CLOSED or (before, move) in reached_closed()
    assert case.MOVES[state]
    assert case.CLOSED in reachable(state)
    assert (case.WHOSE_TURN[state] == "nobody") == (state == case.CLOSED)
    assert set(case.MOVES[case.CLOSED]) == {"reopen"}


def reached_closed() -> set[tuple[str, str]]:
    """The ways into closed: a supervisor's yes to what was asked for, or an ending that needs no look."""
    yes = {(case.ASKED, "approve")}
    return yes | {(state, "close") for state, moves in case.MOVES.items() if "close" in moves}


def reachable(state: str) -> set[str]:
    """Every state that can be reached from one, itself too."""
    found, new = {state}, {state}
    while new:
        new = {to for one in new for to in case.MOVES[one].values()} - found
        found |= new
    return found


def test_what_nobody_has_taken_on_is_not_closed_and_what_waits_for_a_supervisor_closes_only_by_one() -> None:
    """That is how people were sent away."""
    assert set(case.MOVES[case.OPEN]) == {"take_on"}
    assert [move for move, to in case.MOVES[case.ASKED].items() if to == case.CLOSED] == ["approve"]
    assert case.WHOSE_TURN[case.ASKED] == "supervisor"


def test_what_is_taken_back_leads_to_where_it_was_asked_from() -> None:
    """From every state in which it can be asked, and to no other."""
    askable = {state for state, moves in case.MOVES.items() if "ask_to_close" in moves}
    assert set(case.TAKE_BACK) == askable
    assert {case.MOVES[case.ASKED][move]: move for move in case.TAKE_BACK.values()} == case.TAKE_BACK


@pytest.mark.parametrize(("role", "own", "own_unit"), list(product(ROLES, (True, False), (True, False))))
def test_who_opens_a_case_without_a_reason(role: str, own: bool, own_unit: bool) -> None:
    """The owner; and specialists and supervisors of the unit. Everybody else says why."""
    expected = own or (own_unit and role in ("soit", "supervisor"))
    assert case.may_open_without_reason(role=role, own=own, own_unit=own_unit) is expected
