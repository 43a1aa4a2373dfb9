"""Pack entries that run against a clock: specimens, care, and how long drugs can be found.

Hours are counted from the latest possible time of the act; `evidence_clock` turns them into windows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nightdesk.rules.pack_entries import Entry


@dataclass(frozen=True, kw_only=True)
class Site(Entry):
    """A place on the body, or kind of act, that specimen windows apply to."""

    label: str


@dataclass(frozen=True, kw_only=True)
class TimedEntry(Entry):
    """Something worth offering from `from_hours` until `hours` after the latest possible time.

    `hours` None means that no limit is known; `best_hours` is the time within which it works best.
    """

    label: str
    advice: str
    edition: str
    order: int
    hours: float | None = None
    from_hours: float = 0.0
    best_hours: float | None = None


@dataclass(frozen=True, kw_only=True)
class SpecimenWindow(TimedEntry):
    """How long a specimen is worth offering. No `sites` means that it applies whatever was done."""

    specimen: str
    kind: Literal["dna", "toxicology", "injury", "clothing", "digital"]
    sites: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HealthWindow(TimedEntry):
    """Care for the person that works only, or best, within a time."""

    for_whom: str


@dataclass(frozen=True)
class HourRange:
    """Hours after use during which a drug may be found: shortest and longest figure in the sources."""

    shortest: float
    longest: float


@dataclass(frozen=True, kw_only=True)
class Drug(Entry):
    """A drug: what it is called, how long it can be found, what it looks like, what is dangerous about it."""

    label: str
    names: tuple[str, ...]
    slang: tuple[str, ...]
    drug_class: str
    looks: str
    dangers: tuple[str, ...]
    edition: str
    blood_hours: HourRange | None = None
    urine_hours: HourRange | None = None


# what the clock of a drug takes over from its entry
COPIED = (
    "source", "source_label", "edition", "owner", "review_on", "signed", "signed_by", "signed_on", "note",
)  # fmt: skip


def drug_windows(drug: Drug) -> tuple[SpecimenWindow, ...]:
    """The clocks of one drug, one for each specimen it is found in, by the longest figure sourced."""
    ranges = (("urine", drug.urine_hours), ("blood", drug.blood_hours))
    return tuple(
        SpecimenWindow(
            id=f"{drug.id}_{specimen}",
            label=f"{drug.label}: {specimen}",
            advice=f"Offer a {specimen} sample now.",
            hours=hours.longest,
            best_hours=hours.shortest or None,
            specimen=specimen,
            kind="toxicology",
            order=100,  # after the general clocks of the pack when the same time is left
            **{key: getattr(drug, key) for key in COPIED},
        )
        for specimen, hours in ranges
        if hours is not None
    )
