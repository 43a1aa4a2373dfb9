"""A flag on a case: proposed by a rule or raised by a person, looked at again by its date, lifted with a reason (C7).

A rule proposes and nothing more: only a person raises, declines or lifts. Moves and whose turn it is are data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Final

from nightdesk.rules.pack_flag import Flag, is_yes, proposed_flags
from nightdesk.rules.routing import Assessment
from nightdesk.rules.terms import SOIT, SUPERVISOR
from nightdesk.rules.triage import Proposal, Reason

PROPOSED: Final = "proposed"
RAISED: Final = "raised"
DECLINED: Final = "declined"
LIFTED: Final = "lifted"

STATES: Final = (PROPOSED, RAISED, DECLINED, LIFTED)
# What is declined or lifted stays as it is: should it be raised after all, that is a flag of its own, with its own grounds.
MOVES: Final[Mapping[str, Mapping[str, str]]] = {
    PROPOSED: {"raise": RAISED, "decline": DECLINED},
    RAISED: {"keep": RAISED, "lift": LIFTED},
    DECLINED: {},
    LIFTED: {},
}
WHOSE_TURN: Final[Mapping[str, str]] = {
    PROPOSED: "soit",
    RAISED: "soit",  # by its review date
    DECLINED: "nobody",
    LIFTED: "nobody",
}
OPEN: Final = (PROPOSED, RAISED)  # at most one of each kind a case

# How a flag was found: kept for ever, so that figures can tell what a look-back added from what was seen at the time.
TRIAGE: Final = "triage"
DESK: Final = "desk"  # a person at the desk added what triage had not seen
LOOK_BACK: Final = "look_back"
PERSON: Final = "person"
ORIGINS: Final = (TRIAGE, DESK, LOOK_BACK, PERSON)

WORDS_NEEDED: Final = ("lift", "keep")
CONSULTS: Final = ("raise", "lift")  # what a supervisor is asked about first, where the pack says so
LONGEST_WORDS: Final = 4000


class FlagRefused(Exception):
    """The flag can't go on like that; the sentence says what to do."""


@dataclass(frozen=True)
class Grounds:
    """Why a flag is proposed: the level (likely or possible), and the words behind the labels of triage."""

    code: str
    level: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Decided:
    """A flag found before: its code and state, the edition and version of what was looked at, and the words then."""

    code: str
    state: str
    edition: str
    version: int
    reasons: frozenset[tuple[str, str]] = frozenset()


def next_state(state: str, move: str) -> str:
    """The state after `move`; raises FlagRefused with a sentence when the table does not allow it."""
    if move not in MOVES[state]:
        can = " or ".join(MOVES[state]) or "nothing more; raise it anew if it fits after all"
        raise FlagRefused(f"This flag is {state}, so “{move}” is not possible. Possible now: {can}.")
    return MOVES[state][move]


def may_work_on(*, role: str, own: bool, own_unit: bool) -> bool:
    """Whether somebody decides about the flags of a case: its specialist, and specialists and supervisors of its unit."""
    return role in (SOIT, SUPERVISOR) and (own or own_unit)


def grounds_of(
    flags: Iterable[Flag], levels: Mapping[str, str], proposals: Iterable[Proposal]
) -> tuple[Grounds, ...]:
    """What triage leads to: one for each flag whose labels are there, with the words. `levels` without "related."."""
    by_label = {proposal.label: proposal for proposal in proposals}
    found = []
    for code, labels in proposed_flags(flags, levels).items():
        reasons = dict.fromkeys(
            reason for label in labels if label in by_label for reason in by_label[label].reasons
        )
        level = "likely" if {"likely", "yes"} & {levels[label] for label in labels} else "possible"
        found.append(Grounds(code, level, tuple(reasons)))
    return tuple(found)


def levels_of(assessment: Assessment) -> dict[str, str]:
    """Label → level, where what the words led to is never lowered by what staff set aside."""
    proposed = assessment.proposed
    return {
        label: proposed[label] if is_yes(proposed.get(label, "no")) else level
        for label, level in assessment.levels.items()
    }


def stands_in_the_way(earlier: Iterable[Decided], found: Grounds, edition: str, version: int) -> str:
    """Why `found` is not proposed: "open" (it is proposed or raised), "decided" (a person said no to just this), or "".

    Just this: the same text with the same edition, or the same words by the same rules. A rule that is new, or an account
    that says more, is worth a second look; asking twice about one sentence is not.
    """
    words = frozenset((reason.rule, reason.words) for reason in found.reasons)
    states = [row for row in earlier if row.code == found.code]
    if any(row.state in OPEN for row in states):
        return "open"
    same = any(
        (row.edition, row.version) == (edition, version) or (words and words <= row.reasons) for row in states
    )
    return "decided" if same else ""


def review_day(flag: Flag, today: date, asked: date | None = None) -> date:
    """When the flag is looked at again: after the pack's span, or on an earlier day that somebody chose.

    Raises FlagRefused for a day that is past or later than the pack allows.
    """
    last = today + timedelta(days=flag.review_after_days)
    if asked is None:
        return last
    if not today < asked <= last:
        raise FlagRefused(f"Choose a review date after today and not later than {last.day} {last:%B %Y}.")
    return asked


def refuse_if_words_missing(move: str, words: str) -> None:
    """Raise FlagRefused when a move that must say why says nothing, or says more than can be kept."""
    if move in WORDS_NEEDED and not words.strip():
        raise FlagRefused("Say in a few words why, so that the next person understands.")
    if len(words) > LONGEST_WORDS:
        raise FlagRefused(
            f"That is more than {LONGEST_WORDS} characters. Say it in fewer; the case holds the rest."
        )


def refuse_if_not_consulted(flag: Flag, move: str, *, role: str, consulted: bool) -> None:
    """Raise FlagRefused when the pack asks for a supervisor's advice first and nobody was asked."""
    if flag.consult and move in CONSULTS and role != SUPERVISOR and not consulted:
        raise FlagRefused("Ask a supervisor first about this flag, and choose here whom you asked.")


def refuse_telling(told: bool, way: str, why_not: str, ways: Sequence[str], grounds: Sequence[str]) -> None:
    """Raise FlagRefused unless it says how somebody was told, or why not: one of the two, by a code of the pack."""
    if told and (way not in ways or why_not):
        raise FlagRefused("Choose how they were told.")
    if not told and (why_not not in grounds or way):
        raise FlagRefused("Choose why they were not told.")


def is_due(review_on: date | None, today: date) -> bool:
    """Whether a raised flag waits for its review."""
    return review_on is not None and review_on <= today


def kept_grounds(found: Grounds) -> list[dict[str, Any]]:
    """The reasons as they are sealed beside the flag."""
    return [asdict(reason) for reason in found.reasons]
