"""Live work of linkage, audited: what became of candidates, by who told, how old they are and whose unit it is. Pure.

Each grouping is counted apart for candidates that were raised without ethnicity and with it, each a whole of its own, small
numbers hidden as in rules/fairness.py. What is kept is what may be shown: nothing small is ever stored.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from nightdesk.rules.fairness import LEAST, NOT_RECORDED, Live, Share, audited

KIND: Final = "kind"
AGE: Final = "age"
UNIT: Final = "unit"
BY: Final = (KIND, AGE, UNIT)
ADULT: Final = "adult"  # known to be 18 or over, and no nearer
UNDER_18: Final = "under_18"
BANDS: Final = (UNDER_18, "18_to_24", "25_to_34", "35_to_44", "45_to_54", "55_and_over", ADULT, NOT_RECORDED)
OF_AGES: Final[Mapping[str, str]] = {
    "under_13": UNDER_18, "13_to_15": UNDER_18, "16_to_17": UNDER_18, "55_to_64": "55_and_over",
    "65_and_over": "55_and_over",
}  # fmt: skip
FROM: Final = (
    (55, "55_and_over"),
    (45, "45_to_54"),
    (35, "35_to_44"),
    (25, "25_to_34"),
    (18, "18_to_24"),
    (0, UNDER_18),
)


@dataclass(frozen=True)
class AuditRow:
    """One group of one grouping, raised with ethnicity compared or without: None where a number is hidden."""

    by: str
    code: str
    ethnicity: bool
    raised: int | None
    accepted: Share | None
    hours: float | None


def age_band(code: str, under_18: str) -> str:
    """The band of an age as a case has it (particular_kinds.AGES, or "") or, without one, as was answered at first."""
    if code:
        return OF_AGES.get(code, code)
    return {"yes": UNDER_18, "no": ADULT}.get(under_18, NOT_RECORDED)


def band_of_years(years: str) -> str:
    """The band of an age in years, NOT_RECORDED for none."""
    if not (years.isascii() and years.isdecimal()):
        return NOT_RECORDED
    return next(band for least, band in FROM if int(years) >= least)


def audit(rows: Sequence[Live]) -> list[AuditRow]:
    """Every grouping, without ethnicity and with it. Nothing for a whole that is itself too small to be shown."""
    found = []
    for ethnicity in (False, True):
        part = [row for row in rows if row.ethnicity is ethnicity]
        if len(part) < LEAST:
            continue
        for by in BY:
            found += [
                AuditRow(by, one.code, ethnicity, one.raised, one.accepted, one.hours)
                for one in audited(part, by)
            ]
    return found


def to_plain(rows: Iterable[AuditRow]) -> list[dict[str, Any]]:
    """As they are stored."""
    return [asdict(row) for row in rows]


def from_plain(rows: Iterable[Mapping[str, Any]]) -> list[AuditRow]:
    """As they were stored."""
    return [
        AuditRow(**{**row, "accepted": Share(**row["accepted"]) if row["accepted"] else None}) for row in rows
    ]
