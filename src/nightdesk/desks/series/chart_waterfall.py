"""The evidence of a pair as a waterfall: own SVG, no script, with tables of the same rows beside it."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from nightdesk.rules.candidate_evidence import Found

WIDTH: Final = 640
ROW: Final = 22
LEFT: Final = 28  # room for the number of the row
MOST: Final = 16.0  # bits that fill a bar of the tables
LEAST: Final = 2.0  # so that a small piece is still seen


def waterfall(found: Sequence[Found]) -> dict[str, Any] | None:
    """Bars from where the one before ended; None when nothing was found."""
    if not found:
        return None
    ends = [0.0]
    for one in found:
        ends.append(ends[-1] + one.bits)
    low, high = min(ends), max(ends)
    scale = (WIDTH - LEFT) / max(high - low, 1.0)
    bars = []
    for place, (start, end) in enumerate(pairwise(ends)):
        left = LEFT + (min(start, end) - low) * scale
        bars.append(
            {
                "number": str(place + 1), "x": _text(left), "y": str(place * ROW + 3),
                "width": _text(max(abs(end - start) * scale, LEAST)), "text_y": str(place * ROW + 16),
                "side": "for" if end >= start else "against",
            }
        )  # fmt: skip
    return {
        "width": str(WIDTH),
        "height": str(len(found) * ROW),
        "zero": _text(LEFT - low * scale),
        "bars": bars,
    }


def bar(bits: float) -> str:
    """The width of a bar of the tables, out of a hundred."""
    return _text(max(min(abs(bits) / MOST, 1.0) * 100, LEAST))


def _text(number: float) -> str:
    """A number as SVG wants it, whatever the language of the page."""
    return f"{round(number, 1):g}"
