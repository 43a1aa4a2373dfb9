"""An array that is added to at its end."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray


class Growing:
    """A one-dimensional array that is added to at its end."""

    def __init__(self, dtype: DTypeLike) -> None:
        self._room: NDArray[Any] = np.zeros(1024, dtype=dtype)
        self._size = 0

    def __len__(self) -> int:
        return self._size

    @property
    def array(self) -> NDArray[Any]:
        """What is there now, without a copy."""
        return self._room[: self._size]

    def extend(self, more: Sequence[Any] | NDArray[Any]) -> None:
        """Add values; the room doubles when it is full."""
        size = self._size + len(more)
        if size > len(self._room):
            room = np.zeros(max(size, 2 * len(self._room)), dtype=self._room.dtype)
            room[: self._size] = self.array
            self._room = room
        self._room[self._size : size] = more
        self._size = size
