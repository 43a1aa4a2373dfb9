"""The board of a series as drawings: timeline, map, network. Own SVG, no script; a table of the same rows is beside each."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import cos, hypot, pi, radians, sin
from typing import Any, Final

from django.utils.formats import date_format

from nightdesk.desks.series.told import METRES, precision_of

WIDTH: Final = 640
EDGE: Final = 40
LANE: Final = 30
KM_OF_DEGREE: Final = 111.2
LABEL: Final = 24  # nearer than this, two numbers would be written over each other
LEAST_KM: Final = 1.0  # of a map’s side, so that one place is not a dot that fills it
SCALES: Final = (100, 50, 20, 10, 5, 2, 1, 0.5, 0.2)


def timeline(days: Sequence[tuple[int, date]]) -> dict[str, Any] | None:
    """Numbered reports on a line of days, each in a lane of its own; None without a day."""
    if not days:
        return None
    first, last = min(day for _n, day in days), max(day for _n, day in days)
    span = max((last - first).days, 1)
    marks = [
        {
            "number": str(number), "x": _text(EDGE + (WIDTH - 2 * EDGE) * (day - first).days / span),
            "y": str(20 + lane * LANE), "text_y": str(25 + lane * LANE),
        }
        for lane, (number, day) in enumerate(days)
    ]  # fmt: skip
    height = 20 + len(days) * LANE + 20
    ends = (first,) if first == last else (first, last)
    return {
        "width": str(WIDTH), "height": str(height), "floor": str(height - 24), "left": str(EDGE), "right": str(WIDTH - EDGE),
        "marks": marks, "first": date_format(ends[0], "j M Y"),
        "last": date_format(ends[-1], "j M Y") if len(ends) > 1 else "",
    }  # fmt: skip


def places(told: Sequence[tuple[int, Mapping[str, Any]]]) -> dict[str, Any] | None:
    """Circles as large as the places are vaguely known, in the box that holds them; None without a place."""
    known = [
        (number, one) for number, one in told if one.get("lat") is not None and one.get("lon") is not None
    ]
    if not known:
        return None
    lats, lons = [float(one["lat"]) for _n, one in known], [float(one["lon"]) for _n, one in known]
    middle = ((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
    narrow = cos(radians(middle[0]))
    margin = max(METRES[precision_of(one)] for _n, one in known) / 1000
    across = max((max(lons) - min(lons)) * narrow, max(lats) - min(lats)) * KM_OF_DEGREE
    side_km = max(across + 2 * margin, LEAST_KM) * 1.15
    scale = WIDTH / side_km
    circles = [
        {
            "number": number, "x": _text(WIDTH / 2 + (float(one["lon"]) - middle[1]) * narrow * KM_OF_DEGREE * scale),
            "y": _text(WIDTH / 2 - (float(one["lat"]) - middle[0]) * KM_OF_DEGREE * scale),
            "radius": _text(max(METRES[precision_of(one)] / 1000 * scale, 8)),
        }
        for number, one in known
    ]  # fmt: skip
    _label(circles)
    km = next((size for size in SCALES if size <= side_km / 3), SCALES[-1])
    return {"width": str(WIDTH), "circles": circles, "km": f"{km:g}", "scale_to": _text(16 + km * scale)}


def _label(circles: list[dict[str, Any]]) -> None:
    """Numbers whose circles have one middle, or nearly, stand in one label: none is written over another."""
    first: list[dict[str, Any]] = []
    for circle in circles:
        near = next((one for one in first if _apart(one, circle) < LABEL), None)
        circle["label"] = str(circle["number"]) if near is None else ""
        if near is None:
            first.append(circle)
        else:
            near["label"] += f", {circle['number']}"


def _apart(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    return hypot(float(one["x"]) - float(other["x"]), float(one["y"]) - float(other["y"]))


def network(numbers: Sequence[int], edges: Sequence[tuple[int, int, str]]) -> dict[str, Any] | None:
    """Reports in a ring, with a line for each pair that shares something: (one, other, width). None for fewer than two."""
    if len(numbers) < 2:
        return None
    radius = WIDTH / 2 - 2 * EDGE
    at = {}
    for place, number in enumerate(numbers):
        turn = 2 * pi * place / len(numbers) - pi / 2
        at[number] = (WIDTH / 2 + radius * cos(turn), 200 + 160 * sin(turn))
    nodes = [
        {"number": str(number), "x": _text(x), "y": _text(y), "text_y": _text(y + 5)}
        for number, (x, y) in at.items()
    ]
    lines = [
        {
            "x1": _text(at[a][0]),
            "y1": _text(at[a][1]),
            "x2": _text(at[b][0]),
            "y2": _text(at[b][1]),
            "width": width,
        }
        for a, b, width in edges
        if hypot(at[a][0] - at[b][0], at[a][1] - at[b][1]) > 0
    ]
    return {"width": str(WIDTH), "height": "400", "nodes": nodes, "lines": lines}


def _text(number: float) -> str:
    """A number as SVG wants it, whatever the language of the page."""
    return f"{round(number, 1):g}"
