"""Pack entries of search and of opening another's case: nicknames, words that tell nothing, shapes, reasons and limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from nightdesk.rules.pack_entries import Entry, WordedEntry
from nightdesk.rules.pack_found import Entries

if TYPE_CHECKING:
    from nightdesk.rules.pack_shape import Pack

SHAPES: Final = ("postcode", "plate")
# What the product counts: an opening holds so many hours; so many searches or openings in so many hours are shown to the
# supervisor; after so many searches somebody has to wait.
OPENING_HOLDS, SEARCHES_SEEN, SEARCHES_MOST, OPENINGS_SEEN = LIMITS = (
    "opening_holds", "searches_seen", "searches_most", "openings_seen",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Nicknames(Entry):
    """Names that people use for one another; in each of `groups` the names stand apart by spaces, the full one first."""

    label: str
    groups: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class LeftOut(Entry):
    """Words that tell nobody apart: particles and titles among a name, “street” among a place."""

    among: Literal["name", "place"]
    words: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Shape(Entry):
    """How a postcode or a registration mark looks here (`pattern`, a regular expression; case does not matter)."""

    pattern: str


@dataclass(frozen=True, kw_only=True)
class CaseReason(WordedEntry):
    """Why a case may be opened by somebody whose it is not."""


@dataclass(frozen=True, kw_only=True)
class Limit(Entry):
    """How often something may happen in so many `hours`; `number` is 0 where only the hours count."""

    label: str
    hours: int
    number: int = 0


@dataclass(frozen=True, kw_only=True)
class SearchEntries:
    """The sections of a pack that are about search and openings."""

    nicknames: Entries[Nicknames]
    left_out: Entries[LeftOut]
    search_shapes: Entries[Shape]
    opening_reasons: Entries[CaseReason]
    opening_limits: Entries[Limit]


# as SECTIONS in pack_shape.py: file stem, name of the table, attribute of Pack, kind of entry
SEARCH_SECTIONS: Final[tuple[tuple[str, str, str, type[Entry]], ...]] = (
    ("search", "nickname", "nicknames", Nicknames),
    ("search", "left_out", "left_out", LeftOut),
    ("search", "shape", "search_shapes", Shape),
    ("openings", "reason", "opening_reasons", CaseReason),
    ("openings", "limit", "opening_limits", Limit),
)


def search_problems(pack: Pack) -> Iterator[str]:
    """Sentences for a shape that can't be read, a limit that ends before it begins, and a pack without reasons."""
    yield from _shapes(pack.search_shapes)
    for limit in pack.opening_limits:
        if limit.hours < 1 or (limit.id != OPENING_HOLDS and limit.number < 1):
            yield f'openings.toml, limit "{limit.id}": "hours" and "number" must be 1 or more.'
    if not len(pack.opening_reasons):
        yield "openings.toml: no [[reason]]; without one nobody could ever open another's case. Add one."


def _shapes(shapes: Iterable[Shape]) -> Iterator[str]:
    for shape in shapes:
        try:
            re.compile(shape.pattern)
        except re.error as fault:
            yield f'search.toml, shape "{shape.id}": "pattern" can\'t be read ({fault}). Mend it.'
