"""Passing on: a person is offered a SARC, an ISVA or a partner organisation, and what becomes of it. Pure.

Not the referral that pages a specialist (rules/referral.py): this one goes outwards, and only the person starts it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

OFFERED: Final = "offered"
ACCEPTED: Final = "accepted"
SENT: Final = "sent"
RECEIVED: Final = "received"
SEEN: Final = "seen"
DECLINED: Final = "declined"
NOT_TAKEN: Final = "not_taken"
ENDED: Final = "ended"

STATES: Final = (OFFERED, ACCEPTED, SENT, RECEIVED, SEEN, DECLINED, NOT_TAKEN, ENDED)
MOVES: Final[Mapping[str, Mapping[str, str]]] = {
    OFFERED: {"accept": ACCEPTED, "decline": DECLINED},
    ACCEPTED: {"send": SENT, "decline": DECLINED},
    SENT: {"confirm": RECEIVED, "turn_down": NOT_TAKEN, "decline": DECLINED},
    RECEIVED: {"see": SEEN, "turn_down": NOT_TAKEN, "end": ENDED},
    SEEN: {"end": ENDED},
    DECLINED: {},
    NOT_TAKEN: {},
    ENDED: {},
}
WHOSE_TURN: Final[Mapping[str, str]] = {
    OFFERED: "soit", ACCEPTED: "soit", SENT: "soit", RECEIVED: "soit", SEEN: "soit", DECLINED: "nobody",
    NOT_TAKEN: "nobody", ENDED: "nobody",
}  # fmt: skip
OPEN: Final = (OFFERED, ACCEPTED, SENT, RECEIVED, SEEN)
FIRST: Final = {
    "accepted": ACCEPTED,
    "declined": DECLINED,
    "later": OFFERED,
}  # the answer to an offer, and what follows
NEEDS_WORDS: Final = ("turn_down", "end")


class PassingOnRefused(Exception):
    """What was asked is not possible; the sentence says what to do."""


def first_state(answer: str) -> str:
    """Where it begins: "not now" stays an offer. Raises PassingOnRefused when the person was not asked."""
    if answer not in FIRST:
        raise PassingOnRefused("Choose what the person answered. A no is an answer too.")
    return FIRST[answer]


def next_state(state: str, move: str) -> str:
    """The state after `move`; raises PassingOnRefused with a sentence when it is not possible."""
    if move not in MOVES[state]:
        raise PassingOnRefused(
            "This was moved on meanwhile, or it is over. Look at where it stands, then decide."
        )
    return MOVES[state][move]


def refuse_if_incomplete(
    move: str, words: str, done_at: datetime | None, *, since: datetime, at: datetime
) -> None:
    """Raise PassingOnRefused, saying what is missing; nothing happened before it was offered or in the future."""
    if move in NEEDS_WORDS and not words.strip():
        raise PassingOnRefused("Say in a few words why, so that the next person knows.")
    if done_at is not None and not since.replace(second=0, microsecond=0) <= done_at <= at:
        raise PassingOnRefused(
            "It can’t have been before the offer, or in the future. Check the date and the time."
        )
