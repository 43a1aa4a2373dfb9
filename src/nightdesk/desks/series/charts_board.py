"""The board of a series as drawings: timeline, network (the map is in charts_map.py).

Own SVG, no script; a table of the same rows is beside each.
"""

from collections.abc import Sequence
from datetime import date
from math import cos, hypot, pi, sin
from typing import Any, Final

from django.utils.formats import date_format

WIDTH: Final = 640
EDGE: Final = 40
LANE: Final = 30


def timeline(days: Sequence[tuple[int, date]]) -> dict[str, Any] | None:
    """Numbered reports on a line of days, each in a lane of its own; None without a day."""
    if not days:
        return None
    first, last = min(day for _n, day in days), max(day for _n, day in days)
    span = max((last - first).days, 1)
    marks = [
        {
            "number": str(number), "x": text(EDGE + (WIDTH - 2 * EDGE) * (day - first).days / span),
            "y": str(20 + lane * LANE), "text_y": str(25 + lane * LANE),
        }
        for lane, (number, day) in enumerate(days)
    ]  # fmt: skip
    height = 20 + len(days) * LANE + 32
    ends = (first,) if first == last else (first, last)
    return {
        "width": str(WIDTH), "height": str(height), "floor": str(height - 36), "left": str(EDGE), "right": str(WIDTH - EDGE),
        "marks": marks, "first": date_format(ends[0], "j M Y"),
        "last": date_format(ends[-1], "j M Y") if len(ends) > 1 else "",
    }  # fmt: skip


def network(numbers: Sequence[int], edges: Sequence[tuple[int, int, str]]) -> dict[str, Any] | None:
    """Reports in a ring, with a line for each pair that shares something: (one, other, width). None for fewer than two."""
    if len(numbers) < 2:
        return None
    radius = WIDTH / 2 - 2 * EDGE
    at = {}
    for place, number in enumerate(numbers):
        turn = 2 * pi * place / len(numbers) - pi / 2
        at[number] = (WIDTH / 2 + radius * cos(turn), 200 + 160 * sin(turn))
    nodes = [{"number": str(number), "x": text(x), "y": text(y)} for number, (x, y) in at.items()]
    lines = [
        {
            "x1": text(at[a][0]),
            "y1": text(at[a][1]),
            "x2": text(at[b][0]),
            "y2": text(at[b][1]),
            "width": width,
        }
        for a, b, width in edges
        if hypot(at[a][0] - at[b][0], at[a][1] - at[b][1]) > 0
    ]
    return {"width": str(WIDTH), "height": "400", "nodes": nodes, "lines": lines}


def text(number: float) -> str:
    """A number as SVG wants it, whatever the language of the page."""
    return f"{round(number, 1):g}"
