"""Keys of each kind: what is kept of a phone, a handle, a place, a day; and what of the basics is put into search at all."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.rules.basics import Basics, Suspect
from nightdesk.rules.search_basics import basics_terms
from nightdesk.rules.search_terms import (
    KINDS,
    MOST_DAYS,
    MOST_MONTHS,
    MOST_WORDS,
    Term,
    Words,
    keys_of,
    place_words,
)

LONDON = ZoneInfo("Europe/London")
WORDS = Words(place_left_out=frozenset({"the", "lane"}), postcode=r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b")


def forms(kind: str, value: str, platform: str = "") -> set[tuple[str, str]]:
    """Form and value of each key."""
    return {(key.form, key.value) for key in keys_of(Term(kind, value, platform), WORDS)}


@pytest.mark.parametrize(
    ("kind", "value", "wanted"),
    [
        ("phone", "+447700900123", {("whole", "+447700900123"), ("ending", "900123")}),
        ("phone", "900123", {("ending", "900123")}),
        ("phone", "123", set()),
        ("phone", "unknown", set()),
        ("handle", "@Night_Owl.99", {("written", "night_owl.99"), ("bare", "nightowl99")}),
        ("handle", "https://example.test/u/Night_Owl?x=1", {("written", "night_owl"), ("bare", "nightowl")}),
        ("email", "Jo.Smith+x@Example.test", {("whole", "jo.smith@example.test")}),
        ("email", "none", set()),
        ("plate", "LB07 SEO", {("whole", "LB07SEO"), ("alike", "L8075E0")}),
        ("plate", "a small blue car with a dent", set()),
        ("place", "The Arches, Mill Lane, sw8 1ab", {("word", word) for word in ("sw81ab", "sw8", "arches", "mill")}),
        ("date", "2026-11-25", {("day", "2026-11-25")}),
        ("date", "2026-11-24/2026-11-26", {("day", f"2026-11-{day}") for day in (24, 25, 26)}),
        ("date", "2026-11-26/2026-11-24", {("day", "2026-11-26")}),  # an end before its beginning
        ("name", "?", set()),
    ],
)  # fmt: skip
def test_each_kind_has_its_keys(kind: str, value: str, wanted: set[tuple[str, str]]) -> None:
    """What says nothing has none: “unknown” must not make strangers equal."""
    assert forms(kind, value) == wanted


def test_a_handle_is_kept_with_its_platform_too() -> None:
    """The same handle is somebody else elsewhere; which of them it is, is the stronger key."""
    assert ("on platform", "grindr owl") in forms("handle", "@Owl", "grindr")


def test_a_long_time_is_kept_by_its_months_and_never_without_end() -> None:
    """“Some time last year” is twelve keys, “since 1990” no more than the cap."""
    assert forms("date", "2026-01-31/2026-03-05") == {("month", f"2026-0{month}") for month in (1, 2, 3)}
    assert len(forms("date", "1990-01-01/2026-11-26")) == MOST_MONTHS
    assert len(forms("date", "2026-10-01/2026-10-31")) == MOST_DAYS


def test_a_long_place_is_cut() -> None:
    """Two thousand characters make no flood."""
    assert len(place_words(" ".join(f"word{n}" for n in range(400)), WORDS)) == MOST_WORDS


def test_an_unknown_kind_is_a_slip_in_code() -> None:
    """It would be kept and never found."""
    with pytest.raises(ValueError, match="no kind of search key"):
        keys_of(Term("shoe", "9"), WORDS)


@given(st.sampled_from([kind for kind in KINDS if kind != "date"]), st.text(max_size=80))
def test_any_text_makes_keys_or_none(kind: str, text: str) -> None:
    """Right-to-left, combining, emoji, control characters."""
    found = keys_of(Term(kind, text), WORDS)
    assert len(set(found)) == len(found)
    assert all(key.kind == kind and key.value for key in found)


def test_only_what_tells_apart_is_put_into_search() -> None:
    """A mark in every text of the basics: what happened, notes, looks and who speaks are never searched."""
    searched = {
        "call_me", "contact_phone", "contact_email", "where_words", "name_used", "handle", "phone", "email", "address",
        "vehicle",
    }  # fmt: skip
    suspect = Suspect(**{field.name: f"mark {field.name}" for field in fields(Suspect)})
    texts = {
        field.name: f"mark {field.name}"
        for field in fields(Basics)
        if field.type == "str" or field.type is str
    }
    assert len(texts) > 15
    terms = basics_terms(replace(Basics(**texts), suspects=(suspect,)), LONDON)
    assert {term.value.removeprefix("mark ") for term in terms} == searched


def test_days_are_those_of_the_clock_on_the_wall() -> None:
    """Half past midnight in summer is still yesterday in UTC."""
    at = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert Term("date", "2026-07-02") in basics_terms(Basics(latest_at=at), LONDON)
    both = Basics(earliest_at=at, latest_at=at.replace(day=3))
    assert Term("date", "2026-07-02/2026-07-04") in basics_terms(both, LONDON)
    assert basics_terms(Basics(what="raped"), LONDON) == ()
