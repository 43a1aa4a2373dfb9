"""Packs: made of exactly what was looked at, sealed byte for byte, given out to somebody, sent by hand, told to stop."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from nightdesk.actions.clocks import note_facts
from nightdesk.actions.exhibits import enter_exhibit
from nightdesk.actions.intake import accept_disclosure
from nightdesk.actions.refusals import NotFound
from nightdesk.queries import sharing as queries
from nightdesk.records.journal import JournalLine
from nightdesk.records.sealed import SealBroken
from nightdesk.records.shared_values import open_for_pack
from nightdesk.records.sharing import SharedPack, SharedPackDownload, SharedPackMove, ShareRecipient
from nightdesk.rules.basics import Basics
from nightdesk.rules.clock_facts import KnownOfAct
from nightdesk.rules.particular_field import SEEN, TOLD, given
from nightdesk.rules.sharing import SharingRefused
from tests.actions.sharing import (
    DAY,
    answer,
    case_of,
    decide,
    every_group,
    file_of,
    make,
    moved,
    recipient,
    text_of,
    wanted,
    withdraw,
)
from tests.people import as_reader
from tests.records.shared_entries import keep

pytestmark = pytest.mark.usefixtures("plain_triage")
HOUR = timedelta(hours=1)


@pytest.fixture
def to(cast: Any, now: datetime) -> ShareRecipient:
    """An ISVA service that may be told a name and a phone."""
    found = recipient(cast.sana, now, case_of(cast, now).reference)
    answer(cast.sana, now, found, ["name", "contact"], ["needs"])
    return found


def test_a_pack_says_who_made_it_for_whom_by_what_right_and_no_more(
    cast: Any, now: datetime, to: ShareRecipient
) -> None:
    """Read back from the PDF: what went, and nothing of what was not asked or said no to."""
    made = make(cast.sana, now, to)
    text = text_of(file_of(cast.sana, now, made))
    for words in (
        "OFFICIAL-SENSITIVE", f"Hand-over pack {made.code}", "ISVA service: Harbour ISVAs", "Do not pass this on", "1 / 1",
        "Support and a way to reach them", "Sana, 22 Nov 2026, 02:10", to.case.disclosure.reference,
        "answer 1 of 22 Nov 2026, 02:10, holds until the end of 22 Dec 2026", "What to call them Jo", "Phone 07700 900123",
    ):  # fmt: skip
        assert words in text, words
    for words in ("raped", "His flat", "Polish", "WITHOUT"):
        assert words not in text
    assert (made.basis, made.consents) == ({"name": "consent", "contact": "consent"}, [1])


def test_it_is_accessible_and_its_title_names_nobody(cast: Any, now: datetime, to: ShareRecipient) -> None:
    """PDF/UA: tagged, with a language and a title."""
    import io

    from pypdf import PdfReader

    read = PdfReader(io.BytesIO(file_of(cast.sana, now, make(cast.sana, now, to))))
    root: Any = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert read.metadata is not None
    assert read.metadata.title == f"Hand-over pack {SharedPack.objects.get().code}"


def test_what_is_given_out_is_byte_for_byte_what_was_made(
    cast: Any, now: datetime, to: ShareRecipient
) -> None:
    """Also after the record changed; each taking is kept with who and when, and has its line."""
    made = make(cast.sana, now, to)
    first = file_of(cast.sana, now, made)
    accept_disclosure(
        actor=as_reader(cast.priya), at=now, sender_key=to.case.disclosure.sender_key, channel="counter",
        basics=Basics(what="raped", call_me="Alex"),
    )  # fmt: skip
    assert file_of(cast.rae, now + HOUR, made) == first
    assert list(SharedPackDownload.objects.order_by("at").values_list("by__username", "at")) == [
        ("sana", now), ("rae", now + HOUR)
    ]  # fmt: skip
    lines = JournalLine.objects.filter(kind="pack_given_out")
    assert [line.facts for line in lines] == [{"code": made.code, "recipient": "isva/named"}] * 2


def test_it_is_made_once_and_only_of_what_was_looked_at(cast: Any, now: datetime, to: ShareRecipient) -> None:
    """A record that changed meanwhile is looked at again first."""
    key = uuid4()
    assert make(cast.sana, now, to, key=key).pk == make(cast.sana, now, to, key=key).pk
    asked = wanted(cast.sana, now, to)
    accept_disclosure(
        actor=as_reader(cast.priya), at=now, sender_key=to.case.disclosure.sender_key, channel="counter",
        basics=Basics(what="raped", call_me="Alex"),
    )  # fmt: skip
    with pytest.raises(SharingRefused, match="record changed"):
        make(cast.sana, now, to, seen=asked.seen)
    assert SharedPack.objects.count() == 1
    line = JournalLine.objects.get(kind="pack_made")
    assert line.facts == {
        "code": SharedPack.objects.get().code, "recipient": "isva/named", "fields": 2, "groups": 2,
    }  # fmt: skip


def test_what_is_not_needed_is_left_out_and_what_may_not_go_is_refused(
    cast: Any, now: datetime, to: ShareRecipient
) -> None:
    """Never dropped without a word."""
    made = make(cast.sana, now, to, ["name"])
    assert "07700" not in text_of(file_of(cast.sana, now, made))
    for groups, purpose, words in (
        (["needs"], "support", "does not cover"), (["suspect"], "support", "page offers"), ([], "support", "Nothing may go"),
        (["name"], "charging", "what it is for"), (["name"], "court_support", "does not cover"),
    ):  # fmt: skip
        with pytest.raises(SharingRefused, match=words):
            make(cast.sana, now, to, groups, purpose=purpose)


def test_sent_by_hand_it_says_how_where_to_and_by_whom(cast: Any, now: datetime, to: ShareRecipient) -> None:
    """The address is sealed; the line has the way only. Then told to delete, and what they said."""
    made = make(cast.sana, now, to)
    moved(cast.sana, now + HOUR, made, "send", 0, words="Rang before.")
    withdraw(cast.sana, now + 2 * HOUR, to)
    moved(cast.rae, now + 3 * HOUR, made, "ask_to_delete", 2)
    moved(cast.rae, now + 4 * HOUR, made, "delete", 3)
    assert list(SharedPackMove.objects.order_by("number").values_list("move", "state", "way")) == [
        ("send", "sent", "secure_mail"), ("owe_stop", "stop_owed", ""), ("ask_to_delete", "asked_to_delete", "secure_mail"),
        ("delete", "deleted", ""),
    ]  # fmt: skip
    first = SharedPackMove.objects.select_related("vault").get(number=1)
    assert (first.opened("address"), first.opened("words"), first.by) == (
        "isva@harbour.example",
        "Rang before.",
        cast.sana,
    )
    assert "harbour" not in str(list(JournalLine.objects.values_list("facts", flat=True)))
    assert file_of(cast.sana, now + 5 * HOUR, made)  # what went stays to be read: it is a record


def test_it_does_not_leave_once_the_person_took_it_back_or_time_ran_out(
    cast: Any, now: datetime, to: ShareRecipient
) -> None:
    """Neither as a file nor as sent."""
    made = make(cast.sana, now, to)
    late = now + 31 * DAY
    for act in (lambda: file_of(cast.sana, late, made), lambda: moved(cast.sana, late, made, "send", 0)):
        with pytest.raises(SharingRefused, match="does not cover"):
            act()
    moved(
        cast.sana, late, made, "send", 0, done_at=now + DAY
    )  # it left while it held, and is written down late
    with pytest.raises(SharingRefused, match="Somebody wrote"):
        moved(cast.rae, late, made, "ask_to_delete", 0)
    with pytest.raises(NotFound):
        moved(cast.sana, late, replace_code(made), "send", 0)


def replace_code(made: SharedPack) -> SharedPack:
    """The same with a code that no pack has."""
    made.code = "AAAA-AAAA"
    return made


def test_a_decision_without_consent_stands_in_the_pack(cast: Any, now: datetime, to: ShareRecipient) -> None:
    """Loud, with its ground and until when; the reason is not given away."""
    decide(cast.maud, now, to, ["needs"], reason="He waits outside with a knife.")
    text = text_of(file_of(cast.sana, now, make(cast.sana, now, to)))
    assert "WITHOUT the consent" in text
    assert "Danger to life, or of serious harm" in text
    assert "Polish" in text
    assert "knife" not in text


def test_letters_that_no_font_has_stand_as_their_number(cast: Any, now: datetime) -> None:
    """Nothing of an account is lost for a picture in it; what was typed stays text; other directions too."""
    told = accept_disclosure(
        actor=as_reader(cast.priya), at=now, sender_key=uuid4(), channel="counter",
        basics=Basics(what='raped 🙂 日 #panic("x") *b*\nsecond line Żółć', call_me="أمل"),
    )  # fmt: skip
    cps = recipient(cast.sana, now, told.reference, "cps", "")
    text = text_of(file_of(cast.sana, now, make(cast.sana, now, cps)))
    assert '[U+1F642] [U+65E5] #panic("x") *b*' in text
    assert "second line Żółć" in text
    assert "under the duties of disclosure" in text
    assert "consent of the person" not in text


def test_many_entries_are_told_apart_and_nothing_of_them_is_cut_off(cast: Any, now: datetime) -> None:
    """Five people over pages, each under its number; a handle without a gap, pages of words, and a letter of no font."""
    reference = case_of(cast, now).reference
    long = " ".join(f"word{number}" for number in range(200))
    for number in range(5):
        values = {
            "call": given(f"Karl{number} 日", TOLD),
            "handle": given("ß" * 180, TOLD),
            "looks": given(long, SEEN),
        }
        keep(cast.sana, now + number * HOUR, reference, "person", values, role="suspect")
    cps = recipient(cast.sana, now, reference, "cps", "")
    text = text_of(file_of(cast.sana, now, make(cast.sana, now, cps)))
    assert "Suspects (5)" in text
    for number in range(5):
        assert f"Suspect {number + 1}: Karl{number} [U+65E5]" in text
    assert text.count("ß") == 5 * 180
    assert all(text.count(f"word{number}") >= 5 for number in range(200))


def test_a_row_under_another_key_is_never_opened_for_a_pack(cast: Any, now: datetime) -> None:
    """The shield's vault has a purpose of its own: whatever a table says, it stays shut."""
    from nightdesk.records.shield import ShieldEntry
    from tests.actions.shield import entered

    told = case_of(cast, now)
    entered(cast.priya, now, told.reference)
    with pytest.raises(SealBroken, match="never goes into a hand-over pack"):
        open_for_pack(ShieldEntry.objects.select_related("vault").get(), "medical")
    assert open_for_pack(told.versions.select_related("vault").get(), "what") == "raped"


