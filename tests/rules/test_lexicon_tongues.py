"""In which languages an account is read: a plainly English one is not read as Romanian because of one word."""

import pytest

from nightdesk.outside.packs import load_lexicon
from nightdesk.rules.lexicon_tongues import concepts_read, in_tongue, tongues
from nightdesk.rules.triage import Account, triage

COMMON = {"en": frozenset(("the", "and", "was", "he", "my")), "pl": frozenset(("nie", "sie", "na", "jest"))}


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("the man and he was on my bus", frozenset()),
        ("nie na the and", {"pl"}),
        ("grindr", {"pl"}),
        ("the and was he nie na", {"pl"}),
        ("the and was he my nie na sie", {"pl"}),
        ("the and was he my nie", frozenset()),
    ],
)
def test_another_language_is_read_unless_the_account_is_plainly_english(said: str, read: set[str]) -> None:
    assert tongues(said.split(), COMMON) == read


def test_english_is_always_read_and_another_language_only_when_spoken() -> None:
    found = (in_tongue("SEX", "en"), in_tongue("RAPE", "pl"), in_tongue("DEATH", ""))
    assert concepts_read(found, frozenset()) == ("SEX", "DEATH")
    assert concepts_read(found, frozenset(("pl",))) == ("SEX", "RAPE", "DEATH")


@pytest.mark.parametrize(
    "what",
    [
        "The rider was after the bus and he flashed his lights at my car.",
        "General Mark was on the phone and he said it was the tax office.",
    ],
)
def test_an_english_word_is_not_a_hint_in_another_language(what: str) -> None:
    assert triage(Account(who="M, 40. Man off a dating site", what=what), load_lexicon()).proposals == ()
