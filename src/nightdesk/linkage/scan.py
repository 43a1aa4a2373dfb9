"""One new report against every stored one: no blocking, nothing lost, the bits of every pair.

Each comparison is worked out once for each distinct value and then spread over the rows that carry it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nightdesk.linkage.behaviours import behaviour_bits
from nightdesk.linkage.comparisons import Comparison
from nightdesk.linkage.extract import Extract
from nightdesk.linkage.index import Index
from nightdesk.linkage.levels import column_of, value_levels
from nightdesk.linkage.places import add_places
from nightdesk.linkage.rarity import level_bits
from nightdesk.linkage.weights import Weights

BY_VALUE = ("code", "app", "account", "phone", "email", "name", "gap", "tattoo", "vehicle")


@dataclass(frozen=True)
class Found:
    """A stored report and the bits for it being about the same man."""

    row: int
    id: str
    bits: float


def scan(query: Extract, index: Index, weights: Weights) -> NDArray[np.float32]:
    """The bits of the new report with every stored one, without the prior."""
    total = np.zeros(len(index), dtype=np.float32)
    for comparison in weights.comparisons:
        if comparison.kind in BY_VALUE:
            _spread(comparison, query, index, weights, total)
    add_places(query, index, weights, total)
    by_mask = behaviour_bits(query, index, weights)
    if by_mask is not None:
        index.done.spread(by_mask, total)
    return total


def _spread(
    comparison: Comparison, query: Extract, index: Index, weights: Weights, total: NDArray[np.float32]
) -> None:
    """Add the bits of one comparison to every row."""
    column = index.columns[column_of(comparison)]
    levels = value_levels(comparison, query, column)
    if levels is not None:
        bits = level_bits(comparison, weights.levels[comparison.name], query, index)
        column.spread(bits[levels], total)


def nearest(query: Extract, index: Index, weights: Weights, most: int = 50) -> list[Found]:
    """The stored reports with the most bits, best first."""
    total = scan(query, index, weights)
    most = min(most, len(total))
    if not most:
        return []
    best = np.argpartition(total, len(total) - most)[len(total) - most :]
    best = best[np.argsort(-total[best], kind="stable")]
    return [Found(int(row), index.ids[row], float(total[row])) for row in best]
