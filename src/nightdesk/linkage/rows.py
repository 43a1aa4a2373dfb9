"""Rows of the index as columns of their own: what is added to it, taken out of it, and sealed as a block.

No extract is needed to put rows into an index, and any extract can be made again out of its row.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nightdesk.linkage.extract import PRECISIONS, Extract

Read = Callable[[Sequence[Extract]], list[Any]]
Values = list[Any]


def _field(name: str) -> Read:
    """One field of each of many extracts."""
    one = attrgetter(name)
    return lambda extracts: list(map(one, extracts))


# The values of each column that is compared whole. Small sets of distinct values make one comparison serve many rows.
VALUES: dict[str, Read] = {
    "account": lambda many: [(e.handle, e.stem, e.app) if e.handle else None for e in many],
    "app": lambda many: [(e.app, bool(e.handle)) if e.app else None for e in many],
    "phone": lambda many: [(e.phone, e.phone6, e.phone4) if e.phone4 else None for e in many],
    "email": lambda many: [(e.email, e.email_local) if e.email else None for e in many],
    "name": _field("name"),
    "vehicle": lambda many: [(e.vehicle, e.plate) if e.vehicle or e.plate else None for e in many],
    "tattoo": lambda many: [e.tattoo or None for e in many],
    "age": _field("age"),
    "height": _field("height"),
    "day": _field("day"),
    "build": _field("build"),
    "ethnicity": _field("ethnicity"),
    "hair": _field("hair"),
    "drug": _field("drug"),
    "delivery": _field("delivery"),
    "venue": _field("venue"),
}
# What the parts of a value are called in an extract.
PARTS_OF: Mapping[str, tuple[str, ...]] = {
    "account": ("handle", "stem"),  # the app is in a column of its own
    "app": ("app",),
    "phone": ("phone", "phone6", "phone4"),
    "email": ("email", "email_local"),
    "vehicle": ("vehicle", "plate"),
}
DONE, KIND = "done", "kind"  # columns beside those: the masks of what he did, and what kind of report it is


@dataclass(frozen=True)
class Rows:
    """Some rows: of each column its values, and which of them each row has (None: one value for each row).

    `ways`: how a place is told, also where there is none. `beside`: columns that are not of the index, by name.
    """

    ids: Any  # texts, or pairs of numbers (linkage/uuids.py)
    columns: Mapping[str, tuple[Values, NDArray[Any] | None]]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    known: NDArray[np.bool_]
    ways: NDArray[np.uint8]
    reported: NDArray[np.int32]
    beside: Mapping[str, NDArray[Any]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.lat)


class _Told(dict[str, tuple[Values, None]]):
    """The columns of many extracts, each made when it is asked for: a million values of one at a time in memory."""

    def __init__(self, extracts: Sequence[Extract], masks: Values) -> None:
        super().__init__({DONE: (masks, None)})
        self._extracts = extracts

    def __missing__(self, name: str) -> tuple[Values, None]:
        return VALUES.get(name, _field(name))(self._extracts), None


def rows_of(extracts: Sequence[Extract], masks: Values) -> Rows:
    """Extracts as rows; `masks` are those of the index that they are for."""
    return Rows(
        [each.id for each in extracts],
        _Told(extracts, masks),
        np.array([each.lat or 0.0 for each in extracts], dtype=np.float64),
        np.array([each.lon or 0.0 for each in extracts], dtype=np.float64),
        np.array([each.lat is not None for each in extracts], dtype=np.bool_),
        np.array([each.setting * len(PRECISIONS) + each.precision for each in extracts], dtype=np.uint8),
        np.array([each.reported for each in extracts], dtype=np.int32),
    )
