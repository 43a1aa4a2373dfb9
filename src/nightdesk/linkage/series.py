"""A report against a series that people have confirmed: for each comparison the best evidence of any member.

One member gave the account, another the mark, a third the car: together they are one man. Only confirmed series, and only
when an analyst asks: groups that the engine made by itself were tried, and made the list worse (docs/linkage.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from nightdesk.linkage.block import extract_at
from nightdesk.linkage.explain import UNKNOWN, bits_of, levels_of
from nightdesk.linkage.extract import Extract
from nightdesk.linkage.index import Index
from nightdesk.linkage.scan import scan
from nightdesk.linkage.weights import Weights

# Reports nearest to any member that are looked at with all members together: a second of work, and new reports wait for it.
LOOKED: Final = 120


@dataclass(frozen=True)
class Best:
    """The best evidence of one comparison, and the row of the member it is from."""

    comparison: str
    level: str
    bits: float
    row: int


def profile(query: Extract, index: Index, weights: Weights, members: Sequence[int]) -> tuple[Best, ...]:
    """The best of each comparison over the members, largest first, either way; unknown with all members is left out.

    A place is one question, though it has nine comparisons: the best of them counts, never two.
    """
    levels = levels_of(query, index, weights, members)
    bits = bits_of(query, index, weights, levels)
    found: dict[str, Best] = {}
    for comparison in weights.comparisons:
        known = np.flatnonzero(levels[comparison.name] != UNKNOWN)
        if not len(known):
            continue
        best = known[np.argmax(bits[comparison.name][known])]
        level = comparison.levels[int(levels[comparison.name][best])].name
        new = Best(comparison.name, level, float(bits[comparison.name][best]), int(members[best]))
        asked = "place" if comparison.kind == "place" else comparison.name
        if asked not in found or found[asked].bits < new.bits:
            found[asked] = new
    return tuple(sorted(found.values(), key=lambda each: -abs(each.bits)))


@dataclass(frozen=True)
class Fit:
    """A report that is no member, its bits with the series, and the best evidence of any member for each comparison."""

    id: str
    bits: float
    best: tuple[Best, ...]


def fitting(members: Sequence[int], index: Index, weights: Weights, most: int) -> list[Fit]:
    """The reports that fit the series best, best first.

    The bits are the mean of those with the member nearest to it and of the best evidence of all members together. The sum
    alone forgives too much, because every member is another chance to agree; the nearest alone forgets what the others know
    (measured, docs/linkage.md).
    """
    total = np.stack([scan(extract_at(index, row), index, weights) for row in members])
    total[:, list(members)] = -np.inf
    nearest = total.max(axis=0)
    few = min(LOOKED, len(nearest))
    near = np.argpartition(nearest, -few)[-few:]
    found = [
        _fit(int(row), float(nearest[row]), members, index, weights)
        for row in near
        if np.isfinite(nearest[row])
    ]
    return sorted(found, key=lambda one: -one.bits)[:most]


def _fit(row: int, nearest: float, members: Sequence[int], index: Index, weights: Weights) -> Fit:
    best = profile(extract_at(index, row), index, weights, members)
    return Fit(index.ids[row], (nearest + sum(each.bits for each in best)) / 2, best)
