"""A case: its states as rows, its moves as data, whose turn it is. What a move needs besides: rules/closing.py.

Source: joint thematic inspection 2021, London Rape Review 2021 and Victim Attrition Review 2025 (field reference 2; casework
reference 4.3): endings that nobody looked at, and withdrawals noted without asking the person.
"""

from collections.abc import Mapping
from typing import Final

from nightdesk.rules.terms import SOIT, SUPERVISOR

OPEN: Final = "open"  # nobody has it
WITH_SOIT: Final = "with_soit"
INVESTIGATING: Final = "investigating"
ASKED: Final = "asked_to_close"  # a supervisor looks
SENT_BACK: Final = "sent_back"
CLOSED: Final = "closed"
REOPENED: Final = "reopened"

STATES: Final = (OPEN, WITH_SOIT, INVESTIGATING, ASKED, SENT_BACK, CLOSED, REOPENED)
# What nobody has taken on is not closed: that is how people were sent away. "close" is an ending that needs no look.
MOVES: Final[Mapping[str, Mapping[str, str]]] = {
    OPEN: {"take_on": WITH_SOIT},
    WITH_SOIT: {
        "take_on": WITH_SOIT, "give_back": OPEN, "investigate": INVESTIGATING, "ask_to_close": ASKED, "close": CLOSED,
    },
    INVESTIGATING: {"take_on": INVESTIGATING, "give_back": OPEN, "ask_to_close": ASKED, "close": CLOSED},
    ASKED: {
        "take_on": ASKED, "approve": CLOSED, "send_back": SENT_BACK, "take_back": INVESTIGATING,
        "take_back_with_soit": WITH_SOIT, "take_back_sent_back": SENT_BACK, "take_back_reopened": REOPENED,
    },
    SENT_BACK: {"take_on": SENT_BACK, "investigate": INVESTIGATING, "ask_to_close": ASKED, "close": CLOSED},
    CLOSED: {"reopen": REOPENED},
    REOPENED: {"take_on": REOPENED, "investigate": INVESTIGATING, "ask_to_close": ASKED, "close": CLOSED},
}  # fmt: skip
WHOSE_TURN: Final[Mapping[str, str]] = {
    OPEN: SOIT, WITH_SOIT: SOIT, INVESTIGATING: SOIT, ASKED: SUPERVISOR, SENT_BACK: SOIT, CLOSED: "nobody", REOPENED: SOIT,
}  # fmt: skip
# The state a case was in when it was asked to be closed → the move that takes this back. It forgets nothing: what was sent
# back still has to be looked at again, and nobody said "under investigation" by it.
TAKE_BACK: Final[Mapping[str, str]] = {
    WITH_SOIT: "take_back_with_soit", INVESTIGATING: "take_back", SENT_BACK: "take_back_sent_back",
    REOPENED: "take_back_reopened",
}  # fmt: skip
LOOKED_FOR: Final = (SENT_BACK, REOPENED)  # somebody has to look again: in the queue, whatever else is done


class CaseRefused(Exception):
    """What was asked of a case is not allowed; the sentence says what to do. `about` names the answer that is missing."""

    def __init__(self, sentence: str, about: str = "") -> None:
        super().__init__(sentence)
        self.about = about


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
