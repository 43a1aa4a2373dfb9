"""Pack entries of closing a case: outcomes and what each needs, limits, reasons to reopen, what is said to the person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nightdesk.rules.lexicon_rules import LEVELS, RELATED
from nightdesk.rules.pack_duties import OffenceClass
from nightdesk.rules.pack_entries import Entry, WordedEntry
from nightdesk.rules.pack_found import Entries

if TYPE_CHECKING:
    from nightdesk.rules.pack_shape import Pack

# How a case ends. The last four are never the officer's alone: a supervisor looks at each.
OUTCOME: Final = "outcome"
WITHOUT_CRIME: Final = "without_crime"
NO_REFERRAL: Final = "no_referral"  # the person wants no specialist, no SARC, no adviser
WITHDRAWAL: Final = "withdrawal"  # the person no longer wants the police to go on, and said so
LOST_CONTACT: Final = "lost_contact"  # the person does not answer. Never a withdrawal
ENDINGS: Final = (OUTCOME, WITHOUT_CRIME, NO_REFERRAL, WITHDRAWAL, LOST_CONTACT)
ALWAYS_LOOKED_AT: Final = ENDINGS[1:]

# What an outcome needs: a crime recorded, or none; a suspect known, or nobody; a decision of the prosecutors; the person
# told; the grounds in writing.
NEEDS: Final = ("crime", "no_crime", "suspect", "no_suspect", "prosecutors", "told", "grounds")
LIMITS: Final = ("first_contact_hours", "tries", "try_ways", "try_days")
PERSON_BACK: Final = "person_back"  # of the reasons to reopen: one press, no words asked for
OF_FLAG: Final = (
    "flag."  # a flag of the case among the labels of a further offence, told from a label of triage
)
LINES: Final = ("no_hurry", "come_back", "kept", "support_stays")


@dataclass(frozen=True, kw_only=True)
class Outcome(Entry):
    """How a case can end: `code` is that of the counting rules ("" when they have none), for which `endings`.

    `look`: a supervisor looks first. `edition`: of the counting rules.
    """

    code: str
    label: str
    endings: tuple[str, ...]
    needs: tuple[str, ...] = ()
    look: bool = True
    edition: str


@dataclass(frozen=True, kw_only=True)
class Limit(Entry):
    """A number that a force decides: hours of the first contact; how often, by how many ways and for how long one tries."""

    label: str
    amount: int


@dataclass(frozen=True, kw_only=True)
class ReopenGround(Entry):
    """Why a closed case is opened again. `words`: it must be said in words; `senior`: a supervisor's reason only."""

    label: str
    words: bool = True
    senior: bool = False


@dataclass(frozen=True, kw_only=True)
class ClosingLine(WordedEntry):
    """A sentence said to the person before anything is closed on their word."""


@dataclass(frozen=True, kw_only=True)
class OfClosing:
    """What a pack holds about closing a case, and about what is recorded beside it."""

    outcomes: Entries[Outcome]
    closing_limits: Entries[Limit]
    reopen_grounds: Entries[ReopenGround]
    closing_lines: Entries[ClosingLine]
    related_classes: Entries[OffenceClass]


# as SECTIONS in rules/pack_shape.py
SECTIONS: tuple[tuple[str, str, str, type[Entry]], ...] = (
    ("closing", "outcome", "outcomes", Outcome),
    ("closing", "limit", "closing_limits", Limit),
    ("closing", "reopen_ground", "reopen_grounds", ReopenGround),
    ("closing", "line", "closing_lines", ClosingLine),
    ("offence_classes", "related_class", "related_classes", OffenceClass),
)


def closing_problems(pack: Pack) -> Iterator[str]:
    """Sentences for outcomes that could never be chosen, and for endings without one."""
    for outcome in pack.outcomes:
        where = f'closing.toml, outcome "{outcome.id}"'
        yield from _unknown(where, "endings", outcome.endings, ENDINGS)
        yield from _unknown(where, "needs", outcome.needs, NEEDS)
        for one, other in (("crime", "no_crime"), ("suspect", "no_suspect")):
            if one in outcome.needs and other in outcome.needs:
                yield f'{where}: "{one}" and "{other}" can’t both be needed.'
        if not outcome.endings:
            yield f'{where}: "endings" is empty, so that nobody could choose it.'
    for ending in ENDINGS:
        if not any(ending in outcome.endings for outcome in pack.outcomes):
            yield f'closing.toml: no [[outcome]] has "{ending}" among its endings.'
    for limit in pack.closing_limits:
        if limit.amount < 1:
            yield f'closing.toml, limit "{limit.id}": "amount" must be 1 or more.'
    labels = (*LEVELS, *RELATED, *(f"{OF_FLAG}{flag}" for flag in pack.flags.ids()))
    for entry in pack.related_classes:
        yield from _unknown(
            f'offence_classes.toml, related_class "{entry.id}"', "labels", entry.labels, labels
        )


def _unknown(where: str, key: str, used: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    for one in used:
        if one not in known:
            yield f'{where}: "{key}" names "{one}"; use {", ".join(known)}.'
