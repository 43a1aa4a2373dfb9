"""Every rule of the pack fires on its worked examples and keeps still on its counter-examples."""

from collections.abc import Mapping

import pytest

from nightdesk.outside.packs import load_lexicon
from nightdesk.rules.lexicon_rules import LEVELS, RELATED, Rule
from nightdesk.rules.triage import Account, rules_that_fire

RULES = load_lexicon().rules
EXAMPLES = [(rule, example) for rule in RULES for example in rule.examples]
COUNTER_EXAMPLES = [(rule, example) for rule in RULES for example in rule.not_examples]


def named(value: object) -> str:
    """A rule by its id, an example by what it says."""
    return value.id if isinstance(value, Rule) else str(value)[:60]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=named)
def test_a_rule_fires_on_its_worked_example(rule: Rule, example: Mapping[str, str]) -> None:
    assert rule.id in rules_that_fire(Account(**example), load_lexicon())


@pytest.mark.parametrize(("rule", "example"), COUNTER_EXAMPLES, ids=named)
def test_a_rule_keeps_still_on_its_counter_example(rule: Rule, example: Mapping[str, str]) -> None:
    assert rule.id not in rules_that_fire(Account(**example), load_lexicon())


def test_every_label_of_the_guideline_has_a_rule() -> None:
    labels = {rule.label for rule in RULES}
    assert {*LEVELS, *(f"related.{tag}" for tag in RELATED)} <= labels
    graded = {(rule.label, rule.level) for rule in RULES}
    assert {(label, level) for label, levels in LEVELS.items() for level in levels} <= graded


def test_every_concept_is_asked_for_or_hides_another() -> None:
    lexicon = load_lexicon()
    elements = [e for rule in lexicon.rules for e in (*rule.all, *rule.unless, *rule.unless_near)]
    asked = {name for element in elements for name in element.concepts} | {"NEGATION"}
    idle = {name for name in lexicon.concepts if name not in asked and not lexicon.hides[name]}
    assert not idle
