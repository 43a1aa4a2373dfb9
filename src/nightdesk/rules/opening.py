"""Opening another's case: for a reason, for some hours, seen by its owner, who may ask the supervisor why. Pure.

States of one opening: nobody asked; its owner asked why; a supervisor answered. A question can be put again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

NOTED: Final = "noted"
ASKED: Final = "asked"
ANSWERED: Final = "answered"

STATES: Final = (NOTED, ASKED, ANSWERED)
MOVES: Final[Mapping[str, Mapping[str, str]]] = {
    NOTED: {"ask": ASKED},
    ASKED: {"answer": ANSWERED},
    ANSWERED: {"ask": ASKED},
}
WHOSE_TURN: Final[Mapping[str, str]] = {NOTED: "soit", ASKED: "supervisor", ANSWERED: "soit"}

# What a supervisor found: it was as it should be; it was not, and goes to professional standards; they talked to them.
FINDINGS: Final = ("in_order", "talked_to", "passed_on")
LONGEST_WORDS: Final = 1000


class OpeningRefused(Exception):
    """What was asked of an opening is not possible; the sentence says what to do."""


@dataclass(frozen=True)
class Standing:
    """How somebody stands to an opening: they opened it; the case is theirs; they supervise its unit, or the opener's."""

    opener: bool = False
    owner: bool = False
    supervises: bool = False

    @property
    def may_see(self) -> bool:
        """Whether they see it, with its words."""
        return self.opener or self.owner or self.supervises


def next_state(state: str, move: str) -> str:
    """The state after `move`; raises OpeningRefused with a sentence."""
    if move not in MOVES[state]:
        said = {
            ASKED: "This is asked already. The supervisor sees it.",
            NOTED: "Nobody has asked about this opening.",
        }
        raise OpeningRefused(
            said.get(state, "This is answered already. Read the answer; ask again if you need to.")
        )
    return MOVES[state][move]


def refuse_unless_may(standing: Standing, move: str) -> None:
    """Raise OpeningRefused unless they may: the owner asks, a supervisor answers, nobody about an opening of their own."""
    if standing.opener:
        raise OpeningRefused("This opening is your own. Its owner asks, and another supervisor answers.")
    if move == "ask" and not (standing.owner or standing.supervises):
        raise OpeningRefused("The owner of the case asks. Tell them.")
    if move == "answer" and not standing.supervises:
        raise OpeningRefused("A supervisor of one of the two units answers. Ask yours.")


def holds_until(at: datetime, hours: int) -> datetime:
    """When a reason given at `at` has to be given again."""
    return at + timedelta(hours=hours)


def too_often(count: int, most: int) -> bool:
    """Whether so many in the time of the limit are pointed out to the supervisor."""
    return count > most
