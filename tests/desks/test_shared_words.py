"""A pack calls things as the pages of a case do, so that an officer finds in it what they entered."""

import pytest
from django.utils import translation

from nightdesk.desks.caseroom import particular_words as desk
from nightdesk.records.cases import STATES
from nightdesk.rules import shared_words as words
from nightdesk.rules.particular_field import BASES
from nightdesk.rules.particular_kinds import POLE, ROLES
from nightdesk.rules.particular_link import LINKS

OWN = {"any", "these"}  # of the contact plan, which a pack says in other words


@pytest.mark.once("words alone")
def test_a_pack_calls_things_as_the_pages_do() -> None:
    """Sorts, fields, choices, what a value rests on, links: all there, and the same."""
    with translation.override("en"):
        assert {code: str(desk.SORTS[code][0]) for code in words.SORTS} == words.SORTS
        assert {code: str(desk.FIELDS[code]) for code in words.FIELDS} == words.FIELDS
        assert {code: str(text) for code, text in desk.CHOICES.items() if code not in OWN} == words.CHOICES
        assert {code: str(text) for code, text in desk.BASES.items()} == words.BASES
        assert {code: str(pair[0]) for code, pair in desk.LINKS.items()} == words.LINKS


@pytest.mark.once("words alone")
def test_nothing_of_an_entry_is_without_a_word() -> None:
    """Every field, code, basis, link and state there is."""
    assert set(words.SORTS) == {*ROLES, "object", "place", "event"}
    for kind in POLE:
        for field in kind.fields:
            assert words.field_words(kind.code, field.name)
            assert set(field.choices) <= set(words.CHOICES)
    assert set(words.BASES) == set(BASES)
    assert set(words.LINKS) == set(LINKS)
    assert set(words.STATES) == set(STATES)
