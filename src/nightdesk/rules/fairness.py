"""How fair linkage is: shares with their intervals, by who reports and by recorded group, small numbers hidden. Pure.

A share says little without its interval (Wilson, 95 %). A number under LEAST is hidden, and so is what is left of the whole
when that is small; where one number alone would be hidden, the next smallest is hidden too, because the whole, which
other tables add up to, would give it away. Linkage reference 18: who reports decides who is found; results with and without
ethnicity are always shown together.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, Final

LEAST: Final = 5
NORMAL: Final = 1.959964  # of 95 %
REPORTER: Final = "reporter"
GROUP: Final = "group"
BY: Final = (REPORTER, GROUP)
NOT_RECORDED: Final = "not_recorded"
MEASURES: Final = (
    "first",
    "ten",
    "wrong",
)  # the same man first, among the first ten; another man likely among them
SHOWN: Final = 10


@dataclass(frozen=True)
class Asked:
    """One report compared with all earlier ones. `rank` of the first about the same man, None when there was none.

    `wrong`: whether a report about another man stood at even odds or better among the first ten.
    """

    reporter: str
    group: str
    rank: float | None
    wrong: bool


@dataclass(frozen=True)
class Counted:
    """Counts of one group. `ethnicity`: whether it was compared. `queries`: those with an earlier report."""

    by: str
    code: str
    ethnicity: bool
    reports: int
    queries: int
    first: int
    ten: int
    wrong: int

    def part(self, measure: str) -> tuple[int, int]:
        """How many of how many."""
        return getattr(self, measure), self.reports if measure == "wrong" else self.queries


@dataclass(frozen=True)
class Share:
    """A share and between what it lies, each from 0 to 1, and of how many."""

    share: float
    low: float
    high: float
    of: int


def counted(asked: Sequence[Asked], *, ethnicity: bool) -> list[Counted]:
    """The counts by reporter and by group."""
    found = []
    for by in BY:
        for code in sorted({getattr(one, by) for one in asked}):
            rows = [one for one in asked if getattr(one, by) == code]
            ranks = [one.rank for one in rows if one.rank is not None]
            found.append(
                Counted(
                    by, code, ethnicity, len(rows), len(ranks), sum(rank <= 1 for rank in ranks),
                    sum(rank <= SHOWN for rank in ranks), sum(one.wrong for one in rows),
                )
            )  # fmt: skip
    return found


def to_plain(counts: Iterable[Counted]) -> list[dict[str, Any]]:
    """As they are stored."""
    return [asdict(one) for one in counts]


def from_plain(rows: Iterable[Mapping[str, Any]]) -> list[Counted]:
    """As they were stored."""
    return [Counted(**row) for row in rows]


def share(part: int, whole: int) -> Share:
    """The share with its interval (Wilson). Raises ValueError for a part of nothing."""
    if not 0 <= part <= whole or not whole:
        raise ValueError(f"{part} of {whole} is no share")
    of, square = part / whole, NORMAL**2
    middle = (of + square / (2 * whole)) / (1 + square / whole)
    half = NORMAL / (1 + square / whole) * math.sqrt(of * (1 - of) / whole + square / (4 * whole**2))
    return Share(of, max(0.0, middle - half), min(1.0, middle + half), whole)


def shares(parts: Sequence[tuple[int, int]]) -> list[Share | None]:
    """The shares of the groups of one whole, None where one is hidden."""
    hidden = {at for at, (part, whole) in enumerate(parts) if min(part, whole - part) < LEAST}
    if len(hidden) == 1 and len(parts) > 1:
        hidden.add(min((at for at in range(len(parts)) if at not in hidden), key=lambda at: parts[at][1]))
    return [None if at in hidden else share(*part) for at, part in enumerate(parts)]


def table(counts: Sequence[Counted], by: str, measure: str) -> dict[str, dict[bool, Share | None]]:
    """One measure by one grouping: code → with ethnicity or without → share."""
    found: dict[str, dict[bool, Share | None]] = {}
    for ethnicity in (False, True):
        rows = [one for one in counts if one.by == by and one.ethnicity is ethnicity]
        for row, one in zip(rows, shares([row.part(measure) for row in rows]), strict=True):
            found.setdefault(row.code, {})[ethnicity] = one
    return found


@dataclass(frozen=True)
class Live:
    """What became of one candidate of live work: of which kind of report and unit, decided how, after how many hours.

    `age`: band of the person it happened to; `ethnicity`: whether it was compared when the candidate was raised.
    """

    kind: str
    unit: str
    linked: bool | None  # None: not decided
    hours: float | None
    age: str = NOT_RECORDED
    ethnicity: bool = False


@dataclass(frozen=True)
class Audited:
    """Candidates of one group: None where a number is hidden."""

    code: str
    raised: int | None
    accepted: Share | None
    hours: float | None


def audited(rows: Sequence[Live], by: str) -> list[Audited]:
    """Raised, accepted of those decided, and the middle time on the list, by "kind", "age" or "unit"."""
    codes = sorted({getattr(row, by) for row in rows})
    groups = [[row for row in rows if getattr(row, by) == code] for code in codes]
    decided = [[row for row in group if row.linked is not None] for group in groups]
    accepted = shares([(sum(bool(row.linked) for row in group), len(group)) for group in decided])
    raised = counts_shown([len(group) for group in groups])
    hours = [
        median([row.hours for row in group if row.hours is not None]) if len(group) >= LEAST else None
        for group in decided
    ]
    return [Audited(*each) for each in zip(codes, raised, accepted, hours, strict=True)]


def counts_shown(counts: Sequence[int]) -> list[int | None]:
    """Counts of the groups of one whole, None where one is hidden."""
    hidden = {at for at, count in enumerate(counts) if count < LEAST}
    if len(hidden) == 1 and len(counts) > 1:
        hidden.add(min((at for at in range(len(counts)) if at not in hidden), key=lambda at: counts[at]))
    return [None if at in hidden else count for at, count in enumerate(counts)]
