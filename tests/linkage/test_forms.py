"""The same thing told twice is equal, and nothing is made equal that says nothing."""

import pytest

from nightdesk.linkage import forms
from nightdesk.linkage.extract import ELSEWHERE, UNSURE, extract
from nightdesk.linkage.levels import slips
from nightdesk.outside.nicknames import load_nicknames


@pytest.mark.parametrize(
    ("told", "again"),
    [
        ("Fox_Den", "fox den"),
        ("@foxden", "FOXDEN"),
        ("ｆｏｘｄｅｎ", "foxden"),
        ("fохdеn", "foxden"),  # Cyrillic o, x and e
        ("Zoë", "zoe"),
    ],
)
def test_a_handle_is_the_same_in_any_dress(told: str, again: str) -> None:
    """Case, decoration, width and look-alike letters do not hide him."""
    assert forms.handle(told) == forms.handle(again)


def test_a_handle_of_other_letters_stays_one() -> None:
    """Letters that look like no Latin one are kept, and dots alone are a handle too."""
    assert forms.handle("夜猫") == "夜猫"
    assert forms.handle("..") == ".."
    assert forms.handle("夜猫") != forms.handle("夜狗")


@pytest.mark.parametrize(("handle", "stem"), [("foxden77", "foxden"), ("ian34", ""), ("12345678", "")])
def test_a_stem_is_what_stands_before_the_digits(handle: str, stem: str) -> None:
    """Only where enough is left to say anything."""
    assert forms.stem(handle) == stem


def test_a_number_is_the_same_however_it_was_written() -> None:
    """With and without its country and its nought."""
    told = ("07700 900123", "+44 7700 900123", "0044 7700900123", "7700900123")
    assert {forms.phone(each).whole for each in told} == {"447700900123"}


def test_the_ending_of_a_number_is_kept_alone() -> None:
    """Often only four digits were seen; fewer say nothing."""
    assert forms.phone("ends 0123") == forms.Phone("", "", "0123")
    assert forms.phone("900123") == forms.Phone("", "900123", "0123")
    assert forms.phone("123") == forms.Phone()


def test_one_slip_of_the_finger_is_a_neighbour_of_a_number() -> None:
    """A digit changed, lost, doubled or swapped with the next; two slips are another number."""
    near = slips("447700900123")
    assert {"447700900124", "44770900123", "4477000900123", "447700901023"} <= near
    assert not {"447700900132"[::-1], "447700900155"} & near


def test_short_names_become_their_full_form() -> None:
    """From the pack: Jim and Jimmy are James, in several languages."""
    nicknames = load_nicknames()
    assert {forms.name(each, nicknames) for each in ("Jim", "JIMMY", "james")} == {"james"}
    assert forms.name("José", nicknames) == forms.name("joe", nicknames) == "joseph"


def test_what_is_missing_is_unknown_and_never_no() -> None:
    """A report with nothing but its number is a report."""
    bare = extract({"id": "r1"}, {})
    assert (bare.handle, bare.age, bare.lat, bare.setting, bare.done) == ("", None, None, UNSURE, frozenset())


def test_values_that_no_person_has_are_unknown() -> None:
    """A slip of the keyboard must not part two reports about one man."""
    told = extract({"id": "r1", "age": 350, "height_cm": 18, "lat": 530.0, "lon": 1.0, "venue": "sauna"}, {})
    assert (told.age, told.height, told.lat, told.setting) == (None, None, None, ELSEWHERE)
