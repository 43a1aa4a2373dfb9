"""What was corrected about an exhibit: which facts, by whom and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from nightdesk.records.exhibit_corrections import ExhibitCorrection
from nightdesk.records.exhibits import Exhibit


@dataclass(frozen=True)
class CorrectionSeen:
    """One fact put right: as it was and as it is since (codes, a time in ISO, a number; "" for the description)."""

    fact: str
    before: str
    after: str
    reason: str
    at: datetime
    by: str


def rows_of(exhibit: Exhibit) -> list[ExhibitCorrection]:
    """Every correction of it, oldest first."""
    return list(exhibit.corrections.select_related("corrected_by", "vault").order_by("number"))


def shown(rows: Sequence[ExhibitCorrection]) -> tuple[CorrectionSeen, ...]:
    """The corrections as a page shows them, oldest first."""
    return tuple(
        CorrectionSeen(row.fact, row.before, row.after, row.reason, row.corrected_at, row.corrected_by.name)
        for row in rows
    )
