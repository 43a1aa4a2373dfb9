"""Every report in memory, as columns. Nothing is written anywhere: the index lives and ends with its process."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nightdesk.linkage.columns import Column, Growing, KeyedColumn
from nightdesk.linkage.extract import ELSEWHERE, PRECISIONS, Extract
from nightdesk.linkage.grid import Grid
from nightdesk.linkage.joint import JOINED, Joint

ALL = (1 << 63) - 1

# The value of each column that is compared whole. Small sets of distinct values make one comparison serve many rows.
VALUES: dict[str, Callable[[Extract], Hashable]] = {
    "account": lambda e: (e.handle, e.stem, e.app) if e.handle else None,
    "handle": lambda e: e.handle,
    "stem": lambda e: e.stem,
    "app": lambda e: (e.app, bool(e.handle)) if e.app else None,
    "app_named": lambda e: e.app,
    "phone": lambda e: (e.phone, e.phone6, e.phone4) if e.phone4 else None,
    "email": lambda e: (e.email, e.email_local) if e.email else None,
    "name": lambda e: e.name,
    "vehicle": lambda e: (e.vehicle, e.plate) if e.vehicle or e.plate else None,
    "tattoo": lambda e: e.tattoo or None,
    "age": lambda e: e.age,
    "height": lambda e: e.height,
    "day": lambda e: e.day,
    "build": lambda e: e.build,
    "ethnicity": lambda e: e.ethnicity,
    "hair": lambda e: e.hair,
    "drug": lambda e: e.drug,
    "delivery": lambda e: e.delivery,
    "venue": lambda e: e.venue,
}
KEYED = {
    "account": (3, 0),
    "phone": (3, 0),
    "email": (2, 1),
}  # how many parts, which one compared by likeness
SPARSE = {"handle", "stem", "vehicle", "tattoo", "height"}


class Index:
    """Columns of all reports, in the order they were added."""

    def __init__(self, behaviours: Sequence[str]) -> None:
        self.behaviours = {code: bit for bit, code in enumerate(behaviours[:62])}
        self.ids: list[str] = []
        self.columns = {
            name: KeyedColumn(*KEYED[name]) if name in KEYED else Column(sparse=name in SPARSE)
            for name in VALUES
        }
        self.joints = {name: Joint(names) for name, names in JOINED.items()}
        self.done = Column()
        self.mask_pairs = Growing(
            np.uint64
        )  # done and known-not-done of each distinct mask, one after the other
        self.places = Places()

    def __len__(self) -> int:
        return len(self.ids)

    def add(self, extracts: Sequence[Extract]) -> None:
        """Add rows at the end; they are found from now on."""
        self.ids += [each.id for each in extracts]
        codes = {
            name: self.columns[name].add([value(each) for each in extracts]) for name, value in VALUES.items()
        }
        for joint in self.joints.values():
            joint.add(codes)
        self.done.add([self.masks(each) for each in extracts])
        self.places.add(extracts)

    def count(self, extract: Extract, by: int) -> None:
        """Count what a stored report says once more (1) or no longer (-1), where it is asked how rare something is."""
        for name, value in VALUES.items():
            self.columns[name].count(value(extract), by)

    def masks(self, extract: Extract) -> tuple[int, int] | None:
        """What he did and what he is known not to have done, one bit each.

        A report that never says no was made on a form that cannot: whatever it leaves out counts as not recorded,
        which is weak evidence, and its weight is learned as such.
        """
        done = self._bits(extract.done)
        if extract.not_done:
            return done, self._bits(extract.not_done) & ~done
        return (done, ALL & ~done) if done else None

    def _bits(self, codes: frozenset[str]) -> int:
        return sum(1 << self.behaviours[code] for code in codes if code in self.behaviours)


class Places:
    """Where each report says it was: points on a sphere of one, and how the place is known."""

    def __init__(self) -> None:
        self.xyz = tuple(Growing(np.float32) for _ in range(3))
        self.kinds = Growing(np.uint8)  # 0 unknown, else 1 + setting * 3 + precision
        self.grid = Grid()

    def add(self, extracts: Sequence[Extract]) -> None:
        """Add one place for each new row."""
        known = np.array([each.lat is not None for each in extracts], dtype=bool)
        lat = np.array([each.lat or 0.0 for each in extracts])
        lon = np.array([each.lon or 0.0 for each in extracts])
        for axis, values in zip(self.xyz, on_sphere(lat, lon), strict=True):
            axis.extend(values)
        self.kinds.extend([kind_of(each) for each in extracts])
        self.grid.add(lat[known], lon[known])


def kind_of(extract: Extract) -> int:
    """Number of how a place is known; nought without one."""
    return 0 if extract.lat is None else 1 + extract.setting * len(PRECISIONS) + extract.precision


def on_sphere(lat: NDArray[Any] | float, lon: NDArray[Any] | float) -> tuple[NDArray[Any], ...]:
    """Points of a sphere of one: a straight line between two of them grows with their distance, no trigonometry later."""
    up, round_ = np.radians(lat), np.radians(lon)
    return np.cos(up) * np.cos(round_), np.cos(up) * np.sin(round_), np.sin(up)


def pair_setting(mine: int, theirs: int) -> str:
    """Both at his home, perhaps, or elsewhere."""
    if mine == ELSEWHERE or theirs == ELSEWHERE:
        return "elsewhere"
    return "home" if mine == theirs == 1 else "perhaps"
