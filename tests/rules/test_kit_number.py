"""The number of a kit: read in any spelling, and no slip of a pen or a voice makes another one of it."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.rules.kit_number import LETTERS, RANDOM_LETTERS, number_of, read_number

VALUES = st.lists(st.integers(0, len(LETTERS) - 1), min_size=RANDOM_LETTERS, max_size=RANDOM_LETTERS)


@given(VALUES)
def test_a_number_reads_back_and_fits_the_record(values: list[int]) -> None:
    """Three groups, twelve characters."""
    number = number_of(values)
    assert len(number) == 12
    assert [len(group) for group in number.split("-")] == [4, 4, 2]
    assert read_number(number) == number


@given(VALUES)
def test_case_and_spacing_do_not_matter(values: list[int]) -> None:
    """As a hand scanner, a voice, or a tired person gives it."""
    number = number_of(values)
    for typed in (
        number.lower(),
        number.replace("-", " "),
        f"  {number.replace('-', '')}\n",
        "–".join(number),
    ):
        assert read_number(typed) == number


@given(VALUES, st.integers(0, RANDOM_LETTERS), st.integers(1, len(LETTERS) - 1))
def test_every_single_slip_is_found(values: list[int], place: int, by: int) -> None:
    """The check letter included."""
    letters = list(number_of(values).replace("-", ""))
    letters[place] = LETTERS[(LETTERS.index(letters[place]) + by) % len(LETTERS)]
    assert read_number("".join(letters)) == ""


@given(VALUES)
def test_every_two_letters_that_changed_places_are_found(values: list[int]) -> None:
    """Neighbours or not."""
    letters = number_of(values).replace("-", "")
    for first, second in itertools.combinations(range(len(letters)), 2):
        if letters[first] != letters[second]:
            changed = list(letters)
            changed[first], changed[second] = changed[second], changed[first]
            assert read_number("".join(changed)) == ""


def test_no_letter_is_read_for_another() -> None:
    """Of each pair that a tired eye mixes up, at most one is in use."""
    assert len(set(LETTERS)) == len(LETTERS)
    for mixed_up in ("0O", "1IL", "5S", "8B", "2Z", "6G", "UV", "0D"):
        assert len(set(mixed_up) & set(LETTERS)) <= 1, mixed_up


@pytest.mark.parametrize(
    "typed", ["", "K7M2", "K7M2-Q9XR-4T7", "0000-0000-00", "K7M2-Q9XR-4!", "ا" * 10, "x" * 5000]
)
def test_what_is_no_number_is_said_to_be_none(typed: str) -> None:
    """Never a fault."""
    assert read_number(typed) == ""
