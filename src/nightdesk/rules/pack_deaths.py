"""Pack entries about unexplained deaths: which markers are asked, what to do where some meet, and how many are some."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nightdesk.rules.pack_entries import Entry, WordedEntry, Words
from nightdesk.rules.pack_found import Entries

if TYPE_CHECKING:
    from nightdesk.rules.pack_shape import Pack

CARD: Final = "card"
DEATH_LIMITS: Final = (CARD,)
ETHNICITY: Final = "ethnicity"
SWITCHES: Final = (ETHNICITY,)


@dataclass(frozen=True, kw_only=True)
class DeathMarker(WordedEntry):
    """A thing that is asked about a death; `why` says what it may mean, in careful words."""

    why: Words


@dataclass(frozen=True, kw_only=True)
class DeathStep(WordedEntry):
    """One thing to do where markers meet, in the order of the file; `why` says what for."""

    why: Words


@dataclass(frozen=True, kw_only=True)
class DeathLimit(Entry):
    """How many: of `card`, how many markers must meet before the card is shown."""

    label: str
    number: int


@dataclass(frozen=True, kw_only=True)
class LinkSwitch(Entry):
    """Something that linkage compares, or leaves out when `on` is false."""

    label: str
    on: bool


@dataclass(frozen=True, kw_only=True)
class DeathEntries:
    """The sections of a pack that are about deaths, and what linkage may compare."""

    death_markers: Entries[DeathMarker]
    death_steps: Entries[DeathStep]
    death_limits: Entries[DeathLimit]
    link_switches: Entries[LinkSwitch]


# as SECTIONS in pack_shape.py: file stem, name of the table, attribute of Pack, kind of entry
DEATH_SECTIONS: Final[tuple[tuple[str, str, str, type[Entry]], ...]] = (
    ("deaths", "marker", "death_markers", DeathMarker),
    ("deaths", "step", "death_steps", DeathStep),
    ("deaths", "limit", "death_limits", DeathLimit),
    ("linkage", "switch", "link_switches", LinkSwitch),
)


def death_problems(pack: Pack) -> Iterator[str]:
    """Sentences for a card that one marker alone would bring up, or that no death ever could."""
    for limit in pack.death_limits:
        if not 2 <= limit.number <= max(len(pack.death_markers), 2):
            yield f'deaths.toml, limit "{limit.id}": "number" must be at least 2 and at most the number of markers.'
