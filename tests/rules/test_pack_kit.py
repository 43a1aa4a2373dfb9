"""The kit in a pack: what makes it unusable is told, and what ours says is safe to read aloud."""

from typing import Any

import pytest

from nightdesk.outside.packs import read_pack
from nightdesk.rules.pack import PackProblems, build_pack
from nightdesk.rules.pack_kit import KIT_LINES, PLACES
from tests.rules.pack_files import small_files, worded

MORE = {"label": "More", "do": ["This"], "why": "So"}


def problems(**changed: Any) -> tuple[str, ...]:
    """What is said of the small pack with these changes in its kit: new steps, or keys of the second step."""
    files = small_files()
    files["kit"]["kit_step"] += changed.pop("steps", [])
    files["kit"]["kit_step"][1] |= changed
    with pytest.raises(PackProblems) as found:
        build_pack(files)
    return found.value.problems


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"specimen": "none_such"}, 'specimen "none_such" does not exist'),
        ({"kind": "offer"}, '"specimen" belongs to kind = "sample"'),
        ({"after": ["later"]}, '"after" names "later", which must stand earlier'),
        ({"meets": "drink"}, '"meets" belongs to kind = "offer"'),
        ({"before": ["lunch"]}, "one of toilet, drink"),
        ({"kind": "other"}, "one of say, check, sample, offer"),
    ],
)
def test_a_step_that_leads_nowhere_is_told(changed: dict[str, Any], told: str) -> None:
    """With file, step and what is wrong."""
    assert any(told in problem and "kit.toml, kit_step" in problem for problem in problems(**changed))


def test_too_many_steps_before_somebody_may_go_are_told() -> None:
    """A thirsty person waits for two steps at most."""
    more = [{**worded(f"more{n}"), **MORE, "kind": "say", "before": ["toilet"]} for n in range(2)]
    assert any('3 steps come before "toilet"; at most 2 may' in problem for problem in problems(steps=more))


def test_a_sample_before_the_care_check_is_told() -> None:
    """Medical care comes before evidence, in every pack."""
    files = small_files()
    files["kit"]["kit_step"].reverse()
    with pytest.raises(PackProblems, match="medical care comes before evidence"):
        build_pack(files)


def test_a_place_without_a_next_and_an_absent_line_are_told() -> None:
    """The person always reads where it is and what comes next."""
    files = small_files()
    files["kit"]["kit_place"][0]["then"] = "nowhere"
    files["kit"]["kit_line"].pop()
    with pytest.raises(PackProblems) as found:
        build_pack(files)
    said = " ".join(found.value.problems)
    assert '[[kit_next]] "nowhere" does not exist' in said
    assert f'[[kit_line]] "{KIT_LINES[-1]}" is missing' in said


def test_a_way_out_that_leads_nowhere_is_told() -> None:
    """And a sentence that would lead somewhere although it is none."""
    files = small_files()
    lines = {line["id"]: line for line in files["kit"]["kit_line"]}
    lines["leave"]["href"] = "/weather"
    lines["title"]["href"] = "https://weather.example/"
    with pytest.raises(PackProblems) as found:
        build_pack(files)
    assert len([problem for problem in found.value.problems if '"href"' in problem]) == 2


KIT = read_pack("england_wales")


def test_ours_is_complete_translated_and_unsigned_throughout() -> None:
    """Five languages beside English; nobody has signed one yet, so each says so."""
    for section in (KIT.kit_steps, KIT.kit_places, KIT.kit_nexts, KIT.kit_lines):
        for entry in section:
            assert set(entry.text.others) == {"cy", "es", "pt_BR", "pl", "ar"}, entry.id
            assert not any(translation.signed for translation in entry.text.others.values())
    assert set(KIT.kit_places.ids()) == set(PLACES)
    assert set(KIT.kit_lines.ids()) == set(KIT_LINES)


def test_what_is_read_aloud_is_short_and_says_no_word_of_what_happened() -> None:
    """At most 25 words; the words for the person name no act, no drug, no station and no result."""
    assert all(len(step.text.en.split()) <= 25 for step in KIT.kit_steps)
    told = [*KIT.kit_places, *KIT.kit_nexts, *KIT.kit_lines]
    spoken = " ".join(entry.text.en for entry in told).casefold()
    for word in (
        "rape",
        "sexual",
        "assault",
        "drug",
        "urine",
        "swab",
        "sample",
        "dna",
        "crime",
        "suspect",
        "match",
        "station",
    ):
        assert word not in spoken, word
    assert "too late" not in " ".join([step.text.en + " ".join(step.do) + step.why for step in KIT.kit_steps])
