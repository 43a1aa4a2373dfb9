"""How alike two texts are, one against very many: Jaro-Winkler, as Splink counts it."""

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist

from nightdesk.linkage.columns import KeyedColumn
from nightdesk.linkage.letters import letters_of


def similarity(text: str, others: list[str], least: float) -> NDArray[np.float32]:
    """Jaro-Winkler likeness of one text to each of many; nought under the least that counts."""
    found: NDArray[np.float32] = cdist(
        [text], others, scorer=JaroWinkler.similarity, score_cutoff=least, dtype=np.float32
    )[0]
    return found


def alike(text: str, column: KeyedColumn, least: float) -> NDArray[np.float32]:
    """The same for a whole column, measuring only values that share letters enough; nothing is lost by it.

    Of two texts with another first letter, Jaro-Winkler is Jaro; with the same one it is 0.4 + 0.6 Jaro at most. A Jaro of J
    needs m matches with m/a + m/b >= 3J - 1 for lengths a, b. Each letter that the text repeats may hide one match from a
    count of different letters.
    """
    jaro = np.where(column.firsts.array == ord(text[0]), (least - 0.4) / 0.6, least)
    need = (3 * jaro - 1) / (1 / len(text) + 1 / np.maximum(column.lengths.array, 1))
    shared = np.bitwise_count(column.letters.array & np.uint64(letters_of(text)))
    repeated = len(text) - letters_of(text).bit_count()
    near = np.flatnonzero(shared + repeated >= need - 1e-6)
    found = np.zeros(len(column.lengths), dtype=np.float32)
    held = column.parts[column.likeness]
    found[near] = similarity(text, [held[number] for number in near.tolist()], least)
    return found
