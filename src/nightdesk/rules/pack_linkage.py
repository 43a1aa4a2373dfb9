"""Pack entries about linkage: what becomes a candidate, by when it is decided, and what is compared again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from nightdesk.rules.pack_entries import Entry
from nightdesk.rules.pack_found import Entries

ALERT_PERCENT: Final = "alert_percent"  # a pair at least so likely becomes a candidate
DEATH_BITS: Final = "death_bits"  # of a death, what stands above so many bits always does
SHOWN: Final = "shown"  # how many of the list of a death are looked at
DUE_HOURS: Final = "due_hours"
AGAIN_DAYS: Final = "again_days"  # reports of so many days are compared anew each night
OTHERS_TENTHS: Final = (
    "others_tenths"  # other reports about the man of a report, on average, in tenths: an estimate
)
FEWEST: Final = (
    "fewest_reports"  # fewer than these count as so many: what is not here yet is not certain to be his
)
LEARN_FEWEST: Final = "learn_fewest"  # reports without which weights are not learned anew
LINK_LIMITS: Final = (
    ALERT_PERCENT, DEATH_BITS, SHOWN, DUE_HOURS, AGAIN_DAYS, OTHERS_TENTHS, FEWEST, LEARN_FEWEST,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class LinkLimit(Entry):
    """One figure of linkage that a force decides."""

    label: str
    number: int


@dataclass(frozen=True, kw_only=True)
class LinkEntries:
    """The figures of linkage in a pack."""

    link_limits: Entries[LinkLimit]


LINK_SECTIONS: Final[tuple[tuple[str, str, str, type[Entry]], ...]] = (
    ("linkage", "limit", "link_limits", LinkLimit),
)
