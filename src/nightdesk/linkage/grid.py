"""How many reports lie near a place, at several distances: what a near match is worth where reports are dense or rare."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

RADII = (0.12, 0.6, 1.2, 2.5, 5.0, 8.0, 15.0, 30.0, 120.0)  # km: every ring that a comparison of places uses
KM_PER_DEGREE = 111.195
# The part of a cell that lies within one cell's width of a point of the middle one, on average: the middle cell itself,
# one that shares a side with it, one that shares a corner.
COVERED = {0: 0.975, 1: 0.417, 2: 0.125}


class Grid:
    """Counts of places in square cells, one grid for each radius, cells as wide as the radius."""

    def __init__(self) -> None:
        self.cells: dict[float, dict[int, int]] = {radius: {} for radius in RADII}
        self.places = 0
        self._last: tuple[tuple[float, float, int], dict[float, float]] | None = None

    def add(self, lat: NDArray[Any], lon: NDArray[Any], times: int = 1) -> None:
        """Count these places; with minus one, count them no more."""
        self.places += times * len(lat)
        for radius, cells in self.cells.items():
            keys, counts = np.unique(cell_key(*_cell(lat, lon, radius)), return_counts=True)
            for key, count in zip(keys.tolist(), counts.tolist(), strict=True):
                cells[key] = cells.get(key, 0) + times * count

    def near(self, lat: float, lon: float) -> dict[float, float]:
        """About how many places lie within each radius of this one. One report asks nine times: the last is kept."""
        asked = (lat, lon, self.places)
        if self._last is None or self._last[0] != asked:
            self._last = (asked, {radius: self._within(radius, lat, lon) for radius in RADII})
        return self._last[1]

    def _within(self, radius: float, lat: float, lon: float) -> float:
        """From the nine cells around a place."""
        cells, total = self.cells[radius], 0.0
        middle = math.floor(lat * KM_PER_DEGREE / radius)
        for up in (-1, 0, 1):
            wide = KM_PER_DEGREE * math.cos(math.radians(cell_middle(middle + up, radius)))
            column = math.floor(lon * wide / radius)
            for step in (-1, 0, 1):
                total += COVERED[abs(up) + abs(step)] * cells.get(cell_key(middle + up, column + step), 0)
        return total


def cell_middle(row: Any, radius: float) -> Any:
    """The latitude in the middle of a row of cells; cells of one row are as wide in km as they are high."""
    return np.clip((row + 0.5) * radius / KM_PER_DEGREE, -89.0, 89.0)


def _cell(lat: NDArray[Any], lon: NDArray[Any], radius: float) -> tuple[NDArray[Any], NDArray[Any]]:
    """Row and column of the cell of each place."""
    row = np.floor(lat * KM_PER_DEGREE / radius).astype(np.int64)
    wide = KM_PER_DEGREE * np.cos(np.radians(cell_middle(row, radius)))
    return row, np.floor(lon * wide / radius).astype(np.int64)


def cell_key(row: Any, column: Any) -> Any:
    """One number for a cell."""
    return row * 1_000_003 + column
