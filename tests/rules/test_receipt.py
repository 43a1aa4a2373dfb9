"""Four plain words as a receipt: enough of them, safe to read aloud, and forgiving."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.outside.receipt_words import receipt_words
from nightdesk.rules.receipt import WORDS, list_problems, read_receipt, receipt_of

LIST = receipt_words()
# Beginnings of words that are graphic, frightening, or about what happened: none may be in the list.
UNSAFE = (
    "abus", "alco", "anal", "arse", "assa", "atta", "bitc", "blac", "bleed", "bloo", "body", "bomb", "breas", "bum", "butt",
    "chems", "cock", "coffin", "cond", "corp", "crap", "crim", "cum", "dead", "deat", "devi", "dick", "drug", "drun",
    "evil", "fear", "fist", "fuck", "gang", "grav", "grop", "gun", "hell", "hit", "horn", "horror", "hurt", "kill", "knif",
    "lick", "lust", "murd", "nake", "nipp", "nude", "orga", "pain", "peni", "piss", "pois", "porn", "prick", "puss", "rape",
    "rect", "semen", "sex", "shit", "shoo", "slav", "slut", "smac", "spas", "spunk", "stab", "stra", "suck", "terr", "thru",
    "tit", "urin", "vagi", "victi", "viol", "wank", "weap", "weed", "whor", "woun",
)  # fmt: skip
# Words of the list that begin like one of them and are none of them.
INNOCENT = {
    "bloom", "bumble", "button", "condor", "gravel", "organ", "paint", "rectangle", "stable", "straw", "terrace",
    "thrush", "title", "viola",
}  # fmt: skip


def test_the_list_holds_enough_words_that_cannot_be_mixed_up() -> None:
    """At least 1,024, no two with the same first four letters, four to nine plain letters each."""
    assert list_problems(LIST) == []
    assert len(LIST) == 1605
    assert list(LIST) == sorted(LIST)


def test_no_word_is_graphic_or_about_what_happened() -> None:
    """Read aloud at a counter, and printed on a card that somebody may find."""
    found = [word for word in LIST if word.startswith(UNSAFE) and word not in INNOCENT]
    assert not found, found
    assert set(LIST) >= INNOCENT


@given(st.binary(min_size=16, max_size=16))
def test_any_bytes_make_four_words_of_the_list(drawn: bytes) -> None:
    """The same bytes the same words."""
    words = receipt_of(drawn, LIST)
    assert len(words) == WORDS
    assert set(words) <= set(LIST)
    assert words == receipt_of(drawn, LIST)


def test_every_word_is_drawn_equally_often() -> None:
    """16 bytes are so many more than the list that no word is favoured by more than one in 10³⁵."""
    most, rest = divmod(2**128, len(LIST) ** WORDS)
    assert rest / (2**128) < 1e-20
    assert most > 10**25


@pytest.mark.parametrize(
    "typed",
    ["acorn bridge camel daisy", "ACORN, Bridge; camel – daisy", " acorn\nbridge\tcamel  daisy. ",
     "acorns bridges camels daisies", "acor-brid-came-dais", "1. acorn 2. bridge 3. camel 4. daisy"],
)  # fmt: skip
def test_spelling_that_does_not_count(typed: str) -> None:
    """Capitals, commas, numbers, line ends, and the ends of words."""
    assert read_receipt(typed) == "acor brid came dais"


@pytest.mark.parametrize(
    "typed", ["", "acorn", "acorn bridge camel", "daisy camel bridge acorn", "أكورن", "x" * 10**6]
)
def test_other_words_are_other_words(typed: str) -> None:
    """Order and number count; anything can be typed."""
    assert read_receipt(typed) != "acor brid came dais"


def test_a_list_that_cannot_be_used_is_told() -> None:
    """Too short, twice the same beginning, an odd word; and too few bytes."""
    assert list_problems(["acorn", "acorns", "Bee"]) == [
        "3 words are too few.", "More than one word starts with acor.", "Bee is not four to nine plain letters.",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="16 random bytes"):
        receipt_of(b"short", LIST)
    with pytest.raises(ValueError, match="1,024 words"):
        receipt_of(bytes(16), LIST[:1000])
