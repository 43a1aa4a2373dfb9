"""An unexplained death: what is kept, what meets, what changed, what linkage is told, and who reads it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from nightdesk.outside.packs import load_pack
from nightdesk.rules import death
from nightdesk.rules.death import DeathRefused
from nightdesk.rules.pack import PackProblems, build_pack
from nightdesk.rules.terms import ROLES
from tests.rules.pack_files import small_files

AT = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
CODES: dict[str, tuple[str, ...]] = {
    "drug": ("ghb", "ketamine"),
    "markers": ("ghb", "moved", "phone_missing"),
}


def test_only_what_says_something_is_kept() -> None:
    given = {
        "where": "  by the wall ",
        "app": "",
        "stranger": "x",
        "markers": {"ghb": "yes", "moved": "", "note": "no"},
    }
    assert death.kept(given) == {"where": "by the wall", "markers": {"ghb": "yes", "note": "no"}}
    assert death.kept({"markers": {"ghb": ""}}) == {}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Nothing is filled in"),
        ({"where": "x" * 301}, "longer than 300"),
        ({"drug": "tea"}, "code that this pack"),
        ({"markers": {"ufo": "yes"}}, "code that this pack"),
        ({"age": "121"}, "whole number from 0 to 120"),
        ({"age": "²"}, "whole number"),
        ({"earliest": "2026-11-02T00:00:00+00:00", "latest": "2026-11-01T00:00:00+00:00"}, "before the earliest"),
        ({"earliest": "2026-11-02T00:00:00"}, "can’t be read"),
        ({"latest": "yesterday"}, "can’t be read"),
    ],
)  # fmt: skip
def test_an_entry_that_cannot_be_kept_says_why(values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(DeathRefused, match=sentence):
        death.refuse_if_not_kept(values, CODES)


def test_one_answer_alone_is_enough_to_be_kept() -> None:
    for values in ({"where": "the park"}, {"drug": "ghb"}, {"markers": {"moved": "no"}}, {"age": "22"}):
        death.refuse_if_not_kept(values, CODES)


@pytest.mark.parametrize(
    ("values", "met"),
    [
        ({"markers": {"ghb": "yes"}}, ()),
        ({"markers": {"ghb": "yes", "note": "no"}}, ()),
        ({"markers": {"note": "yes", "ghb": "yes"}}, ("ghb", "note")),
        ({"drug": "ghb", "markers": {"note": "yes"}}, ("ghb", "note")),
        ({"drug": "ghb", "markers": {"ghb": "no", "note": "yes"}}, ("ghb", "note")),
        ({"drug": "ketamine", "markers": {"note": "yes"}}, ()),
        ({"markers": {"old_marker": "yes", "note": "yes"}}, ()),
    ],
)
def test_the_card_comes_up_where_two_markers_meet(values: dict[str, Any], met: tuple[str, ...]) -> None:
    """A marker that the pack no longer counts is kept and counts no more."""
    assert death.indicator(values, ("ghb", "note", "moved"), 2) == met


def test_a_correction_says_what_it_changed() -> None:
    before = {"where": "the park", "age": "22", "markers": {"ghb": "yes", "note": "no"}}
    after = {"where": "the wall", "app": "grindr", "markers": {"ghb": "yes", "note": "yes"}}
    assert death.changes(before, after) == (
        ("where", "the park", "the wall"), ("age", "22", ""), ("app", "", "grindr"), ("marker_note", "no", "yes"),
    )  # fmt: skip
    assert death.changes(before, before) == ()


def test_a_drug_a_place_and_an_app_are_told_to_linkage() -> None:
    values = {
        "drug": "ghb",
        "where": "Cook Street",
        "postcode": "ZZ1 1ZZ",
        "app": "grindr",
        "age": "22",
        "handle": "his",
    }
    assert death.to_told(values, AT) == [
        {
            "kind": "death", "reported_on": "2026-11-27", "platform": "grindr", "drug": "ghb_gbl",
            "place_words": "Cook Street", "postcode": "ZZ1 1ZZ",
        }
    ]  # fmt: skip


def test_what_is_known_of_the_man_he_met_is_told_and_what_is_his_own_is_not() -> None:
    values = {
        "earliest": "2026-11-25T22:00:00+00:00", "place_kind": "their_home", "met_name": "Jim", "met_handle": "fox_den",
        "met_phone": "8868", "handle": "own_handle", "phone_end": "1234", "words": "words", "delivery": "spiked_drink",
        "markers": {"moved": "yes", "phone_missing": "no", "ghb": "yes"},
    }  # fmt: skip
    assert death.to_told(values, AT) == [
        {
            "kind": "death", "reported_on": "2026-11-27", "act_on": "2026-11-25", "name_used": "Jim", "handle": "fox_den",
            "phone": "8868", "venue": "suspect_home", "delivery": "spiked_drink", "drug": "ghb_gbl",
            "behaviours": ["moved_body"], "behaviours_not": ["theft_phone"],
        }
    ]  # fmt: skip
    assert death.to_told({"markers": {"note": "yes"}}, AT) == [{"kind": "death", "reported_on": "2026-11-27"}]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("own_unit", [True, False])
@pytest.mark.parametrize("entered", [True, False])
def test_it_is_read_by_analysts_its_unit_and_whoever_entered_it(
    role: str, own_unit: bool, entered: bool
) -> None:
    wanted = entered or role == "analyst" or (own_unit and role in ("soit", "supervisor"))
    assert death.may_read(role=role, own_unit=own_unit, entered=entered) is wanted
    assert death.may_correct(role=role, own_unit=own_unit, entered=entered) is (wanted and role != "analyst")


def test_the_pack_asks_for_markers_that_the_product_knows() -> None:
    held = load_pack()
    assert {*death.DID, *death.SAID_BY_DRUG} <= set(held.death_markers.ids())
    assert {drug for drugs in death.SAID_BY_DRUG.values() for drug in drugs} <= set(held.drugs.ids())
    assert held.death_limits["card"].number == 2
    assert held.link_switches["ethnicity"].on is False


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_card_for_one_marker_or_for_none_ever_is_refused(number: int) -> None:
    files = small_files()
    files["deaths"]["limit"][0]["number"] = number
    with pytest.raises(PackProblems, match="at least 2"):
        build_pack(files)
