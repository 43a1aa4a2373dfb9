"""Names as keys: what is one name for search, what is near to it, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.rules import search_names
from nightdesk.rules.search_letters import latin
from nightdesk.rules.search_names import NameWords

WORDS = NameWords({"liz": ("elizabeth",), "elizabeth": ("elizabeth",)}, frozenset({"de", "la", "dr"}))


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Smith, Jo", ("smith", "jo")),
        ("Dr Jo O’Neil", ("jo", "oneil")),
        ("Anne-Marie", ("anne", "marie")),
        ("María de la Cruz", ("maria", "cruz")),
        ("De La", ("de", "la")),  # nothing else is there
        ("ŁUKASZ", ("lukasz",)),
        ("Юрий", ("yurii",)),
        ("“Jo” (Joanna)", ("jo", "joanna")),
        ("?", ()),
        ("", ()),
        ("a b c d e f g h", ("a", "b", "c", "d", "e", "f")),
    ],
)
def test_a_name_has_its_parts_without_particles_and_titles(typed: str, parts: tuple[str, ...]) -> None:
    """Folded, in their order, six at most."""
    assert search_names.parts(typed, WORDS) == parts


def test_the_whole_name_has_no_order() -> None:
    """A form asks for the last name first, a person says it last."""
    first, second = (search_names.parts(name, WORDS) for name in ("Jo Smith", "Smith, Jo"))
    assert search_names.whole(first) == search_names.whole(second) == "jo smith"


@pytest.mark.parametrize(
    "pair", [("Anne-Marie", "Annemarie"), ("de la Cruz", "Delacruz"), ("Mc Donald", "McDonald")]
)
def test_a_gap_makes_no_other_name(pair: tuple[str, str]) -> None:
    """Hyphens, particles, prefixes."""
    assert search_names.joined(pair[0]) == search_names.joined(pair[1])


@pytest.mark.parametrize(
    "pair",
    [
        ("john", "jon"), ("stephen", "steven"), ("catherine", "kathryn"), ("mohammed", "muhamad"), ("ahmed", "ahmet"),
        ("philip", "phillip"), ("sara", "sarah"), ("geoff", "jeff"), ("nicholas", "nikolas"), ("szymon", "simon"),
        ("mohammed", "محمد"), ("khan", "خان"),
    ],
)  # fmt: skip
def test_what_sounds_alike_has_one_sound(pair: tuple[str, str]) -> None:
    """In English ears, and by the consonants of a script without short vowels."""
    first, second = (search_names.sound(latin(name)) for name in pair)
    assert first == second != ""


@pytest.mark.parametrize("pair", [("john", "jane"), ("mark", "mary"), ("dean", "tina"), ("alan", "helen")])
def test_what_sounds_different_has_another_sound(pair: tuple[str, str]) -> None:
    """A key that half the town has finds nobody."""
    assert search_names.sound(pair[0]) != search_names.sound(pair[1])


@pytest.mark.parametrize("short", ["jo", "lee", "ng", "o", "", "王", "😀"])
def test_too_little_has_no_sound_or_a_whole_one(short: str) -> None:
    """One letter would sound like everybody."""
    assert len(search_names.sound(short)) != 1


def test_near_is_a_nickname_or_a_sound() -> None:
    """Liz and Elizabeth have a group in common, and no sound."""
    both = set(search_names.near("liz", WORDS)) & set(search_names.near("elizabeth", WORDS))
    assert both == {"group elizabeth"}


@pytest.mark.parametrize(
    ("name", "kept", "found_by"),
    [
        ("J Smith", ("j smith",), ()),
        ("J. K. Smith", ("j smith", "k smith"), ()),
        ("John Smith", (), ("j smith", "s john")),
        ("John Paul Smith", (), ("j smith", "s john")),
        ("Smith", (), ()),
        ("J", (), ()),
    ],
)
def test_an_initial_stands_for_a_name(name: str, kept: tuple[str, ...], found_by: tuple[str, ...]) -> None:
    """Kept with an initial it is found by the full name, and the other way round; never Jane by John."""
    parts = search_names.parts(name, WORDS)
    assert search_names.initialled(parts) == kept
    assert search_names.could_be_initialled(parts) == found_by


@given(st.text(max_size=60))
def test_any_text_has_parts_that_say_something(text: str) -> None:
    """Whatever was typed: no part is empty, and folding again changes nothing."""
    parts = search_names.parts(text, WORDS)
    assert all(part.isalnum() for part in parts)
    assert len(parts) <= search_names.MOST_PARTS
    for part in parts:
        search_names.near(part, WORDS)
