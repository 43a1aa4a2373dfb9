"""One normal form for each thing a report may hold, so that the same thing told twice is equal.

Pure functions. Each takes what was told and gives the form that is compared, or an empty value where nothing can be.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers

from nightdesk.rules import identifiers

SHORTEST_NUMBER = 10
SIX, FOUR = 6, 4
SHORTEST_STEM = 5

# Letters of other alphabets and digits that are drawn like a Latin letter: a handle is read by eye before it is typed.
LOOK_ALIKES = str.maketrans(
    "абвгдезикмнорстухуѕіјԁһοαερτυνκιßøłđı",
    "abbgdezikmhopctyxysijdhoaeptuvkisoldi",
)


@dataclass(frozen=True)
class Phone:
    """A number as far as it was told: whole (E.164 without the plus), its last six and last four digits."""

    whole: str = ""
    six: str = ""
    four: str = ""


def phone(told: str, region: str = "GB") -> Phone:
    """A number in one form; endings alone where only they were told; nothing under four digits."""
    digits = identifiers.digits(told)
    if len(digits) < FOUR:
        return Phone()
    six = digits[-SIX:] if len(digits) >= SIX else ""
    whole = _whole(told, digits, region) if len(digits) >= SHORTEST_NUMBER else ""
    return Phone(whole, six, digits[-FOUR:])


def _whole(told: str, digits: str, region: str) -> str:
    """E.164 without the plus; the digits without leading zeros where nothing can be read as a number."""
    try:
        read = phonenumbers.parse(told, region)
    except phonenumbers.NumberParseException:
        return digits.lstrip("0")
    return f"{read.country_code}{read.national_number}"


def handle(told: str) -> str:
    """Letters and digits only, one case, one width, look-alike letters as Latin; what is left of “..” is “..”."""
    folded = identifiers.handle(told) or identifiers.plain(told)
    return "".join(c for c in folded.translate(LOOK_ALIKES) if c.isalnum()) or folded


def stem(normal_handle: str) -> str:
    """A handle without its last digits, where five characters are left: fox_den and foxden77 share one."""
    bare = normal_handle.rstrip("0123456789")
    return bare if len(bare) >= SHORTEST_STEM else ""


def email(told: str) -> str:
    """An address in one form; nothing when it is none."""
    local, _, host = identifiers.email(told).rpartition("@")
    return f"{local}@{host}" if local and "." in host else ""


def email_local(normal_email: str) -> str:
    """What stands before the @."""
    return normal_email.rpartition("@")[0]


def name(told: str, nicknames: Mapping[str, str]) -> str:
    """A name without accents and case, each word in its full form where it is a known short one (jim: james)."""
    return " ".join(nicknames.get(word, word) for word in _words(told))


@lru_cache(maxsize=20_000)
def _words(told: str) -> tuple[str, ...]:
    return tuple(re.sub(r"[^\w' -]", " ", identifiers.plain(told)).split())


def plate(told: str) -> str:
    """A plate or a part of one: capitals and digits."""
    return identifiers.vehicle(told)


def code(told: str) -> str:
    """A code of a list: one case, no spaces around."""
    return told.strip().casefold()


def generic_from(reports: int) -> float:
    """A handle that more than so many of all reports carry (*hungry*, *top*) brings nobody together."""
    return max(8, 0.0002 * reports)
