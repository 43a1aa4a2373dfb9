"""Every report in memory, as columns. Nothing is written anywhere: the index lives and ends with its process."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from nightdesk.linkage.columns import Column, KeyedColumn, PartColumn
from nightdesk.linkage.extract import ELSEWHERE, Extract
from nightdesk.linkage.grid import Grid
from nightdesk.linkage.growing import Growing
from nightdesk.linkage.joint import JOINED, Joint
from nightdesk.linkage.rows import DONE, KIND, VALUES, Rows, rows_of
from nightdesk.linkage.uuids import Uuids

ALL = (1 << 63) - 1
NOBODY = ""  # the id of a row that is found no more
MANY = 10_000  # rows added at once from which on a pause of the garbage collector pays

# How many parts a value has, and which of them is compared by likeness.
KEYED = {"account": (3, 0), "phone": (3, 0), "email": (2, 1)}
PARTS = {"handle": ("account", 0), "stem": ("account", 1), "app_named": ("app", 0)}
SPARSE = {"vehicle", "tattoo", "height"}


def value_of(name: str, extract: Extract) -> Any:
    """What a report has in one column; None or empty where it has nothing."""
    whole, position = PARTS.get(name, (name, None))
    value = VALUES[whole]([extract])[0]
    return value if position is None or value is None else value[position]


class Index:
    """Columns of all reports, in the order they were added."""

    def __init__(self, behaviours: Sequence[str], ids: Any = None) -> None:
        """`ids`: where the ids of the rows are kept, a list or what is used like one; at first it is empty."""
        self.behaviours = {code: bit for bit, code in enumerate(behaviours[:62])}
        self.ids: Any = [] if ids is None else ids
        self.columns: dict[str, Column] = {
            name: KeyedColumn(*KEYED[name]) if name in KEYED else Column(sparse=name in SPARSE)
            for name in VALUES
        }
        self.parts = {
            name: PartColumn(self.columns[whole], position) for name, (whole, position) in PARTS.items()
        }
        self.columns |= self.parts
        self.joints = {name: Joint(names) for name, names in JOINED.items()}
        self.done, self.kind = Column(), Column()
        self.reported = Growing(np.int32)
        self.mask_pairs = Growing(np.uint64)  # of each distinct mask: done, then known not to be done
        self.places = Places()
        self.dropped = Growing(np.int64)  # rows that are found no more

    def __len__(self) -> int:
        return len(self.ids)

    def add(self, extracts: Sequence[Extract]) -> None:
        """Add rows at the end, each report once; they are found from now on."""
        with _no_search_for_cycles(len(extracts)):
            self.take(rows_of(extracts, self._all_masks(extracts)))

    def take(self, rows: Rows) -> None:
        """Add rows that are columns already."""
        with _no_search_for_cycles(len(rows)):
            self.ids.extend(rows.ids)
            codes = {name: self.columns[name].add(*rows.columns[name]) for name in VALUES}
            for name, part in self.parts.items():
                part.follow(codes[PARTS[name][0]])
            for joint in self.joints.values():
                joint.add(codes)
            self.done.add(*rows.columns[DONE])
            self.kind.add(*rows.columns[KIND])
            self.reported.extend(rows.reported)
            self.places.take(rows)

    def rows_with(self, keys: Sequence[UUID]) -> list[int]:
        """The rows of those of these reports that stand here."""
        if isinstance(self.ids, Uuids):
            return sorted(row for rows in self.ids.rows_of(keys).values() for row in rows)
        wanted = {str(key) for key in keys}
        return [row for row, key in enumerate(self.ids) if key in wanted]

    def drop(self, row: int) -> None:
        """Find a report no more and count it nowhere. Its row stays, without an id."""
        self.count(row, -1)
        self.ids[row] = NOBODY
        self.dropped.extend([row])

    def count(self, row: int, by: int) -> None:
        """Count what a row says once more (1) or no longer (-1), where it is asked how rare something is."""
        for column in self.columns.values():
            column.count(row, by)
        self.places.count(row, by)

    def _all_masks(self, extracts: Sequence[Extract]) -> list[tuple[int, int] | None]:
        """The masks of many: the same behaviours are told again and again, and are worked out once."""
        found: dict[tuple[frozenset[str], frozenset[str]], tuple[int, int] | None] = {}
        masks = []
        for each in extracts:
            told = (each.done, each.not_done) if each.done or each.not_done else None
            if told and told not in found:
                found[told] = self.masks(each)
            masks.append(found[told] if told else None)
        return masks

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


@contextmanager
def _no_search_for_cycles(rows: int) -> Iterator[None]:
    """Millions of small tuples make Python look for cycles among all extracts again and again: a third of a build."""
    pause = rows >= MANY and gc.isenabled()
    if pause:
        gc.disable()
    try:
        yield
    finally:
        if pause:
            gc.enable()


class Places:
    """Where each report says it was: points on a sphere of one, and how the place is known."""

    def __init__(self) -> None:
        self.xyz = tuple(Growing(np.float32) for _ in range(3))
        self.told = tuple(
            Growing(np.float64) for _ in range(2)
        )  # latitude and longitude, as they were counted
        self.ways = Growing(np.uint8)  # setting * 3 + precision, also without a place
        self.kinds = Growing(np.uint8)  # 0 unknown, else one more than the way
        self.grid = Grid()

    def take(self, rows: Rows) -> None:
        """Add one place for each new row."""
        lat, lon = rows.lat, rows.lon
        for axis, values in zip((*self.xyz, *self.told), (*on_sphere(lat, lon), lat, lon), strict=True):
            axis.extend(values)
        self.ways.extend(rows.ways)
        self.kinds.extend(np.where(rows.known, rows.ways + np.uint8(1), np.uint8(0)))
        self.grid.add(lat[rows.known], lon[rows.known])

    def count(self, row: int, by: int) -> None:
        """Count the place of a row once more (1) or no longer (-1)."""
        if self.kinds.array[row]:
            lat, lon = (each.array[[row]] for each in self.told)
            self.grid.add(lat, lon, times=by)


def on_sphere(lat: NDArray[Any] | float, lon: NDArray[Any] | float) -> tuple[NDArray[Any], ...]:
    """Points of a sphere of one: a straight line between two of them grows with their distance, no trigonometry later."""
    up, round_ = np.radians(lat), np.radians(lon)
    return np.cos(up) * np.cos(round_), np.cos(up) * np.sin(round_), np.sin(up)


def pair_setting(mine: int, theirs: int) -> str:
    """Both at his home, perhaps, or elsewhere."""
    if mine == ELSEWHERE or theirs == ELSEWHERE:
        return "elsewhere"
    return "home" if mine == theirs == 1 else "perhaps"
