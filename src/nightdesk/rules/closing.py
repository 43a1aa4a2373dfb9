"""Closing a case: what speaks against it and why, who looks, who reopens. Pure.

A reason against closing either blocks, or is something to be looked at first: which one hangs on the ending. What an ending
needs to be said is in rules/closing_said.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from nightdesk.rules.case import CaseRefused
from nightdesk.rules.closing_tries import Tried
from nightdesk.rules.pack_closing import (
    ALWAYS_LOOKED_AT,
    ENDINGS,
    LOST_CONTACT,
    NO_REFERRAL,
    WITHDRAWAL,
    WITHOUT_CRIME,
    Outcome,
    ReopenGround,
)
from nightdesk.rules.recording import CRIME
from nightdesk.rules.terms import SUPERVISOR

APPROVED: Final = "approved"
SENT_BACK: Final = "sent_back"
TAKEN_BACK: Final = "taken_back"  # by whoever asked
NOT_NEEDED: Final = "not_needed"  # the outcome needs no look
VERDICTS: Final = (APPROVED, SENT_BACK, TAKEN_BACK, NOT_NEEDED)
MOVE_OF: Final[Mapping[str, str]] = {
    APPROVED: "approve", SENT_BACK: "send_back", NOT_NEEDED: "close",
}  # fmt: skip
LONGEST_WORDS: Final = 8000


@dataclass(frozen=True)
class Standing:
    """What is known of a case when somebody wants to close it. `recorded`: "crime", "n100" or "" (not yet)."""

    handed_over: bool = True
    recorded: str = CRIME
    offers_owed: int = 0
    duties_owed: int = 0
    flags_due: int = 0
    flags_proposed: int = 0
    clock_runs: bool = False
    specimens_held: int = 0
    suspect_known: bool = False
    wants_police: bool = False  # their wishes say that the police may act
    tried: Tried = field(default_factory=Tried)  # by the contact log


@dataclass(frozen=True)
class Against:
    """One reason against closing: a code, how many, and whether it blocks this ending."""

    code: str
    count: int
    blocks: bool


# reason -> the endings that it blocks; for the others it is to be looked at
BLOCKS: Final[Mapping[str, tuple[str, ...]]] = {
    "not_handed_over": ENDINGS,  # somebody is still called, on the way or with the person
    "not_recorded": ENDINGS,
    "recorded_as_crime": (WITHOUT_CRIME,),  # only the registrar's people take a crime out
    "offers_owed": (WITHDRAWAL, NO_REFERRAL),  # support is offered before a no is taken for an answer
    "clock_runs": (LOST_CONTACT,),  # while a specimen can still be taken, one goes on trying
    "duties_owed": (),
    "specimens_held": (),
    "wants_police": (),  # people change their mind: asked about, never held against them
    "suspect_known": (),
    "flags_proposed": (),
    "flags_due": (),
}
# read out of sealed words each time it is shown, so that a plain column never says what the person wishes
FROM_A_SEAL: Final = ("wants_police",)


def against(standing: Standing, ending: str) -> tuple[Against, ...]:
    """Every reason against closing the case in this way, what blocks first."""
    counts = {
        "not_handed_over": not standing.handed_over,
        "not_recorded": not standing.recorded,
        "recorded_as_crime": ending == WITHOUT_CRIME and standing.recorded == CRIME,
        "offers_owed": standing.offers_owed,
        "clock_runs": standing.clock_runs,
        "duties_owed": standing.duties_owed,
        "specimens_held": standing.specimens_held,
        "wants_police": ending == WITHDRAWAL and standing.wants_police,
        "suspect_known": standing.suspect_known,
        "flags_proposed": standing.flags_proposed,
        "flags_due": standing.flags_due,
    }
    found = [Against(code, int(count), ending in BLOCKS[code]) for code, count in counts.items() if count]
    return tuple(sorted(found, key=lambda one: not one.blocks))


def kept(found: tuple[Against, ...]) -> dict[str, int]:
    """What is kept in plain with the closing: codes with counts, without what came out of a seal."""
    return {one.code: one.count for one in found if one.code not in FROM_A_SEAL}


def refuse_if_blocked(standing: Standing, ending: str, sentences: Mapping[str, str]) -> None:
    """Raise CaseRefused with the sentence of the first reason that blocks. `sentences`: reason → what to do."""
    for reason in against(standing, ending):
        if reason.blocks:
            raise CaseRefused(sentences[reason.code])


# What to do about each reason that blocks some ending.
WHAT_TO_DO: Final[Mapping[str, str]] = {
    "not_handed_over": "A specialist is called, on the way or with the person. Say on the case that it is handed over.",
    "not_recorded": "Record the crime, or an N100 with its reason, before the case is closed.",
    "recorded_as_crime": "It is recorded as a crime. Only the crime registrar’s people take a crime out: ask them, then "
    "correct the recording.",
    "offers_owed": "Offer the SARC, an ISVA and a partner first, and note what the person answered.",
    "clock_runs": "A specimen can still be taken. Go on trying to reach the person until the evidence clock has ended.",
}  # fmt: skip


def needs_look(ending: str, outcome: Outcome) -> bool:
    """Whether a supervisor looks before the case is closed."""
    return ending in ALWAYS_LOOKED_AT or outcome.look


def may_look(*, role: str, own_unit: bool, asked: bool, owner: bool) -> bool:
    """Whether somebody decides on a closing: a supervisor of the unit who neither asked for it nor has the case."""
    return role == SUPERVISOR and own_unit and not asked and not owner


def may_correct(ending: str, outcome: Outcome, *, looks: bool) -> bool:
    """Whether somebody puts an outcome right to this one. `looks`: they could have looked at the closing (`may_look`)."""
    return looks or not needs_look(ending, outcome)


def refuse_look(verdict: str, words: str) -> None:
    """Raise CaseRefused when a closing goes back without a word."""
    if verdict not in (APPROVED, SENT_BACK):
        raise CaseRefused("Choose to close it, or to send it back.")
    if verdict == SENT_BACK and not words.strip():
        raise CaseRefused("Say what is missing, so that the officer knows what to do.", "words")
    refuse_if_long(words, "words")


def refuse_if_long(words: str, about: str) -> None:
    """Raise CaseRefused for more than can be kept in one answer."""
    if len(words) > LONGEST_WORDS:
        raise CaseRefused(f"That is more than {LONGEST_WORDS} characters. Say it in fewer.", about)


def refuse_reopening(ground: ReopenGround | None, words: str, role: str) -> None:
    """Raise CaseRefused without a ground of the pack, or without the words that it asks for."""
    if ground is None or (ground.senior and role != SUPERVISOR):
        raise CaseRefused("Choose why the case is opened again.", "ground")
    if ground.words and not words.strip():
        raise CaseRefused("Say in a few words what is new, so that the next person understands.", "words")
    refuse_if_long(words, "words")
