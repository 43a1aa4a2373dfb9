"""The outline of the force on a map: a GeoJSON file that the force gives, read and checked once. Offline.

A file (setting NIGHTDESK_OUTLINE) holds a Polygon or a MultiPolygon, alone, as a Feature, or several in a
FeatureCollection, in degrees of WGS84, longitude first (RFC 7946). It is thinned to what a drawing needs.
"""

import json
from collections.abc import Iterator
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from nightdesk.rules.outline import FEWEST, Outline, Point, Ring, thinned

DEEPEST: Final = 4  # a collection, a feature in it, its area
MOST_BYTES: Final = 20_000_000
MOST_POINTS: Final = 4000  # kept: more than a drawing of 640 dots a side can show
FINEST: Final = 10.0  # metres: a boundary is not better known than that
WGS84: Final = ("CRS84", "EPSG::4326", "EPSG:4326")
HELD: Final = {
    "Feature": "geometry", "FeatureCollection": "features", "MultiPolygon": "coordinates", "Polygon": "coordinates",
}  # fmt: skip


class OutlineRefused(ValueError):
    """The file is no outline; the sentence says what to do."""


def outline() -> Outline | None:
    """The outline of this force; None when it gives none. Raises OutlineRefused for a file that can't be used."""
    return _loaded(settings.NIGHTDESK_OUTLINE) if settings.NIGHTDESK_OUTLINE else None


@cache
def _loaded(file: str) -> Outline:
    path = Path(file)
    rings = tuple(_ring(path.name, number, ring) for number, ring in enumerate(_rings(path), start=1))
    if not rings:
        raise OutlineRefused(
            f"{path.name} holds no polygon. Give the force’s area as a Polygon or MultiPolygon."
        )
    return _few(rings, path.name)


def _few(rings: Outline, name: str) -> Outline:
    """Thinned until it is small enough to be drawn with every board."""
    metres, found = FINEST, thinned(rings, FINEST)
    while sum(map(len, found)) > MOST_POINTS:
        metres *= 4
        found = thinned(found, metres)
    if not found:
        raise OutlineRefused(f"The area in {name} is smaller than {FINEST:g} metres. Is it in degrees?")
    return found


def _rings(path: Path) -> Iterator[Any]:
    """Every ring as it stands in the file."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise OutlineRefused(
                f"{path.name} is larger than {MOST_BYTES // 10**6} MB. Export it with fewer points."
            )
        told = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as fault:
        raise OutlineRefused(
            f"{path.name} can’t be read ({fault.strerror}). Check NIGHTDESK_OUTLINE."
        ) from fault
    except (ValueError, RecursionError) as fault:
        if isinstance(fault, OutlineRefused):
            raise
        raise OutlineRefused(
            f"{path.name} is not GeoJSON. Export the outline as GeoJSON, in UTF-8."
        ) from fault
    _refuse_other_degrees(told, path.name)
    for shape in _shapes(told, path.name):
        yield from shape


def _refuse_other_degrees(told: Any, name: str) -> None:
    """Raise OutlineRefused where an older file says that it is in another system than WGS84."""
    crs = told.get("crs") if isinstance(told, dict) else None
    said = crs.get("properties") if isinstance(crs, dict) else None
    system = str(said.get("name") or "") if isinstance(said, dict) else ""
    if system and not system.endswith(WGS84):
        raise OutlineRefused(f"{name} names another system than WGS84. Export it in WGS84 (EPSG:4326).")


def _shapes(told: Any, name: str, depth: int = 0) -> Iterator[list[Any]]:
    """The rings of each polygon. A collection of collections of features is no outline."""
    kind = str(told.get("type")) if isinstance(told, dict) and depth < DEEPEST else ""
    held = told.get(HELD[kind]) if kind in HELD else None
    if kind == "Feature":
        yield from _shapes(held, name, depth + 1)
    elif kind == "Polygon" and isinstance(held, list):
        yield held
    elif kind == "MultiPolygon" and isinstance(held, list) and all(isinstance(one, list) for one in held):
        yield from held
    elif kind == "FeatureCollection" and isinstance(held, list):
        for one in held:
            yield from _shapes(one, name, depth + 1)
    else:
        raise OutlineRefused(
            f"{name} holds something else than areas. Give one Polygon or MultiPolygon, or a collection of them."
        )


def _ring(name: str, number: int, told: Any) -> Ring:
    """One ring without its last point, which is its first."""
    points = [
        _point(name, number, place, one)
        for place, one in enumerate(told if isinstance(told, list) else [], start=1)
    ]
    if len(points) <= FEWEST or points[0] != points[-1]:
        raise OutlineRefused(
            f"{name}, ring {number}: a ring has at least four points, and its last is its first. Export the outline again."
        )
    return tuple(points[:-1])


def _point(name: str, ring: int, number: int, told: Any) -> Point:
    """(longitude, latitude)."""
    try:
        lon, lat = float(told[0]), float(told[1])
    except (TypeError, ValueError, LookupError, OverflowError):
        lon = lat = float("nan")
    if not (isfinite(lon) and isfinite(lat) and -180 <= lon <= 180 and -90 <= lat <= 90):
        raise OutlineRefused(
            f"{name}, ring {ring}, point {number}: write longitude, then latitude, in degrees. "
            "Figures in metres come from another system: export the outline in WGS84 (EPSG:4326)."
        )
    return lon, lat
