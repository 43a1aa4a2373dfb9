"""The rarity of shared values for many pairs at once: what the scan adds for one new report, for the pairs of a batch.

Splink gives the level of each comparison and its plain bits; what it is worth for this very value comes from the reports at
hand. Each pair is read as the scan would read it: the later report against the earlier one. What the later one says counts
without it.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nightdesk.linkage.comparisons import Comparison
from nightdesk.linkage.extract import Extract
from nightdesk.linkage.grid import COVERED, KM_PER_DEGREE, Grid, cell_key, cell_middle
from nightdesk.linkage.index import Index
from nightdesk.linkage.rarity import LEAST, MOST, against, counted, level_bits
from nightdesk.linkage.weights import Weight, Weights

Levels = Mapping[str, NDArray[np.int8]]
Bits = NDArray[np.float64]


class Rarity:
    """What is worth more or less than its level says, worked out once for a build."""

    def __init__(self, extracts: Sequence[Extract], index: Index, weights: Weights) -> None:
        self.weights = weights
        self._others = index.places.grid.places - 1  # that a place is compared with: without its own
        self._tables: dict[str, tuple[NDArray[np.int64], Bits]] = {}
        for comparison in weights.comparisons:
            if comparison.rarity:
                self._tables[comparison.name] = _by_value(comparison, extracts, index, weights)
        self._near = near_many(index.places.grid, extracts)

    def more(self, later: NDArray[np.int64], levels: Levels) -> Bits:
        """Bits to add to each pair."""
        total = np.zeros(len(later))
        for comparison in self.weights.comparisons:
            level = levels[comparison.name]
            if comparison.name in self._tables:
                values, table = self._tables[comparison.name]
                total += table[values[later], level]
            elif comparison.kind == "place":
                self._add_place(comparison, later, level, total)
        return total

    def _add_place(
        self, comparison: Comparison, later: NDArray[np.int64], level: NDArray[np.int8], total: Bits
    ) -> None:
        """How many reports lie in the ring of each pair, against how many are usual."""
        rings = [self._near[each.limit] for each in comparison.levels[:-1]]
        plain = self.weights.levels[comparison.name]
        for number in range(len(rings)):
            at = np.flatnonzero(level == number)
            rows = later[at]
            inside = rings[number - 1][rows] if number else 0.0
            here = np.maximum(rings[number][rows] - inside, 0.0)
            more = against(here, plain[number].u * self._others)
            total[at] += _held(comparison, number, plain[number], more)


def _held(comparison: Comparison, number: int, weight: Weight, more: Bits) -> Bits:
    """What is left of it within the bounds of a level."""
    low = 0.0 if comparison.levels[number].agrees and not comparison.graded else LEAST
    return np.clip(weight.bits + more, low, MOST) - weight.bits


def _by_value(
    comparison: Comparison, extracts: Sequence[Extract], index: Index, weights: Weights
) -> tuple[NDArray[np.int64], Bits]:
    """The number of each report's value, and for each value what every level is worth more; unknown last, nought."""
    plain = weights.levels[comparison.name]
    known: dict[Any, int] = {}
    table: list[NDArray[Any]] = []
    rows = np.zeros(len(extracts), np.int64)
    for row, each in enumerate(extracts):
        value = (each.handle, each.stem) if comparison.kind == "account" else getattr(each, comparison.rarity)
        if value not in known:
            known[value] = len(table)
            with _uncounted(comparison, index, row):
                bits = level_bits(comparison, plain, each, index)
            table.append(bits - [*(level.bits for level in plain), 0.0])
        rows[row] = known[value]
    return rows, np.array(table, dtype=np.float64).reshape(len(table), len(plain) + 1)


@contextmanager
def _uncounted(comparison: Comparison, index: Index, row: int) -> Iterator[None]:
    """Inside, a row makes its own value no more common."""
    asked = [index.columns[name] for name in counted(comparison)]
    for column in asked:
        column.count(row, -1)
    try:
        yield
    finally:
        for column in asked:
            column.count(row, 1)


def near_many(grid: Grid, extracts: Sequence[Extract]) -> dict[float, NDArray[np.float64]]:
    """About how many other places lie within each radius of every report's own: `Grid.near` for all at once."""
    known = np.array([each.lat is not None for each in extracts], dtype=np.float64)
    lat = np.array([each.lat or 0.0 for each in extracts])
    lon = np.array([each.lon or 0.0 for each in extracts])
    found = {}
    for radius, cells in grid.cells.items():
        keys = np.array(sorted(cells), dtype=np.int64)
        counts = np.array([*(cells[key] for key in keys.tolist()), 0], dtype=np.float64)
        row, total = np.floor(lat * KM_PER_DEGREE / radius).astype(np.int64), np.zeros(len(lat))
        for up in (-1, 0, 1):
            wide = KM_PER_DEGREE * np.cos(np.radians(cell_middle(row + up, radius)))
            column = np.floor(lon * wide / radius).astype(np.int64)
            for step in (-1, 0, 1):
                wanted = cell_key(row + up, column + step)
                at = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
                there = keys[at] == wanted if len(keys) else np.zeros(len(wanted), bool)
                total += COVERED[abs(up) + abs(step)] * counts[np.where(there, at, len(keys))]
        found[radius] = total - COVERED[0] * known
    return found
