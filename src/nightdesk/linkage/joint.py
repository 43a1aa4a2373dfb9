"""Several small columns read as one: a value for each combination that occurs, so that a row costs one look-up, not four."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nightdesk.linkage.columns import UNKNOWN, Column
from nightdesk.linkage.growing import Growing

JOINED = {"looks": ("build", "ethnicity", "hair", "age"), "act": ("app", "drug", "delivery", "venue")}
MOST = 1 << 62
JOINT_OF = {name: joint for joint, names in JOINED.items() for name in names}


class Joint:
    """Combinations of the values of some columns."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self.column = Column()
        self.parts = {name: Growing(np.int32) for name in names}
        for part in self.parts.values():
            part.extend([UNKNOWN])

    def add(self, codes: Mapping[str, NDArray[Any]]) -> None:
        """Add one combination for each new row."""
        columns = [codes[name] for name in self.names]
        first, which = distinct(columns)
        self.column.add(list(zip(*(each[first].tolist() for each in columns), strict=True)), which)
        held = len(next(iter(self.parts.values())))
        fresh = self.column.vocabulary.values[held:]
        for position, part in enumerate(self.parts.values()):
            part.extend([value[position] for value in fresh])

    def spread(self, by_value: Mapping[str, NDArray[Any]], total: NDArray[Any]) -> None:
        """Add the figures of several columns to the total of every row, summed by combination first."""
        summed = np.zeros(len(self.column.vocabulary.values), dtype=np.float32)
        for name, figures in by_value.items():
            summed += figures[self.parts[name].array]
        if by_value:
            self.column.spread(summed, total)


def distinct(columns: Sequence[NDArray[Any]]) -> tuple[NDArray[Any], NDArray[Any]]:
    """A row for each combination of numbers that occurs in these columns, and the combination of each row."""
    key, size = np.zeros(len(columns[0]), dtype=np.int64), 1
    for each in columns:
        wide = int(each.max(initial=0)) + 1
        if size * wide > MOST:  # numbered closely again, before they overflow
            _, key = np.unique(key, return_inverse=True)
            size = int(key.max(initial=0)) + 1
        key, size = key * wide + each, size * wide
    _, first, which = np.unique(key, return_index=True, return_inverse=True)
    return first, which
