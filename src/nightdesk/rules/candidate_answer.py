"""Who may answer about a candidate now, what is shown of the answers, and by when the next step is owed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from nightdesk.rules.candidate import DISAGREED, GONE, NEED_MORE, ONE_IN, OWED, WAITING, CandidateRefused
from nightdesk.rules.terms import ANALYST

# How an analyst sits before a candidate.
BLIND: Final = "blind"  # the first or the second: sees no other answer
THIRD: Final = "third"  # sees the two that do not agree, and decides
NONE: Final = ""

ENOUGH: Final = 2  # answers of a round, before any of them is shown
DUE: Final = timedelta(hours=72)
ASKED_DUE: Final = timedelta(days=7)  # what would settle it takes a conversation with somebody
LONGEST_GROUNDS: Final = 4000

ONLY_ANALYSTS: Final = "Only analysts answer. Tell one of them what you know."
ANSWERED: Final = "You have answered already; it waits for another analyst. Ask one of them to look."
NOT_A_THIRD: Final = (
    "You were one of the two who do not agree. A third analyst decides: give it to one of them."
)
DECIDED: Final = (
    "Two other analysts decided this while you were writing. Read their answers below. What you wrote is still in the box: "
    "if it says something that they did not see, tell the analyst whose candidate this is."
)
NOW_THIRD: Final = (
    "Another analyst’s answer came in first, and the two do not agree: you are the third now. Read both below, then send "
    "yours again. What you wrote is still in the box."
)
NEEDS_MORE_NOW: Final = (
    "Two analysts have said that more is needed. When it has come, choose “Look again” below; what you wrote is still "
    "in the box."
)
STANDS_NO_MORE: Final = (
    "One of the two reports does not stand any more, so there is nothing to answer. What you wrote is still in the "
    "box."
)
GROUNDS: Final = "Write your grounds: what makes you think so, for and against."
WHAT_TO_ASK: Final = "Choose what would settle it."


def seat_of(state: str, *, role: str, who: str, before: Sequence[str]) -> str:
    """How this analyst may answer now, given who has answered `before` in this round; "" when they may not."""
    if role != ANALYST or who in before:
        return NONE
    if state in (WAITING, ONE_IN):
        return BLIND
    return THIRD if state == DISAGREED else NONE


def refuse_unless_seated(state: str, *, role: str, who: str, before: Sequence[str], seat: str) -> None:
    """Raise CandidateRefused, with what to do, unless the actor may answer now as their page (`seat`) let them think."""
    if role != ANALYST:
        raise CandidateRefused(ONLY_ANALYSTS)
    if who in before:
        raise CandidateRefused(NOT_A_THIRD if state == DISAGREED else ANSWERED)
    now = seat_of(state, role=role, who=who, before=before)
    if now == THIRD and seat != THIRD:
        raise CandidateRefused(NOW_THIRD)
    if now == NONE:
        raise CandidateRefused({NEED_MORE: NEEDS_MORE_NOW, GONE: STANDS_NO_MORE}.get(state, DECIDED))


def refuse_without_grounds(answer: str, grounds: str, asked: Sequence[str]) -> None:
    """Raise CandidateRefused for an answer without grounds, or that asks for more and does not say what."""
    if not grounds.strip():
        raise CandidateRefused(GROUNDS)
    if answer == NEED_MORE and not asked:
        raise CandidateRefused(WHAT_TO_ASK)


def shows_answers(in_round: int) -> bool:
    """Whether the answers of a round are shown: not before there are two, to nobody, not even to whoever gave the one."""
    return in_round >= ENOUGH


def due_after(state: str, due_at: datetime, at: datetime) -> datetime:
    """By when the next step is owed, after a move to `state`."""
    if state == NEED_MORE:
        return at + ASKED_DUE
    return at + DUE if state in (WAITING, DISAGREED) else due_at


def is_overdue(state: str, due_at: datetime, now: datetime) -> bool:
    """Whether somebody should have done something by now."""
    return state in OWED and due_at <= now
