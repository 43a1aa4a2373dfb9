"""Where the reports of a series were, as a drawing: circles as large as the places are vaguely known, the force behind them.

Own SVG, no script and no tiles from anywhere. What the drawing shows is said in words beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any, Final

from nightdesk.desks.series.charts_board import WIDTH, text
from nightdesk.desks.series.told import METRES, precision_of
from nightdesk.rules.outline import (
    METRES_OF_DEGREE,
    Box,
    Outline,
    box_of,
    lies,
    thinned,
    within,
)

LEAST_KM: Final = 1.0  # of a map’s side, so that one place is not a dot that fills it
SCALES: Final = (100, 50, 20, 10, 5, 2, 1, 0.5, 0.2)
SMALL: Final = 200  # dots of the small map’s longer side
LEAST_DOT: Final = 8
APART: Final = 30  # dots between two numbers that can both be read, on a phone too
BEYOND: Final = 0.1  # of a side: the outline is cut so far beyond the drawing that no cut is seen
SEEN: Final = 0.5  # dots: what bends the line less is not seen

Told = Sequence[tuple[int, Mapping[str, Any]]]


@dataclass(frozen=True)
class Frame:
    """A drawing of so many dots by so many, with the middle of it in degrees and the metres of a dot."""

    lon: float
    lat: float
    metres: float
    width: float = WIDTH
    height: float = WIDTH

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a place is drawn; north is up."""
        across = (lon - self.lon) * cos(radians(self.lat)) * METRES_OF_DEGREE
        up = (lat - self.lat) * METRES_OF_DEGREE
        return self.width / 2 + across / self.metres, self.height / 2 - up / self.metres

    def box(self, beyond: float = 0.0) -> Box:
        """What is drawn, in degrees, and a share of it beyond each side."""
        tall = self.height * self.metres / METRES_OF_DEGREE * (0.5 + beyond)
        wide = self.width * self.metres / METRES_OF_DEGREE / cos(radians(self.lat)) * (0.5 + beyond)
        return Box(self.lon - wide, self.lat - tall, self.lon + wide, self.lat + tall)


def places(told: Told, outline: Outline | None = None) -> dict[str, Any] | None:
    """The map of the numbered reports; None without a place. With an outline: its line, a small map, who lies where."""
    known = [
        (number, one) for number, one in told if one.get("lat") is not None and one.get("lon") is not None
    ]
    if not known:
        return None
    frame = _around(known)
    side_km = WIDTH * frame.metres / 1000
    km = next((size for size in SCALES if size <= side_km / 3), SCALES[-1])
    drawn = {
        "width": str(WIDTH), "circles": [_circle(frame, one) for _number, one in known],
        "numbers": _numbers(frame, known), "km": f"{km:g}", "scale_to": text(16 + km * 1000 / frame.metres),
    }  # fmt: skip
    if outline:
        drawn |= {
            "line": _path(frame, outline), "small": _small(frame, outline, known), "lies": _lies(known, outline),
        }  # fmt: skip
    return drawn


def _around(known: Told) -> Frame:
    """The square that holds every place with all that it may be away from where it is drawn."""
    lats, lons = [float(one["lat"]) for _n, one in known], [float(one["lon"]) for _n, one in known]
    lon, lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
    wide = (max(lons) - min(lons)) * cos(radians(lat)) * METRES_OF_DEGREE
    across = max(wide, (max(lats) - min(lats)) * METRES_OF_DEGREE)
    margin = max(METRES[precision_of(one)] for _n, one in known)
    return Frame(lon, lat, max(across + 2 * margin, LEAST_KM * 1000) * 1.15 / WIDTH)


def _circle(frame: Frame, one: Mapping[str, Any]) -> dict[str, str]:
    x, y = frame.at(float(one["lon"]), float(one["lat"]))
    radius = max(METRES[precision_of(one)] / frame.metres, LEAST_DOT)
    return {"x": text(x), "y": text(y), "radius": text(radius)}


def _numbers(frame: Frame, known: Told) -> list[dict[str, str]]:
    """The numbers of the reports where they lie; of those that would stand on one another, one text of them all."""
    found: list[tuple[float, float, list[int]]] = []
    for number, one in known:
        x, y = frame.at(float(one["lon"]), float(one["lat"]))
        beside = next((each for each in found if abs(each[0] - x) < APART and abs(each[1] - y) < APART), None)
        if beside is None:
            found.append((x, y, [number]))
        else:
            beside[2].append(number)
    return [{"x": text(x), "y": text(y), "said": ", ".join(map(str, all_here))} for x, y, all_here in found]


def _path(frame: Frame, outline: Outline) -> str:
    """The outline as SVG draws it; "" where none of it is in the drawing."""
    rings = thinned(within(outline, frame.box(BEYOND)), SEEN * frame.metres)
    ways = [
        "L".join(f"{text(x)} {text(y)}" for x, y in (frame.at(*point) for point in ring)) for ring in rings
    ]
    return "".join(f"M{way}Z" for way in ways)


def _small(frame: Frame, outline: Outline, known: Told) -> dict[str, Any] | None:
    """The whole force, small, with where the large map lies in it; None when the large map shows it all."""
    whole = box_of(outline)
    seen = frame.box()
    if seen.holds(whole):
        return None
    west, east = min(whole.west, seen.west), max(whole.east, seen.east)
    south, north = min(whole.south, seen.south), max(whole.north, seen.north)
    lon, lat = (west + east) / 2, (south + north) / 2
    wide, tall = (east - west) * cos(radians(lat)) * METRES_OF_DEGREE, (north - south) * METRES_OF_DEGREE
    metres = max(wide, tall) * 1.08 / SMALL
    small = Frame(lon, lat, metres, wide * 1.08 / metres, tall * 1.08 / metres)
    left, top = small.at(seen.west, seen.north)
    right, bottom = small.at(seen.east, seen.south)
    dots = [small.at(float(one["lon"]), float(one["lat"])) for _number, one in known]
    return {
        "width": text(small.width), "height": text(small.height), "line": _path(small, outline), "x": text(left),
        "y": text(top), "wide": text(max(right - left, 3)), "tall": text(max(bottom - top, 3)),
        "dots": [{"x": text(x), "y": text(y)} for x, y in dots],
    }  # fmt: skip


def _lies(known: Told, outline: Outline) -> dict[int, str]:
    """Numbered report → where it lies: inside, outside, or edge."""
    return {
        number: lies(outline, (float(one["lon"]), float(one["lat"])), METRES[precision_of(one)])
        for number, one in known
    }
