"""Several small columns read as one: a value for each combination that occurs, so that a row costs one look-up, not four."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nightdesk.linkage.columns import UNKNOWN, Column, Growing

JOINED = {"looks": ("build", "ethnicity", "hair", "age"), "act": ("app", "drug", "delivery", "venue")}
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
        self.column.add(list(zip(*(codes[name].tolist() for name in self.names), strict=True)))
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
