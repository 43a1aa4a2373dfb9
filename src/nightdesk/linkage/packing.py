"""Which reports are to be sealed as one block: plain numbers of the journal in, spans of it out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Span = tuple[int, int]  # above the first, up to the second


@dataclass(frozen=True)
class Packing:
    """`full`: reports in a block, but for what has one number; `few`: in no block, before any is made."""

    full: int = 50_000
    few: int = 5_000

    def spans(self, seqs: NDArray[Any], blocks: Sequence[tuple[int, int, int]]) -> list[Span]:
        """Spans to make blocks of, when enough is in none. `seqs`: of everything that stands; `blocks`: after, upto, count.

        A block that is not half full is made anew together with what follows it, so that they stay few.
        """
        if len(seqs) - sum(count for _after, _upto, count in blocks) < self.few:
            return []
        ordered, there = np.sort(seqs), {(after, upto) for after, upto, _count in blocks}
        kept = sorted((after, upto) for after, upto, count in blocks if 2 * count >= self.full)
        bounds = [(-1, -1), *kept, (int(ordered[-1]),) * 2]
        runs = [ordered[(ordered > one[1]) & (ordered <= two[0])] for one, two in pairwise(bounds)]
        return [span for run in runs for span in self._cut(run) if span not in there]

    def _cut(self, run: NDArray[Any]) -> Iterator[Span]:
        """A run in parts; what has one number stays together."""
        start = 0
        while start < len(run):
            last = int(run[min(start + self.full, len(run)) - 1])
            yield int(run[start]) - 1, last
            start = int(np.searchsorted(run, last, side="right"))
