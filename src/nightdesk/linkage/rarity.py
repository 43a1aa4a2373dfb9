"""What a level is worth for this very value: sharing what few have says more, being near where many are says less.

Every figure comes from the reports at hand and depends on the new report alone, because an agreement is on its value.
"""

import math
from collections.abc import Sequence

import numpy as np

from nightdesk.linkage.comparisons import RINGS, Comparison
from nightdesk.linkage.extract import PRECISIONS, Extract
from nightdesk.linkage.index import Index
from nightdesk.linkage.weights import Weight

LEAST, MOST = -6.0, 16.0  # no level, rarity included, may pass these
STEADY = 3.0  # reports by which a count of near ones is steadied
FREQUENCY = {"app": "app_named"}


def level_bits(
    comparison: Comparison, weights: Sequence[Weight], query: Extract, index: Index
) -> np.ndarray:
    """Bits of each level for this report; one more entry, nought, for what is unknown."""
    more = EXTRA.get(comparison.kind if comparison.kind in EXTRA else "", _common)(
        comparison, weights, query, index
    )
    bits = [
        bounded(comparison, number, weight.bits + extra)
        for number, (weight, extra) in enumerate(zip(weights, more, strict=True))
    ]
    return np.array([*bits, 0.0], dtype=np.float32)


def bounded(comparison: Comparison, number: int, bits: float) -> float:
    """Within the bounds of all levels; an agreement never against, a difference never for."""
    low = 0.0 if comparison.levels[number].agrees and not comparison.graded else LEAST
    high = 0.0 if number == len(comparison.levels) - 1 else MOST
    return min(max(bits, low), high)


def _common(comparison: Comparison, weights: Sequence[Weight], query: Extract, index: Index) -> list[float]:
    """How rare the shared value is, on the levels that say the value is the same."""
    more = [0.0] * len(weights)
    if comparison.rarity:
        value = getattr(query, comparison.rarity)
        if value:
            share = index.columns[FREQUENCY.get(comparison.rarity, comparison.rarity)].share(value)
            usual = weights[comparison.rare - 1].u
            more[: comparison.rare] = [math.log2(usual / share)] * comparison.rare
    return more


EXTRA = {"": _common}
__all__ = ["PRECISIONS", "RINGS", "bounded", "level_bits"]
