"""Outcomes of a pack: what leads nowhere is said."""

from typing import Any

import pytest

from nightdesk.rules.pack import PackProblems, build_pack
from tests.rules.pack_files import small_files


def test_the_smallest_pack_can_be_used() -> None:
    """Every ending has an outcome."""
    assert build_pack(small_files()).outcomes["ended"].look is True


@pytest.mark.parametrize(
    ("table", "change", "sentence"),
    [
        ("outcome", {"endings": ["invented"]}, '"endings" names "invented"'),
        ("outcome", {"endings": []}, '"endings" is empty'),
        ("outcome", {"endings": ["outcome"]}, 'no [[outcome]] has "withdrawal"'),
        ("outcome", {"needs": ["luck"]}, '"needs" names "luck"'),
        ("outcome", {"needs": ["suspect", "no_suspect"]}, "can’t both be needed"),
        ("limit", {"amount": 0}, '"amount" must be 1 or more'),
        ("limit", {"id": "other"}, '[[limit]] "first_contact_hours" is missing'),
        ("reopen_ground", {"id": "other"}, '[[reopen_ground]] "person_back" is missing'),
    ],
)
def test_what_could_never_work_is_said(table: str, change: dict[str, Any], sentence: str) -> None:
    """With the file and the entry."""
    files = small_files()
    files["closing"][table][0] |= change
    with pytest.raises(PackProblems) as found:
        build_pack(files)
    assert sentence in str(found.value)


def test_a_further_offence_that_nothing_can_point_to_is_said() -> None:
    """A label that triage does not give, a flag that the pack does not have."""
    files = small_files()
    files["offence_classes"]["related_class"][0]["labels"] = [
        "robbery",
        "flag.chemsex_context",
        "flag.none",
        "luck",
    ]
    with pytest.raises(PackProblems) as found:
        build_pack(files)
    assert [one.split('names "')[1].split('"')[0] for one in found.value.problems] == ["flag.none", "luck"]
