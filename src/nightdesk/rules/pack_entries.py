"""The kinds of entry a pack holds: what a country or a force decides, as frozen facts.

Every entry says where it comes from (`source`, `source_label`), who answers for it (`owner`), when it must be
looked at again (`review_on`) and whether the force has signed it. Unsigned content is marked on staff screens
and kept off the survivor site (decision 24). Reading and checking is in `pack_reading`; this file only says
what there is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, time
from typing import Literal

# sourced, weakly sourced, general knowledge, design of this product
SourceLabel = Literal["S", "S-weak", "M", "I"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
TO_BE_CONFIRMED = "to be confirmed by the force"


@dataclass(frozen=True, kw_only=True)
class Translation:
    """The words in one language, and whether the force has signed this translation."""

    words: str
    signed: bool = False


@dataclass(frozen=True)
class Wording:
    """What to show in a language: the words, the language they are really in, and whether they are signed."""

    words: str
    language: str
    signed: bool


@dataclass(frozen=True)
class Words:
    """English words and their translations by language code ("cy", "pt_BR")."""

    en: str
    others: Mapping[str, Translation] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.en

    def wording_in(self, language: str, *, signed: bool = False) -> Wording:
        """What to show in `language`; `signed` says whether the English is."""
        code = self.code_for(language)
        if code == "en":
            return Wording(self.en, "en", signed)
        return Wording(self.others[code].words, code, self.others[code].signed)

    def code_for(self, language: str) -> str:
        """The code held here that serves `language` ("pt-br" or "pt" finds "pt_BR"), or "en"."""
        wanted = language.replace("-", "_").casefold()
        held = {code.casefold(): code for code in self.others}
        if wanted in held:
            return held[wanted]
        base = wanted.split("_")[0]
        return next((held[code] for code in sorted(held) if code.split("_")[0] == base), "en")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What every entry carries, whatever its kind."""

    id: str
    source: str  # title or address
    source_label: SourceLabel
    owner: str  # a role in the force, never a name
    review_on: date
    signed: bool = False
    signed_by: str = ""  # role; needed as soon as signed is true
    signed_on: date | None = None
    note: str = ""

    def worded(self) -> Iterator[tuple[str, Words]]:
        """Every field that holds words in languages, with its name."""
        for item in fields(self):
            value = getattr(self, item.name)
            if isinstance(value, Words):
                yield item.name, value

    @property
    def to_be_confirmed(self) -> bool:
        """True when the fact has no source good enough to be shown to the public as a fact."""
        return self.source_label in ("M", "S-weak")


@dataclass(frozen=True, kw_only=True)
class WordedEntry(Entry):
    """An entry whose words are shown to, or said to, a person, in their language."""

    text: Words

    def text_in(self, language: str) -> str:
        """The words in `language`, or in English when there is no translation."""
        return self.wording_in(language).words

    def wording_in(self, language: str) -> Wording:
        """As `text_in`, with the language found and whether these very words are signed."""
        return self.text.wording_in(language, signed=self.signed)


@dataclass(frozen=True, kw_only=True)
class Line(WordedEntry):
    """A sentence to say aloud at the counter, or one never to say or ask (`instead`: what to do)."""

    instead: str = ""


@dataclass(frozen=True, kw_only=True)
class RedFlag(WordedEntry):
    """A sign on the medical card that ends all questions; `do` is what staff do at once."""

    do: str


@dataclass(frozen=True, kw_only=True)
class RelatedOffence(Entry):
    """Another offence that triage may notice beside a sexual one; `id` is the tag that triage uses."""

    label: str
    hint: str
    do: str


@dataclass(frozen=True, kw_only=True)
class Need(WordedEntry):
    """What a person may be looking for in the directory."""


@dataclass(frozen=True, kw_only=True)
class Opening:
    """Local hours on some days of the week; `closes` not after `opens` means the next morning."""

    days: tuple[Weekday, ...]
    opens: time
    closes: time


@dataclass(frozen=True, kw_only=True)
class Service(Entry):
    """Who can help. `country` is two letters; no openings and not always open means hours not known."""

    label: str
    for_whom: str
    needs: tuple[str, ...]
    country: str
    area: str = ""
    phone: str = ""
    email: str = ""
    web: str = ""
    reach: str = ""  # in words, where there is no number or address
    card: Words | None = None  # what the card calls it; without it, the card leaves it out
    always_open: bool = False
    openings: tuple[Opening, ...] = ()
