"""Pack entries of the flags: written criteria, what proposes a flag, and who can be told of it.

A flag sorts cases; it says nothing about fault. A rule may propose one and never raises one (field reference 2.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from nightdesk.rules.lexicon_rules import LEVELS, RELATED
from nightdesk.rules.pack_entries import Entry, WordedEntry

PERSON: Final = "person"  # of the audiences: whoever the record is about
LONGEST_REVIEW_DAYS: Final = 730
AND: Final = "+"
LABELS: Final = (*LEVELS, *RELATED)


@dataclass(frozen=True, kw_only=True)
class Flag(Entry):
    """A flag on a case with its written criteria: when it is raised (any of), and when it is not.

    `proposed_by`: labels of triage, any of which proposes it; "a+b" asks for both. `consult`: a supervisor is asked before
    it is raised or lifted. `telling`: what to think of before somebody is told of it.
    """

    label: str
    meaning: str
    raise_when: tuple[str, ...]
    not_when: tuple[str, ...]
    review_after_days: int
    proposed_by: tuple[str, ...] = ()
    consult: bool = False
    telling: str = ""

    def ways(self) -> tuple[tuple[str, ...], ...]:
        """The labels of each way to propose it: all of one way must be there."""
        return tuple(tuple(way.split(AND)) for way in self.proposed_by)


@dataclass(frozen=True, kw_only=True)
class FlagAudience(WordedEntry):
    """Who can be told of a flag: the person, a partner or a colleague, by what they are and never by name."""

    kind: Literal["person", "partner", "colleague"]


@dataclass(frozen=True, kw_only=True)
class FlagWay(WordedEntry):
    """How somebody was told."""


@dataclass(frozen=True, kw_only=True)
class NotTold(WordedEntry):
    """Why somebody was not told."""


def flag_problems(flags: Iterable[Flag], where: str = "flags.toml") -> Iterator[str]:
    """Sentences for flags that nothing could propose as written, or that would never be looked at again."""
    for flag in flags:
        at = f'{where}, flag "{flag.id}"'
        for label in [label for way in flag.ways() for label in way if label not in LABELS]:
            yield f'{at}: "proposed_by" names "{label}"; triage knows {", ".join(LABELS)}.'
        if not 1 <= flag.review_after_days <= LONGEST_REVIEW_DAYS:
            yield f'{at}: "review_after_days" must be from 1 to {LONGEST_REVIEW_DAYS}.'
        if not flag.raise_when or not flag.not_when:
            yield f'{at}: a flag without written criteria rots; fill "raise_when" and "not_when".'


def is_yes(level: str) -> bool:
    """Whether a level of triage counts as yes: possible does."""
    return level in ("likely", "possible", "yes")


def proposed_flags(flags: Iterable[Flag], levels: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Flag → the labels of triage that propose it, of `levels` (label → level); in the order of the pack."""
    yes = {label for label, level in levels.items() if is_yes(level)}
    found: dict[str, tuple[str, ...]] = {}
    for flag in flags:
        ways = [way for way in flag.ways() if yes.issuperset(way)]
        if ways:
            found[flag.id] = tuple(dict.fromkeys(label for way in ways for label in way))
    return found
