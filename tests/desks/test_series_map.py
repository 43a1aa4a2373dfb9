"""The map of a series: with the force’s outline, without it, and with a file that went bad; what it shows in words."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nightdesk.desks.series.charts_map import places
from nightdesk.outside import outline as files
from nightdesk.queries.clock import database_now
from nightdesk.records.series import Series
from nightdesk.rules.outline import Outline
from tests.linkage_rows import analyst, answered, pair_of
from tests.people import make_cast, signed_in

DEN, HILL = {"lat": 51.52, "lon": -0.09, "precision": 1}, {"lat": 51.53, "lon": -0.09, "precision": 1}
COUNTY: Outline = (((-0.5, 51.3), (0.3, 51.3), (0.3, 51.525), (-0.5, 51.525)),)
ROUND: Outline = (((-0.095, 51.515), (-0.085, 51.515), (-0.085, 51.535), (-0.095, 51.535)),)


@pytest.fixture
def board(db: None, settings: Any) -> Any:
    """Gives what the board of a series of two reports says with this outline."""
    at: datetime = database_now()
    people = make_cast(at)
    pair = pair_of(people, at)
    answered(people.wen, at, pair, "linked")
    answered(analyst("ines", at), at, pair, "linked")

    def say(file: str = "") -> str:
        settings.NIGHTDESK_OUTLINE = file
        files._loaded.cache_clear()
        client = signed_in(Client(), people.wen)
        answer = client.get(reverse("series", args=[Series.objects.get().reference]))
        assert answer.status_code == 200
        return str(answer.content.decode())

    return say


def written(folder: Path, told: Any) -> str:
    file = folder / "county.geojson"
    file.write_text(json.dumps(told), encoding="utf-8")
    return str(file)


def test_the_force_stands_behind_the_places_and_is_told_in_words(board: Any, tmp_path: Path) -> None:
    """Without an outline the same page as ever; no inline style, which no browser would take here."""
    bare = board()
    ring = [[*point] for point in (*COUNTY[0], COUNTY[0][0])]
    page = board(written(tmp_path, {"type": "Polygon", "coordinates": [ring]}))
    assert page.count("The whole force. The frame is what the large map shows.") == 1
    assert re.search(r'<path class="se-map__force" fill-rule="evenodd" d="M[\d.L -]+Z">', page)
    assert (
        "So near its outline that it may be on either side: 2." not in bare + page
    )  # it is 556 m from the line
    for words in ("Inside the force: 1.", "Outside the force: 2."):
        assert words in page
        assert words not in bare
    assert "se-map__small" not in bare
    assert bare.count('class="se-chart__ring"') == page.count('class="se-chart__ring"') == 2
    assert "0.5 km" in bare
    assert "style=" not in page.split("<main")[1].split("</main")[0]


def test_a_file_that_went_bad_takes_no_board_away(board: Any, tmp_path: Path) -> None:
    page = board(written(tmp_path, {"type": "Point"}))
    assert "The outline of the force can’t be read, so it is not drawn." in page
    assert page.count('class="se-chart__ring"') == 2


def test_each_place_is_said_to_lie_where_its_whole_circle_lies() -> None:
    drawn = places([(1, DEN), (2, HILL), (3, {"lat": 51.523, "lon": -0.09, "precision": 1})], COUNTY)
    assert drawn is not None
    assert drawn["lies"] == {1: "inside", 2: "outside", 3: "edge"}
    assert places([(1, {"name": "x"})], COUNTY) is None


def test_the_small_map_shows_where_the_large_one_lies_and_goes_when_that_shows_all() -> None:
    drawn = places([(1, DEN), (2, HILL)], COUNTY)
    assert drawn is not None
    small = drawn["small"]
    assert float(small["width"]) == 200  # the county is wider than tall
    assert 0 < float(small["x"]) < float(small["x"]) + float(small["wide"]) < 200
    assert 0 < float(small["y"]) < float(small["y"]) + float(small["tall"]) < float(small["height"])
    dot = small["dots"][0]
    assert float(small["x"]) < float(dot["x"]) < float(small["x"]) + float(small["wide"])
    whole = places([(1, DEN), (2, HILL)], ROUND)
    assert whole is not None
    assert whole["small"] is None
    assert whole["line"].count("L") == 3


def test_an_outline_that_is_far_away_is_only_on_the_small_map() -> None:
    drawn = places([(1, DEN)], (((2.0, 50.0), (2.1, 50.0), (2.1, 50.1)),))
    assert drawn is not None
    assert drawn["line"] == ""
    assert drawn["small"]["line"].startswith("M")
    assert drawn["lies"] == {1: "outside"}


def test_the_line_stays_at_its_place_beside_the_circles() -> None:
    """North of the line is up: the second place stands above it by what it lies north of it."""
    drawn = places([(1, DEN), (2, HILL)], COUNTY)
    assert drawn is not None
    ys = sorted({float(y) for _x, y in re.findall(r"([\d.-]+) ([\d.-]+)", drawn["line"])})
    assert float(drawn["circles"][1]["y"]) < ys[0] < float(drawn["circles"][0]["y"])
    assert ys[0] == pytest.approx(320, abs=0.2)  # halfway between the two


def test_numbers_that_would_stand_on_one_another_are_read_together() -> None:
    """Two reports of one place have their two circles and one text."""
    drawn = places([(1, DEN), (2, HILL), (3, DEN | {"precision": 0})])
    assert drawn is not None
    assert len(drawn["circles"]) == 3
    assert [one["said"] for one in drawn["numbers"]] == ["1, 3", "2"]
