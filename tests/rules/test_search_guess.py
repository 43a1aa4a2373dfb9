"""What somebody typed is read as what it looks like, and never as nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.outside.packs import load_pack
from nightdesk.outside.search_words import words_of
from nightdesk.rules.search_guess import REFERENCE, day_of, guess, reference_of
from nightdesk.rules.search_terms import KINDS

WORDS = words_of(load_pack())


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("K7M2-Q9XR", (REFERENCE,)),
        ("k7m2 q9xr", (REFERENCE, "place")),
        ("k7m2q9xr", (REFERENCE, "handle", "plate")),
        ("07700 900123", ("phone",)),
        ("+44 (0)7700 900-123", ("phone",)),
        ("900123", ("phone",)),
        ("jo@example.test", ("email",)),
        ("@night_owl", ("handle",)),
        ("night_owl", ("handle",)),
        ("nightowl on Grindr", ("handle",)),
        ("instagram.com/nightowl", ("handle",)),
        ("owl99", ("handle", "plate")),
        ("AB12 CDE", ("plate",)),
        ("SW8 1AB", ("place",)),
        ("12 Mill Lane", ("place",)),
        ("Jordan", ("name", "handle", "place")),
        ("Jordan Smith", ("name", "place")),
        ("25/11/2026", ("date",)),
        ("25 Nov 26", ("date",)),
        ("2026-11-25", ("date",)),
        ("12345", ("handle", "plate")),
        ("  ", ()),
    ],
)
def test_it_is_read_as_what_it_looks_like(typed: str, kinds: tuple[str, ...]) -> None:
    """A word alone can be several things, and is looked for as all of them."""
    assert guess(typed, WORDS) == kinds


@given(st.text(min_size=1, max_size=200))
def test_whatever_is_typed_is_read_as_something(text: str) -> None:
    """No input breaks the page."""
    kinds = guess(text, WORDS)
    assert set(kinds) <= {REFERENCE, *KINDS}
    assert bool(kinds) == bool(text.split())
    reference_of(text)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("5.1.26", date(2026, 1, 5)), ("1 December 2025", date(2025, 12, 1)), ("31-12-99", date(1999, 12, 31)),
        ("30/02/2026", None), ("2026-13-01", None), ("0/1/2026", None), ("5 Foo 2026", None), ("07700 900123", None),
        ("٢٥/١١/٢٠٢٦", date(2026, 11, 25)),
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(typed: str, day: date | None) -> None:
    """Day first; a day that does not exist is none."""
    assert day_of(typed) == day


@pytest.mark.parametrize(
    ("typed", "reference"),
    [
        ("k7m2 q9xr", "K7M2-Q9XR"),
        ("K7M2-Q9XR", "K7M2-Q9XR"),
        ("K7M2", ""),
        ("K7M2-Q9XR-AA", ""),
        ("ſ7M2-Q9XÄ", ""),
    ],
)
def test_a_reference_is_written_in_one_way(typed: str, reference: str) -> None:
    """As it is kept; "" for what is none."""
    assert reference_of(typed) == reference
