"""Many UUIDs in memory as two numbers each: sixteen bytes, found again by looking through all, which takes half a
millisecond for a million."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from nightdesk.linkage.growing import Growing

HALF = 64  # bits
Pairs = NDArray[np.uint64]  # one row for each: the upper half, the lower half


def pairs_of(keys: Iterable[UUID | str]) -> Pairs:
    """These as numbers. Raises ValueError for a text that is no UUID."""
    told = b"".join(bytes.fromhex(str(key).replace("-", "")) for key in keys)
    return np.frombuffer(told, dtype=">u8").astype(np.uint64).reshape(-1, 2)


class Uuids:
    """One for each row; the empty text for a row that has none any more."""

    def __init__(self) -> None:
        self._high, self._low = Growing(np.uint64), Growing(np.uint64)

    def __len__(self) -> int:
        return len(self._high)

    def __getitem__(self, row: int) -> str:
        key = self.key(row)
        return str(key) if key.int else ""

    def __setitem__(self, row: int, text: str) -> None:
        self._high.array[row], self._low.array[row] = pairs_of([text])[0] if text else (0, 0)

    def key(self, row: int) -> UUID:
        """The one of a row."""
        return UUID(int=int(self._high.array[row]) << HALF | int(self._low.array[row]))

    def extend(self, more: Sequence[UUID | str] | Pairs) -> None:
        """Add some at the end."""
        pairs = more if isinstance(more, np.ndarray) else pairs_of(more)
        self._high.extend(pairs[:, 0])
        self._low.extend(pairs[:, 1])

    def at(self, rows: NDArray[Any]) -> Pairs:
        """Those of some rows as numbers."""
        return np.stack([self._high.array[rows], self._low.array[rows]], axis=1)

    def rows_of(self, keys: Sequence[UUID]) -> dict[UUID, list[int]]:
        """The rows that each of these stands in; one that stands in none is left out."""
        wanted = set(keys)
        high = pairs_of(wanted)[:, 0]
        found: dict[UUID, list[int]] = {}
        for row in np.flatnonzero(np.isin(self._high.array, high)).tolist():
            if (key := self.key(row)) in wanted:
                found.setdefault(key, []).append(row)
        return found
