"""Which pairs a batch compares: those that share a key. Never at intake, where every pair is compared.

Each key is worked out here, once, as a column of small numbers: every engine joins on the same plain equality, and how many
pairs that makes is known beforehand.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nightdesk.linkage.extract import PRECISIONS, Extract
from nightdesk.linkage.forms import generic_from
from nightdesk.linkage.grid import KM_PER_DEGREE, cell_key

NONE = -1
MOST_IN_BLOCK = 2_000  # two million pairs: a value that so many share brings nobody together
CELL_KM, ZONE_KM, DISTRICT_KM = 0.3, 2.0, 10.0
DISTRICT = PRECISIONS.index("district")
START = 6

# Parts that must all be known and equal. Two grids half a cell apart: a border does not part neighbours.
KEYS: dict[str, tuple[str, ...]] = {
    "handle": ("handle",),
    "stem": ("stem",),
    "handle_name": ("any_handle", "name"),
    "handle_district": ("any_handle", "district"),
    "start_app": ("start", "app"),
    "phone": ("phone",),
    "phone6": ("phone6",),
    "email": ("email",),
    "plate": ("plate",),
    "cell": ("cell",),
    "cell2": ("cell2",),
    "zone_name": ("zone", "name"),
    "zone2_name": ("zone2", "name"),
    "zone_act": ("zone", "drug", "venue"),
    "zone2_act": ("zone2", "drug", "venue"),
    "zone_looks": ("zone", "hair", "build"),
    "zone_age": ("zone", "age", "venue"),
    "district_name_age": ("district", "name", "age"),
    "district_name_app": ("district", "name", "app"),
    "phone4_name": ("phone4", "name"),
    "phone4_district": ("phone4", "district"),
    "tattoo_district": ("tattoo", "district"),
}


@dataclass(frozen=True)
class Blocks:
    """A column of numbers for each key, minus one where it brings nobody together; the pairs of all of them, at most."""

    columns: dict[str, NDArray[np.int32]]
    pairs: int
    left_out: dict[str, int]


def blocks(extracts: Sequence[Extract], most: int = MOST_IN_BLOCK) -> Blocks:
    """The blocks of every key. One of more than `most` reports is left out, and said."""
    parts = {part: PARTS[part](extracts) for part in {part for each in KEYS.values() for part in each}}
    columns, left_out, pairs = {}, {}, 0
    for key, wanted in KEYS.items():
        codes, sizes = _together([parts[part] for part in wanted])
        wide = sizes > most
        if wide.any():
            left_out[key] = int(wide.sum())
        use = (sizes > 1) & ~wide
        pairs += int((sizes[use] * (sizes[use] - 1) // 2).sum())
        columns[key] = np.where((codes >= 0) & use[codes], codes, NONE).astype(np.int32)
    return Blocks(columns, pairs, left_out)


def _together(parts: Sequence[NDArray[np.int64]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """One number for each combination of parts, minus one where a part is unknown, and how many carry each."""
    known = np.all([part >= 0 for part in parts], axis=0)
    whole = parts[0]
    for part in parts[1:]:
        both = np.where(known, whole * (int(part.max(initial=0)) + 1) + part, NONE)
        whole = _numbered(both)
    whole = _numbered(np.where(known, whole, NONE))
    return whole, np.append(np.bincount(whole[whole >= 0]), 0).astype(np.int64)


def _numbered(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Small numbers for large ones; minus one stays."""
    distinct, codes = np.unique(values, return_inverse=True)
    return codes.astype(np.int64) - int(len(distinct) > 0 and distinct[0] == NONE)


def _texts(name: str) -> Callable[[Sequence[Extract]], NDArray[np.int64]]:
    """The number of each distinct text; minus one where it is empty."""

    def numbers(extracts: Sequence[Extract]) -> NDArray[np.int64]:
        known: dict[object, int] = {}
        values = (getattr(each, name) for each in extracts)
        return np.array(
            [known.setdefault(value, len(known)) if value else NONE for value in values], np.int64
        )

    return numbers


def _rare(name: str) -> Callable[[Sequence[Extract]], NDArray[np.int64]]:
    """The same without what too many carry."""
    numbers = _texts(name)

    def rare(extracts: Sequence[Extract]) -> NDArray[np.int64]:
        codes = numbers(extracts)
        carried = np.append(np.bincount(codes[codes >= 0]), 0)
        return np.where(carried[codes] <= generic_from(len(extracts)), codes, NONE)

    return rare


def _squares(
    km: float, shift: float = 0.0, worst: int = DISTRICT
) -> Callable[[Sequence[Extract]], NDArray[np.int64]]:
    """The square each place lies in, where it is known well enough. Squares are as wide in km as they are high."""

    def numbers(extracts: Sequence[Extract]) -> NDArray[np.int64]:
        known = np.array([each.lat is not None and each.precision <= worst for each in extracts], bool)
        lat = np.array([each.lat or 0.0 for each in extracts])
        lon = np.array([each.lon or 0.0 for each in extracts])
        row = np.floor(lat * KM_PER_DEGREE / km + shift)
        wide = np.cos(np.radians(np.clip((row + 0.5 - shift) * km / KM_PER_DEGREE, -89, 89)))
        column = np.floor(lon * KM_PER_DEGREE * wide / km + shift)
        return np.where(known, _numbered((cell_key(row, column) + 10**12).astype(np.int64)), NONE)

    return numbers


def _ages(extracts: Sequence[Extract]) -> NDArray[np.int64]:
    """Six years to a band."""
    return np.array([NONE if each.age is None else each.age // 6 for each in extracts], np.int64)


def _starts(extracts: Sequence[Extract]) -> NDArray[np.int64]:
    """How a handle begins: a slip or other digits come later."""
    known: dict[str, int] = {}
    starts = (each.handle[:START] for each in extracts)
    return np.array([known.setdefault(start, len(known)) if start else NONE for start in starts], np.int64)


def _tattoos(extracts: Sequence[Extract]) -> NDArray[np.int64]:
    """Site and motif, where both were told."""
    known: dict[tuple[str, ...], int] = {}
    marks = (each.tattoo if len(each.tattoo) > 1 else () for each in extracts)
    return np.array([known.setdefault(mark, len(known)) if mark else NONE for mark in marks], np.int64)


PARTS: dict[str, Callable[[Sequence[Extract]], NDArray[np.int64]]] = {
    "handle": _rare("handle"),
    "any_handle": _texts("handle"),
    "stem": _rare("stem"),
    "start": _starts,
    **{
        name: _texts(name)
        for name in (
            "phone",
            "phone6",
            "phone4",
            "email",
            "plate",
            "name",
            "drug",
            "venue",
            "app",
            "hair",
            "build",
        )
    },
    "age": _ages,
    "tattoo": _tattoos,
    "cell": _squares(CELL_KM, worst=DISTRICT - 1),
    "cell2": _squares(CELL_KM, 0.5, DISTRICT - 1),
    "zone": _squares(ZONE_KM),
    "zone2": _squares(ZONE_KM, 0.5),
    "district": _squares(DISTRICT_KM),
}
