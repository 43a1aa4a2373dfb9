"""An age or a height as somebody guesses it: one figure, or a range that is taken as its middle. Pure.

The engine compares ages within 2, 5 and 10 years and heights within 3 and 8 centimetres (linkage/comparisons.py). The middle
of a range is as near as that to both of its ends only while the range is no wider than twice the last of these steps.
"""

import re
from dataclasses import dataclass
from typing import Final

CM_OF_INCH: Final = 2.54
FEET: Final = re.compile(
    r"(\d)\s*(?:ft|feet|foot|['’′])\s*(?:(\d{1,2})\s*(?:in|ins|inch|inches|[\"”″]|''|’’)?)?"
)
METRES: Final = re.compile(r"([12])[.,](\d{1,2})\s*m?")
FIGURE: Final = re.compile(r"(\d{1,3})\s*(?:cm|y|yrs?|years?(?: old)?)?")
BETWEEN: Final = re.compile(r"\s*(?:-|–|—|\bto\b|\band\b|\bor\b)\s*")
ABOUT: Final = re.compile(r"^(?:about|around|roughly|approx\w*\.?|between|maybe|ca?\.|~)\s*")


@dataclass(frozen=True)
class Kind:
    """What is guessed: from least to most, and how wide a range may be."""

    least: int
    most: int
    widest: int


KINDS: Final = {"age": Kind(1, 120, 20), "height_cm": Kind(100, 240, 16)}


class NoEstimate(ValueError):
    """It can't be read (`wide` is False), or the range tells nobody apart (True). The page has the sentences."""

    def __init__(self, *, wide: bool) -> None:
        super().__init__("too wide" if wide else "unreadable")
        self.wide = wide


def estimate(name: str, told: str) -> int:
    """Whole years or centimetres. Raises NoEstimate."""
    kind = KINDS[name]
    ends = [_figure(name, part) for part in BETWEEN.split(ABOUT.sub("", told.strip().lower()))]
    if len(ends) > 2 or any(end is None or not kind.least <= end <= kind.most for end in ends):
        raise NoEstimate(wide=False)
    least, most = min(filter(None, ends)), max(filter(None, ends))
    if most - least > kind.widest:
        raise NoEstimate(wide=True)
    return round((least + most) / 2)


def _figure(name: str, told: str) -> float | None:
    """One figure in years or centimetres; None for what is none."""
    if name == "height_cm" and (found := FEET.fullmatch(told)):
        inches = int(found[2] or 0)
        return (int(found[1]) * 12 + inches) * CM_OF_INCH if inches < 12 else None
    if name == "height_cm" and (found := METRES.fullmatch(told)):
        return int(found[1]) * 100 + int(found[2].ljust(2, "0"))
    found = FIGURE.fullmatch(told)
    return int(found[1]) if found else None
