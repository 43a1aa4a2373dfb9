"""What is looked for meets what is kept: how well, why, and whether that is sure enough for another unit's case."""

import pytest

from nightdesk.outside.packs import load_pack
from nightdesk.outside.search_words import words_of
from nightdesk.rules.search_asked import Asked, Match, SearchRefused, asked, folded_platform
from nightdesk.rules.search_terms import Key, Term, keys_of

WORDS = words_of(load_pack())


def matched(kept: str, looked_for: str, kind: str = "name") -> tuple[str, bool]:
    """Why it matched ("" when not), and whether for certain."""
    keys, wanted = set(keys_of(Term(kind, kept), WORDS)), asked(Term(kind, looked_for), WORDS)
    match = Match(kind, _best(wanted.alone, keys), tuple(_best(group, keys) for group in wanted.together))
    return (match.why, match.score >= wanted.sure_from) if match.score else ("", False)


def _best(weights: object, keys: set[Key]) -> int:
    return max((weight for key, weight in dict(weights).items() if key in keys), default=0)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("kept", "looked_for", "why", "sure"),
    [
        ("Jo Smith", "Smith Jo", "exact", True),
        ("Jo Ann Smith", "Jo Smith", "exact", True),
        ("Anne-Marie", "Annemarie", "exact", True),
        ("Jordan Smith", "Jordan", "exact", False),  # a first name alone lists nobody's cases elsewhere
        ("Elizabeth O’Neil", "liz oneil", "spelling", False),
        ("Mohammed Khan", "محمد خان", "spelling", False),
        ("Katie Vale", "Kathryn Vale", "spelling", False),
        ("J Smith", "John Smith", "initial", False),
        ("John Smith", "J Smith", "initial", False),
        ("Jordan", "Jordan Smith", "one_name", False),
        ("Jane Smith", "John Smith", "", False),
        ("Jo Smith", "Jo Vale", "", False),
        ("Smith", "Smithson", "", False),
    ],
)
def test_names_meet_whole_near_or_not(kept: str, looked_for: str, why: str, sure: bool) -> None:
    """All parts must be there; only the whole name or all parts as written are sure."""
    assert matched(kept, looked_for) == (why, sure)


@pytest.mark.parametrize(
    ("kind", "kept", "looked_for", "why"),
    [
        ("phone", "+447700900123", "+447700900123", "exact"),
        ("phone", "+447700900123", "900123", "ending"),
        ("phone", "900123", "+447700900123", "ending"),
        ("phone", "+447700900123", "900124", ""),
        ("handle", "@Night_Owl", "night_owl", "exact"),
        ("handle", "@Night_Owl", "nightowl", "spelling"),
        ("email", "jo+x@gmail.com", "j.o@gmail.com", "exact"),
        ("place", "12 Mill Lane, Harbour Row", "harbour mill", "exact"),
        ("place", "12 Mill Lane", "14 mill", ""),
        ("plate", "LB07 SEO", "lb07seo", "exact"),
        ("plate", "LB07 SEO", "L807 5E0", "alike"),
        ("date", "2026-11-24/2026-11-26", "2026-11-25", "exact"),
        ("date", "2026-01-01/2026-11-26", "2026-05-05", "month"),
        ("date", "2026-11-24", "2026-11-25", ""),
    ],
)
def test_other_kinds_meet(kind: str, kept: str, looked_for: str, why: str) -> None:
    """Whole, by the ending, without decoration, or not at all."""
    assert matched(kept, looked_for, kind)[0] == why


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("name", "x"),
        ("phone", "12345"),
        ("email", "jo"),
        ("place", "the street"),
        ("plate", "-"),
        ("handle", "@"),
    ],
)
def test_too_little_is_refused_with_what_to_do(kind: str, typed: str) -> None:
    """A letter alone would find everybody."""
    with pytest.raises(SearchRefused, match="Give"):
        asked(Term(kind, typed), WORDS)


@pytest.mark.parametrize(
    ("typed", "handle", "platform"),
    [
        ("nightowl on Grindr", "nightowl", "grindr"),
        ("Grindr nightowl", "nightowl", "grindr"),
        ("https://instagram.com/NightOwl", "https://instagram.com/NightOwl", "instagram"),
        ("nightowl", "nightowl", ""),
    ],
)
def test_a_platform_is_taken_off_a_handle(typed: str, handle: str, platform: str) -> None:
    """However it stands beside it."""
    assert folded_platform(typed, WORDS) == (handle, platform)


def test_a_whole_match_comes_before_any_sum_and_an_absent_word_before_none() -> None:
    """Scores order what is found; a word that is not there makes the others worth nothing."""
    assert Match("name", 100, (10, 10)).score > Match("name", 0, (30, 30)).score
    assert Match("name", 0, (30, 0)).score == 0
    wanted = Asked("name", {Key("name", "whole", "a"): 1}, ({Key("name", "whole", "a"): 1},))
    assert len(wanted.keys) == 1
