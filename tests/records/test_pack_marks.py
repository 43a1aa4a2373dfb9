"""Every field of a case is filled with a mark; a pack of any recipient, under any consent, holds exactly the marks it may.

What may is worked out here from the table and the answer, apart from the code that makes packs. A new sealed or personal
column that is neither a field of the table nor named as never shared fails the last test.
"""

import io
from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

import pytest
from django.apps import apps
from pypdf import PdfReader

from nightdesk.actions.clocks import note_facts
from nightdesk.actions.duties import move_duty
from nightdesk.actions.exhibits import enter_exhibit
from nightdesk.actions.flags import raise_flag
from nightdesk.actions.kits import note_step, open_kit
from nightdesk.actions.particulars import keep_particular
from nightdesk.actions.recordings import record_crime
from nightdesk.outside.current import force_zone, pack
from nightdesk.outside.packs import load_pack
from nightdesk.records import shared_values
from nightdesk.records.cases import Case
from nightdesk.records.duties import Duty
from nightdesk.records.sealed import Vault
from nightdesk.rules.basics import Basics, Suspect, with_answer_states
from nightdesk.rules.clock_facts import KnownOfAct
from nightdesk.rules.consent import Answer
from nightdesk.rules.duty import Said
from nightdesk.rules.pack_content import Heading, content
from nightdesk.rules.pack_sharing import KINDS
from nightdesk.rules.particular_field import given
from nightdesk.rules.recording import Recorded
from nightdesk.rules.shared_field import ALL_FIELDS, FIELDS, NEVER, SEALED_IN
from nightdesk.rules.sharing import Standing, fates
from tests.actions.sharing import PURPOSE, answer, every_group, file_of, make, recipient
from tests.actions.shield import entered
from tests.people import Cast, as_reader, make_cast
from tests.records.shared_entries import MARKS as ENTRY_MARKS
from tests.records.shared_entries import NOWHERE as ENTRY_NOWHERE
from tests.records.shared_entries import entered_and_ended
from tests.records.taking import take

# field of the table → the mark that stands in its value and nowhere else; the others are codes, and are looked for by
# the label of their row.
MARKS = {
    "call_me": "MARKCALL", "pronouns": "MARKPRON", "on_behalf": "MARKBEHALF", "contact_phone": "07700 900123",
    "contact_email": "markmail@example.test", "contact_notes": "MARKNOTES", "what": "MARKWHAT", "happened_when": "MARKWHEN",
    "happened_where": "MARKWHERE", "suspect_name": "MARKNAME", "suspect_handle": "MARKHANDLE",
    "suspect_phone": "07700 900456", "suspect_email": "markhis@example.test", "suspect_address": "MARKADDRESS",
    "suspect_vehicle": "MARKCAR", "suspect_description": "MARKLOOKS", "exhibit_descriptions": "MARKPOT", "crime": "MARK/26",
    "clock_drugs": "Ketamine", **ENTRY_MARKS,
}  # fmt: skip
NOWHERE = ("MARKGROUNDS", "MARKDUTY", "MARKRECORDED", "SHIELD", "MARKCONSENT", "MARKOUR", *ENTRY_NOWHERE)
FULL = Basics(
    what="MARKWHAT he raped me last night", when_words="MARKWHEN", where_kind="their_home", where_words="MARKWHERE",
    on_behalf="MARKBEHALF", call_me="MARKCALL", pronouns="MARKPRON", contact_phone="07700 900123",
    contact_email="markmail@example.test", safe_ways=("text",), contact_notes="MARKNOTES", red_flags=("chest_pain",),
    under_18="no", danger_now="yes", interpreter="pl", officer_sex="woman", adviser="yes",
    suspects=(
        Suspect(
            name_used="MARKNAME", platform="grindr", handle="@MARKHANDLE", phone="07700 900456",
            email="markhis@example.test", address="MARKADDRESS", vehicle="MARKCAR1", description="MARKLOOKS",
        ),
    ),
)  # fmt: skip
# Every part of the basics, and where it goes.
BASICS = {
    "when_choice": "happened_when", "when_words": "happened_when", "earliest_at": "happened_when",
    "latest_at": "happened_when", "where_kind": "place_kind", "where_words": "happened_where", "suspects": "suspect_name",
    "answers": "happened_when",
}  # fmt: skip


