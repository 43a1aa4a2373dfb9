"""From something that tells people, places or days apart to the keys it is found by. Pure; keys are made blind outside.

A key has a kind, a form and a value. The form says how it is compared: a whole name, a part, what sounds alike, the end of a
number. What is kept and what is asked for go through the same functions, so that they meet.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, NamedTuple

from nightdesk.rules import identifiers, search_names
from nightdesk.rules.search_letters import latin
from nightdesk.rules.search_names import NameWords

KINDS: Final = ("name", "phone", "handle", "email", "place", "plate", "date")
ENDING: Final = 6  # digits of a phone that people remember or that a cracked screen still shows
MOST_DAYS: Final = 31  # of a range kept day by day; a longer one is kept by its months
MOST_MONTHS: Final = 24
MOST_WORDS: Final = 24  # of a place as it was told
MOST_KEYS: Final = 120  # of one version: a bound, so that nothing typed can flood the table
_LOOK_ALIKE: Final = str.maketrans("OISZB", "01528")


class Term(NamedTuple):
    """One thing that was told: its kind, as it was told (a phone in its normal form), and the platform of a handle.

    A date is “2026-11-25”, or a range of days “2026-11-24/2026-11-25”.
    """

    kind: str
    value: str
    platform: str = ""


class Key(NamedTuple):
    """One key, before it is made blind."""

    kind: str
    form: str
    value: str


@dataclass(frozen=True)
class Words:
    """What the pack says: of names, words of places that tell nothing, and how a postcode and a plate look."""

    names: NameWords = field(default_factory=NameWords)
    place_left_out: frozenset[str] = frozenset()
    postcode: str = ""
    plate: str = ""
    platforms: tuple[tuple[str, str], ...] = ()  # folded name of a platform → its id


def keys_of(term: Term, words: Words) -> tuple[Key, ...]:
    """Every key of one term, each once; nothing for what says nothing (“?”, “unknown” as a phone)."""
    if term.kind not in KINDS:
        raise ValueError(f"“{term.kind}” is no kind of search key. Use one of {', '.join(KINDS)}.")
    found = {
        "name": _of_name, "phone": _of_phone, "handle": _of_handle, "email": _of_email, "place": _of_place,
        "plate": _of_plate, "date": _of_date,
    }[term.kind](term, words)  # fmt: skip
    kept = (Key(term.kind, form, value) for form, value in found if identifiers.tells_apart(value))
    return tuple(dict.fromkeys(kept))


def _of_name(term: Term, words: Words) -> Iterator[tuple[str, str]]:
    found = search_names.parts(term.value, words.names)
    yield "whole", search_names.whole(found)
    yield "joined", search_names.joined(term.value)
    yield from (("initialled", value) for value in search_names.initialled(found))
    yield from (("could be", value) for value in search_names.could_be_initialled(found))
    for part in found:
        if len(part) > 1:
            yield "part", part
            yield from (("near", value) for value in search_names.near(part, words.names))


def _of_phone(term: Term, words: Words) -> Iterator[tuple[str, str]]:
    digits = identifiers.digits(term.value)
    if len(digits) > ENDING:
        yield "whole", f"+{digits}" if term.value.startswith("+") else digits
    if len(digits) >= ENDING:
        yield "ending", digits[-ENDING:]


def written_handle(text: str) -> str:
    """A handle in one case without @ and address, its dots and dashes kept: weaker than this is identifiers.handle."""
    bare = re.split(r"[?#]", latin(text))[0].rstrip("/ ").rsplit("/", 1)[-1]
    return bare.replace(" ", "").lstrip("@")


def _of_handle(term: Term, words: Words) -> Iterator[tuple[str, str]]:
    written = written_handle(term.value)
    yield "written", written
    yield "bare", identifiers.handle(latin(term.value))
    if term.platform:
        yield "on platform", f"{term.platform} {written}"


def _of_email(term: Term, words: Words) -> Iterator[tuple[str, str]]:
    if "@" in term.value:
        yield "whole", identifiers.email(term.value)


def _of_plate(term: Term, words: Words) -> Iterator[tuple[str, str]]:
    mark = identifiers.vehicle(term.value)
    if 2 <= len(mark) <= 12:  # a description typed as a plate is no plate
        yield "whole", mark
        yield "alike", mark.translate(_LOOK_ALIKE)


def place_words(text: str, words: Words) -> tuple[str, ...]:
    """The words of a place that tell something, each once: names, numbers, a postcode as one word and its first half."""
    folded, found = latin(text), []
    if words.postcode:
        for match in re.finditer(words.postcode, folded, re.IGNORECASE):
            found += [re.sub(r"\W", "", match[0]), match[0].split()[0] if " " in match[0] else match[0][:-3]]
        folded = re.sub(words.postcode, " ", folded, flags=re.IGNORECASE)
    bare = re.sub(r"['’‘`´ʼ]", "", folded)
    found += [word for word in re.split(r"[\W_]+", bare) if len(word) > 1 or word.isdecimal()]
    telling = [word for word in found if word not in words.place_left_out]
    return tuple(dict.fromkeys(telling))[:MOST_WORDS]


def _of_place(term: Term, words: Words) -> Iterator[tuple[str, str]]:
    yield from (("word", word) for word in place_words(term.value, words))


def _of_date(term: Term, words: Words) -> Iterator[tuple[str, str]]:
    first, _, last = term.value.partition("/")
    begins = date.fromisoformat(first)
    ends = max(date.fromisoformat(last or first), begins)
    days = (ends - begins).days + 1
    if days <= MOST_DAYS:
        yield from (("day", (begins + timedelta(days=n)).isoformat()) for n in range(days))
        return
    month = begins.replace(day=1)
    for _number in range(MOST_MONTHS):
        if month <= ends:
            yield "month", f"{month:%Y-%m}"
            month = (month + timedelta(days=32)).replace(day=1)
