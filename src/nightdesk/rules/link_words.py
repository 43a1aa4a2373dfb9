"""What a description in free words says, as the codes that linkage compares: a small list of the pack, read carefully.

A word after “no”, “not”, “without” or “never” says nothing, and where two codes of one kind are named, neither is taken:
what is missing is only unknown, what is wrong counts against the right man.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from nightdesk.rules.identifiers import plain

Words = Mapping[str, Mapping[str, tuple[str, ...]]]  # kind → code → words

KINDS: Final = ("build", "hair", "tattoo_site", "tattoo_motif", "vehicle_make", "vehicle_colour")
NOT: Final = re.compile(r"\b(?:no|not|without|never|didn t|wasn t|nothing)\b(?:\W+\w+){0,2}\W+$")
NEAR: Final = 40  # characters: a mark and its place, a make and its colour stand beside each other
TATTOO: Final = re.compile(r"\b(?:tattoo\w*|tatt?s?|inked)\b")
CAR: Final = re.compile(r"\b(?:car|van|drove|driving|vehicle|taxi|motor)\b")
HAIRED: Final = re.compile(r"\b(?:hair\w*|haired|head)\b")
ALONE: Final = ("bald", "balding", "ginger", "blond", "blonde", "skinhead")  # of hair: said of nothing else
NO_AGE: Final = "minutes|min|hours|cm|kg|miles|quid|pounds|people|times"
AGED: Final = (
    (re.compile(rf"\b(?:aged?|about|around|roughly|maybe|nearly|approx\w*)\s+(\d\d)\b(?!\s*(?:{NO_AGE}))"), 0),
    (re.compile(r"\b(\d\d)\s*(?:years? old|yrs?|y o|yo)\b"), 0),
    (re.compile(r"\bearly (?:to mid )?(\d0)\s*s\b"), 2),
    (re.compile(r"\bmid (?:to late )?(\d0)\s*s\b"), 5),
    (re.compile(r"\blate (\d0)\s*s\b"), 8),
    (re.compile(r"\bin (?:his|their) (\d0)\s*s\b"), 5),
)  # fmt: skip
TENS: Final = {
    "twenties": "20s", "thirties": "30s", "forties": "40s", "fifties": "50s", "sixties": "60s", "seventies": "70s",
}  # fmt: skip
FEET: Final = re.compile(r"\b([4-6])\s*(?:ft|foot|feet)\s*(\d{1,2})?\b")
CENTIMETRES: Final = re.compile(r"\b(1[4-9]\d|20\d|21\d)\s*cm\b")
PLATE: Final = re.compile(r"\b([a-z]{2}\d{2}\s?[a-z]{3})\b")
CM_OF_FOOT: Final = 30.48
CM_OF_INCH: Final = 2.54


def read_looks(text: str, words: Words) -> dict[str, Any]:
    """What a description says of somebody's looks and car: keys as in reports; nothing for what is unsure."""
    said = _said(text)
    found: dict[str, Any] = {}
    for kind in KINDS:
        if code := _one_code(said, words.get(kind, {}), _beside(kind)):
            found[kind] = code
    if "tattoo_motif" in found and "tattoo_site" not in found and not TATTOO.search(said):
        del found["tattoo_motif"]
    if (age := _age(said)) is not None:
        found["age"] = age
    if (height := _height(said)) is not None:
        found["height_cm"] = height
    return found


def read_vehicle(text: str, words: Words) -> dict[str, Any]:
    """What is said of a vehicle: make, colour, and a plate or a part of one."""
    said = _said(text)
    found: dict[str, Any] = {}
    for kind in ("vehicle_make", "vehicle_colour"):
        if code := _one_code(said, words.get(kind, {}), None):
            found[kind] = code
    plate = PLATE.search(said)
    if plate:
        found["vehicle_plate"] = plate.group(1).replace(" ", "")
    elif part := next((token for token in said.split() if _is_part(token)), ""):
        found["vehicle_plate"] = part
    return found


def _said(text: str) -> str:
    """Small, without accents, marks as blanks, decades in figures."""
    said = re.sub(r"[^\w\s]", " ", plain(text))
    for word, figures in TENS.items():
        said = re.sub(rf"\b{word}\b", figures, said)
    return " ".join(said.split())


def _beside(kind: str) -> re.Pattern[str] | None:
    """What must stand near a word of this kind, since it means other things too."""
    if kind.startswith("tattoo"):
        return TATTOO
    if kind.startswith("vehicle"):
        return CAR
    return HAIRED if kind == "hair" else None


def _one_code(said: str, codes: Mapping[str, tuple[str, ...]], beside: re.Pattern[str] | None) -> str:
    """The one code whose words are said; "" for none, or for two that contradict each other."""
    found = {
        code
        for code, words in codes.items()
        for word in words
        for hit in re.finditer(rf"\b{re.escape(word)}\b", said)
        if not NOT.search(said[: hit.start()]) and _near(said, hit, beside)
    }
    return next(iter(found)) if len(found) == 1 else ""


def _near(said: str, hit: re.Match[str], beside: re.Pattern[str] | None) -> bool:
    """Whether what a word needs beside it is there and not denied; two words, and some alone, need nothing."""
    if beside is None or " " in hit.group() or hit.group() in ALONE:
        return True
    start = max(0, hit.start() - NEAR)
    near = beside.search(said[start : hit.end() + NEAR])
    return near is not None and not NOT.search(said[: start + near.start()])


def _age(said: str) -> int | None:
    for shape, add in AGED:
        hit = shape.search(said)
        if hit and not NOT.search(said[: hit.start()]):
            return int(hit.group(1)) + add
    return None


def _height(said: str) -> int | None:
    if hit := CENTIMETRES.search(said):
        return int(hit.group(1))
    if hit := FEET.search(said):
        return round(int(hit.group(1)) * CM_OF_FOOT + int(hit.group(2) or 0) * CM_OF_INCH)
    return None


def _is_part(token: str) -> bool:
    """A part of a plate: letters and figures together."""
    return 3 <= len(token) <= 7 and any(c.isdigit() for c in token) and any(c.isalpha() for c in token)
