"""The outline of a force as rings of points: cut to a drawing, thinned to what an eye sees, and where a place lies.

A point is (longitude, latitude) in degrees of WGS84. Rings are closed without repeating their first point, and a place is
inside where it lies in an odd number of rings: so holes and islands need no order. Pure.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians
from typing import Final

Point = tuple[float, float]
Ring = tuple[Point, ...]
Outline = tuple[Ring, ...]

METRES_OF_DEGREE: Final = 111_200
INSIDE: Final = "inside"
EDGE: Final = "edge"
OUTSIDE: Final = "outside"
FEWEST: Final = 3  # points of a ring
AT_ONCE: Final = 32  # points that are looked at together: a jagged line would take the square of them all


@dataclass(frozen=True)
class Box:
    """From west to east, from south to north, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, other: "Box") -> bool:
        """Whether the other lies in it wholly."""
        return (
            self.west <= other.west
            and self.south <= other.south
            and self.east >= other.east
            and self.north >= other.north
        )


def box_of(outline: Outline) -> Box:
    """The box that holds every ring. Raises ValueError for no ring."""
    points = [point for ring in outline for point in ring]
    lons, lats = [lon for lon, _lat in points], [lat for _lon, lat in points]
    return Box(min(lons), min(lats), max(lons), max(lats))


def within(outline: Outline, box: Box) -> Outline:
    """What lies in the box; where a ring leaves it, its way goes along the side of the box."""
    found = []
    for ring in outline:
        for inside, crossing in _sides(box):
            ring = _cut(ring, inside, crossing)
        if len(ring) >= FEWEST:
            found.append(ring)
    return tuple(found)


Inside = Callable[[Point], bool]
Crossing = Callable[[Point, Point], Point]


def _sides(box: Box) -> tuple[tuple[Inside, Crossing], ...]:
    """For each side: whether a point is on the right side of it, and where a line crosses it (Sutherland and Hodgman)."""
    return (
        (lambda p: p[0] >= box.west, lambda a, b: (box.west, _at(a, b, 0, box.west))),
        (lambda p: p[0] <= box.east, lambda a, b: (box.east, _at(a, b, 0, box.east))),
        (lambda p: p[1] >= box.south, lambda a, b: (_at(a, b, 1, box.south), box.south)),
        (lambda p: p[1] <= box.north, lambda a, b: (_at(a, b, 1, box.north), box.north)),
    )


def _at(a: Point, b: Point, axis: int, value: float) -> float:
    """The other coordinate where the line from a to b has this one."""
    return a[1 - axis] + (b[1 - axis] - a[1 - axis]) * (value - a[axis]) / (b[axis] - a[axis])


def _cut(ring: Ring, inside: Inside, crossing: Crossing) -> Ring:
    kept: list[Point] = []
    for before, point in zip((*ring[-1:], *ring[:-1]), ring, strict=True):
        if inside(before) is not inside(point):
            kept.append(crossing(before, point))
        if inside(point):
            kept.append(point)
    return tuple(kept)


def thinned(outline: Outline, metres: float) -> Outline:
    """The outline without points that lie nearer than this to the line (Douglas and Peucker).

    A ring that is then none goes.
    """
    found = []
    for ring in outline:
        narrow = cos(radians(ring[0][1]))
        flat = [(lon * narrow * METRES_OF_DEGREE, lat * METRES_OF_DEGREE) for lon, lat in ring]
        kept = [ring[at] for at in _kept(flat, metres)]
        if len(kept) >= FEWEST:
            found.append(tuple(kept))
    return tuple(found)


def _kept(flat: Sequence[Point], metres: float) -> list[int]:
    """Which points of a ring are kept: first those that are not beside the last kept one, then those that bend the line."""
    near = [0]
    for at in range(1, len(flat)):
        if _distance(flat[at], flat[near[-1]]) > metres / 2:
            near.append(at)
    far = max(range(len(near)), key=lambda at: _distance(flat[near[at]], flat[0]))
    turns = [*near, 0]  # closed: the first point ends it, too
    keep = {0, far, *range(0, len(near), AT_ONCE), len(near)}
    spans = list(pairwise(sorted(keep)))
    while spans:
        start, end = spans.pop()
        off = [
            _from_line(flat[turns[at]], flat[turns[start]], flat[turns[end]]) for at in range(start + 1, end)
        ]
        if off and max(off) > metres:
            middle = start + 1 + off.index(max(off))
            keep.add(middle)
            spans += [(start, middle), (middle, end)]
    return [turns[at] for at in sorted(keep) if at < len(near)]


def _distance(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def _from_line(point: Point, start: Point, end: Point) -> float:
    """How far a point is from the line between two."""
    across, up = end[0] - start[0], end[1] - start[1]
    square = across * across + up * up
    along = ((point[0] - start[0]) * across + (point[1] - start[1]) * up) / square if square else 0.0
    along = min(max(along, 0.0), 1.0)
    return _distance(point, (start[0] + along * across, start[1] + along * up))


def lies(outline: Outline, place: Point, metres: float) -> str:
    """INSIDE, OUTSIDE, or EDGE when the line is nearer than the place is known."""
    lon, lat = place
    tall = metres / METRES_OF_DEGREE
    wide = tall / cos(radians(lat))
    inside = False
    for ring in outline:
        before = ring[-1]
        for point in ring:
            a, b, before = before, point, point
            if (a[1] > lat + tall and b[1] > lat + tall) or (a[1] < lat - tall and b[1] < lat - tall):
                continue  # most of them: wholly north or south of it
            if (a[1] > lat) is not (b[1] > lat) and _at(a, b, 1, lat) > lon:
                inside = not inside
            beside = (a[0] > lon + wide and b[0] > lon + wide) or (a[0] < lon - wide and b[0] < lon - wide)
            if not beside and _metres(place, a, b) <= metres:
                return EDGE
    return INSIDE if inside else OUTSIDE


def _metres(place: Point, a: Point, b: Point) -> float:
    """How far a place is from the line between two points, in metres."""
    narrow = cos(radians(place[1])) * METRES_OF_DEGREE
    start, end = (((lon - place[0]) * narrow, (lat - place[1]) * METRES_OF_DEGREE) for lon, lat in (a, b))
    return _from_line((0.0, 0.0), start, end)