def test_the_preview_says_of_each_field_whether_it_goes_and_why(
    cast: Any, now: datetime, to: ShareRecipient
) -> None:
    """Field by field, with what was said; nothing of the values of what stays is on the list of reasons."""
    found = queries.preview(as_reader(cast.sana), to.case.disclosure.reference, to.pk, "support", now)
    assert found is not None
    why = {fate.field.id: fate.why for fate in found.found}
    assert (why["call_me"], why["interpreter"], why["danger_now"], why["what"]) == (
        "consent", "declined", "not_asked", "not_to_them",
    )  # fmt: skip
    answer(cast.sana, now, to, every_group("isva"), replaces=1, until_at=now + 5 * DAY)
    later = queries.preview(
        as_reader(cast.sana), to.case.disclosure.reference, to.pk, "support", now + 6 * DAY
    )
    assert later is not None
    assert {fate.why for fate in later.found if fate.field.group == "name"} == {"expired"}


def test_samples_and_what_became_known_go_to_the_sarc(cast: Any, now: datetime) -> None:
    """With consent; the description of an exhibit does not."""
    told = case_of(cast, now)
    sana = as_reader(cast.sana)
    note_facts(
        actor=sana, at=now, reference=told.reference, known=KnownOfAct(("oral",), "given", ("ghb",), "given")
    )
    enter_exhibit(
        actor=sana,
        at=now,
        reference=told.reference,
        kind="urine_pot",
        taken_at=now,
        description="Blue bag",
        seal="A1",
    )
    sarc = recipient(cast.sana, now, told.reference, "sarc")
    answer(cast.sana, now, sarc, ["samples", "account"])
    text = text_of(file_of(cast.sana, now, make(cast.sana, now, sarc)))
    for words in ("Mouth", "GHB", "taken 22 Nov 2026, 02:10", "raped"):
        assert words in text, words
    assert "Blue bag" not in text
    assert replace(wanted(cast.sana, now, sarc), groups=frozenset()).groups == frozenset()


