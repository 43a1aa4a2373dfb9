"""The outline of a force: cut, thinned, and where a place lies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.rules.outline import Box, Point, Ring, box_of, lies, thinned, within

SQUARE: Ring = ((0.0, 50.0), (1.0, 50.0), (1.0, 51.0), (0.0, 51.0))
LAKE: Ring = ((0.4, 50.4), (0.6, 50.4), (0.6, 50.6), (0.4, 50.6))
ISLAND: Ring = ((2.0, 50.0), (2.1, 50.0), (2.05, 50.1))
FORCE = (SQUARE, LAKE, ISLAND)


@pytest.mark.parametrize(
    ("place", "metres", "where"),
    [
        ((0.2, 50.2), 500, "inside"),
        ((0.5, 50.5), 500, "outside"),  # in the lake
        ((2.05, 50.03), 500, "inside"),  # on the island
        ((1.5, 50.5), 500, "outside"),
        ((1.001, 50.5), 30, "outside"),  # some seventy metres east of the line
        ((1.001, 50.5), 500, "edge"),  # known to 500 m: it may be on either side
        ((0.999, 50.5), 500, "edge"),
        ((-0.2, 50.0), 30, "outside"),  # as far north as a corner
        ((0.2, 51.0), 30, "edge"),
    ],
)
def test_where_a_place_lies_is_said_no_finer_than_it_is_known(
    place: Point, metres: float, where: str
) -> None:
    assert lies(FORCE, place, metres) == where


def test_a_point_that_bends_no_line_is_left_out_and_a_corner_stays() -> None:
    """Halfway along a side says nothing; a ring that is smaller than a dot goes."""
    wavy = ((0.0, 50.0), (0.5, 50.000001), (1.0, 50.0), (1.0, 51.0), (0.3, 51.0), (0.0, 51.0))
    speck = ((3.0, 50.0), (3.000001, 50.0), (3.0, 50.000001))
    assert thinned((wavy, speck), 10) == (SQUARE,)


def test_what_lies_beside_the_drawing_is_cut_away() -> None:
    found = within(FORCE, Box(-1, 50.25, 0.5, 52))
    assert box_of(found) == Box(0.0, 50.25, 0.5, 51.0)
    assert len(found) == 2  # the island is far off
    assert within(FORCE, Box(10, 10, 11, 11)) == ()


def test_a_box_holds_another_only_wholly() -> None:
    assert Box(0, 0, 2, 2).holds(Box(0, 1, 2, 2))
    assert not Box(0, 0, 2, 2).holds(Box(0, 1, 2.1, 2))


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(50, 51)), min_size=4, max_size=60), st.floats(1, 5000))
def test_no_point_is_further_from_the_thinned_line_than_was_allowed(
    points: list[Point], metres: float
) -> None:
    """A ring that is left tells the truth to half as much again: beside a kept point, or beside the line."""
    for ring in thinned((tuple(points),), metres):
        assert set(ring) <= set(points)
        assert all(lies((ring,), point, metres * 1.51) == "edge" for point in points)


@given(st.tuples(st.floats(-0.5, 1.5), st.floats(49.5, 51.5)))
def test_cutting_changes_nothing_inside_the_box(place: Point) -> None:
    box = Box(-0.6, 49.4, 0.55, 51.6)
    on_the_line = lies(FORCE, place, 1) == "edge"  # where the last digit decides
    if place[0] < 0.54 and not on_the_line:
        assert lies(within(FORCE, box), place, 0) == lies(FORCE, place, 0)
