"""Pack entries that run against a clock: specimens, care, how long drugs can be found; and what is said beside them.

Hours are counted from the latest possible time of the act; `evidence_clock` turns them into windows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nightdesk.rules.pack_entries import Entry, WordedEntry, Words


@dataclass(frozen=True, kw_only=True)
class Site(Entry):
    """A place on the body, or kind of act, that specimen windows apply to."""

    label: str


@dataclass(frozen=True, kw_only=True)
class TimedEntry(Entry):
    """Something worth offering from `from_hours` until `hours` after the latest possible time.

    `hours` None means that no limit is known; `best_hours` is the time within which it works best. `before_all` puts it
    first while it runs, whatever runs out sooner. `card` is what the person's own card calls it: it must give nothing
    away to whoever finds the card; without it, the card is silent about it.
    """

    label: str
    advice: str
    edition: str
    order: int
    hours: float | None = None
    from_hours: float = 0.0
    best_hours: float | None = None
    before_all: bool = False
    card: Words | None = None


@dataclass(frozen=True, kw_only=True)
class SpecimenWindow(TimedEntry):
    """How long a specimen is worth offering. No `sites` means that it applies whatever was done."""

    specimen: str
    kind: Literal["dna", "toxicology", "injury", "clothing", "digital"]
    sites: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DrugWindow(SpecimenWindow):
    """How long one drug may be found in one specimen. It matters when the drug was named, and only then."""

    drug: str


@dataclass(frozen=True, kw_only=True)
class HealthWindow(TimedEntry):
    """Care for the person that works only, or best, within a time; `say` is what staff read aloud."""

    for_whom: str
    say: Words


@dataclass(frozen=True, kw_only=True)
class Avoid(WordedEntry):
    """Something to try not to do before samples are taken. Never said without the comforts of the pack."""


@dataclass(frozen=True, kw_only=True)
class Comfort(WordedEntry):
    """What is always said with the list of things to avoid: that care comes first, that nothing is lost."""


@dataclass(frozen=True, kw_only=True)
class CardLine(WordedEntry):
    """A heading or sentence of the card that a person takes away: it must give nothing away to whoever finds it."""


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


ADVICE = {
    "urine": "Offer a urine sample now.",
    "blood": "Ask the SARC or a forensic nurse for a blood sample now.",
}
# what the clock of a drug takes over from its entry
COPIED = (
    "source", "source_label", "edition", "owner", "review_on", "signed", "signed_by", "signed_on", "note",
)  # fmt: skip


def drug_windows(drug: Drug) -> tuple[DrugWindow, ...]:
    """The clocks of one drug, one for each specimen it is found in, by the longest figure sourced."""
    ranges = (("urine", drug.urine_hours), ("blood", drug.blood_hours))
    return tuple(
        DrugWindow(
            drug=drug.id,
            id=f"{drug.id}_{specimen}",
            label=f"{drug.label}: {specimen}",
            advice=ADVICE[specimen],
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
