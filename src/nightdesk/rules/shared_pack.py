"""A hand-over pack after it was made: sent, told to stop, deleted. Moves as a table. Pure."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Final

from nightdesk.rules.consent import SAID_NO, Answer, state_of
from nightdesk.rules.pack_sharing import BY_CONSENT
from nightdesk.rules.sharing import SharingRefused

MADE: Final = "made"
SENT: Final = "sent"
STOP_OWED: Final = "stop_owed"
ASKED_TO_DELETE: Final = "asked_to_delete"
DELETED: Final = "deleted"
KEPT: Final = "kept"
UNUSED: Final = "unused"

STATES: Final = (MADE, SENT, STOP_OWED, ASKED_TO_DELETE, DELETED, KEPT, UNUSED)
MOVES: Final[Mapping[str, Mapping[str, str]]] = {
    MADE: {"send": SENT, "set_aside": UNUSED, "owe_stop": STOP_OWED},
    SENT: {"owe_stop": STOP_OWED, "ask_to_delete": ASKED_TO_DELETE},
    STOP_OWED: {"ask_to_delete": ASKED_TO_DELETE, "never_left": UNUSED},
    ASKED_TO_DELETE: {"delete": DELETED, "keep": KEPT},
    DELETED: {},
    KEPT: {},
    UNUSED: {},
}
WHOSE_TURN: Final[Mapping[str, str]] = {
    MADE: "soit", SENT: "soit", STOP_OWED: "soit", ASKED_TO_DELETE: "soit", DELETED: "nobody", KEPT: "nobody",
    UNUSED: "nobody",
}  # fmt: skip
WITH_THEM: Final = (SENT, STOP_OWED, ASKED_TO_DELETE, KEPT)
BY_HAND: Final = ("send", "set_aside", "ask_to_delete", "never_left", "delete", "keep")
NEEDS_WAY: Final = ("send", "ask_to_delete")
NEEDS_WORDS: Final = {
    "keep": "Write down why they keep it, as they said it.",
    "never_left": "Write down how you know that it never left.",
}


def next_state(state: str, move: str) -> str:
    """The state after `move`; raises SharingRefused with a sentence when it is not possible."""
    if move not in MOVES[state]:
        raise SharingRefused(
            "This pack was moved on meanwhile, or it is over. Look at where it stands, then decide."
        )
    return MOVES[state][move]


def refuse_if_incomplete(
    move: str, *, way: str, ways: Collection[str], address: str, words: str, done_at: datetime | None, since: datetime,
    at: datetime,
) -> None:  # fmt: skip
    """Raise SharingRefused, saying what is missing: how and where to it was sent, or why they keep it."""
    if move not in BY_HAND:
        raise SharingRefused("Choose one of the steps that the page offers.")
    if move in NEEDS_WAY and way not in ways:
        raise SharingRefused("Choose how it was sent.")
    if move in NEEDS_WAY and not address.strip():
        raise SharingRefused("Write down to which address or whom. It is sealed.")
    if move in NEEDS_WORDS and not words.strip():
        raise SharingRefused(NEEDS_WORDS[move])
    if done_at is not None and not since.replace(second=0, microsecond=0) <= done_at <= at:
        raise SharingRefused(
            "It can’t have been before the pack was made, or in the future. Check the date and the time."
        )


def move_when_said_no(state: str, *, taken: bool) -> str:
    """What becomes of a pack when the person says no to what it holds. `taken`: somebody had the file in their hands, so
    that it may have left although nobody wrote it down."""
    return "owe_stop" if state == SENT or taken else "set_aside"


def owes_stop(basis: Mapping[str, str], answers: Iterable[Answer], now: datetime) -> bool:
    """Whether the person said no since to something that went by their consent (`basis`: group → what let it go)."""
    held = tuple(answers)
    return any(
        why == BY_CONSENT and state_of(group, None, held, now) in SAID_NO for group, why in basis.items()
    )
