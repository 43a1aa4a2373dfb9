"""What somebody typed into the one box: a reference, a phone, an e-mail, a plate, a day, a handle, a place or a name. Pure.

A guess is said aloud on the page and can be put right there. A word alone can be several things, so it is looked for as all.
"""

import re
from datetime import date
from typing import Final

from nightdesk.rules.identifiers import digits, plain
from nightdesk.rules.search_terms import ENDING, Words

REFERENCE: Final = "reference"
_REFERENCE: Final = re.compile(r"[2-9a-hjkmnp-tv-z]{4}[\s-]?[2-9a-hjkmnp-tv-z]{4}", re.IGNORECASE)
_PHONE: Final = re.compile(r"[+(]?[\d\s().\-/+]{5,}\d")
_DAY: Final = re.compile(r"(\d{1,2})[./\s-](\d{1,2}|[a-z]{3,9})[./\s-](\d{4}|\d{2})", re.IGNORECASE)
_ISO_DAY: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LAST_CENTURY: Final = 70  # a year in two digits from here on is one of the last century


def guess(text: str, words: Words) -> tuple[str, ...]:
    """The kinds that it is looked for as, the likeliest first; nothing for an empty box."""
    typed = " ".join(text.split())
    if not typed:
        return ()
    if day_of(typed) is not None:
        return ("date",)
    if _REFERENCE.fullmatch(typed) and any(c.isdecimal() for c in typed):
        return (REFERENCE,) if "-" in typed else (REFERENCE, *_by_shape(typed, words))
    return _by_shape(typed, words)


def _by_shape(typed: str, words: Words) -> tuple[str, ...]:
    if re.search(r"[^\s@]@[^\s@]+\.\w", typed):
        return ("email",)
    if _PHONE.fullmatch(typed) and len(digits(typed)) >= ENDING:
        return ("phone",)
    if words.postcode and re.search(words.postcode, plain(typed), re.IGNORECASE):
        return ("place",)
    if words.plate and re.fullmatch(words.plate, plain(typed), re.IGNORECASE):
        return ("plate",)
    if "@" in typed or re.search(r"\w/\w", typed) or _names_platform(typed, words):
        return ("handle",)
    return _by_words(typed)


def _by_words(typed: str) -> tuple[str, ...]:
    alone, numbered = " " not in typed, any(c.isdecimal() for c in typed)
    if alone and (numbered or "_" in typed):
        return ("handle", "plate") if typed.isalnum() and len(typed) <= 8 else ("handle",)
    if numbered:
        return ("place",)
    return ("name", "handle", "place") if alone else ("name", "place")


def _names_platform(typed: str, words: Words) -> bool:
    folded = plain(typed)
    return any(folded.startswith(f"{name} ") or folded.endswith(f" on {name}") for name, _ in words.platforms)


def reference_of(text: str) -> str:
    """The reference as it is written, whatever its case and hyphen; "" for what is none."""
    bare = re.sub(r"[\s-]", "", text).upper()
    return f"{bare[:4]}-{bare[4:]}" if len(bare) == 8 and bare.isascii() and bare.isalnum() else ""


def day_of(text: str) -> date | None:
    """The day written like 25/11/2026, 25 Nov 26 or 2026-11-25; None for anything else."""
    typed = plain(text)
    if match := _ISO_DAY.fullmatch(typed):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    match = _DAY.fullmatch(typed)
    if match is None:
        return None
    month = int(match[2]) if match[2].isdecimal() else _month(match[2])
    year = int(match[3])
    if year < 100:
        year += 2000 if year < _LAST_CENTURY else 1900
    return _day(year, month, int(match[1]))


def _month(text: str) -> int:
    return _MONTHS.index(text[:3]) + 1 if text[:3] in _MONTHS else 0


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
