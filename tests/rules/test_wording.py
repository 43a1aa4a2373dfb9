"""How typed words are made comparable, and how the way back to the typed text is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.rules.wording import SENTENCE_LIMIT, plain, sentences

MERGES = {("did", "not"): "didnt"}


def words(text: str) -> list[str]:
    """The comparable words of a text."""
    return [word.text for sentence in sentences(text, MERGES) for word in sentence]


@pytest.mark.parametrize(
    ("typed", "comparable"),
    [
        ("DIDN'T", "didnt"),
        ("didn’t", "didnt"),
        ("Łódź", "lodz"),
        ("été", "ete"),
        ("ＲＡＰＥ", "rape"),
        ("ra\u200bped", "raped"),
        ("ra\x00ped", "raped"),
        ("noooo", "noo"),
        ("Straße", "strasse"),
        ("țară", "tara"),
    ],
)
def test_a_word_is_the_same_word_however_it_is_typed(typed: str, comparable: str) -> None:
    assert plain(typed) == comparable
    assert words(typed) == [comparable]


@pytest.mark.parametrize(
    ("typed", "separate"),
    [
        ("15yo", ["15", "yo"]),
        ("F22", ["f", "22"]),
        ("hook-up", ["hook", "up"]),
        ("w/ b/f", ["w", "b", "f"]),
        ("did not", ["didnt"]),
        ("did, not", ["did", "not"]),
        ("£60", ["£", "60"]),
        ("r*ped", ["r*ped"]),
        ("", []),
        ("... !? 😀", []),
    ],
)
def test_a_text_is_cut_where_a_reader_would_cut_it(typed: str, separate: list[str]) -> None:
    assert words(typed) == separate


def test_a_sentence_ends_at_its_stop_and_not_inside_a_time_or_a_short_form() -> None:
    text = "Approx. 40, seen 04.15. He ran"
    assert [len(sentence) for sentence in sentences(text, {})] == [5, 2]


def test_a_clause_ends_at_a_comma() -> None:
    first, second = next(iter(sentences("no, stop", {})))
    assert second.clause == first.clause + 1


@given(st.text())
def test_every_word_points_at_itself_in_the_typed_text(text: str) -> None:
    for sentence in sentences(text, {}):
        for word in sentence:
            assert plain(text[word.start : word.end]) == word.text


def test_a_text_without_a_single_stop_is_read_in_pieces() -> None:
    pieces = list(sentences("word " * (SENTENCE_LIMIT + 10), {}))
    assert [len(piece) for piece in pieces] == [SENTENCE_LIMIT, 10]
