"""Versions, differences and two people at once: nobody overwrites anybody, and whatever differs is shown."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as each
from hypothesis import strategies as some

from nightdesk.rules import particular as rule
from nightdesk.rules.particular import BOTH, FRESH, MINE, OVERTAKEN, SAME, THEIRS, search_terms
from nightdesk.rules.particular_answer import from_plain, refuse_if_not_keepable, to_plain
from nightdesk.rules.particular_field import (
    MANY,
    NOTHING,
    OPINION,
    RANGE,
    SEEN,
    TOLD,
    TYPES,
    Answer,
    Field,
    ParticularRefused,
    given,
    no_value,
)
from nightdesk.rules.particular_kinds import EVENT, KINDS, OBJECT, PERSON, PLACE
from nightdesk.rules.terms import DONT_KNOW, RATHER_NOT

NAMES = ("call", "names", "looks", "phone")
texts = some.sampled_from(["", "a", "b", "c"])


def answer_of(name: str, text: str) -> Answer:
    """A text as an answer of that field."""
    if not text:
        return no_value(DONT_KNOW)
    return given((text,) if name == "names" else text, TOLD)


@some.composite
def said(draw: Any) -> dict[str, Answer]:
    """What somebody says of a person: some fields, few words, so that two people often meet."""
    names = draw(some.sets(some.sampled_from(NAMES)))
    return {name: answer_of(name, draw(texts)) for name in NAMES if name in names}


@each(some.lists(some.tuples(some.integers(0, 6), said()), max_size=12))
def test_nobody_overwrites_anybody(tries: list[tuple[int, dict[str, Answer]]]) -> None:
    """However many people save from whatever version: one is added only on top of the newest, and none ever changes."""
    versions: list[dict[str, Answer]] = []
    for seen, mine in tries:
        before = list(versions)
        outcome = rule.weigh(versions, seen, mine)
        if outcome == FRESH:
            assert seen == len(versions)
            versions.append(mine)
        assert (outcome == OVERTAKEN) == (
            seen != len(before) and not (seen < len(before) and before[seen] == mine)
        )
        assert outcome != SAME or mine in before
        assert versions[: len(before)] == before


@each(said(), said(), said())
def test_both_are_shown_and_nothing_that_one_alone_changed_is_lost(base: Any, theirs: Any, mine: Any) -> None:
    """Each field that differs is shown with both values; a choice is left only where both changed it."""
    shown = {row.name: row for row in rule.compared(PERSON, base, theirs, mine)}
    for name in PERSON.names():
        first, second = theirs.get(name, NOTHING), mine.get(name, NOTHING)
        assert (name in shown) == (first != second)
        if name in shown:
            assert (shown[name].theirs, shown[name].mine) == (first, second)
            old = base.get(name, NOTHING)
            assert (shown[name].proposed == "") == (first != old and second != old)
    proposed = {name: row.proposed or MINE for name, row in shown.items()}
    merged = rule.merged(PERSON, theirs, mine, proposed)
    for name in PERSON.names():
        old, first, second = (side.get(name, NOTHING) for side in (base, theirs, mine))
        changed = [value for value in (first, second) if value != old]
        assert merged.get(name, NOTHING) in (changed or [old])


@each(said(), said(), some.dictionaries(some.sampled_from(NAMES), some.sampled_from((THEIRS, MINE))))
def test_what_is_chosen_is_what_is_kept(theirs: Any, mine: Any, picks: dict[str, str]) -> None:
    """Field by field; without a choice for a field that differs nothing is kept."""
    differing = {found.name for found in rule.differences(PERSON, theirs, mine)}
    if differing - set(picks):
        with pytest.raises(ParticularRefused, match="Choose one"):
            rule.merged(PERSON, theirs, mine, picks)
        return
    made = rule.merged(PERSON, theirs, mine, picks)
    for name in NAMES:
        side = mine if picks.get(name) == MINE else theirs
        assert made.get(name, NOTHING) == side.get(name, NOTHING)


def test_the_same_sent_twice_is_kept_once() -> None:
    """The version that was made from what I saw, with just my answers, is mine."""
    one, two, three = ({"call": given(text, TOLD)} for text in "abc")
    assert rule.weigh([], 0, one) == FRESH
    assert rule.weigh([one], 0, one) == SAME
    assert rule.weigh([one], 1, one) == SAME
    assert rule.weigh([one], 1, two) == FRESH
    assert rule.weigh([one, two, three], 1, two) == SAME
    assert rule.weigh([one, two], 1, three) == OVERTAKEN
    assert rule.weigh([one], 2, two) == OVERTAKEN


def test_words_and_lines_of_both_can_be_kept_one_after_the_other() -> None:
    """Not of anything else, and not where one is a fact and the other an opinion."""
    theirs = {"looks": given("tall", TOLD), "names": given(("Jay", "J"), TOLD), "call": given("a", TOLD)}
    mine = {"looks": given("blond", TOLD), "names": given(("J", "Jack"), TOLD), "call": given("b", TOLD)}
    made = rule.merged(PERSON, theirs, mine, {"looks": BOTH, "names": BOTH, "call": MINE})
    assert made["looks"].value == "tall\n\nblond"
    assert made["names"].value == ("Jay", "J", "Jack")
    with pytest.raises(ParticularRefused, match="Choose one"):
        rule.merged(PERSON, theirs, mine, {"looks": BOTH, "names": BOTH, "call": BOTH})
    guessed = mine | {"looks": given("blond", OPINION)}
    with pytest.raises(ParticularRefused, match="Choose one"):
        rule.merged(PERSON, theirs, guessed, {"looks": BOTH, "names": BOTH, "call": MINE})


@each(said())
def test_answers_are_read_back_as_they_were_written(values: dict[str, Answer]) -> None:
    """Lists too."""
    assert from_plain(to_plain(values)) == values


REFUSED = {
    "nothing at all": ({}, "Fill in at least one"),
    "only unknown": ({"call": no_value(DONT_KNOW)}, "Fill in at least one"),
    "no such field": ({"shoe": given("a", TOLD)}, "older than what is kept"),
    "no basis": ({"call": given("a")}, "what it rests on"),
    "a value that was declined": ({"call": Answer("a", RATHER_NOT)}, "at least one|either there"),
    "given and empty": ({"call": given("", TOLD)}, "either there"),
    "an unknown code": ({"age": given("old", TOLD)}, "Choose one of the answers"),
    "too long": ({"call": given("a" * 301, TOLD)}, "longer than"),
    "too many lines": ({"names": given(("a",) * 21, TOLD)}, "longer than"),
    "a line where lines belong": ({"names": given("a", TOLD)}, "older than what is kept"),
}


@pytest.mark.parametrize(("values", "sentence"), REFUSED.values(), ids=list(REFUSED))
def test_what_can_not_be_kept_is_refused_with_a_sentence(values: dict[str, Answer], sentence: str) -> None:
    """Whatever was sent."""
    with pytest.raises(ParticularRefused, match=sentence):
        refuse_if_not_keepable(PERSON, values, {"age": frozenset(PERSON.field("age").choices)})


@pytest.mark.parametrize(
    ("ends", "sentence"),
    [
        (("2026-11-22T03:00+00:00", "2026-11-22T01:00+00:00"), "other way round"),
        (("yesterday", ""), "older than"),
        (("2026-11-22T03:00", ""), "older than"),
        (("2026-11-22T03:00+00:00",), "older than"),
    ],
)
def test_a_range_has_two_ends_in_order(ends: tuple[str, ...], sentence: str) -> None:
    """With their zone."""
    with pytest.raises(ParticularRefused, match=sentence):
        refuse_if_not_keepable(EVENT, {"happened": given(ends, TOLD)}, {})
    refuse_if_not_keepable(EVENT, {"happened": given(("2026-11-22T01:00+00:00", ""), SEEN)}, {})


def test_search_terms_are_what_tells_apart() -> None:
    """Names, numbers, handles, places, plates and days; never a description."""
    person = {
        "call": given("Jay", TOLD), "names": given(("Jay Example", "J"), TOLD), "phone": given("07700 900123", TOLD),
        "handle": given("@night", TOLD), "email": no_value(RATHER_NOT), "looks": given("tall", TOLD),
    }  # fmt: skip
    assert search_terms("person", person) == [
        ("name", "Jay"), ("name", "Jay Example"), ("name", "J"), ("phone", "07700 900123"), ("handle", "@night"),
    ]  # fmt: skip
    assert search_terms("object", {"plate": given("AB12 CDE", SEEN)}) == [("plate", "AB12 CDE")]
    assert search_terms("place", {"postcode": given("E1 1AA", SEEN)}) == [("place", "E1 1AA")]


def test_an_event_is_found_by_each_of_its_days_where_it_happened() -> None:
    """By the clock on the wall; a long range by its ends."""
    summer = given((datetime(2026, 7, 1, 23, 30, tzinfo=UTC).isoformat(), "2026-07-03T10:00:00+00:00"), TOLD)
    zone = ZoneInfo("Europe/London")
    assert search_terms("event", {"happened": summer}, zone) == [
        ("date", "2026-07-02"),
        ("date", "2026-07-03"),
    ]
    long = given(("2026-01-01T00:00:00+00:00", "2026-09-01T00:00:00+00:00"), TOLD)
    assert search_terms("event", {"happened": long}) == [("date", "2026-01-01"), ("date", "2026-09-01")]
    open_end = given(("", "2026-09-01T00:00:00+00:00"), TOLD)
    assert search_terms("event", {"happened": open_end}) == [("date", "2026-09-01")]


def test_every_kind_is_made_of_known_fields() -> None:
    """No name twice, every type known, every choice with its codes."""
    for code, kind in KINDS.items():
        assert code == kind.code
        assert len(set(kind.names())) == len(kind.fields)
        for field in kind.fields:
            assert field.type in TYPES
            assert bool(field.choices or field.of) == (field.type in ("choice", "choices")), field
            assert field.finds in ("", *rule_finds())
    assert RANGE in MANY
    assert {kind.code for kind in (PERSON, OBJECT, PLACE, EVENT)} <= set(KINDS)
    assert Field("x").longest == 300


def rule_finds() -> tuple[str, ...]:
    """The kinds of search term."""
    from nightdesk.rules.particular_field import FINDS

    return FINDS
