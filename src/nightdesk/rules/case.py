"""A case: its states as rows, its moves as data, whose turn it is. The case room of later steps builds on this table."""

from collections.abc import Mapping
from typing import Final

OPEN: Final = "open"
WITH_SOIT: Final = "with_soit"

STATES: Final = (OPEN, WITH_SOIT)
MOVES: Final[Mapping[str, Mapping[str, str]]] = {
    OPEN: {"take_on": WITH_SOIT},
    WITH_SOIT: {"take_on": WITH_SOIT, "give_back": OPEN},
}
WHOSE_TURN: Final[Mapping[str, str]] = {OPEN: "soit", WITH_SOIT: "soit"}


class CaseRefused(Exception):
    """What was asked of a case is not allowed; the sentence says what to do."""


def next_state(state: str, move: str) -> str:
    """The state after `move`; raises CaseRefused with a sentence when it is not possible."""
    if move not in MOVES[state]:
        raise CaseRefused(
            f"This case is {state.replace('_', ' ')}: “{move.replace('_', ' ')}” is not possible."
        )
    return MOVES[state][move]


def may_open_without_reason(*, role: str, own: bool, own_unit: bool) -> bool:
    """A SOIT opens their own and their unit's cases, a supervisor their unit's; everyone else says why (product.md)."""
    return own or (own_unit and role in ("soit", "supervisor"))
