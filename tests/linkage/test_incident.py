"""One act told twice is told apart from two acts of one man."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nightdesk.linkage.explain import explain
from nightdesk.linkage.extract import PRECISIONS, Extract, extract
from nightdesk.linkage.incident import (
    ANSWERS,
    LIKELY,
    NO,
    NOBODY,
    POSSIBLE,
    Incident,
    Person,
    incidents,
    km_apart,
    same_incident,
    suspect_bits,
)
from tests.linkage.reports import index_of, weights

NIGHT: dict[str, Any] = {
    "act_on": "2026-03-01",
    "lat": 52.5,
    "lon": -1.9,
    "place_precision": "point",
    "venue": "hotel",
}
TOM, ALI = Person("a"), Person("b")


def report(**told: Any) -> Extract:
    """Of this night, but for what is said."""
    return extract({"id": "x", **NIGHT, **told}, {})


@pytest.mark.parametrize(
    ("told", "persons", "answer"),
    [
        ({}, (NOBODY, NOBODY), LIKELY),
        ({"act_on": "2026-03-02"}, (NOBODY, NOBODY), LIKELY),
        ({"act_on": "2026-03-03"}, (TOM, TOM), NO),
        ({"lat": 52.504}, (NOBODY, NOBODY), LIKELY),
        ({"lat": 52.51}, (NOBODY, NOBODY), NO),
        ({"lat": 52.51, "place_precision": "sector"}, (NOBODY, NOBODY), LIKELY),
        ({"lat": 52.54, "place_precision": "district"}, (NOBODY, NOBODY), LIKELY),
        ({"lat": 52.6, "place_precision": "district"}, (NOBODY, NOBODY), NO),
        ({"venue": "sauna"}, (NOBODY, NOBODY), POSSIBLE),
        ({"venue": None}, (NOBODY, NOBODY), LIKELY),
        ({}, (TOM, ALI), POSSIBLE),
        ({}, (Person(age=22), Person(age=51)), POSSIBLE),
        ({}, (Person(age=22), Person(age=30)), LIKELY),
        ({"lat": None}, (NOBODY, NOBODY), NO),
        ({"lat": None}, (TOM, TOM), LIKELY),
        ({"lat": None}, (TOM, ALI), NO),
        ({"act_on": None}, (TOM, TOM), LIKELY),
        ({"act_on": None, "lat": None}, (TOM, TOM), POSSIBLE),
        ({"act_on": None, "lat": None}, (NOBODY, NOBODY), NO),
    ],
)
def test_day_and_place_and_person_say_whether_it_is_one_act(
    told: dict[str, Any], persons: tuple[Person, Person], answer: str
) -> None:
    assert same_incident(report(), report(**told), *persons).answer == answer


def test_a_shared_account_makes_one_act_possible_where_the_place_is_not_known() -> None:
    """Not likely: the man uses it every night."""
    one, other = report(handle="foxden77"), report(handle="foxden77", lat=None)
    assert same_incident(one, other).answer == POSSIBLE
    assert same_incident(one, replace(other, handle="other88")).answer == NO
    assert same_incident(one, other, TOM, ALI).answer == NO


def test_two_who_died_are_two_people_and_a_death_and_an_account_may_be_one() -> None:
    died = report(kind="death")
    assert same_incident(died, died).answer == POSSIBLE
    assert same_incident(died, died, TOM, TOM).answer == LIKELY
    assert same_incident(died, report(kind="information")).answer == LIKELY


def test_the_reasons_say_which_way_each_thing_points() -> None:
    found = same_incident(report(), report(venue="sauna", act_on=None))
    ways = {each.about: each.way for each in found.reasons}
    assert ways == {
        "day": "unknown",
        "place": "for",
        "person": "unknown",
        "venue": "against",
        "identifier": "unknown",
    }
    assert found.way("venue") == "against"


def test_one_act_told_by_three_is_one_and_another_night_is_another() -> None:
    told = [report(), report(act_on="2026-03-02"), report(act_on="2026-02-28"), report(act_on="2026-05-05")]
    assert incidents(told) == 2
    assert incidents([]) == 0


def test_the_bits_without_place_and_time_leave_exactly_those_out() -> None:
    one, other = report(handle="foxden77", drug="ghb_gbl"), report(handle="foxden77", drug="alcohol_spiked")
    evidence = explain(other, index_of([one]), weights(), 0)
    found = suspect_bits(evidence)
    gone = {
        each.comparison: each.bits
        for each in evidence
        if each.comparison in ("time", "place_elsewhere_point")
    }
    assert len(gone) == 2
    assert found.whole == pytest.approx(sum(each.bits for each in evidence))
    assert found.alone == pytest.approx(found.whole - sum(gone.values()))
    assert found.alone < found.whole


kinds = st.sampled_from(["disclosure", "death", "information"])
some = st.builds(
    Extract,
    id=st.just("x"),
    kind=kinds,
    handle=st.sampled_from(["", "foxden77", "chill"]),
    phone4=st.sampled_from(["", "0123"]),
    lat=st.none() | st.floats(52.4, 52.6),
    lon=st.just(-1.9),
    precision=st.integers(0, 2),
    day=st.none() | st.integers(700_000, 700_004),
    venue=st.sampled_from(["", "hotel", "sauna"]),
)
people = st.builds(Person, key=st.sampled_from(["", "a", "b"]), age=st.none() | st.integers(18, 80))


def rank(found: Incident) -> int:
    """No is nought."""
    return ANSWERS.index(found.answer)


@given(some, some, people, people)
def test_it_is_the_same_both_ways_round(one: Extract, other: Extract, mine: Person, theirs: Person) -> None:
    assert same_incident(one, other, mine, theirs) == same_incident(other, one, theirs, mine)


@given(some, people)
def test_an_account_of_which_day_and_place_are_known_is_likely_of_its_own_act(
    one: Extract, who: Person
) -> None:
    assume(one.day is not None and one.lat is not None)
    assert same_incident(one, one, replace(who, key="a"), replace(who, key="a")).answer == LIKELY


@given(some, some, people, people, st.integers(2, 4000))
def test_days_apart_are_never_one_act(
    one: Extract, other: Extract, mine: Person, theirs: Person, days: int
) -> None:
    assume(one.day is not None)
    assert same_incident(one, replace(other, day=(one.day or 0) + days), mine, theirs).answer == NO


@given(some, some, people, people)
def test_a_place_known_less_well_never_stands_more_against_it(
    one: Extract, other: Extract, mine: Person, theirs: Person
) -> None:
    blurred = replace(other, precision=len(PRECISIONS) - 1)
    assert rank(same_incident(one, blurred, mine, theirs)) >= rank(same_incident(one, other, mine, theirs))


@given(some, some, people)
def test_another_person_never_makes_it_likelier_and_the_same_person_never_less(
    one: Extract, other: Extract, who: Person
) -> None:
    unknown = rank(same_incident(one, other, NOBODY, who))
    known = replace(who, key="a")
    assert rank(same_incident(one, other, Person("c"), known)) <= max(
        unknown, 1 if one.kind == "death" else 0
    )
    assert rank(same_incident(one, other, known, known)) >= unknown


@given(some, some)
def test_nearer_never_makes_it_less_likely(one: Extract, other: Extract) -> None:
    assume(one.lat is not None and other.lat is not None)
    nearer = replace(other, lat=((one.lat or 0) + (other.lat or 0)) / 2)
    assert (km_apart(one, nearer) or 0) <= (km_apart(one, other) or 0) + 1e-9
    assert rank(same_incident(one, nearer)) >= rank(same_incident(one, other))
