"""Words as a receipt: a few plain words that a person keeps, instead of a password.

The list is ours (packs/receipt_words.txt): common words, none graphic, none that sounds like another, no two with the same
first four letters. Only those four letters count, so that a slip at the end of a word costs nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

WORDS: Final = 4  # of 1,605: 2⁴² receipts
COUNTING: Final = 4  # letters of a word that count
LEAST: Final = 1024  # words in a list
_WORD: Final = re.compile(r"[^\W\d_]+")


def receipt_of(drawn: bytes, words: Sequence[str]) -> tuple[str, ...]:
    """The receipt of 16 or more random bytes. Raises ValueError for fewer bytes, or a list that is too short."""
    if len(drawn) < 16 or len(words) < LEAST:
        raise ValueError("A receipt needs 16 random bytes and a list of 1,024 words.")
    rest, chosen = int.from_bytes(drawn), []
    for _ in range(WORDS):
        rest, place = divmod(rest, len(words))
        chosen.append(words[place])
    return tuple(chosen)


def read_receipt(typed: str) -> str:
    """What counts of the words as typed: case, commas, hyphens, line ends and the ends of words do not."""
    plain = unicodedata.normalize("NFKC", typed[:400]).casefold()
    return " ".join(word[:COUNTING] for word in _WORD.findall(plain))


def list_problems(words: Sequence[str]) -> list[str]:
    """What is wrong with a list of words; empty when it can be used."""
    starts = [word[:COUNTING] for word in words]
    twice = (
        sorted({start for start in starts if starts.count(start) > 1})
        if len(set(starts)) != len(starts)
        else []
    )
    odd = [word for word in words if not re.fullmatch(r"[a-z]{4,9}", word)]
    return [
        *([f"{len(words)} words are too few."] if len(words) < LEAST else []),
        *(f"More than one word starts with {start}." for start in twice),
        *(f"{word} is not four to nine plain letters." for word in odd),
    ]
