"""Words come in the person's language when there are any, say whether they are signed, and are English otherwise."""

import pytest

from nightdesk.rules.pack import build_pack
from tests.rules.pack_files import small_files


@pytest.fixture
def line():
    files = small_files()
    files["lines"]["say"][0]["text"] = {
        "en": "Thank you.",
        "cy": {"words": "Diolch.", "signed": True},
        "pt_BR": {"words": "Agradeço."},
    }
    return build_pack(files).say["one"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Thank you."),
        ("en-gb", "Thank you."),
        ("cy", "Diolch."),
        ("cy-GB", "Diolch."),
        ("pt-br", "Agradeço."),
        ("pt_BR", "Agradeço."),
        ("pt", "Agradeço."),
        ("pt-PT", "Agradeço."),
        ("pl", "Thank you."),
        ("", "Thank you."),
        ("c", "Thank you."),
    ],
)
def test_a_person_is_answered_in_their_language_or_in_english(line, language, words):
    assert line.text_in(language) == words


def test_a_translation_is_signed_apart_from_the_english(line):
    assert (line.wording_in("cy").signed, line.wording_in("en").signed) == (True, False)
    assert (line.wording_in("pt").signed, line.wording_in("pt").language) == (False, "pt_BR")
    assert line.wording_in("pl").language == "en"


def test_words_print_as_english(line):
    assert str(line.text) == "Thank you."
