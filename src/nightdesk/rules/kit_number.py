"""The number of a kit: random, names nobody, printed on the bag and on the person's own card.

Ten of 23 letters and digits, such as “7EK9-4RCH-6J”. Of letters and digits that are read for each other at most one is in
use: no 0 O, 1 I L, 5 S, 8 B, G, U V, Z. The last letter is a check: weights that all differ, modulo a prime, find every
single slip and every two letters that changed places.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

LETTERS: Final = "234679ACDEFHJKMNPQRTWXY"  # 23, a prime
RANDOM_LETTERS: Final = 9  # 1.8 × 10¹² numbers
GROUPS: Final = (4, 4, 2)
_BETWEEN: Final = re.compile(r"[\s\-–—._/]+")
_INVERSE_OF_TEN: Final = pow(RANDOM_LETTERS + 1, -1, len(LETTERS))


def number_of(values: Sequence[int]) -> str:
    """The number made of nine random values, each 0 to 22."""
    weighed = sum(place * value for place, value in enumerate(values, 1))
    check = -weighed * _INVERSE_OF_TEN % len(LETTERS)
    return _grouped("".join(LETTERS[value] for value in (*values, check)))


def read_number(typed: str) -> str:
    """The number as it is kept, from what was typed or scanned in any spacing and case; "" when it is none."""
    letters = _BETWEEN.sub("", typed).upper()
    if len(letters) != RANDOM_LETTERS + 1 or any(letter not in LETTERS for letter in letters):
        return ""
    weighed = sum(place * LETTERS.index(letter) for place, letter in enumerate(letters, 1))
    return "" if weighed % len(LETTERS) else _grouped(letters)


def _grouped(letters: str) -> str:
    first, second = GROUPS[0], GROUPS[0] + GROUPS[1]
    return "-".join((letters[:first], letters[first:second], letters[second:]))