def test_a_file_that_was_taken_may_have_left(cast: Any, now: datetime, to: ShareRecipient) -> None:
    """Taken back, it has to be stopped, or somebody writes down how they know that it never left."""
    made, sent = make(cast.sana, now, to), make(cast.sana, now, to)
    file_of(cast.sana, now, made)
    moved(cast.sana, now, sent, "send", 0)
    withdraw(cast.sana, now + HOUR, to)
    with pytest.raises(SharingRefused, match="how you know that it never left"):
        moved(cast.sana, now + HOUR, made, "never_left", 1)
    with pytest.raises(SharingRefused, match="written down as sent"):
        moved(cast.sana, now + HOUR, sent, "never_left", 2, words="w")
    assert (
        moved(cast.sana, now + HOUR, made, "never_left", 1, words="Printed by mistake, shredded.").state
        == "unused"
    )


def test_a_pack_of_an_older_table_is_made_anew(
    cast: Any, now: datetime, to: ShareRecipient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What may go where has changed since."""
    from nightdesk.actions import shared_packs
    from nightdesk.outside.current import pack

    made = make(cast.sana, now, to)
    newer = replace(pack(), about=replace(pack().about, edition="2027-05"))
    monkeypatch.setattr(shared_packs, "pack", lambda: newer)
    with pytest.raises(SharingRefused, match="newer edition"):
        file_of(cast.sana, now, made)
