"""Where places told in words lie: the pack's own list and, if the force gives one, a file of its places. Offline.

A file (setting NIGHTDESK_GAZETTEER) is CSV with the columns name, lat, lon, precision (point, sector or district) and, if
known, town. A UK postcode may be written in full or without its last two letters (its sector).
"""

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from nightdesk.outside.nicknames import FOLDER
from nightdesk.rules.identifiers import plain

PRECISIONS: Final = ("point", "sector", "district")
KINDS: Final = ("town", "street", "venue", "postcode")
POSTCODE: Final = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s*(\d)([a-z]{2})?\b")
WORDS_OF_A_NAME: Final = 6  # the longest name, in words


@dataclass(frozen=True)
class Place:
    """A position in degrees (WGS84), how well it is known, and the town it is in ("" for a town or when not known)."""

    lat: float
    lon: float
    precision: str
    town: str = ""


@dataclass(frozen=True)
class Gazetteer:
    """Places by plain name."""

    places: Mapping[str, Place]

    def find(self, *told: str) -> Place | None:
        """The best known place of what was told; None for nothing known, or for two that are as well known.

        A street told with another town than its own is not taken: only that town is.
        """
        found = {name: self.places[name] for words in told for name in self._names(words)}
        towns = {name for name, place in found.items() if not place.town and place.precision == "district"}
        fitting = [place for place in found.values() if not place.town or not towns or place.town in towns]
        for precision in PRECISIONS:
            here = {place for place in fitting if place.precision == precision}
            if here:
                return next(iter(here)) if len(here) == 1 else None
        return None

    def _names(self, words: str) -> Iterator[str]:
        """Names and postcodes that stand in these words."""
        said = re.sub(r"[^\w\s]", " ", plain(words)).split()
        for start in range(len(said)):
            for end in range(start + 1, min(start + WORDS_OF_A_NAME, len(said)) + 1):
                if (name := " ".join(said[start:end])) in self.places:
                    yield name
        for outward, sector, rest in POSTCODE.findall(" ".join(said)):
            names = (f"{outward} {sector}{rest}", f"{outward} {sector}", outward)
            yield from (name for name in names[: 3 if rest else 2] if name in self.places)


def gazetteer() -> Gazetteer:
    """The places of this force. Raises ValueError naming the line of a file that can't be read."""
    return _loaded(settings.NIGHTDESK_PACK, settings.NIGHTDESK_GAZETTEER)


@cache
def _loaded(pack: str, file: str) -> Gazetteer:
    own = FOLDER / pack / "linkage" / "places.toml"
    raw = tomllib.loads(own.read_text(encoding="utf-8")) if own.exists() else {}
    places = {name: _place(entry) for kind in KINDS for name, entry in raw.get(kind, {}).items()}
    return Gazetteer(places | (dict(_rows(Path(file))) if file else {}))


def _rows(file: Path) -> Iterator[tuple[str, Place]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            try:
                name = " ".join(re.sub(r"[^\w\s]", " ", plain(row["name"])).split())
                yield _code_form(name), _place(row)
            except (KeyError, TypeError, ValueError) as fault:
                raise ValueError(
                    f"{file.name}, line {number}: name, lat, lon and precision are needed; precision is one of "
                    f"{', '.join(PRECISIONS)}."
                ) from fault


def _code_form(name: str) -> str:
    """A postcode with one blank, however it was written; any other name as it is."""
    whole = POSTCODE.fullmatch(name)
    return f"{whole[1]} {whole[2]}{whole[3] or ''}" if whole else name


def _place(entry: Mapping[str, Any]) -> Place:
    place = Place(
        float(entry["lat"]), float(entry["lon"]), entry["precision"], plain(entry.get("town") or "")
    )
    if place.precision not in PRECISIONS or not (-90 <= place.lat <= 90 and -180 <= place.lon <= 180):
        raise ValueError(place.precision)
    return place
