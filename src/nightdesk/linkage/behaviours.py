"""What he did, thirty and more comparisons at once: bits of each mask are looked up by the byte."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nightdesk.linkage.columns import UNKNOWN
from nightdesk.linkage.extract import Extract
from nightdesk.linkage.index import Index
from nightdesk.linkage.weights import Weights

BYTES = 8


def masks(index: Index) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Done and known-not-done of every distinct mask."""
    for value in index.done.vocabulary.values[len(index.mask_pairs) // 2 :]:
        index.mask_pairs.extend(value or (0, 0))
    both = index.mask_pairs.array.reshape(-1, 2)
    return both[:, 0], both[:, 1]


def behaviour_bits(query: Extract, index: Index, weights: Weights) -> NDArray[np.float32] | None:
    """The bits of all behaviours together, for each distinct mask; None when the new report records none."""
    mine = index.masks(query)
    if mine is None:
        return None
    done, absent = mine
    both, once = _pairs(index, weights)

    def if_done(bit: int) -> float:
        return both[bit] if done >> bit & 1 else once[bit] if absent >> bit & 1 else 0.0

    def if_absent(bit: int) -> float:
        return once[bit] if done >> bit & 1 else 0.0

    theirs, not_theirs = masks(index)
    total = _looked_up(theirs, if_done, len(both)) + _looked_up(not_theirs, if_absent, len(both))
    total[UNKNOWN] = 0.0
    return total


def _pairs(index: Index, weights: Weights) -> tuple[list[float], list[float]]:
    """Bits for in both and in one only, by bit."""
    held = [weights.levels[f"did_{code}"] for code in index.behaviours]
    return [levels[0].bits for levels in held], [levels[1].bits for levels in held]


def _looked_up(values: NDArray[np.uint64], worth: Callable[[int], float], bits: int) -> NDArray[np.float32]:
    """The sum over the bits of each value, eight at a time."""
    total = np.zeros(len(values), dtype=np.float32)
    bytes_ = np.ascontiguousarray(values).view(np.uint8).reshape(-1, BYTES)
    for place in range((bits + 7) // 8):
        table = np.zeros(256, dtype=np.float32)
        for bit in range(place * 8, min(place * 8 + 8, bits)):
            table += np.where(np.arange(256) >> (bit - place * 8) & 1, worth(bit), 0.0).astype(np.float32)
        total += table[bytes_[:, place]]
    return total


def behaviour_levels(query: Extract, index: Index, rows: NDArray[Any]) -> dict[str, NDArray[np.int8]]:
    """The level of each behaviour for some rows: nought in both, one in one only, minus one unknown."""
    mine = index.masks(query)
    if mine is None:
        return {}
    done, absent = mine
    theirs, not_theirs = (each[index.done.codes_of(rows)] for each in masks(index))
    found = {}
    for code, bit in index.behaviours.items():
        there = (theirs >> np.uint64(bit) & np.uint64(1)).astype(bool)
        missing = (not_theirs >> np.uint64(bit) & np.uint64(1)).astype(bool)
        levels = np.full(len(rows), -1, dtype=np.int8)
        if done >> bit & 1:
            levels[missing] = 1
            levels[there] = 0
        elif absent >> bit & 1:
            levels[there] = 1
        found[f"did_{code}"] = levels
    return found
