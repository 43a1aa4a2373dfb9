"""The particulars of a case, without a script: entered, corrected, both shown, linked, withdrawn; as everybody."""

import html
import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from nightdesk.records.journal import JournalLine
from nightdesk.records.particulars import Particular, ParticularLink, ParticularVersion
from nightdesk.rules.basics import Basics
from tests.desks.counter_pages import Counter, journal_kinds
from tests.people import Cast, signed_in
from tests.records.taking import take


@pytest.fixture
def reference(cast: Cast) -> str:
    """A disclosure that Priya took, with a suspect and a place, referred to unit A."""
    return Counter(signed_in(Client(), cast.priya)).send(
        what="He raped me. I was high on G.", call_me="Jo", where_words="Flat 3, 9 Example Road",
        **{"suspect0-name_used": "Nightowl", "suspect0-handle": "@owl99", "suspect0-vehicle": "AB12 CDE"},
    )  # fmt: skip


@pytest.fixture
def sana(cast: Cast, reference: str) -> Counter:
    """The specialist on duty in unit A."""
    return Counter(signed_in(Client(), cast.sana))


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return html.unescape(found[1])


def enter(desk: Counter, reference: str, into: str, **typed: Any) -> UUID:
    """A new entry; its key."""
    path = f"/staff/cases/{reference}/particulars/new/{into}/"
    page = desk.page(path)
    key = hidden(page, "key")
    answer = desk.post(path, seen="0", key=key, basis="told", **typed)
    assert answer.status_code == 302, answer.content.decode()
    return UUID(key)


def correct(desk: Counter, reference: str, key: UUID, seen: int, **typed: Any) -> Any:
    """A correction that started from version `seen`."""
    path = f"/staff/cases/{reference}/particulars/{key}/correct/"
    return desk.post(path, seen=str(seen), key=str(key), basis="told", why="better known", **typed)


def test_an_entry_is_made_corrected_and_its_difference_read(sana: Counter, reference: str) -> None:
    """Old and new, field by field, with what each rests on."""
    key = enter(
        sana, reference, "suspect", call="Jay", age="25_to_34", age_known="opinion", phone_known="rather_not"
    )
    page = sana.page(f"/staff/cases/{reference}/particulars/{key}/")
    for words in ("Jay", "25 to 34", "Opinion", "Would rather not say", "As it was entered."):
        assert words in page
    assert (
        correct(sana, reference, key, 1, call="Jack", age="25_to_34", age_known="opinion").status_code == 302
    )
    page = sana.page(f"/staff/cases/{reference}/particulars/{key}/")
    assert '<del dir="auto">Jay</del>' in page
    assert '<ins dir="auto">Jack</ins>' in page
    assert "better known" in page


def test_a_new_entry_that_is_there_already_is_a_reading_of_it(
    cast: Cast, sana: Counter, reference: str
) -> None:
    """Somebody else entered more under the key of the form meanwhile: theirs is shown, after its line."""
    key = enter(sana, reference, "suspect", call="Jay")
    rae = Counter(signed_in(Client(), cast.rae))
    sent = {"seen": "0", "key": str(key), "basis": "told", "call": "J."}
    answer = rae.post(f"/staff/cases/{reference}/particulars/new/suspect/", **sent)
    assert answer.status_code == 409
    assert "Jay" in answer.content.decode()
    line = JournalLine.objects.get(kind="record_read", actor=cast.rae.pk)
    assert (line.subject, line.facts["what"]) == (reference, "particular_both")


def test_both_are_shown_and_put_together_field_by_field(cast: Cast, sana: Counter, reference: str) -> None:
    """Rae was quicker: what only one of the two changed is proposed, what both changed is chosen."""
    key = enter(sana, reference, "suspect", call="Jay", looks="tall")
    rae = Counter(signed_in(Client(), cast.rae))
    assert correct(rae, reference, key, 1, call="Jack", looks="tall", phone="07700 900123").status_code == 302
    answer = correct(sana, reference, key, 1, call="James", looks="tall, a beard")
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Rae", "Jack", "James", "tall, a beard", "07700 900123"):
        assert words in page
    typed = {"seen": hidden(page, "seen"), "mine": hidden(page, "mine"), "why": "Both heard him"}
    path = f"/staff/cases/{reference}/particulars/{key}/both/"
    refused = sana.post(path, **typed, pick_phone="theirs", pick_looks="mine")
    assert refused.status_code == 422
    assert "Choose one of the two: A name to call them by" in refused.content.decode()
    assert hidden(refused.content.decode(), "mine") == typed["mine"]
    kept = sana.post(path, **typed, pick_call="mine", pick_phone="theirs", pick_looks="mine")
    assert kept.status_code == 302
    newest = ParticularVersion.objects.latest("number")
    assert newest.number == 3
    said = {name: answer.value for name, answer in newest.said().items()}
    assert said == {"call": "James", "looks": "tall, a beard", "phone": "07700 900123"}


