"""Words for the person, in the language they chose: from the pack, with whether somebody has signed that translation."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language_info

from nightdesk.rules.pack_entries import WordedEntry


@dataclass(frozen=True)
class Said:
    """One sentence: the words, the language they are really in, which way it runs, and the English when it is another."""

    words: str
    language: str
    dir: str
    english: str

    def __str__(self) -> str:
        return self.words


def said(entry: WordedEntry, language: str) -> Said:
    """The entry in `language`, or in English when there is no translation."""
    wording = entry.wording_in(language)
    other = wording.language != "en"
    return Said(
        wording.words,
        wording.language.replace("_", "-"),
        direction(wording.language),
        entry.text.en if other else "",
    )


def direction(language: str) -> str:
    """rtl or ltr."""
    return "rtl" if get_language_info(language.replace("_", "-").lower())["bidi"] else "ltr"


def lines(entries: Iterable[WordedEntry], language: str) -> dict[str, Said]:
    """The sentences, by id."""
    return {line.id: said(line, language) for line in entries}


def unsigned(entries: Iterable[WordedEntry], language: str) -> bool:
    """Whether any of these is shown in a translation that nobody has signed."""
    found = [entry.wording_in(language) for entry in entries]
    return any(wording.language != "en" and not wording.signed for wording in found)


def known(code: str) -> bool:
    """Whether the site has this language."""
    return code in dict(settings.LANGUAGES)


def languages() -> list[dict[str, Any]]:
    """The languages, each by its own name and running its own way."""
    return [{"code": code, "name": name, "dir": direction(code)} for code, name in settings.LANGUAGES]
