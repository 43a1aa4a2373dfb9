"""Which letters a text holds: asked before two texts are compared by likeness, because it rules out most of them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def letters_of(text: str) -> int:
    """One bit for each letter that occurs; letters may share a bit, which only lets more through."""
    bits = 0
    for letter in text:
        bits |= 1 << (ord(letter) & 63)
    return bits


def letters_of_many(texts: Sequence[str]) -> NDArray[np.uint64]:
    """The letters of each of these texts."""
    told = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    letters = np.left_shift(np.uint64(1), (told & np.uint32(63)).astype(np.uint64))
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    some = np.flatnonzero(lengths)
    bits = np.zeros(len(texts), dtype=np.uint64)
    if len(some):
        bits[some] = np.bitwise_or.reduceat(letters, (np.cumsum(lengths) - lengths)[some])
    return bits
