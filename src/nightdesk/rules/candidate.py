"""A candidate: two reports that may be about the same man. What two analysts answer, each blind to the other, decides it.

Nothing follows by itself: a candidate is a lead about somebody who may have done nothing (linkage reference 18). A decided
“not linked” comes back only when the evidence has changed.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from nightdesk.rules.terms import ANALYST

WAITING: Final = "waiting"  # nobody has answered
ONE_IN: Final = "one_in"  # one analyst has, and a second one answers without seeing it
DISAGREED: Final = "disagreed"  # a third decides
NEED_MORE: Final = "need_more"  # both say what would settle it: asked for, and looked at again
LINKED: Final = "linked"
NOT_LINKED: Final = "not_linked"
UNLINKED: Final = "unlinked"  # it was linked, and no longer is
GONE: Final = "gone"  # one of the two reports does not stand any more

STATES: Final = (WAITING, ONE_IN, DISAGREED, NEED_MORE, LINKED, NOT_LINKED, UNLINKED, GONE)
MOVES: Final[Mapping[str, Mapping[str, str]]] = {
    WAITING: {"answer": ONE_IN, "withdraw": GONE},
    ONE_IN: {
        "link": LINKED, "do_not_link": NOT_LINKED, "ask_for_more": NEED_MORE, "disagree": DISAGREED, "withdraw": GONE,
    },
    DISAGREED: {"link": LINKED, "do_not_link": NOT_LINKED, "ask_for_more": NEED_MORE, "withdraw": GONE},
    NEED_MORE: {"look_again": WAITING, "withdraw": GONE},
    LINKED: {"unlink": UNLINKED, "withdraw": GONE},
    NOT_LINKED: {"reopen": WAITING, "withdraw": GONE},
    UNLINKED: {"reopen": WAITING, "withdraw": GONE},
    GONE: {"reopen": WAITING},
}  # fmt: skip
WHOSE_TURN: Final[Mapping[str, str]] = {
    WAITING: ANALYST, ONE_IN: ANALYST, DISAGREED: ANALYST, NEED_MORE: ANALYST,
    LINKED: "nobody", NOT_LINKED: "nobody", UNLINKED: "nobody", GONE: "nobody",
}  # fmt: skip
OWED: Final = (WAITING, ONE_IN, DISAGREED, NEED_MORE)  # somebody has to do something by a time

ANSWERS: Final[Mapping[str, str]] = {LINKED: "link", NOT_LINKED: "do_not_link", NEED_MORE: "ask_for_more"}

TELLS: Final = (
    "link",
    "unlink",
)  # moves of which the owners of both cases are told; never that something was raised

# Why two reports were put side by side.
ARRIVAL: Final = "arrival"  # one of them has just come in or was corrected
DEATH: Final = "death"  # the same, of a death: always shown, whatever its bits
RERANK: Final = "rerank"  # what came since makes an older report linkable
BATCH: Final = "batch"  # the whole database was compared
WHY: Final = (ARRIVAL, DEATH, RERANK, BATCH)


class CandidateRefused(Exception):
    """What was asked of a candidate is not possible; the sentence says what to do."""


def next_state(state: str, move: str) -> str:
    """The state after `move`. Raises CandidateRefused when it is not possible."""
    if move not in MOVES[state]:
        raise CandidateRefused("This step is not possible any more: look again where the candidate stands.")
    return MOVES[state][move]


def move_of(state: str, before: Sequence[str], answer: str) -> str:
    """The move that an answer makes, after those given `before` in this round, the first analyst's first.

    Two who answer the same decide; two who do not ask a third, who decides alone. Raises CandidateRefused for no answer.
    """
    if answer not in ANSWERS:
        raise CandidateRefused("Choose: the same man, not the same man, or more is needed.")
    if state == WAITING:
        return "answer"
    if state == DISAGREED or before[-1:] == [answer]:
        return ANSWERS[answer]
    return "disagree"
