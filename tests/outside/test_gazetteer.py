"""Places told in words: the best known one, or nothing."""

from pathlib import Path
from typing import Any

import pytest

from nightdesk.outside import gazetteer as places
from nightdesk.outside.gazetteer import Gazetteer, Place, gazetteer

TOWN, OTHER = Place(51.5, 0.1, "district"), Place(51.6, 0.2, "district")
STREET = Place(51.501, 0.101, "sector", "barking")
KNOWN = Gazetteer(
    {"barking": TOWN, "hayes": OTHER, "quay street": STREET, "zz1 2": Place(51.51, 0.11, "sector"), "zz1": TOWN,
     "the den": Place(51.5003, 0.1002, "point", "barking")}
)  # fmt: skip


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("a flat on Quay Street", STREET),
        ("12 Quay Street, Barking", STREET),
        ("Quay Street, Hayes", OTHER),  # another street of that name: only its town is known
        ("The Den, Quay Street, Barking", KNOWN.places["the den"]),
        ("his flat, ZZ1 2AB", KNOWN.places["zz1 2"]),
        ("zz12ab", KNOWN.places["zz1 2"]),
        ("Barking or Hayes", None),
        ("nowhere I know", None),
        ("", None),
    ],
)
def test_the_best_known_place_is_taken(told: str, found: Place | None) -> None:
    """Two that are as well known say nothing."""
    assert KNOWN.find(told) == found


def test_a_force_gives_its_own_places(tmp_path: Path, settings: Any) -> None:
    """Beside those of the pack."""
    file = tmp_path / "places.csv"
    file.write_text(
        "name,lat,lon,precision,town\nThe Mill,51.2,0.3,point,\nZZ9 9,51.3,0.4,sector,\n", encoding="utf-8"
    )
    settings.NIGHTDESK_GAZETTEER = str(file)
    assert gazetteer().find("behind the mill") == Place(51.2, 0.3, "point")
    assert gazetteer().find("Hallowford") is not None


@pytest.mark.parametrize(
    "row", ["The Mill,51.2,0.3,near,", "The Mill,north,0.3,point,", "The Mill,95,0.3,point,"]
)
def test_a_line_that_can_not_be_read_is_named(tmp_path: Path, settings: Any, row: str) -> None:
    """With what is needed."""
    file = tmp_path / "places.csv"
    file.write_text(f"name,lat,lon,precision,town\n{row}\n", encoding="utf-8")
    settings.NIGHTDESK_GAZETTEER = str(file)
    with pytest.raises(ValueError, match="line 2: name, lat, lon and precision"):
        gazetteer()


def test_a_file_is_read_once(settings: Any) -> None:
    """Every report asks for places."""
    assert gazetteer() is gazetteer()
    assert places._loaded.cache_info().hits
