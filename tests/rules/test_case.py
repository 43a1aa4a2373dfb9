"""A case: its moves, and who opens it without saying why."""

from itertools import product

import pytest

from nightdesk.rules import case
from nightdesk.rules.terms import ROLES

MOVES = ("take_on", "give_back", "invented")


@pytest.mark.parametrize(("state", "move"), list(product(case.STATES, MOVES)))
def test_every_move_in_every_state(state: str, move: str) -> None:
    """Allowed as the table says, or refused with a sentence."""
    expected = {
        ("open", "take_on"): "with_soit", ("with_soit", "take_on"): "with_soit", ("with_soit", "give_back"): "open",
    }.get((state, move))  # fmt: skip
    if expected:
        assert case.next_state(state, move) == expected
    else:
        with pytest.raises(case.CaseRefused, match=r"This case is .* not possible"):
            case.next_state(state, move)


@pytest.mark.parametrize(("role", "own", "own_unit"), list(product(ROLES, (True, False), (True, False))))
def test_who_opens_a_case_without_a_reason(role: str, own: bool, own_unit: bool) -> None:
    """The owner; and specialists and supervisors of the unit. Everybody else says why."""
    expected = own or (own_unit and role in ("soit", "supervisor"))
    assert case.may_open_without_reason(role=role, own=own, own_unit=own_unit) is expected