def test_a_third_who_is_quicker_still_is_shown_too(cast: Cast, sana: Counter, reference: str) -> None:
    """While somebody chooses between two, a third version: shown again, with what was chosen."""
    key = enter(sana, reference, "suspect", call="Jay")
    rae = Counter(signed_in(Client(), cast.rae))
    correct(rae, reference, key, 1, call="Jack")
    page = correct(sana, reference, key, 1, call="James").content.decode()
    correct(rae, reference, key, 2, call="Jim")
    path = f"/staff/cases/{reference}/particulars/{key}/both/"
    typed = {"seen": hidden(page, "seen"), "mine": hidden(page, "mine"), "why": "Heard him"}
    again = sana.post(path, **typed, pick_call="mine")
    assert again.status_code == 409
    assert "Jim" in again.content.decode()
    assert "James" in again.content.decode()
    assert ParticularVersion.objects.count() == 3


@pytest.mark.parametrize(
    "mine", ["", "x", "[]", '{"call": 1}', '{"call": {"value": 3}}', '{"call": {"value": "\\ud800"}}']
)
def test_what_was_tampered_with_is_refused_with_a_sentence(sana: Counter, reference: str, mine: str) -> None:
    """Nothing of it is kept, and nothing falls over."""
    key = enter(sana, reference, "suspect", call="Jay")
    path = f"/staff/cases/{reference}/particulars/{key}/both/"
    answer = sana.post(path, seen="1", mine=mine, pick_call="mine", why="x")
    assert answer.status_code == 422
    assert ParticularVersion.objects.count() == 1


def test_bad_input_is_said_and_what_was_typed_stays(sana: Counter, reference: str) -> None:
    """Nothing at all; an answer with a reason why there is none; a line that is too long; times the wrong way round."""
    path = f"/staff/cases/{reference}/particulars/new/suspect/"
    key = {"seen": "0", "key": str(UUID(int=3)), "basis": "told"}
    assert "Fill in at least one thing" in sana.post(path, **key).content.decode()
    both = sana.post(path, **key, call="Jay", call_known="rather_not").content.decode()
    assert "Keep one of the two." in both
    assert 'value="Jay"' in both
    assert "longer than 300" in sana.post(path, **key, names="n" * 301).content.decode()
    assert "more than 20 lines" in sana.post(path, **key, names="n\n" * 21).content.decode()
    path = f"/staff/cases/{reference}/particulars/new/event/"
    day = {f"happened_{end}-month": "1" for end in ("earliest", "latest")} | {
        f"happened_{end}-year": "2026" for end in ("earliest", "latest")
    }
    wrong = sana.post(path, **key, **day, **{"happened_earliest-day": "9", "happened_latest-day": "2"})
    assert "lies before the earliest" in wrong.content.decode()
    ahead = sana.post(path, **key, **day | {"happened_latest-year": "2099"}, **{"happened_latest-day": "2"})
    assert "lies ahead" in ahead.content.decode()
    assert not Particular.objects.exists()


def test_a_quick_answer_to_when_becomes_a_range(sana: Counter, reference: str) -> None:
    """Counted from now, between two times."""
    enter(sana, reference, "event", what="He poured the drinks", happened_quick="last_night")
    said = ParticularVersion.objects.get().said()
    first, last = said["happened"].value
    assert first
    assert last > first


def test_the_first_account_is_taken_over_in_one_press(sana: Counter, reference: str) -> None:
    """People in their roles, the vehicle, the place, linked as told; sent twice it is done once."""
    page = sana.page(f"/staff/cases/{reference}/particulars/")
    assert "Take these over" in page
    assert "in the first account, to take over" in sana.page(f"/staff/cases/{reference}/")
    offered = re.findall(r'<input[^>]*name="parts"[^>]*value="([a-z0-9_]+)"', page)
    assert offered == ["victim", "suspect_1", "vehicle_1", "place"]
    path = f"/staff/cases/{reference}/particulars/take/"
    for _twice in range(2):
        assert sana.post(path, version=hidden(page, "version"), parts=offered).status_code == 302
    assert sorted(Particular.objects.values_list("kind", "role")) == [
        ("object", ""), ("person", "suspect"), ("person", "victim"), ("place", ""),
    ]  # fmt: skip
    assert ParticularLink.objects.get().kind == "used"
    page = sana.page(f"/staff/cases/{reference}/particulars/")
    assert "Take these over" not in page
    for words in ("Jo", "Nightowl", "@owl99", "AB12 CDE", "Flat 3, 9 Example Road"):
        assert words in page
    case = sana.page(f"/staff/cases/{reference}/")
    assert "Victims: 1 · Suspects: 1 · Objects: 1 · Places: 1" in case
    assert "He raped me. I was high on G." in case


