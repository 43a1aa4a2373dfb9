"""Keys bring together what a batch compares, and say what they leave out."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.linkage.blocking import KEYS, NONE, blocks
from nightdesk.linkage.extract import Extract, extract
from tests.linkage.reports import invented

PLACE = {"lat": 52.5, "lon": -1.9, "place_precision": "point"}
BY_KEY: dict[str, dict[str, Any]] = {
    "handle": {"handle": "foxden77"},
    "stem": {"handle": "foxden"},
    "handle_name": {"handle": "chill", "name_used": "tom"},
    "handle_district": {"handle": "chill", **PLACE},
    "start_app": {"handle": "foxdenn", "platform": "grindr"},
    "phone": {"phone": "07700900123"},
    "phone6": {"phone": "900123"},
    "email": {"email": "fox@mail.test"},
    "plate": {"vehicle_plate": "AB12CDE"},
    "cell": PLACE,
    "cell2": PLACE,
    "zone_name": {"name_used": "tom", **PLACE, "place_precision": "district"},
    "zone2_name": {"name_used": "tom", **PLACE, "place_precision": "district"},
    "zone_act": {"drug": "ghb_gbl", "venue": "hotel", **PLACE},
    "zone2_act": {"drug": "ghb_gbl", "venue": "hotel", **PLACE},
    "zone_looks": {"hair": "grey", "build": "slim", **PLACE},
    "zone_age": {"age": 31, "venue": "hotel", **PLACE},
    "district_name_age": {"name_used": "tom", "age": 31, **PLACE},
    "district_name_app": {"name_used": "tom", "platform": "grindr", **PLACE},
    "phone4_name": {"phone": "0123", "name_used": "tom"},
    "phone4_district": {"phone": "0123", **PLACE},
    "tattoo_district": {"tattoo_site": "neck", "tattoo_motif": "rose", **PLACE},
}


def reports(*told: dict[str, Any]) -> list[Extract]:
    """Extracts of these."""
    return [extract({"id": f"b{row}", **each}, {}) for row, each in enumerate(told)]


def together(*told: dict[str, Any]) -> set[str]:
    """The keys that the first two share."""
    columns = blocks(reports(*told)).columns
    return {key for key, codes in columns.items() if codes[0] == codes[1] != NONE}


def test_every_key_has_an_example_here() -> None:
    assert BY_KEY.keys() == KEYS.keys()


@pytest.mark.parametrize("key", KEYS)
def test_two_reports_alike_in_a_key_are_compared_and_one_who_lacks_a_part_is_not(key: str) -> None:
    assert key in together(BY_KEY[key], BY_KEY[key])
    for part in BY_KEY[key].keys() - {"place_precision"}:
        assert key not in together(BY_KEY[key], {**BY_KEY[key], part: None})


def test_reports_that_tell_nothing_share_nothing() -> None:
    found = blocks(reports({}, {}))
    assert found.pairs == 0
    assert all((codes == NONE).all() for codes in found.columns.values())


def test_a_handle_that_too_many_carry_brings_nobody_together_by_itself() -> None:
    assert "handle" in together(*[{"handle": "chill"}] * 8)
    assert "handle" not in together(*[{"handle": "chill"}] * 9)


def test_a_block_too_large_is_left_out_and_said() -> None:
    found = blocks(reports(*[{"email": "fox@mail.test"}] * 4), most=3)
    assert (found.columns["email"] == NONE).all()
    assert found.left_out == {"email": 1}
    assert found.pairs == 0


def test_how_many_pairs_there_will_be_is_known_beforehand() -> None:
    found = blocks(invented())
    counted = sum(
        int(codes[one] == codes[two] != NONE)
        for codes in found.columns.values()
        for one, two in combinations(range(len(codes)), 2)
    )
    assert found.pairs == counted > 0


@given(lat=st.floats(50, 58), lon=st.floats(-5, 1), metres=st.floats(0, 145))
def test_no_border_parts_neighbours_to_the_north(lat: float, lon: float, metres: float) -> None:
    """Two grids half a cell apart: within half a cell along the grid, one of them holds both."""
    here = {**PLACE, "lat": lat, "lon": lon}
    assert together(here, {**here, "lat": lat + metres / 111_195}) & {"cell", "cell2"}
