"""What is looked for, as keys with weights: what finds by itself, what only together, and why it matched. Pure.

The weights order what is found and say from where on a match is sure enough to show another unit's case (docs/search.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from nightdesk.rules import identifiers, search_names
from nightdesk.rules.search_terms import ENDING, Key, Term, Words, keys_of, place_words

WHOLE, JOINED, WRITTEN, PART, LOOSE, NEAR, INITIAL, ONLY = 100, 90, 80, 30, 50, 10, 12, 15
ENDS, MONTH = 40, 30
# From this score on, also of cases that the reader may not open without a reason. Loose matches of these are not shown: a
# neighbour's first name must not list half the force's cases, nor the name of a town or a month.
SURE: Final[Mapping[str, int]] = {
    "name": 2 * PART, "handle": ENDS, "plate": LOOSE, "date": WHOLE, "place": 2 * PART,
}  # fmt: skip
MOST_WORDS: Final = 6
LONGEST: Final = 200

EXACT, SPELLING, ENDED, INITIALLED, ONE_NAME, SOME_DAY, ALIKE = (
    "exact", "spelling", "ending", "initial", "one_name", "month", "alike",
)  # fmt: skip
WHY: Final = (EXACT, SPELLING, ENDED, INITIALLED, ONE_NAME, SOME_DAY, ALIKE)


class SearchRefused(Exception):
    """Nothing can be looked for like this; the sentence says what to do."""


@dataclass(frozen=True)
class Asked:
    """Keys with weights. `alone`: each finds by itself. `together`: one of each must be there, in the same thing told."""

    kind: str
    alone: Mapping[Key, int]
    together: tuple[Mapping[Key, int], ...] = ()

    @property
    def keys(self) -> tuple[Key, ...]:
        """Every key, each once."""
        return tuple(dict.fromkeys([*self.alone, *(key for each in self.together for key in each)]))

    @property
    def sure_from(self) -> int:
        """The score from which a match is sure enough for everybody who may search."""
        return SURE.get(self.kind, 1)


def asked(term: Term, words: Words) -> Asked:
    """What to look for. Raises SearchRefused with a sentence when it says too little."""
    if term.kind == "name":
        return _name(term, words)
    if term.kind == "place":
        return _place(term, words)
    forms = {
        "phone": {"whole": WHOLE, "ending": ENDS}, "handle": {"on platform": WHOLE, "written": WRITTEN, "bare": LOOSE},
        "email": {"whole": WHOLE}, "plate": {"whole": WHOLE, "alike": LOOSE}, "date": {"day": WHOLE, "month": MONTH},
    }  # fmt: skip
    alone = {key: forms[term.kind][key.form] for key in keys_of(term, words) if key.form in forms[term.kind]}
    if term.kind == "date":
        alone[Key("date", "month", term.value[:7])] = MONTH
    if not alone:
        raise SearchRefused(_TOO_LITTLE[term.kind])
    return Asked(term.kind, alone)


_TOO_LITTLE: Final = {
    "phone": f"Give at least the last {ENDING} digits of the phone number.",
    "handle": "Give at least one letter or digit of the handle.",
    "email": "Give the whole e-mail address, with its @.",
    "plate": "Give the whole registration mark: letters and digits.",
    "date": "Give a day, such as 25 Nov 2026.",
}


def _name(term: Term, words: Words) -> Asked:
    found = search_names.parts(term.value, words.names)
    longer = [part for part in found if len(part) > 1]
    if not longer:
        raise SearchRefused("Give at least one name of two letters or more.")
    alone = {Key("name", "whole", search_names.whole(found)): WHOLE}
    alone.setdefault(Key("name", "joined", search_names.joined(term.value)), JOINED)
    # Both ways: a full name finds one kept with an initial, a name with an initial finds the full ones.
    alone |= {Key("name", "initialled", value): INITIAL for value in search_names.could_be_initialled(found)}
    alone |= {Key("name", "could be", value): INITIAL for value in search_names.initialled(found)}
    if len(longer) > 1:  # somebody of whom only one of the names is known
        alone |= {Key("name", "whole", part): ONLY for part in longer}
    together = tuple(
        {
            Key("name", "part", part): PART,
            **{Key("name", "near", near): NEAR for near in search_names.near(part, words.names)},
        }
        for part in longer
    )
    initial_given = len(longer) < len(found)
    return Asked("name", alone, () if initial_given else together)


def _place(term: Term, words: Words) -> Asked:
    found = place_words(term.value, words)[:MOST_WORDS]
    if not found:
        raise SearchRefused("Give a street, a venue, a town or a postcode.")
    return Asked("place", {}, tuple({Key("place", "word", word): PART} for word in found))


@dataclass(frozen=True)
class Match:
    """How one thing told matched: the best weight of those that find alone, and of each that must be there together."""

    kind: str
    alone: int
    together: tuple[int, ...] = ()

    @property
    def score(self) -> int:
        """More is better; a whole match comes before any sum of parts."""
        return max(self.alone, sum(self.together) if all(self.together) else 0)

    @property
    def why(self) -> str:
        """A code of WHY: never the value."""
        if self.together and all(weight >= PART for weight in self.together):
            return EXACT
        if self.alone >= JOINED or (self.kind == "handle" and self.alone >= WRITTEN):
            return EXACT
        if self.together and all(self.together):
            return SPELLING
        names = {INITIAL: INITIALLED, ONLY: ONE_NAME}
        others = {"phone": ENDED, "date": SOME_DAY, "plate": ALIKE, "handle": SPELLING}
        return names.get(self.alone, SPELLING) if self.kind == "name" else others.get(self.kind, EXACT)


def folded_platform(text: str, words: Words) -> tuple[str, str]:
    """A handle apart from the platform written before or after it: “nightowl on Grindr” → ("nightowl", "grindr")."""
    folded = " ".join(word for word in identifiers.plain(text).split() if word != "on")
    for name, platform in words.platforms:
        if folded.startswith(f"{name} "):
            return folded[len(name) + 1 :], platform
        if folded.endswith(f" {name}"):
            return folded[: -len(name) - 1], platform
        if f"{name.replace(' ', '')}.com/" in folded:
            return text, platform
    return text, ""
