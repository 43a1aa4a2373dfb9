"""What an analyst may ask by, and what is refused."""

from datetime import UTC, datetime
from typing import Any

import pytest

from nightdesk.linkage.weights import shipped
from nightdesk.rules import exploration as rule
from nightdesk.rules.exploration import ExplorationRefused
from nightdesk.rules.link_code import BEHAVIOURS

WHY = "Operation of the unit"


def test_only_facts_that_say_something_are_kept() -> None:
    given = {
        "handle": " fox ",
        "age": 31,
        "drug": "",
        "behaviours": ["filmed", "choked"],
        "stranger": "x",
        "act_on": None,
    }
    assert rule.kept(given) == {"handle": "fox", "age": "31", "behaviours": ["choked", "filmed"]}
    assert rule.kinds(rule.kept(given)) == ["handle", "age", "behaviours"]


@pytest.mark.parametrize(
    "facts",
    [
        {"handle": "fox"},
        {"phone": "8868"},
        {"behaviours": ["filmed"]},
        {"drug": "ghb_gbl", "venue": "sauna"},
        {"build": "slim", "height_cm": "178"},
    ],
)
def test_one_fact_that_tells_a_man_apart_or_two_common_ones_are_enough(facts: dict[str, Any]) -> None:
    rule.refuse_if_not_asked(facts, WHY)


@pytest.mark.parametrize(
    ("facts", "reason", "sentence"),
    [
        ({"handle": "fox"}, " ", "Say in a few words why"),
        ({"handle": "fox"}, "x" * 1001, "at most 1000"),
        ({}, WHY, "at least two facts"),
        ({"drug": "ghb_gbl"}, WHY, "at least two facts"),
        ({"age": "31"}, WHY, "at least two facts"),
        ({"handle": "x" * 101}, WHY, "longer than 100"),
        ({"height_cm": "178"}, WHY, "at least two facts"),
        ({"build": "slim"}, WHY, "at least two facts"),
        ({"handle": "fox", "height_cm": "99"}, WHY, "from 100 to 240"),
        ({"handle": "fox", "height_cm": "5 ft"}, WHY, "from 100 to 240"),
        ({"handle": "fox", "age": "0"}, WHY, "from 1 to 120"),
        ({"handle": "fox", "age": "thirty"}, WHY, "from 1 to 120"),
        ({"behaviours": ["flew"]}, WHY, "not on the list"),
    ],
)
def test_a_question_that_only_lists_people_or_says_no_reason_is_refused(
    facts: dict[str, Any], reason: str, sentence: str
) -> None:
    with pytest.raises(ExplorationRefused, match=sentence):
        rule.refuse_if_not_asked(facts, reason)


def test_it_ends_with_the_shift() -> None:
    at = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
    assert rule.ends_at(at) == datetime(2026, 11, 27, 15, 0, tzinfo=UTC)


def test_what_can_be_asked_is_what_the_engine_weighs() -> None:
    assert set(BEHAVIOURS) == set(shipped().behaviours)
