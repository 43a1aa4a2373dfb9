"""A new report against a series that people have confirmed: for each comparison the best evidence of any member.

One member gave the account, another the mark, a third the car: together they are one man. Only confirmed series: groups that
the engine made by itself were tried, and made the list worse (docs/linkage.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nightdesk.linkage.explain import UNKNOWN, bits_of, levels_of
from nightdesk.linkage.extract import Extract
from nightdesk.linkage.index import Index
from nightdesk.linkage.weights import Weights


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