def full_case(now: datetime) -> tuple[Cast, str]:
    """A case in which every field of every record that a pack could draw on is filled with its mark."""
    cast = make_cast(now)
    told = take(cast, now, with_answer_states(FULL, {}))
    sana, reference = as_reader(cast.sana), told.reference
    note_facts(
        actor=sana, at=now, reference=reference, known=KnownOfAct(("oral",), "given", ("ketamine",), "given")
    )
    kit = open_kit(actor=sana, at=now, reference=reference)
    note_step(
        actor=sana, at=now, reference=reference, number=kit.number, step=next(iter(pack().kit_steps)).id, outcome="done",
        done_at=now, seen=0,
    )  # fmt: skip
    enter_exhibit(
        actor=sana,
        at=now,
        reference=reference,
        kind="urine_pot",
        taken_at=now,
        description="MARKPOT",
        seal="MARKOUR",
    )
    raise_flag(actor=sana, at=now, reference=reference, code="alcohol", words="MARKGROUNDS")
    _owed_and_recorded(sana, now, reference)
    entered(cast.priya, now, reference)
    entered_and_ended(cast.sana, now, reference)
    return cast, reference


def _owed_and_recorded(sana: Any, now: datetime, reference: str) -> None:
    """An offer that was answered, and the crime."""
    offered = Duty.objects.get(kind="sarc_offered")
    move_duty(
        actor=sana, at=now, reference=reference, duty=offered.pk, move="meet", seen=0,
        said=Said(answer="declined", words="MARKDUTY"),
    )  # fmt: skip
    made = Recorded("crime", now, "class_19f", police_number="MARK/26", words="MARKRECORDED")
    record_crime(actor=sana, at=now, reference=reference, made=made, seen=0)


def allowed(kind: str, yes: frozenset[str]) -> set[str]:
    """The fields that may go, by the table as its file has it."""
    return {
        row.id for row in load_pack().share_fields if kind in row.to and (row.group in yes or kind == "cps")
    }


def found_in(lines: list[str]) -> set[str]:
    """The fields that a text holds: by its mark, or a coded one by the label of its row."""
    text, table = " ".join(lines), load_pack().share_fields
    return {field for field, mark in MARKS.items() if mark in text} | {
        field for field in ALL_FIELDS if field not in MARKS and table[field].label in lines
    }


def lines_of(file: bytes) -> list[str]:
    """What can be read in a PDF, line by line."""
    pages = PdfReader(io.BytesIO(file)).pages
    return [line.strip() for page in pages for line in page.extract_text().splitlines()]


def consents(kind: str) -> Iterator[frozenset[str]]:
    """Each group alone, all but one, all."""
    groups = frozenset(every_group(kind))
    for group in sorted(groups):
        yield frozenset({group})
        yield groups - {group}
    yield groups


@pytest.mark.parametrize("kind", KINDS)
def test_a_pack_holds_exactly_the_marks_that_the_table_and_the_consent_allow(
    db: None, now: datetime, plain_triage: None, kind: str
) -> None:
    """Read back from the PDF, for every recipient."""
    cast, reference = full_case(now)
    to = recipient(cast.sana, now, reference, kind, "" if kind == "cps" else "Harbour")
    last = None
    for yes in consents(kind) if kind != "cps" else [frozenset()]:
        if kind != "cps":
            given = {"replaces": last, "words": "MARKCONSENT"}
            last = answer(cast.sana, now, to, yes, set(every_group(kind)) - yes, **given).number
        lines = lines_of(file_of(cast.sana, now, make(cast.sana, now, to)))
        assert found_in(lines) == allowed(kind, yes), sorted(yes)
        assert not [mark for mark in NOWHERE if mark in " ".join(lines)]


@pytest.mark.parametrize("kind", ["sarc", "isva", "partner"])
def test_the_same_for_every_set_of_groups_there_is(
    db: None, now: datetime, plain_triage: None, kind: str
) -> None:
    """All subsets, on the content that a pack is printed from."""
    _cast, reference = full_case(now)
    groups, case = every_group(kind), Case.objects.get(disclosure__reference=reference)
    values = shared_values.values_of(case, pack(), force_zone())
    for size in range(len(groups) + 1):
        for yes in map(frozenset, combinations(groups, size)):
            said = Answer(
                1, yes, frozenset(groups) - yes, frozenset({PURPOSE[kind]}), now, now + timedelta(days=1)
            )
            standing = Standing(pack().recipients[kind], PURPOSE[kind], (said,))
            held = content(HEADING, fates(pack().share_fields, standing, now), values, pack())
            assert found_in(printed(held)) == allowed(kind, yes), sorted(yes)


HEADING = Heading("AAAA-AAAA", "BBBB-BBBB", "Somebody", "Support", "Sana", "today", "Unit A", ())


