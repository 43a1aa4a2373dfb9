"""The shield in a pack: what makes it unusable is told, and what ours says is honest."""

import re
from typing import Any

import pytest

from nightdesk.outside.packs import read_pack
from nightdesk.rules.pack import PackProblems, build_pack
from nightdesk.rules.pack_shield import ALOUD, SHIELD_LINES
from tests.rules.pack_files import small_files

PACK = read_pack("england_wales")
PROMISES = re.compile(
    r"\b(we promise|guarantee|never be|immun\w*|safe from|nothing will happen)\b", re.IGNORECASE
)


def problems(**changed: Any) -> tuple[str, ...]:
    """What is said of the small pack with these tables in its shield."""
    files = small_files()
    files["shield"] |= changed
    with pytest.raises(PackProblems) as found:
        build_pack(files)
    return found.value.problems


def test_a_purpose_without_a_reason_and_a_time_of_nothing_are_told() -> None:
    raw = small_files()["shield"]
    assert any('purpose = "medical"' in told for told in problems(reason=raw["reason"][:1]))
    assert any(
        '"hours" must be' in told
        for told in problems(follow_up=[{**row, "hours": 0} for row in raw["follow_up"]])
    )


@pytest.mark.parametrize(
    ("table", "attribute"),
    [("line", "shield_lines"), ("kind", "interest_kinds"), ("follow_up", "follow_ups")],
)
def test_what_the_product_relies_on_must_be_there(table: str, attribute: str) -> None:
    raw = small_files()["shield"]
    assert any("shield.toml" in told or attribute in told for told in problems(**{table: raw[table][1:]}))


@pytest.mark.parametrize("line", SHIELD_LINES)
def test_every_sentence_is_there_in_every_language_and_promises_nothing(line: str) -> None:
    words = PACK.shield_lines[line].text
    assert set(words.others) == {"cy", "es", "pt_BR", "pl", "ar"}
    assert not PROMISES.search(words.en), words.en


def test_what_is_said_is_honest_about_the_court_and_short_enough_to_say() -> None:
    """Not immunity, not hidden: the prosecutor is named, and so is the defence."""
    said = " ".join(PACK.shield_lines[line].text.en for line in ALOUD)
    assert "not a promise" in said
    assert "prosecutor" in said
    assert "defence" in said
    assert "cannot start an enquiry against you by itself" in said
    assert len(said.split()) < 190
