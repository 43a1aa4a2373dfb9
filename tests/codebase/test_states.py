"""States: each in the moves table and in the whose-turn table once; the generated documents say what the code says."""

from pathlib import Path
from types import ModuleType

import pytest

from devtools import docs
from nightdesk.rules import (
    access,
    candidate,
    case,
    duty,
    flag,
    interest,
    opening,
    passing_on,
    referral,
    shared_pack,
    task,
    turned_away,
)
from nightdesk.rules.terms import ROLES

TABLES = [
    referral,
    candidate,
    case,
    duty,
    flag,
    interest,
    turned_away,
    task,
    opening,
    passing_on,
    shared_pack,
]
NOT_ROLES = {"worker", "nobody"}


@pytest.mark.parametrize("module", TABLES, ids=lambda module: module.__name__)
def test_each_state_has_its_moves_and_somebody_whose_turn_it_is(module: ModuleType) -> None:
    """A state that is nobody's is where a person is forgotten."""
    assert list(module.MOVES) == list(module.STATES)
    assert list(module.WHOSE_TURN) == list(module.STATES)
    assert len(set(module.STATES)) == len(module.STATES)
    assert set(module.WHOSE_TURN.values()) <= {*ROLES, *NOT_ROLES}


@pytest.mark.parametrize("module", TABLES, ids=lambda module: module.__name__)
def test_every_move_leads_to_a_state_and_every_state_is_reached(module: ModuleType) -> None:
    """No move leads nowhere; no state is an island."""
    reached = {to for moves in module.MOVES.values() for to in moves.values()}
    assert reached <= set(module.STATES)
    assert set(module.STATES) - reached <= {module.STATES[0]}


@pytest.mark.parametrize("module", TABLES, ids=lambda module: module.__name__)
def test_only_a_state_that_is_done_is_nobodys_turn(module: ModuleType) -> None:
    """And what is done has no moves left, but to say that it was a mistake, to open it again, or to give the case on."""
    after = {"take_back", "reopen", "offer", "take_over", "turn_down", "unlink", "withdraw"}
    for state, turn in module.WHOSE_TURN.items():
        assert (turn == "nobody") == (set(module.MOVES[state]) <= after)


def test_the_access_table_names_only_roles() -> None:
    """A mistyped role would open a page to nobody, silently."""
    named = {role for roles in access.PAGES.values() for role in roles}
    assert named <= {"anyone", *ROLES}
    assert all(access.PAGES.values()), "A page open to nobody is no page."


def test_generated_documents_are_fresh() -> None:
    """docs/flow.md and docs/access.md are read by people who trust them."""
    assert docs.stale() == [], "Run ./dev docs and commit what changed."


def test_a_stale_document_is_found(tmp_path: Path) -> None:
    """Absent, and changed by hand."""
    assert docs.stale(tmp_path) == ["flow.md", "access.md"]
    (tmp_path / "flow.md").write_text(docs.flow())
    (tmp_path / "access.md").write_text(docs.access_table() + "by hand")
    assert docs.stale(tmp_path) == ["access.md"]
