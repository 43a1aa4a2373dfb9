"""What a batch gives: pairs of reports with the evidence for each, and the facts of the build it came from.

Bits never hold the prior: it moves with every report that comes in, and what was found then must read the same later.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

Progress = Callable[[str, int, int], None]  # the phase, how much of it is done, of how much


def silent(phase: str, done: int, of: int) -> None:
    """Nobody is watching."""


@dataclass(frozen=True)
class Build:
    """What a score depends on beside the two reports: rarity is counted over exactly these many, with these weights."""

    reports: int
    weights: str
    prior_bits: float
    ethnicity: bool
    engine: str
    compared: int = 0
    left_out: Mapping[str, int] = field(
        default_factory=dict
    )  # keys with blocks too large to compare, how many


@dataclass(frozen=True)
class Edges:
    """Pairs by row, the later report second, in any order; rows are positions in `ids`."""

    build: Build
    ids: Sequence[str]
    earlier: NDArray[np.int64]
    later: NDArray[np.int64]
    bits: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.bits)

    def at_least(self, bits: float) -> "Edges":
        """Those with so much evidence."""
        keep = self.bits >= bits
        return replace(self, earlier=self.earlier[keep], later=self.later[keep], bits=self.bits[keep])

    def among(self, pairs: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
        """Which of them are among these pairs of rows, whichever of a pair is named first."""
        wanted = np.array([(min(pair), max(pair)) for pair in pairs], dtype=np.int64).reshape(-1, 2)
        every, count = (
            (np.minimum(self.earlier, self.later), np.maximum(self.earlier, self.later)),
            len(self.ids),
        )
        found: NDArray[np.bool_] = np.isin(every[0] * count + every[1], wanted[:, 0] * count + wanted[:, 1])
        return found

    def named(self) -> Iterator[tuple[str, str, float]]:
        """The two ids and the bits of each."""
        rows = zip(self.earlier.tolist(), self.later.tolist(), self.bits.tolist(), strict=True)
        return ((self.ids[one], self.ids[two], bits) for one, two, bits in rows)
