"""Why a pair has its bits: every comparison with its level and what it adds, the same figures that the scan adds up."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nightdesk.linkage.behaviours import behaviour_levels
from nightdesk.linkage.extract import Extract
from nightdesk.linkage.index import Index
from nightdesk.linkage.levels import column_of, value_levels
from nightdesk.linkage.places import place_levels
from nightdesk.linkage.rarity import level_bits
from nightdesk.linkage.weights import Weights

UNKNOWN = -1
Levels = dict[str, NDArray[np.int8]]


@dataclass(frozen=True)
class Evidence:
    """One comparison of a pair: what was found, its bits for (or, negative, against), and how common the value is."""

    comparison: str
    level: str
    bits: float
    rarity: float = 0.0


def levels_of(query: Extract, index: Index, weights: Weights, rows: Sequence[int] | NDArray[Any]) -> Levels:
    """The level of every comparison between a report and some rows; minus one where one side is unknown."""
    wanted = np.asarray(rows, dtype=np.int64)
    found = {**place_levels(query, index, wanted), **behaviour_levels(query, index, wanted)}
    for comparison in weights.comparisons:
        if comparison.kind in ("place", "behaviour"):
            continue
        column = index.columns[column_of(comparison)]
        by_value = value_levels(comparison, query, column)
        if by_value is not None:
            found[comparison.name] = by_value[column.codes_of(wanted)]
    nothing = np.full(len(wanted), UNKNOWN, dtype=np.int8)
    return {each.name: found.get(each.name, nothing) for each in weights.comparisons}


def bits_of(query: Extract, index: Index, weights: Weights, levels: Levels) -> dict[str, NDArray[np.float32]]:
    """The bits of those levels, rarity included."""
    return {
        each.name: level_bits(each, weights.levels[each.name], query, index)[levels[each.name]]
        for each in weights.comparisons
    }


def explain(query: Extract, index: Index, weights: Weights, row: int) -> tuple[Evidence, ...]:
    """The evidence for and against one pair, largest first, either way; what is unknown is left out."""
    levels = levels_of(query, index, weights, [row])
    found = []
    for comparison in weights.comparisons:
        level = int(levels[comparison.name][0])
        if level == UNKNOWN:
            continue
        plain = weights.levels[comparison.name]
        bits = float(level_bits(comparison, plain, query, index)[level])
        found.append(Evidence(comparison.name, comparison.levels[level].name, bits, bits - plain[level].bits))
    return tuple(sorted(found, key=lambda each: -abs(each.bits)))
