"""What a particular is made of: its kind, the fields of the kind as data, and one answer to a field.

“Not asked”, “does not know” and “would rather not say” are answers of their own, as in the basics. Where it matters, each
value says what it rests on, so that a fact is never taken for an opinion (Data Protection Act 2018, section 38; field
reference 5.1).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from nightdesk.rules.basics import LONGEST_ANSWER, LONGEST_LINE
from nightdesk.rules.terms import DONT_KNOW, GIVEN, NOT_ASKED, RATHER_NOT

# How a field is typed and what its value is: a text, but for LINES, CHOICES and RANGE, which are tuples of text.
LINE: Final = "line"
WORDS: Final = "words"  # several lines of text
LINES: Final = "lines"  # several values, one a line
CHOICE: Final = "choice"
CHOICES: Final = "choices"
PHONE: Final = "phone"
EMAIL: Final = "email"
RANGE: Final = "range"  # (earliest, latest): moments in ISO 8601, UTC; "" for an end that is not known
TYPES: Final = (LINE, WORDS, LINES, CHOICE, CHOICES, PHONE, EMAIL, RANGE)
MANY: Final = (LINES, CHOICES, RANGE)
JOINED: Final = {WORDS: "\n\n", LINES: "\n"}  # of these, two people's answers can both be kept

# What a value rests on. All but the last are facts that somebody can be asked about.
TOLD: Final = "told"
SEEN: Final = "seen"
RECORD: Final = "record"
OPINION: Final = "opinion"
BASES: Final = (TOLD, SEEN, RECORD, OPINION)

FINDS: Final = ("name", "phone", "handle", "email", "place", "plate", "date")
MOST_LINES: Final = 20

Value = str | tuple[str, ...]


class ParticularRefused(Exception):
    """A particular can't be kept as given; the sentence says what to do."""


@dataclass(frozen=True)
class Field:
    """One field: how it is typed, its codes (`choices`, or the section `of` the pack), how long it may be.

    `based`: each value says what it rests on. `finds`: what kind of search term it is, "" for none.
    """

    name: str
    type: str = LINE
    choices: tuple[str, ...] = ()
    of: str = ""
    based: bool = True
    finds: str = ""

    @property
    def longest(self) -> int:
        """Most characters; of LINES, of each."""
        return LONGEST_ANSWER if self.type == WORDS else LONGEST_LINE


@dataclass(frozen=True)
class Kind:
    """A kind of particular. `one_per_case`: a case has one, which is corrected and never added to.

    `refuse` raises ParticularRefused for answers that do not go together.
    """

    code: str
    fields: tuple[Field, ...]
    roles: tuple[str, ...] = ()
    one_per_case: bool = False
    refuse: Callable[[Mapping[str, Answer]], None] | None = None

    def field(self, name: str) -> Field:
        """The field of this name. Raises KeyError."""
        return {field.name: field for field in self.fields}[name]

    def names(self) -> tuple[str, ...]:
        """The names of its fields, in the order of the page."""
        return tuple(field.name for field in self.fields)


@dataclass(frozen=True)
class Answer:
    """What one field says: a value with what it rests on, or why there is none."""

    value: Value = ""
    state: str = NOT_ASKED
    basis: str = ""


NOTHING: Final = Answer()
Values = Mapping[str, Answer]  # by name of field; a field that is not there was not asked


def given(value: Value, basis: str = "") -> Answer:
    """A value that was given, and what it rests on."""
    return Answer(value, GIVEN, basis)


def no_value(state: str) -> Answer:
    """Why there is no value."""
    return Answer("", state if state in (DONT_KNOW, RATHER_NOT) else NOT_ASKED)
