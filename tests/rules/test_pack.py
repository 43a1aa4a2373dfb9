"""A pack that is wrong is refused with every fault named; a pack that is right is found by id."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.rules.pack import Pack, PackProblems, UnknownEntry, build_pack
from nightdesk.rules.pack_entries import Opening
from nightdesk.rules.pack_shape import FILES, SECTIONS
from tests.rules.pack_files import small_files

Files = dict[str, dict[str, Any]]


def problems_after(change: Callable[[Files], object]) -> tuple[str, ...]:
    files = small_files()
    change(files)
    with pytest.raises(PackProblems) as refused:
        build_pack(files)
    return refused.value.problems


def sentences_of(files: Files) -> tuple[str, ...]:
    try:
        build_pack(files)
    except PackProblems as refused:
        return refused.problems
    return ()


def test_the_smallest_pack_can_be_used():
    pack = build_pack(small_files())
    assert isinstance(pack, Pack)
    assert (pack.name, pack.edition, pack.about.emergency_number) == ("small", "1", "112")
    assert pack.drugs["ghb"].urine_hours.longest == 24
    assert pack.specimens.ids() == ("skin_swab", "first_urine", "examination")
    assert isinstance(pack.services["line"].openings[0], Opening)


def test_an_entry_takes_owner_review_date_and_edition_from_its_file_unless_it_has_its_own():
    files = small_files()
    files["windows"]["specimen"][0] |= {"owner": "Laboratory", "review_on": date(2026, 12, 1), "edition": "2"}
    own, taken, _ = build_pack(files).specimens
    assert (own.owner, own.review_on, own.edition) == ("Laboratory", date(2026, 12, 1), "2")
    assert (taken.owner, taken.review_on, taken.edition) == ("Clinical lead", date(2027, 5, 22), "1")


def test_an_unknown_id_is_answered_with_the_ids_there_are():
    pack = build_pack(small_files())
    assert pack.specimens.get("hair") is None
    assert "pep" in pack.health
    assert "hair" not in pack.health
    with pytest.raises(UnknownEntry, match='No entry "hair" here; the pack has skin_swab, first_urine'):
        pack.specimens["hair"]


def test_an_entry_is_overdue_from_the_day_after_its_review_date():
    pack = build_pack(small_files())
    assert pack.overdue(date(2027, 5, 22)) == ()
    assert len(pack.overdue(date(2027, 5, 23))) == sum(len(section) for _, _, section in pack.sections())


def test_nothing_is_signed_until_a_role_and_a_date_say_so():
    files = small_files()
    files["health"]["health"][0] |= {
        "signed": True,
        "signed_by": "Clinical lead",
        "signed_on": date(2026, 11, 22),
    }
    pack = build_pack(files)
    unsigned = {(attribute, entry.id) for attribute, entry in pack.unsigned()}
    assert ("health", "pep") not in unsigned
    assert ("drugs", "ghb") in unsigned


SPECIMEN = 'windows.toml, specimen "skin_swab": '
FAULTS = [
    ("specimen", {"hours": "48"}, SPECIMEN + '"hours" must be a number of hours from 0 to 100000.'),
    ("specimen", {"hours": True}, SPECIMEN + '"hours" must be a number of hours from 0 to 100000.'),
    ("specimen", {"hours": -1}, SPECIMEN + '"hours" must be a number of hours from 0 to 100000.'),
    ("specimen", {"hours": float("nan")}, SPECIMEN + '"hours" must be a number of hours from 0 to 100000.'),
    ("specimen", {"order": 1.5}, SPECIMEN + '"order" must be a whole number, 0 or more.'),
    ("specimen", {"label": " "}, SPECIMEN + '"label" must be text in quotes, not empty.'),
    ("specimen", {"sites": "skin"}, SPECIMEN + '"sites" must be a list in square brackets.'),
    (
        "specimen",
        {"kind": "sweat"},
        SPECIMEN + '"kind" must be one of dna, toxicology, injury, clothing, digital.',
    ),
    (
        "specimen",
        {"kind": ["dna"]},
        SPECIMEN + '"kind" must be one of dna, toxicology, injury, clothing, digital.',
    ),
    ("specimen", {"source_label": "X"}, SPECIMEN + '"source_label" must be one of S, S-weak, M, I.'),
    ("specimen", {"signed": "no"}, SPECIMEN + '"signed" must be true or false, without quotes.'),
    (
        "specimen",
        {"review_on": "2027"},
        SPECIMEN + '"review_on" must be a date without quotes, such as 2027-05-22.',
    ),
    (
        "specimen",
        {"review_on": datetime(2027, 5, 22)},  # noqa: DTZ001  a TOML date with a time is the fault
        SPECIMEN + '"review_on" must be a date without quotes, such as 2027-05-22.',
    ),
    ("specimen", {"sites": ["elbow"]}, SPECIMEN + 'site "elbow" does not exist; use one of skin, oral.'),
    ("specimen", {"from_hours": 48}, SPECIMEN + '"hours" must be more than "from_hours".'),
    ("specimen", {"best_hours": 49}, SPECIMEN + '"best_hours" must not be more than "hours".'),
    (
        "specimen",
        {"signed": True},
        SPECIMEN + "signed = true needs signed_by (a role) and signed_on (a date).",
    ),
    (
        "specimen",
        {"source_label": "M"},
        SPECIMEN + 'unsigned with source_label "M"; add a note with "to be confirmed by the force".',
    ),
]


@pytest.mark.parametrize(("table", "change", "sentence"), FAULTS)
def test_a_wrong_value_is_named_with_file_entry_and_what_to_do(table, change, sentence):
    assert problems_after(lambda files: files["windows"][table][0].update(change)) == (sentence,)


def test_a_misspelt_key_is_named_with_the_keys_there_are():
    found = problems_after(lambda files: files["drugs"]["drug"][0].update(hour=4))
    assert len(found) == 1
    assert found[0].startswith(
        'drugs.toml, drug "ghb": unknown key "hour"; remove it or use one of id, source, '
    )


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [
        ([8, 4], "two numbers of hours with the shortest first, such as [4, 8]"),
        ([4], "two numbers of hours, shortest then longest, such as [4, 8]"),
        (8, "two numbers of hours, shortest then longest, such as [4, 8]"),
    ],
)
def test_hours_of_a_drug_are_a_range(hours, sentence):
    found = problems_after(lambda files: files["drugs"]["drug"][0].update(blood_hours=hours))
    assert found == (f'drugs.toml, drug "ghb": "blood_hours" must be {sentence}.',)


@pytest.mark.parametrize("stem", FILES)
def test_a_missing_file_is_named(stem):
    assert problems_after(lambda files: files.pop(stem)) == (
        f"{stem}.toml is missing; add it (docs/packs.md says what it holds).",
    )


def test_a_file_that_no_pack_has_is_named():
    found = problems_after(lambda files: files.update(extra={}))
    assert found[0].startswith("extra.toml is not a file of a pack; use pack, windows, ")


@pytest.mark.parametrize(("stem", "table"), [(stem, table) for stem, table, _, _ in SECTIONS])
def test_a_section_without_an_entry_is_named(stem, table):
    assert f"{stem}.toml: needs at least one [[{table}]]." in problems_after(
        lambda files: files[stem].pop(table)
    )


@pytest.mark.parametrize(("stem", "table"), [(stem, table) for stem, table, _, _ in SECTIONS])
def test_two_entries_of_one_kind_never_share_an_id(stem, table):
    found = problems_after(lambda files: files[stem][table].append(dict(files[stem][table][0])))
    assert any(
        "this id is already used" in sentence and f"{stem}.toml, {table} " in sentence for sentence in found
    )


@pytest.mark.parametrize("wrong", ["Skin", "skin swab", "skin__swab", "_skin", "päck", "skin-swab", "skin\n"])
def test_an_id_is_plain(wrong):
    found = problems_after(lambda files: files["health"]["health"][0].update(id=wrong))
    assert any('"id" must be small letters, digits and underscores' in sentence for sentence in found)


def test_an_entry_without_an_id_is_named_by_its_place():
    found = problems_after(lambda files: files["health"]["health"][0].pop("id"))
    assert found == ('health.toml, health number 1: "id" is missing; add it.',)


REFERENCES = [
    (
        lambda f: f["windows"]["specimen"][0].update(card={"en": "A swab"}),
        "would say on the card what was done",
    ),
    (lambda f: f["card"]["line"].pop(), '[[line]] "unconfirmed" is missing'),
    (
        lambda f: f["health"]["health"][0].update(say={"en": "Ask.", "xx": {"words": "?"}}),
        'language "xx" does not exist',
    ),
    (lambda f: f["flags"]["flag"].pop(), 'flags.toml: [[flag]] "drug_facilitated_suspected" is missing'),
    (lambda f: f["answers"]["channel"].pop(), 'answers.toml: [[channel]] "partner" is missing'),
    (lambda f: f["related_offences"]["related_offence"].pop(), '[[related_offence]] "death" is missing'),
    (
        lambda f: f["directory"]["service"][0].update(needs=["rest"]),
        'need "rest" does not exist; use one of talk.',
    ),
    (lambda f: f["directory"]["service"][0].update(country="xx"), '"country" must be two capital letters'),
    (lambda f: f["directory"]["service"][0].pop("phone"), "needs a phone, an email, a web address or words"),
    (
        lambda f: f["directory"]["service"][0].update(always_open=True),
        "either always_open = true or openings",
    ),
    (
        lambda f: f["directory"]["service"][0]["openings"][0].update(opens="10:00"),
        '"opens" must be a time without quotes, such as 09:30:00',
    ),
    (
        lambda f: f["answers"]["time"][0].update(latest_hours_ago=25),
        '"earliest_hours_ago" must be the larger number',
    ),
    (
        lambda f: f["escalation"]["step"][0].update(after_minutes=1),
        '"after_minutes" of the first step must be 0.',
    ),
    (lambda f: f["escalation"]["step"][1].update(after_minutes=0), "must be more than in the step before."),
    (lambda f: f["escalation"]["step"].pop(), "the last step must be the control_room."),
    (lambda f: f["escalation"]["hold"][0].update(minutes=0), '"minutes" must be at least 1.'),
    (
        lambda f: f["escalation"]["hold"][0].update(id="other"),
        'needs exactly one [[hold]], with id = "answer".',
    ),
    (
        lambda f: f["exhibits"]["exhibit_kind"][0].update(stores=["shelf"]),
        'store_kind "shelf" does not exist; use one of fridge, freezer, dry.',
    ),
    (lambda f: f["exhibits"]["exhibit_kind"][0].update(stores=[]), '"stores" must name at least one kind'),
    (
        lambda f: f["exhibits"]["exhibit_kind"][0].update(specimens=["x"]),
        'specimen "x" does not exist; use one of skin_swab,',
    ),
    (lambda f: f["exhibits"]["exhibit_kind"].pop(), '[[exhibit_kind]] "object" is missing'),
    (lambda f: f["exhibits"]["store_kind"].pop(), '[[store_kind]] "dry" is missing'),
    (lambda f: f["exhibits"]["store_kind"][0].update(degrees=[8, 2]), '"degrees" must be two numbers of'),
    (lambda f: f["exhibits"]["store_kind"][0].update(degrees=[2]), '"degrees" must be two numbers of'),
    (lambda f: f["exhibits"]["store_kind"][0].update(degrees=[True, 8]), '"degrees" must be two numbers of'),
    (lambda f: f["exhibits"]["label_sheet"][0].update(rows=9), "the labels do not fit on the page"),
    (lambda f: f["exhibits"]["label_sheet"][0].update(rows=0), '"columns" and "rows" must be 1 or more'),
    (lambda f: f["exhibits"]["label_sheet"][0].update(label_height=9.0), "too small for a code"),
    (lambda f: f["lines"]["say"][0]["text"].update(fr={"words": "Oui"}), 'language "fr" does not exist'),
    (lambda f: f["lines"]["say"][0]["text"].update(cy="Ie"), '"text" must be complete'),
    (lambda f: f["lines"]["say"][0].update(text="Yes"), '"text" must be text.en = "..."'),
    (
        lambda f: f["windows"].update(specimens=[]),
        "unknown table [[specimens]]; remove it or use [[specimen]], [[site]], [[avoid]], [[comfort]].",
    ),
    (lambda f: f["windows"].update(site=["skin"]), "must be a table of keys and values"),
    (lambda f: f["windows"].update(defaults=3), "windows.toml: [defaults] must be a table."),
    (
        lambda f: f["windows"]["defaults"].update(source="x"),
        '[defaults]: "source" cannot be given for a whole file',
    ),
    (lambda f: f["pack"].update(role_names="SOIT"), 'pack.toml: "role_names" must be a table of names.'),
]


@pytest.mark.parametrize(("change", "sentence"), REFERENCES)
def test_what_does_not_fit_together_is_named(change, sentence):
    assert any(sentence in found for found in problems_after(change))


def test_every_fault_is_told_at_once():
    def break_three(files: Files) -> None:
        del files["escalation"]
        files["drugs"]["drug"][0]["looks"] = ""
        files["health"]["health"][0]["hour"] = 3

    assert len(problems_after(break_three)) == 3


PLACES = [(stem, table, key) for stem, table, _, _ in SECTIONS for key in small_files()[stem][table][0]]
JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.dates(), st.binary(),
    st.lists(st.one_of(st.integers(), st.text(), st.dictionaries(st.text(), st.text())), max_size=3),
    st.dictionaries(st.sampled_from(["en", "cy", "x"]), st.one_of(st.text(), st.integers()), max_size=3),
)  # fmt: skip


@given(st.sampled_from(PLACES), JUNK)
def test_no_value_whatever_brings_anything_but_sentences(place, junk):
    stem, table, key = place
    files = small_files()
    files[stem][table][0][key] = junk
    assert all(sentence.endswith(".") and ".toml" in sentence for sentence in sentences_of(files))
