"""Distances between places, over every row at once: straight lines through a sphere, no trigonometry for each row."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nightdesk.linkage.comparisons import ACT, RINGS, SETTINGS, Comparison
from nightdesk.linkage.extract import PRECISIONS, Extract
from nightdesk.linkage.index import Index, on_sphere, pair_setting
from nightdesk.linkage.rarity import level_bits
from nightdesk.linkage.weights import Weights

EARTH_KM = 6371.0


def chord(km: float) -> float:
    """The square of the straight line, on a sphere of one, that stands for a distance along the ground."""
    return (2 * math.sin(km / EARTH_KM / 2)) ** 2


def kilometres(one: Extract, other: Extract) -> float:
    """How far apart two reports lie, along the ground; both places must be known."""
    points = (on_sphere(each.lat or 0.0, each.lon or 0.0) for each in (one, other))
    square = sum(float(a - b) ** 2 for a, b in zip(*points, strict=True))
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(square) / 2))


RADII = tuple(sorted({km for rings in RINGS.values() for km in rings}))
PLACES = tuple(each for each in ACT if each.kind == "place")
CHORDS = np.array([chord(km) for km in RADII], dtype=np.float32)


def kinds_against(query: Extract) -> list[str]:
    """The comparison that holds for each way a stored place can be known; empty for an unknown one."""
    names = [""]
    for setting in range(len(SETTINGS)):
        for precision in range(len(PRECISIONS)):
            worse = PRECISIONS[max(precision, query.precision)]
            names.append(f"place_{pair_setting(query.setting, setting)}_{worse}")
    return names


def ring_levels(comparison: Comparison) -> list[int]:
    """The level of this comparison for each ring of the common list, and beyond them."""
    limits = [level.limit for level in comparison.levels[:-1]]
    return [next((n for n, limit in enumerate(limits) if km <= limit), len(limits)) for km in RADII] + [
        len(limits)
    ]


def add_places(query: Extract, index: Index, weights: Weights, total: NDArray[np.float32]) -> None:
    """Add the bits of the place: first as if all were far away, then put right those that are not."""
    if query.lat is None or query.lon is None:
        return
    table = _table(query, index, weights)
    kinds = index.places.kinds.array
    squares = _squares(query, index)
    total += np.take(np.ascontiguousarray(table[:, -1]), kinds)
    near = np.flatnonzero(squares <= CHORDS[-1])
    cells = kinds[near] * np.intp(len(RADII) + 1)
    rings = np.searchsorted(CHORDS, squares[near])
    total[near] += np.take((table - table[:, -1:]).ravel(), cells + rings)


def _squares(query: Extract, index: Index) -> NDArray[np.float32]:
    """The squared line from the new report to every row."""
    here = [np.float32(axis) for axis in on_sphere(query.lat or 0.0, query.lon or 0.0)]
    squares = np.zeros(len(index), dtype=np.float32)
    for axis, middle in zip(index.places.xyz, here, strict=True):
        step = axis.array - middle
        step *= step
        squares += step
    return squares


def _table(query: Extract, index: Index, weights: Weights) -> NDArray[Any]:
    """Bits by how the stored place is known and by ring."""
    by_name = {each.name: each for each in weights.comparisons if each.kind == "place"}
    table = np.zeros((1 + len(SETTINGS) * len(PRECISIONS), len(RADII) + 1), dtype=np.float32)
    for row, name in enumerate(kinds_against(query)):
        if name:
            bits = level_bits(by_name[name], weights.levels[name], query, index)
            table[row] = bits[ring_levels(by_name[name])]
    return table


def place_levels(query: Extract, index: Index, rows: NDArray[Any]) -> dict[str, NDArray[np.int8]]:
    """The level of each comparison of places for some rows; minus one where another comparison holds or none."""
    names = kinds_against(query)
    kinds = index.places.kinds.array[rows]
    if query.lat is None:
        return {}
    rings = np.searchsorted(CHORDS, _squares(query, index)[rows])
    found: dict[str, NDArray[np.int8]] = {}
    for comparison in PLACES:
        mine = np.array([name == comparison.name for name in names])[kinds]
        found[comparison.name] = np.where(mine, np.array(ring_levels(comparison))[rings], -1).astype(np.int8)
    return found
