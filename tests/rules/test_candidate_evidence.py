"""Evidence in bands and in order; and what brings a decided pair back."""

from typing import Any

import pytest

from nightdesk.rules import candidate_evidence as rule
from tests.linkage_rows import FOUND, evidence

ETHNICITY = {
    "comparison": "ethnicity",
    "level": "same",
    "bits": 14.0,
    "mine": "x",
    "theirs": "x",
    "others": None,
}


@pytest.mark.parametrize(
    ("bits", "band"),
    [(0.1, "weak"), (-1.9, "weak"), (2, "fair"), (-4.9, "fair"), (5, "strong"), (-9, "strong")],
)
def test_a_piece_of_evidence_is_said_in_a_band(bits: float, band: str) -> None:
    """For and against alike."""
    assert rule.band(bits) == band


@pytest.mark.parametrize(("bits", "band"), [(5, "weak"), (6, "fair"), (9.9, "fair"), (10, "strong")])
def test_a_pair_is_said_in_a_band_of_all_that_is_held(bits: float, band: str) -> None:
    """The prior of a thousand to one takes ten bits to overcome."""
    assert rule.band_of_pair(bits, -10) == band


def test_the_largest_leads_and_ethnicity_never_does() -> None:
    """Whatever its bits: it says of a whole community what it says of one man."""
    read = rule.evidence_of(evidence(found=(ETHNICITY, *FOUND)))
    assert [one.comparison for one in read.speaks_for] == [
        "account",
        "place_home_sector",
        "did_filmed",
        "ethnicity",
    ]
    assert [one.comparison for one in read.speaks_against] == ["age", "build"]


def test_evidence_without_its_parts_is_empty_and_no_fault() -> None:
    """What an older edition kept can still be read."""
    read = rule.evidence_of({})
    assert (read.found, read.unknown_mine, read.alone) == ((), (), 0.0)


@pytest.mark.parametrize(
    ("name", "about"), [("place_home_point", "place"), ("did_filmed", "did"), ("age", "age")]
)
def test_a_comparison_is_about_one_thing(name: str, about: str) -> None:
    """Nine comparisons of places are one place."""
    assert rule.family(name) == about


def changed(**by_name: dict[str, Any] | None) -> dict[str, Any]:
    """The evidence with some comparisons changed, added, or (None) gone."""
    rows = {one["comparison"]: one for one in FOUND} | by_name
    return evidence(found=tuple(one for one in rows.values() if one))


AGE = FOUND[2]
PHONE = {"comparison": "phone", "level": "same number", "bits": 12.0, "mine": "1", "theirs": "1", "others": 0}
NEARER = FOUND[1] | {
    "comparison": "place_home_point",
    "level": "within 0.12 km",
    "theirs": "0.1 km",
    "bits": 7.5,
}


@pytest.mark.parametrize(
    ("now", "back"),
    [
        (changed(), False),
        (changed(phone=PHONE), True),
        (changed(age=None), True),  # what spoke against it was withdrawn
        (changed(age=AGE | {"level": "within 2 years", "mine": "26", "bits": 1.2}), True),
        (changed(age=AGE | {"mine": "60", "bits": -4.0}), False),  # says something else, and more against it
        (changed(account=FOUND[0] | {"bits": 11.0, "others": 0}), False),  # only rarer than it was
        (changed(account=None), False),
        (changed(place_home_sector=None, place_home_point=NEARER), True),
        (changed(place_home_sector=None, place_home_point=NEARER | {"bits": 4.5}), False),
        (changed(did_choked=FOUND[3] | {"comparison": "did_choked", "mine": "choked", "bits": 0.6}), False),
        ({}, True),  # the age that spoke against it is unknown now
    ],
)
def test_a_decided_pair_comes_back_only_when_what_was_told_speaks_more_for_it(
    now: dict[str, Any], back: bool
) -> None:
    """Not because the figures moved."""
    assert rule.comes_back(evidence(), now) is back