def printed(held: dict[str, Any]) -> list[str]:
    """The lines that the template makes of a content."""
    return [
        line
        for group in held["groups"]
        for row in group["rows"]
        for line in (row["label"], *(part for text in texts_in(row) for part in text.split("\n")))
    ]


def texts_in(row: dict[str, Any]) -> list[str]:
    """Its texts, and those of its entries."""
    told = [
        text
        for one in row["entries"]
        for text in (one["title"], *(part for line in one["lines"] for part in line))
    ]
    return [*row["texts"], *told]


def test_the_full_case_fills_every_field_by_the_source_that_says_so(
    db: None, now: datetime, plain_triage: None
) -> None:
    """A field that no source fills would pass every test above."""
    _cast, reference = full_case(now)
    case = Case.objects.get(disclosure__reference=reference)
    material = shared_values.Material(case, pack(), force_zone())
    assert set(shared_values.SOURCES) == set(FIELDS)
    for name, source in shared_values.SOURCES.items():
        assert set(source(material)) == set(FIELDS[name]), name
    assert set(shared_values.values_of(case, pack(), force_zone())) == set(ALL_FIELDS)
    parts = {part.name for part in fields(Basics)}
    assert parts == set(BASICS) | (parts & set(ALL_FIELDS)), (
        "Say in BASICS where a new part of the basics goes."
    )
    assert {
        f"suspect_{name}"
        for name in ("name", "handle", "phone", "email", "address", "vehicle", "description")
    } == set(FIELDS["suspects"])
    assert {part.name for part in fields(Suspect)} == {
        "name_used", "platform", "handle", "phone", "email", "address", "vehicle", "description"
    }  # fmt: skip


def test_once_contact_was_agreed_the_plan_alone_is_passed_on(
    db: None, now: datetime, plain_triage: None
) -> None:
    """The number at the counter may be the one that is not safe any more; who may not be told goes along."""
    cast, reference = full_case(now)
    values = {
        "call": given("PLANCALL"), "phone": given("07700 900789"), "ways": given(("phone_call",)), "when": given("these"),
        "hours": given(("Mon-Fri 9-17",)), "keep_from": given("PLANNOT"), "watch_for": given("PLANWATCH"),
    }  # fmt: skip
    sana = as_reader(cast.sana)
    keep_particular(
        actor=sana, at=now, reference=reference, kind="contact_plan", seen=0, values=values, why=""
    )
    found = shared_values.values_of(Case.objects.get(disclosure__reference=reference), pack(), force_zone())
    assert found["call_me"] == ("PLANCALL",)
    assert found["contact_phone"] == ("07700 900789",)
    assert found["contact_notes"] == (
        "Safe times: Mon-Fri 9-17",
        "May not be told: PLANNOT",
        "Watch for: PLANWATCH",
    )
    every = str(found)
    assert not [
        mark for mark in ("MARKCALL", "07700 900123", "markmail", "MARKNOTES", "MARKPRON") if mark in every
    ]


def columns() -> set[str]:
    """Every sealed or personal column there is."""
    return {
        f"{model.__name__}.{name}"
        for model in apps.get_app_config("records").get_models()
        for kind in ("sealed", "personal")
        for name in model.CLASSED.get(kind, ())  # type: ignore[attr-defined]
    }


def unplaced(every: set[str]) -> set[str]:
    """The columns of which nobody has said whether a pack may hold them."""
    return {
        one for one in every if one not in SEALED_IN and one not in NEVER and one.split(".")[0] not in NEVER
    }


def test_a_new_sealed_or_personal_column_is_placed_before_anybody_shares_it() -> None:
    """In rules/shared_field.py: a field of the table, or never, and why. Nothing there is stale."""
    assert not unplaced(columns()), "Say in rules/shared_field.py where these go: SEALED_IN or NEVER."
    assert unplaced({"Planted.file"}) == {"Planted.file"}
    known = columns() | {one.split(".")[0] for one in columns()}
    assert not {*SEALED_IN, *NEVER} - known
    assert {field for given in SEALED_IN.values() for field in given} <= set(ALL_FIELDS)


def test_every_vault_of_a_source_is_an_ordinary_one(db: None, now: datetime, plain_triage: None) -> None:
    """While all values are read, the shield's key is not asked for once."""
    _cast, reference = full_case(now)
    opened: list[str] = []
    cipher = Vault.cipher

    def noting(vault: Vault) -> Any:
        opened.append(vault.purpose)
        return cipher(vault)

    case = Case.objects.get(disclosure__reference=reference)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Vault, "cipher", noting)
        shared_values.values_of(case, pack(), force_zone())
    assert set(opened) == {"personal"}
    assert Vault.objects.filter(purpose="shield").exists()
