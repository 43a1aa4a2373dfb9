"""Names as keys for search: in any order, with or without accents, hyphens and particles, by nickname and by sound. Pure.

Two names are compared by the keys they share, never by how alike they look: keys are kept blind, and blind values have no
distance. So everything that should be found is worked out beforehand, when a name is kept and when it is asked for.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from nightdesk.rules.search_letters import latin

MOST_PARTS: Final = 6
LEAST_SOUND: Final = 2  # letters: with one, half the town sounds the same
_APART: Final = re.compile(r"[\s\-‐-―/,.;:&+_()\"“”]+")
_JOINED: Final = re.compile(r"['’‘`´ʼ]")
# In this order, on what latin() gives. Vowels go last, so that a rule can ask what follows.
_SOUNDS: Final = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"^(kn|gn)", "n"), (r"^wr", "r"), (r"^ph|(?<=.)ph", "f"), (r"^rh", "r"), (r"sch|sh|sz|ś", "s"), (r"tch", "k"),
        (r"ch|ck|kh|q", "k"), (r"th", "t"), (r"dh", "d"), (r"(?<=.)gh", ""), (r"^g(?=[eiy])", "j"), (r"c(?=[eiy])", "s"),
        (r"c", "k"), (r"x", "ks"), (r"z", "s"), (r"v", "f"), (r"h(?![aeiouy])", ""), (r"(?<=.)[wy]", ""), (r"d$", "t"),
    )
)  # fmt: skip

_VOWELS: Final = {"a": "a", "e": "e", "i": "e", "o": "o", "u": "o"}


@dataclass(frozen=True)
class NameWords:
    """What the pack says of names: name → the names of its groups of nicknames; and words that are no part of a name."""

    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()


def parts(text: str, words: NameWords) -> tuple[str, ...]:
    """The parts of a name in their order, folded, without particles and titles; all of them when nothing else is there."""
    found = _split(text)
    return tuple(part for part in found if part not in words.left_out) or found


def _split(text: str) -> tuple[str, ...]:
    bare = ("".join(c for c in part if c.isalnum()) for part in _APART.split(_JOINED.sub("", latin(text))))
    return tuple(dict.fromkeys(part for part in bare if part))[:MOST_PARTS]


def whole(found: tuple[str, ...]) -> str:
    """The whole name, in whatever order its parts come."""
    return " ".join(sorted(found))


def joined(text: str) -> str:
    """The name without a gap, particles and all: “Anne-Marie” and “Annemarie”, “de la Cruz” and “Delacruz”."""
    return "".join(_split(text))


def sound(part: str) -> str:
    """How a part sounds, roughly and in English ears: first sound and consonants; "" when too little is left."""
    text = part
    for pattern, to in _SOUNDS:
        text = pattern.sub(to, text)
    text = re.sub(r"[^a-z]", "", text)
    vowel = next((c for c in text[1:] if c in _VOWELS), "")
    heard = re.sub(r"^[aeiou]", "a", text[:1]) + re.sub(r"[aeiou]", "", text[1:])
    heard = re.sub(r"(.)\1+", r"\1", heard)
    if len(heard) < LEAST_SOUND:
        return ""
    return heard if len(heard) > LEAST_SOUND or not vowel else heard + _VOWELS[vowel]  # Jane is not John


def near(part: str, words: NameWords) -> tuple[str, ...]:
    """What is near to a part: its groups of nicknames, and its sound."""
    groups = tuple(f"group {group}" for group in words.groups.get(part, ()))
    return (*groups, f"sound {heard}") if (heard := sound(part)) else groups


def initialled(found: tuple[str, ...]) -> tuple[str, ...]:
    """“j smith” for “J Smith”: one part that is a single letter and one that is more; nothing for any other name."""
    letters = [part for part in found if len(part) == 1 and part.isalpha()]
    longer = [part for part in found if len(part) > 1]
    return tuple(f"{letter} {part}" for letter in letters for part in longer) if len(longer) == 1 else ()


def could_be_initialled(found: tuple[str, ...]) -> tuple[str, ...]:
    """How a full name would be written with one initial: “j smith” and “s john” for “John Smith”."""
    longer = [part for part in found if len(part) > 1]
    ends = (longer[0], longer[-1]) if len(longer) > 1 else ()
    return tuple(f"{one[0]} {other}" for one in ends for other in ends if one != other)
