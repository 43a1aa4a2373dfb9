"""The file with the outline of a force: taken as it is exported, and refused with what to do."""

import json
from pathlib import Path
from typing import Any

import pytest

from nightdesk.outside import outline as files
from nightdesk.outside.gazetteer import gazetteer
from nightdesk.outside.outline import MOST_POINTS, OutlineRefused, outline
from nightdesk.rules.outline import lies
from nightdesk.site.settings import DEMO_OUTLINE

RING = [[0.0, 50.0], [1.0, 50.0], [1.0, 51.0], [0.0, 51.0], [0.0, 50.0]]
OTHER = [[2.0, 50.0], [2.1, 50.0], [2.05, 50.1], [2.0, 50.0]]
SQUARE = {"type": "Polygon", "coordinates": [RING]}
BOTH = {"type": "MultiPolygon", "coordinates": [[RING], [OTHER]]}


@pytest.fixture
def given(tmp_path: Path, settings: Any) -> Any:
    """Give the force a file."""

    def give(told: Any) -> None:
        file = tmp_path / "county.geojson"
        file.write_text(told if isinstance(told, str) else json.dumps(told), encoding="utf-8")
        settings.NIGHTDESK_OUTLINE = str(file)
        files._loaded.cache_clear()

    return give


@pytest.mark.parametrize(
    ("told", "rings"),
    [
        (SQUARE, 1),
        (BOTH, 2),
        ({"type": "Feature", "properties": {}, "geometry": BOTH}, 2),
        ({"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": SQUARE}, SQUARE]}, 2),
        ("\ufeff" + json.dumps({**SQUARE, "crs": None}), 1),
        ({**SQUARE, "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}}, 1),
        ({"type": "Polygon", "coordinates": [[[*point, 12.5] for point in RING]]}, 1),  # with heights
    ],
)
def test_areas_are_taken_however_they_are_wrapped(given: Any, told: Any, rings: int) -> None:
    given(told)
    found = outline()
    assert found is not None
    assert len(found) == rings
    assert found[0] == ((0.0, 50.0), (1.0, 50.0), (1.0, 51.0), (0.0, 51.0))
    assert outline() is found  # read once


def ring(*points: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [list(points)]}


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ("shape,lat,lon", "county.geojson is not GeoJSON"),
        ("[" * 100_000, "is not GeoJSON"),
        ("[]", "something else than areas"),
        ({"type": "LineString", "coordinates": RING}, "something else than areas"),
        ({"type": "Feature", "geometry": None}, "something else than areas"),
        ({"type": "MultiPolygon", "coordinates": ["x"]}, "something else than areas"),
        ({"type": "FeatureCollection", "features": []}, "holds no polygon"),
        ('{"type": "Feature", "geometry": ' * 400 + "{}" + "}" * 400, "something else than areas"),
        ({"type": "Polygon", "coordinates": [[[10**400, 50.0], *RING[1:]]]}, "point 1: write longitude"),
        ({"type": "Polygon", "coordinates": ["x"]}, "ring 1: a ring has at least four points"),
        (ring(*RING[:4]), "ring 1: a ring has at least four points, and its last is its first"),
        (ring(RING[0], RING[1], RING[0]), "at least four points"),
        (ring([530000, 180000], *RING[1:]), "ring 1, point 1: write longitude, then latitude"),
        (ring(RING[0], ["a", 1], *RING[2:]), "point 2: write longitude"),
        (ring(RING[0], [1], *RING[2:]), "point 2: write longitude"),
        (json.dumps(ring(RING[0], [1, 2], *RING[2:])).replace("[1, 2]", "[NaN, 2]"), "point 2"),
        ({**SQUARE, "crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}}, "another system than WGS84"),
        (ring([0, 50], [1e-6, 50], [0, 50.000001], [0, 50]), "smaller than 10 metres"),
    ],
)  # fmt: skip
def test_what_is_no_outline_is_refused_with_what_to_do(given: Any, told: Any, sentence: str) -> None:
    given(told)
    with pytest.raises(OutlineRefused, match=sentence):
        outline()


def test_a_file_that_is_not_there_and_one_that_is_too_large_are_told(
    given: Any, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(SQUARE)
    monkeypatch.setattr(files, "MOST_BYTES", 20)
    with pytest.raises(OutlineRefused, match="Export it with fewer points"):
        outline()
    settings.NIGHTDESK_OUTLINE = str(tmp_path / "nowhere.geojson")
    with pytest.raises(OutlineRefused, match=r"nowhere.geojson can’t be read .* Check NIGHTDESK_OUTLINE"):
        outline()


def test_a_fine_outline_is_thinned_until_it_can_be_drawn(given: Any) -> None:
    """A jagged line of ten thousand points keeps its shape with less than half of them."""
    jagged = [[at / 2_500, 50.0 + (0.003 if at % 2 else 0.0)] for at in range(10_000)]
    given(ring(*jagged, [4.0, 51.0], [0.0, 51.0], jagged[0]))
    found = outline()
    assert found is not None
    assert 3 <= sum(map(len, found)) <= MOST_POINTS
    assert lies(found, (2.0, 50.5), 500) == "inside"


def test_without_a_file_there_is_none_and_the_demos_own_holds_its_places(settings: Any) -> None:
    settings.NIGHTDESK_OUTLINE = ""
    assert outline() is None
    settings.NIGHTDESK_OUTLINE = DEMO_OUTLINE
    found = outline()
    assert found is not None
    assert len(found) == 2
    places = gazetteer().places.values()
    assert len(places) > 30
    assert {lies(found, (place.lon, place.lat), 30) for place in places} == {"inside"}


def test_a_bad_outline_stops_the_start_with_its_sentence(given: Any) -> None:
    from nightdesk.site.apps import refuse_bad_start

    given(SQUARE)
    assert refuse_bad_start() == []
    given("no outline")
    assert [fault.msg for fault in refuse_bad_start()] == [
        "NIGHTDESK_OUTLINE: county.geojson is not GeoJSON. Export the outline as GeoJSON, in UTF-8."
    ]