def test_entries_are_linked_and_taken_back(sana: Counter, reference: str) -> None:
    """Read from both ends; taken back with a reason that stays."""
    jay = enter(sana, reference, "suspect", call="Jay")
    bottle = enter(sana, reference, "object", what="Small bottle", sort="bottle")
    path = f"/staff/cases/{reference}/particulars/{bottle}/link/"
    assert "Used by: Jay (Suspect)" in sana.page(path)
    assert sana.post(path, to="nonsense", basis="told").status_code == 422
    assert sana.post(path, to=f"used:from:{jay}", basis="seen").status_code == 302
    assert "Small bottle" in sana.page(f"/staff/cases/{reference}/particulars/{jay}/")
    back = f"/staff/cases/{reference}/particulars/links/{ParticularLink.objects.get().pk}/"
    assert sana.post(back, why="").status_code == 422
    assert sana.post(back, why="Another bottle").status_code == 302
    page = sana.page(f"/staff/cases/{reference}/particulars/{bottle}/")
    assert "Another bottle" in page
    assert "<s>Used by" in page


def test_what_is_withdrawn_is_struck_with_its_reason(sana: Counter, reference: str) -> None:
    """And can't be corrected any more."""
    key = enter(sana, reference, "witness", call="Sam")
    path = f"/staff/cases/{reference}/particulars/{key}/withdraw/"
    assert sana.post(path, seen="1", why="").status_code == 422
    assert sana.post(path, seen="0", why="Entered twice").status_code == 422
    assert sana.post(path, seen="1", why="Entered twice").status_code == 302
    page = sana.page(f"/staff/cases/{reference}/particulars/")
    assert "Entered twice" in page
    assert '<s dir="auto">Sam</s>' in page
    assert sana.client.get(f"/staff/cases/{reference}/particulars/{key}/correct/").status_code == 404
    late = correct(sana, reference, key, 1, call="Samuel")
    assert late.status_code == 422
    assert "enter it anew" in late.content.decode()
    assert 'value="Samuel"' in late.content.decode()


def test_another_unit_reads_with_a_reason_and_changes_nothing(
    cast: Cast, sana: Counter, reference: str
) -> None:
    """The reason is in the journal; no button is offered, and no act is possible."""
    key = enter(sana, reference, "suspect", call="Jay")
    kofi = Counter(signed_in(Client(), cast.kofi))
    path = f"/staff/cases/{reference}/particulars/"
    assert "Jay" not in kofi.page(path)
    page = kofi.reason(path).content.decode()
    assert "Jay" in page
    assert "Add a suspect" not in page
    for more in (f"{key}/", f"{key}/correct/", f"{key}/link/", f"{key}/withdraw/", "new/suspect/"):
        assert kofi.client.get(path + more).status_code == 404
    for more in (f"{key}/both/", "take/", "new/suspect/"):
        assert kofi.post(path + more).status_code == 404
    assert "access_refused" in journal_kinds()


def test_an_entry_of_another_case_is_not_shown(cast: Cast, sana: Counter, reference: str) -> None:
    """Though both are of the unit."""
    key = enter(sana, reference, "suspect", call="Jay")
    other = Counter(signed_in(Client(), cast.priya)).send(what="I was raped on Friday")
    for more in ("", "correct/", "link/", "withdraw/"):
        assert sana.client.get(f"/staff/cases/{other}/particulars/{key}/{more}").status_code == 404
    assert sana.client.get(f"/staff/cases/{reference}/particulars/new/nonsense/").status_code == 404


def test_a_code_of_an_older_pack_is_taken_over_and_stays(cast: Cast, now: Any) -> None:
    """What was told with a pack that knew other kinds of place is not lost, and not in the way of a correction."""
    told = take(
        cast, now, Basics(what="I was raped", where_words="Flat 3", where_kind="private_home")
    ).reference
    sana = Counter(signed_in(Client(), cast.sana))
    path = f"/staff/cases/{told}/particulars/"
    assert sana.post(f"{path}take/", version="1", parts=["place"]).status_code == 302
    key = Particular.objects.get().pk
    form = sana.page(f"{path}{key}/correct/")
    assert '<option value="private_home" selected>' in form
    assert correct(sana, told, key, 1, setting="private_home", postcode="E1 1AA").status_code == 302
    assert "private home" in sana.page(f"{path}{key}/")
