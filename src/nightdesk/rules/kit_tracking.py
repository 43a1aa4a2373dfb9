"""Where a kit is, as the person it belongs to may see it: in safe words, and what comes next. Nothing else.

Never a name, a station, a kind of sample, a drug, an offence, a date, or whether anything was found: whoever looks over the
person's shoulder, or has made them give up the card, learns only that something of theirs lies somewhere (safety.md).
A court keeps things for the police, so it is not told apart from a store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from nightdesk.rules.pack_kit import PLACES

OUTSIDE_PLACE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "sarc": "health_team",
        "hospital": "health_team",
        "laboratory": "laboratory",
        "court": "stored",
        "person": "returned",
        "destroyed": "destroyed",
    }
)


@dataclass(frozen=True)
class Holder:
    """Who has one exhibit now: `staff` (somebody of the force), `store`, or a code of terms.OUTSIDE."""

    kind: str


def place_of(holder: Holder) -> str:
    """The place of one exhibit, a code of pack_kit.PLACES."""
    if holder.kind == "store":
        return "stored"
    return OUTSIDE_PLACE.get(holder.kind, "with_team")


def places_of(holders: Iterable[Holder]) -> tuple[str, ...]:
    """The places of a kit's exhibits, each once, in the order of PLACES; "none_yet" when nothing is in it."""
    found = {place_of(holder) for holder in holders}
    return tuple(place for place in PLACES if place in found) or ("none_yet",)
