"""Every comparison and level of the engine has its sentence, and every code that ships reads as words."""

import re

import pytest

from nightdesk.desks.series import words
from nightdesk.desks.series.words_codes import DELIVERY, DID, VENUE, value_words
from nightdesk.desks.series.words_evidence import has_words, sentence
from nightdesk.linkage.comparisons import Level, comparisons
from nightdesk.linkage.weights import shipped
from nightdesk.rules import candidate as rule
from nightdesk.rules.candidate_evidence import BANDS, Found, family

pytestmark = pytest.mark.once("words are the same on both databases")
BEHAVIOURS = shipped().behaviours
ALL = [(each, level) for each in comparisons(BEHAVIOURS) for level in each.levels]


@pytest.mark.parametrize(("comparison", "level"), ALL, ids=lambda one: one.name)
def test_every_level_of_every_comparison_has_its_sentence(comparison: object, level: Level) -> None:
    """None is missing, none shows a code or a gap."""
    name = comparison.name  # type: ignore[attr-defined]
    assert has_words(name, level.name)
    said = sentence(Found(name, level.name, 1.0 if level.agrees else -1.0, 0.0, "one value", "another", None))
    assert not re.search(r"[{}_]", said), said
    assert said[0].isupper()
    assert said.endswith((".", "?"))


def test_what_has_no_sentence_is_found_and_still_reads_well() -> None:
    """The tester can fail; a comparison of a later edition is no gap on the page."""
    assert not has_words("shoe_size", "same")
    assert not has_words("age", "within 7 years")
    assert not has_words("place_boat_point", "within 1 km")
    assert sentence(Found("shoe_size", "same", 2.0, 0.0, "43", "43", None)) == "Both say: 43."
    assert (
        sentence(Found("shoe_size", "differs", -2.0, 0.0, "43", "38", None)) == "One says 43, the other 38."
    )
    assert value_words("did", "hid_the_keys") == "hid the keys"


def test_how_common_a_shared_value_is_is_said_beside_it() -> None:
    """Only where it speaks for a link."""
    both = {
        "comparison": "account",
        "level": "same handle, same app",
        "rarity": 0.0,
        "mine": "fox_den",
        "theirs": "fox_den",
    }
    start = "Both name the account fox_den on the same app."
    assert sentence(Found(**both, bits=9.0, others=3)) == f"{start} 3 other reports do."
    assert sentence(Found(**both, bits=9.0, others=1)) == f"{start} 1 other report does."
    assert sentence(Found(**both, bits=9.0, others=0)) == f"{start} No other report does."
    assert sentence(Found(**both, bits=-1.0, others=3)) == start


def test_a_side_that_is_empty_is_not_shown_as_a_gap() -> None:
    """A difference in place comes with the distance on one side only."""
    assert (
        sentence(Found("age", "more", -2.6, 0.0, "25", "45", None))
        == "One says about 25, the other about 45, of his age."
    )
    assert "not said" in sentence(Found("name", "same", 1.0, 0.0, "", "", None))


def test_every_code_that_ships_has_words() -> None:
    """Behaviours of the shipped weights; a drug has the name of the pack."""
    assert set(BEHAVIOURS) <= set(DID)
    assert value_words("drug", "ghb_gbl") == "GHB / GBL"
    assert value_words("tattoo", "site:forearm") == "forearm"
    assert all("_" not in str(text) for table in (DID, VENUE, DELIVERY) for text in table.values())


def test_every_code_of_the_desk_has_words() -> None:
    """States, answers, why, moves, bands; and a question for all that can be unknown, but never for ethnicity."""
    assert set(words.STATES) == set(rule.STATES)
    assert set(words.ANSWERS) == set(rule.ANSWERS)
    assert set(words.WHY) == set(rule.WHY)
    assert {move for moves in rule.MOVES.values() for move in moves} == set(words.MOVES)
    assert set(words.BANDS) == set(BANDS)
    about = {family(each.name) for each in comparisons(BEHAVIOURS)}
    assert set(words.UNKNOWN) == about
    assert set(words.QUESTIONS) == about - {"ethnicity"}
