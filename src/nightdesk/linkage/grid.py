"""How many reports lie near a place, at several distances: what a near match is worth where reports are dense or rare."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

RADII = (0.12, 0.6, 1.2, 2.5, 5.0, 8.0, 15.0, 30.0, 120.0)  # km: every ring that a comparison of places uses
KM_PER_DEGREE = 111.195
DISC = math.pi / 9  # a circle of one cell's width as part of the nine cells around it


class Grid:
    """Counts of places in square cells, one grid for each radius, cells as wide as the radius."""

    def __init__(self) -> None:
        self.cells: dict[float, dict[int, int]] = {radius: {} for radius in RADII}
        self.places = 0

    def add(self, lat: NDArray[Any], lon: NDArray[Any]) -> None:
        """Count these places."""
        self.places += len(lat)
        for radius, cells in self.cells.items():
            keys, counts = np.unique(_key(*_cell(lat, lon, radius)), return_counts=True)
            for key, count in zip(keys.tolist(), counts.tolist(), strict=True):
                cells[key] = cells.get(key, 0) + count

    def near(self, lat: float, lon: float) -> dict[float, float]:
        """About how many places lie within each radius of this one."""
        found = {}
        for radius, cells in self.cells.items():
            y, _ = _cell(np.array([lat]), np.array([lon]), radius)
            total = 0
            for row in range(int(y[0]) - 1, int(y[0]) + 2):
                x = int(_across(row, np.array([lon]), radius)[0])
                total += sum(cells.get(int(_key(row, x + step)), 0) for step in (-1, 0, 1))
            found[radius] = total * DISC
        return found


def _cell(lat: NDArray[Any], lon: NDArray[Any], radius: float) -> tuple[NDArray[Any], NDArray[Any]]:
    """Row and column of the cell of each place."""
    row = np.floor(lat * KM_PER_DEGREE / radius).astype(np.int64)
    return row, _across(row, lon, radius)


def _across(row: Any, lon: NDArray[Any], radius: float) -> NDArray[Any]:
    """Column of the cell; cells of one row are as wide in km as they are high."""
    middle = np.clip((np.asarray(row) + 0.5) * radius / KM_PER_DEGREE, -89.0, 89.0)
    cells: NDArray[Any] = np.floor(lon * KM_PER_DEGREE * np.cos(np.radians(middle)) / radius).astype(np.int64)
    return cells


def _key(row: Any, column: Any) -> Any:
    """One number for a cell."""
    return row * 1_000_003 + column
