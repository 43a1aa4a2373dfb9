"""Entries of a case as a pack says them: each answer in the field that the table can keep, facts apart from opinions."""

from itertools import product

import pytest

from nightdesk.outside.packs import load_pack
from nightdesk.rules.particular_field import BASES, OPINION, TOLD, Answer, Field, given, no_value
from nightdesk.rules.particular_kinds import KINDS, POLE, SUSPECT, VICTIM, WITNESS
from nightdesk.rules.shared_entry import (
    CONTACT,
    EVENT_NOTES,
    FIELDS,
    LIVED,
    OPINIONS,
    OWN_HOMES,
    REACHED_BY,
    Joined,
    Told,
    field_of,
    numbered,
    placed,
    together,
)
from nightdesk.rules.shared_field import FIELDS as TABLE_FIELDS

ROLES = (VICTIM, WITNESS, SUSPECT)
EVERY = [
    (kind.code, role, field.name)
    for kind in POLE
    for role, field in product(ROLES if kind.code == "person" else ("",), kind.fields)
]


def said(_field: Field, answer: Answer) -> str:
    """The value as it is."""
    return str(answer.value)


def entry(kind: str, role: str, **values: Answer) -> object:
    """The first of its sort."""
    return numbered([("a", kind, role, values)])[0]


def test_the_fields_are_those_of_the_table() -> None:
    """Kept as words there, because a pack is read before a case is."""
    assert set(FIELDS) == set(TABLE_FIELDS["entries"])
    assert {f"wish_{name}" for name in KINDS["wishes"].names()} == set(TABLE_FIELDS["wishes"])


@pytest.mark.parametrize(("kind", "role", "name"), EVERY)
def test_an_opinion_stands_with_no_fact(kind: str, role: str, name: str) -> None:
    """Whatever it is about; and how victims and witnesses are reached stays apart, on whatever it rests."""
    for basis in BASES:
        answer = given("x", basis)
        found = field_of(entry(kind, role, **{name: answer}), name, answer)  # type: ignore[arg-type]
        if role in CONTACT and name in REACHED_BY:
            assert found == CONTACT[role]
        else:
            assert (found == OPINIONS) == (basis == OPINION)
        assert (found == EVENT_NOTES) == ((kind, name) == ("event", "notes") and basis != OPINION)


@pytest.mark.parametrize("name", KINDS["place"].names())
def test_nothing_of_a_place_where_somebody_lives_stands_elsewhere(name: str) -> None:
    """Neither its notes nor an opinion about it."""
    for basis in BASES:
        values = {name: given("x", basis)} | {"use": given("lives", TOLD)}
        assert set(placed([entry("place", "", **values)], said)) == {LIVED}  # type: ignore[list-item]


def test_a_title_names_by_a_fact_of_the_same_part_only() -> None:
    """Five suspects are told apart; the title of what rests on an opinion, or of an address, names nobody."""
    values = {"call": given("Karl", TOLD), "looks": given("High", OPINION), "phone": given("1", TOLD)}
    people = numbered([(str(n), "person", role, values) for n, role in enumerate((SUSPECT, SUSPECT, VICTIM))])
    found = placed(people, said)
    assert [one.title for one in found["entry_suspects"]] == ["Suspect 1: Karl", "Suspect 2: Karl"]
    assert [one.title for one in found[OPINIONS]] == ["Victim 1", "Suspect 1", "Suspect 2"]
    assert [one.title for one in found["entry_victims_contact"]] == ["Victim 1"]
    long = placed([entry("person", SUSPECT, call=given("K" * 200, TOLD))], said)["entry_suspects"]  # type: ignore[list-item]
    assert len(long[0].title) < 80
    assert long[0].lines[0].text == "K" * 200


def test_entries_come_sort_by_sort_and_events_as_they_happened() -> None:
    """Whatever was entered first; an event without a time comes last."""
    at = {day: given((f"2026-11-{day}T02:00:00+00:00", ""), TOLD) for day in (20, 21)}
    found = numbered(
        [
            ("none", "event", "", {}), ("later", "event", "", {"happened": at[21]}),
            ("first", "event", "", {"happened": at[20]}), ("o", "object", "", {}), ("s", "person", SUSPECT, {}),
        ]
    )  # fmt: skip
    assert [(one.key, one.number) for one in found] == [
        ("s", 1),
        ("o", 1),
        ("first", 1),
        ("later", 2),
        ("none", 3),
    ]


@pytest.mark.parametrize(("use", "field"), [("met", LIVED), ("hosts", LIVED), ("happened", "entry_places")])
def test_the_persons_home_stays_unless_it_happened_there(use: str, field: str) -> None:
    """Then it is the scene, which prosecutors know from the account."""
    assert set(OWN_HOMES) <= set(load_pack().place_kinds.ids())
    for own in OWN_HOMES:
        home = {"setting": given(own, TOLD), "use": given(use, TOLD), "address": given("10 Mill Road", TOLD)}
        assert set(placed([entry("place", "", **home)], said)) == {field}  # type: ignore[list-item]


def test_what_nobody_said_is_no_line() -> None:
    """Not known, and would rather not say, are nobody else's business."""
    assert placed([entry("event", "", where=no_value("dont_know"))], said) == {}  # type: ignore[list-item]


def test_a_link_goes_with_both_its_ends_or_not_at_all() -> None:
    """By numbers; never at somebody's home, never to an entry that is withdrawn."""
    entries = numbered(
        [
            ("p", "person", SUSPECT, {}), ("o", "object", "", {}),
            ("h", "place", "", {"use": given("lives", TOLD)}),
        ]
    )  # fmt: skip
    links = [
        Joined("p", "used", "o", TOLD),
        Joined("p", "lives_at", "h", TOLD),
        Joined("p", "owns", "gone", TOLD),
    ]
    assert together(entries, links) == (Told("Suspect 1", (("Used", "Object 1", "Somebody told us"),)),)  # type: ignore[arg-type]
