"""What a level is worth for this very value: sharing what few have says more, being near where many are says less.

Every figure comes from the reports at hand and depends on the new report alone, because an agreement is on its value.
"""

import math
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nightdesk.linkage.columns import Column
from nightdesk.linkage.comparisons import Comparison
from nightdesk.linkage.extract import Extract
from nightdesk.linkage.index import Index
from nightdesk.linkage.weights import Weight

LEAST, MOST = -6.0, 16.0  # no level, rarity included, may pass these
STEADY = 0.25  # chance agreements that the model itself stands for beside those counted
EMPTIEST = 1.0  # bits: a place where nobody else reported from says little more than a usual one, however many reports
BEHIND = 50.0  # reports that the model itself stands for beside those that know a field: few say little of what is common
FREQUENCY = {"app": "app_named"}

Extra = Callable[[Comparison, Sequence[Weight], Extract, Index], list[float]]


def level_bits(
    comparison: Comparison, weights: Sequence[Weight], query: Extract, index: Index
) -> NDArray[np.float32]:
    """Bits of each level for this report; one more entry, nought, for what is unknown."""
    more = EXTRA.get(comparison.kind, _shared_value)(comparison, weights, query, index)
    bits = [
        bounded(comparison, number, weight.bits + extra)
        for number, (weight, extra) in enumerate(zip(weights, more, strict=True))
    ]
    if not comparison.graded:  # being like a common account says no more than having it
        bits = list(accumulate(bits, min))
    return np.array([*bits, 0.0], dtype=np.float32)


def counted(comparison: Comparison) -> list[str]:
    """The columns whose counts say how rare a shared value of this comparison is."""
    if not comparison.rarity:
        return []
    return [
        FREQUENCY.get(comparison.rarity, comparison.rarity),
        *(["stem"] if comparison.kind == "account" else []),
    ]


def bounded(comparison: Comparison, number: int, bits: float) -> float:
    """Within the bounds of all levels; an agreement never against, a difference never for."""
    last = number == len(comparison.levels) - 1
    low = 0.0 if comparison.levels[number].agrees and not comparison.graded else LEAST
    return min(max(bits, low), 0.0 if last else MOST)


def _shared_value(
    comparison: Comparison, weights: Sequence[Weight], query: Extract, index: Index
) -> list[float]:
    """How rare the shared value is, on the levels that say the value is the same."""
    more = [0.0] * len(weights)
    value = getattr(query, comparison.rarity) if comparison.rarity else ""
    if value:
        column = index.columns[FREQUENCY.get(comparison.rarity, comparison.rarity)]
        usual = weights[comparison.rare - 1].u
        more[: comparison.rare] = [_rarer(column, value, usual)] * comparison.rare
    if comparison.kind == "account" and query.stem:
        more[2] = _rarer(index.columns["stem"], query.stem, weights[2].u)
    return more


def _rarer(column: Column, value: str, usual: float) -> float:
    """Bits for a value that is so rare among the reports that know this field, where `usual` is the chance of any."""
    carried, known = column.carried(value), max(column.known, 1)
    return math.log2(usual * (known + BEHIND) / (max(carried, 1) + BEHIND * usual))


def _near_place(
    comparison: Comparison, weights: Sequence[Weight], query: Extract, index: Index
) -> list[float]:
    """How many reports lie in each ring around this place, against how many do around a usual one."""
    more = [0.0] * len(weights)
    if query.lat is None or query.lon is None:
        return more
    near = index.places.grid.near(query.lat, query.lon)
    inside = 0.0
    for number, level in enumerate(comparison.levels[:-1]):
        here = max(near[level.limit] - inside, 0.0)
        inside = near[level.limit]
        more[number] = float(against(here, weights[number].u * index.places.grid.places))
    return more


def against(here: NDArray[Any] | float, usual: float) -> NDArray[np.float64]:
    """Bits for so many chance agreements here where so many are usual."""
    return np.minimum(np.log2((usual + STEADY) / (here + STEADY)), EMPTIEST)


EXTRA: dict[str, Extra] = {"place": _near_place}
