"""The audit of live work: bands of age, without ethnicity and with it, nothing small kept."""

import json

import pytest

from nightdesk.rules.fairness import Live
from nightdesk.rules.link_audit import (
    BANDS,
    age_band,
    audit,
    band_of_years,
    from_plain,
    to_plain,
)
from nightdesk.rules.particular_kinds import AGES


@pytest.mark.parametrize(
    ("code", "under_18", "band"),
    [
        ("", "yes", "under_18"), ("", "no", "adult"), ("", "dont_know", "not_recorded"), ("", "", "not_recorded"),
        ("13_to_15", "", "under_18"), ("25_to_34", "no", "25_to_34"), ("65_and_over", "", "55_and_over"),
        ("55_to_64", "", "55_and_over"),
    ],
)  # fmt: skip
def test_the_age_of_a_case_is_taken_and_else_what_was_answered_at_first(
    code: str, under_18: str, band: str
) -> None:
    assert age_band(code, under_18) == band


def test_every_age_of_a_case_has_its_band() -> None:
    """A band that the page has no word for would be shown as a code."""
    assert {age_band(code, "") for code in AGES} < set(BANDS)


@pytest.mark.parametrize(
    ("years", "band"),
    [("0", "under_18"), ("17", "under_18"), ("18", "18_to_24"), ("54", "45_to_54"), ("55", "55_and_over"),
     ("", "not_recorded"), ("x", "not_recorded"), ("²", "not_recorded")],
)  # fmt: skip
def test_an_age_in_years_has_its_band(years: str, band: str) -> None:
    assert band_of_years(years) == band


def rows(count: int, age: str, *, linked: bool | None = None, ethnicity: bool = False) -> list[Live]:
    return [Live("counter", "Unit A", linked, 12.0, age, ethnicity)] * count


def test_candidates_are_counted_without_ethnicity_and_with_it_and_small_groups_are_hidden() -> None:
    live = rows(9, "18_to_24", linked=True) + rows(9, "18_to_24", linked=False) + rows(8, "25_to_34")
    live += rows(3, "under_18") + rows(7, "18_to_24", ethnicity=True)
    found = {(row.by, row.code, row.ethnicity): row for row in audit(live)}
    young = found["age", "18_to_24", False]
    assert young.raised == 18
    assert young.accepted is not None
    assert (young.accepted.share, young.accepted.of, young.hours) == (0.5, 18, 12.0)
    assert found["age", "under_18", False].raised is None
    assert found["age", "25_to_34", False].raised is None  # else 29 less the others would say the hidden one
    assert found["age", "18_to_24", True].raised == 7
    assert found["unit", "Unit A", False].raised == 29
    assert ("age", "under_18", True) not in found


def test_a_whole_that_is_small_is_not_shown_at_all() -> None:
    """Four candidates raised with ethnicity are not even told by unit."""
    assert {row.ethnicity for row in audit(rows(20, "adult") + rows(4, "adult", ethnicity=True))} == {False}
    assert audit(rows(4, "adult")) == []


def test_what_is_kept_comes_back_as_it_was() -> None:
    kept = audit(rows(9, "adult", linked=True) + rows(9, "adult", linked=False) + rows(2, "under_18"))
    assert from_plain(json.loads(json.dumps(to_plain(kept)))) == kept
    assert not any(row.raised is not None and row.raised < 5 for row in kept)
