"""A description in free words: only what says one thing is taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.outside.link_words import load_link_words
from nightdesk.rules.link_words import KINDS, read_looks, read_vehicle

WORDS = load_link_words()


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Slim, about 40, dark hair", {"build": "slim", "age": 40, "hair": "dark_brown"}),
        ("big build, early thirties, six foot? 6 ft 1", {"build": "large", "age": 32, "height_cm": 185}),
        ("late 40s, balding, 180 cm", {"age": 48, "hair": "bald", "height_cm": 180}),
        ("snake tattoo on his neck", {"tattoo_motif": "snake", "tattoo_site": "neck"}),
        ("not slim, no tattoo on his neck", {}),
        ("slim or maybe stocky", {}),  # two that contradict each other: neither
        ("he grabbed my neck in his car", {}),
        ("white guy in a black coat", {}),
        ("drove a black BMW", {"vehicle_make": "bmw", "vehicle_colour": "black"}),
        ("waited about 20 minutes, about 30 people there", {}),
        ("he had a rose in the room", {}),
        ("in his fifties", {"age": 55}),
        ("", {}),
    ],
)
def test_what_a_description_says(said: str, found: dict[str, object]) -> None:
    """What is unsure is unknown: it never counts against the right man."""
    assert read_looks(said, WORDS) == found


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (
            "White BMW, AB12 CDE",
            {"vehicle_make": "bmw", "vehicle_colour": "white", "vehicle_plate": "ab12cde"},
        ),
        (
            "silver Corsa, ended 7KX",
            {"vehicle_make": "vauxhall", "vehicle_colour": "silver", "vehicle_plate": "7kx"},
        ),
        ("a minicab", {}),
    ],
)
def test_what_is_said_of_a_car(said: str, found: dict[str, object]) -> None:
    """Make, colour, and a plate or a part of one."""
    assert read_vehicle(said, WORDS) == found


@given(st.text(max_size=300))
def test_any_text_can_be_read(said: str) -> None:
    """Whatever is typed, codes come out or nothing."""
    found = read_looks(said, WORDS) | read_vehicle(said, WORDS)
    assert all(found[kind] in WORDS[kind] for kind in KINDS if kind in found)
