"""Pack entries of the shield: approved words, routes, reasons to open, the four kinds of decision, and follow-up times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from nightdesk.rules.pack_entries import WordedEntry
from nightdesk.rules.shield import PURPOSES

# What is said aloud and stands on the card, in this order; the product relies on these ids.
ALOUD: Final = ("say_free", "say_body", "say_sealed", "say_decision", "say_honest")
CARD_ONLY: Final = ("card_title", "card_turned_away", "card_keep", "approved", "not_approved")
PUBLIC: Final = (
    "link", "title", "heading", "intro", "honest", "kept", "emergency", "what", "what_turned_away", "what_threatened",
    "what_both", "what_other", "told", "told_hint", "where", "where_unknown", "lead", "answer", "answer_hint", "send",
    "thanks", "number", "next", "no_answer", "fault_what", "fault_told", "fault_long", "wait",
)  # fmt: skip
SHIELD_LINES: Final = (*ALOUD, *CARD_ONLY, *PUBLIC)


@dataclass(frozen=True, kw_only=True)
class ShieldLine(WordedEntry):
    """A sentence said to a person about the shield, or one of the page where they say that they were turned away."""

    edition: str


@dataclass(frozen=True, kw_only=True)
class Route(WordedEntry):
    """How a drug was taken."""


@dataclass(frozen=True, kw_only=True)
class OpeningReason(WordedEntry):
    """Why the sealed record may be opened, and for which `purpose`: the case, or the medical hand-over."""

    purpose: Literal["case", "medical"]


@dataclass(frozen=True, kw_only=True)
class InterestKind(WordedEntry):
    """One of the four kinds of decision on the public interest: what it is (`meaning`) and what holds (`holds`)."""

    meaning: str
    holds: str


@dataclass(frozen=True, kw_only=True)
class FollowUp(WordedEntry):
    """How many hours a report of being turned away may stand in the state `id`."""

    hours: int


def reason_problems(reasons: Iterable[OpeningReason], where: str = "shield.toml") -> Iterator[str]:
    """A sentence for each purpose that nothing could ever be opened for."""
    given = {reason.purpose for reason in reasons}
    for purpose in PURPOSES:
        if purpose not in given:
            yield f'{where}: no [[reason]] has purpose = "{purpose}"; add one.'


def hour_problems(steps: Iterable[FollowUp], where: str = "shield.toml") -> Iterator[str]:
    """A sentence for each time that would be over before it began."""
    for step in steps:
        if step.hours < 1:
            yield f'{where}, follow_up "{step.id}": "hours" must be 1 or more.'
