"""Words typed wrongly: which word of the lexicon was meant.

A word is only corrected when it is long enough, unknown, not an ordinary word that happens to look alike (the pack
lists those), and begins with the same letter; one slip in words of six letters or more, two in words of ten or more.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from nightdesk.rules.lexicon_phrases import inflected
from nightdesk.rules.wording import plain

ONE_SLIP_FROM, TWO_SLIPS_FROM = 6, 10
_WRITTEN = re.compile(r"[a-z]+~?")


def _shortened(word: str) -> set[str]:
    """The word and every way to leave one letter out."""
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


def _cut(word: str) -> set[str]:
    """The forms under which a word is found again: one letter out, or two for long words."""
    once = _shortened(word)
    if len(word) < TWO_SLIPS_FROM:
        return once
    return once | {twice for shorter in once for twice in _shortened(shorter)}


def spelling_index(vocabulary: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For every form with letters left out, the words it may have been. Built once, when the lexicon is compiled."""
    index: dict[str, list[str]] = {}
    for word in sorted(vocabulary):
        if len(word) >= ONE_SLIP_FROM and word.isalpha():
            for form in _cut(word):
                index.setdefault(form, []).append(word)
    return {form: tuple(words) for form, words in index.items()}


def slips(typed: str, meant: str) -> int:
    """How many letters were added, dropped, changed or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for i, letter in enumerate(typed, 1):
        before, previous, row = row, before, [i] + [0] * len(meant)
        for j, wanted in enumerate(meant, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == meant[j - 2] and typed[i - 2] == wanted:
                row[j] = min(row[j], previous[j - 2] + 1)
    return row[-1]


def meant_words(typed: str, index: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The words of the lexicon an unknown word was probably meant to be; empty when none is near enough."""
    if not ONE_SLIP_FROM - 1 <= len(typed) <= 24 or not typed.isalpha():
        return ()
    found: dict[str, None] = {}
    for form in _cut(typed):
        for word in index.get(form, ()):
            allowed = 2 if min(len(word), len(typed)) >= TWO_SLIPS_FROM else 1
            if word[0] == typed[0] and slips(typed, word) <= allowed:
                found[word] = None
    return tuple(found)


def words_written(files: Mapping[str, Mapping[str, Any]], language: str) -> set[str]:
    """Every word written in the files of one language, endings included."""
    written: set[str] = set()
    for content in files.values():
        if content.get("language") == language:
            texts = [str(concept.get("phrases", "")) for concept in content.get("concepts", {}).values()]
            for word in _WRITTEN.findall(" ".join((*texts, *content.get("classes", {}).values()))):
                written |= inflected(plain(word[:-1])) if word.endswith("~") else {plain(word)}
    return written
