"""One new report against every stored one: no blocking, nothing lost, the bits of every pair.

Each comparison is worked out once for each distinct value and then spread over the rows that carry it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nightdesk.linkage.behaviours import behaviour_bits
from nightdesk.linkage.comparisons import Comparison
from nightdesk.linkage.extract import Extract
from nightdesk.linkage.index import Index
from nightdesk.linkage.joint import JOINT_OF
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
    """The bits of the new report with every stored one, without the prior; dropped ones are infinitely unlikely."""
    total = np.zeros(len(index), dtype=np.float32)
    joined: dict[str, dict[str, NDArray[np.float32]]] = {name: {} for name in index.joints}
    for comparison in weights.comparisons:
        by_value = _by_value(comparison, query, index, weights) if comparison.kind in BY_VALUE else None
        if by_value is None:
            continue
        column = column_of(comparison)
        if column in JOINT_OF:
            joined[JOINT_OF[column]][column] = by_value
        else:
            index.columns[column].spread(by_value, total)
    for name, joint in index.joints.items():
        joint.spread(joined[name], total)
    add_places(query, index, weights, total)
    by_mask = behaviour_bits(query, index, weights)
    if by_mask is not None:
        index.done.spread(by_mask, total)
    total[index.dropped.array] = -np.inf
    return total


def _by_value(
    comparison: Comparison, query: Extract, index: Index, weights: Weights
) -> NDArray[np.float32] | None:
    """The bits of one comparison for each distinct value of its column; None where the new report lacks the field."""
    levels = value_levels(comparison, query, index.columns[column_of(comparison)])
    if levels is None:
        return None
    bits: NDArray[np.float32] = level_bits(comparison, weights.levels[comparison.name], query, index)[levels]
    return bits


def place_of(
    query: Extract, index: Index, weights: Weights, row: int, without: Sequence[int] = ()
) -> tuple[int, float]:
    """(place, bits) of one stored report in the list of `query`, however far down it stands."""
    total = scan(query, index, weights)
    bits = total[row]
    total[list(without)] = -np.inf
    return 1 + int((total > bits).sum()), float(bits)


def nearest(
    query: Extract, index: Index, weights: Weights, most: int = 50, without: Sequence[int] = ()
) -> list[Found]:
    """The stored reports with the most bits, best first; rows `without` which are left out."""
    total = scan(query, index, weights)
    total[list(without)] = -np.inf
    most = min(most, len(total))
    if not most:
        return []
    best = np.argpartition(total, len(total) - most)[len(total) - most :]
    best = best[np.argsort(-total[best], kind="stable")]
    return [Found(int(row), index.ids[row], float(total[row])) for row in best if np.isfinite(total[row])]
