"""What is shared, on its pages: asked, taken back, passed on, looked at, made, given out; with bad input, as everybody."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from nightdesk.records.duties import Duty
from nightdesk.records.sharing import (
    Consent,
    PassingOn,
    SharedPack,
    SharedPackDownload,
    SharedPackMove,
    ShareRecipient,
    WithoutConsent,
)
from nightdesk.rules.particular_field import OPINION, SEEN, TOLD, given
from tests.actions.sharing import text_of
from tests.desks.counter_pages import Counter, journal_kinds
from tests.people import Cast, signed_in
from tests.records.shared_entries import keep

YES = {"group_name": "yes", "group_contact": "yes", "group_needs": "no"}
UNTIL = {"until-day": "1", "until-month": "3", "until-year": "2101"}


@pytest.fixture
def reference(cast: Cast) -> str:
    """A disclosure that Priya took, referred to unit A."""
    typed = {"call_me": "Jo", "contact_phone": "07700 900123", "where_words": "His flat"}
    return Counter(signed_in(Client(), cast.priya)).send(what="He raped me. I was high on G.", **typed)


@pytest.fixture
def sana(cast: Cast, reference: str) -> Counter:
    """The specialist on duty in unit A."""
    return Counter(signed_in(Client(), cast.sana))


def base(reference: str) -> str:
    """Where sharing begins."""
    return f"/staff/cases/{reference}/sharing/"


def soon() -> dict[str, str]:
    """The boxes of a day a month from now."""
    from datetime import timedelta

    from django.utils import timezone

    day = timezone.localdate() + timedelta(days=30)
    return {"until-day": str(day.day), "until-month": str(day.month), "until-year": str(day.year)}


def with_isva(sana: Counter, reference: str) -> str:
    """The page of an ISVA service, written down."""
    answer = sana.post(base(reference), who="isva/", name="Harbour ISVAs")
    assert answer.status_code == 302
    return str(answer["Location"])


def consented(sana: Counter, to: str, **more: str) -> Any:
    """The answer to the form of an answer."""
    given = {"key": str(uuid4()), "purposes": "support", "way": "in_person", "words": "They can ring me."}
    return sana.post(f"{to}consent/", **(given | YES | soon() | more))


def hidden(page: str, name: str) -> str:
    """What a hidden field of a page holds."""
    return page.split(f'name="{name}" value="')[1].split('"')[0]


def made(sana: Counter, to: str) -> str:
    """The page of a pack that was looked at and made."""
    page = sana.page(f"{to}pack/")
    sent = {name: hidden(page, name) for name in ("key", "purpose", "seen")}
    answer = sana.client.post(f"{to}pack/", sent | {"groups": ["name", "contact"]})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_the_case_leads_there_and_says_what_holds(sana: Counter, reference: str) -> None:
    """Nothing yet; then one consent."""
    case = f"/staff/cases/{reference}/"
    assert "Consents that hold: 0" in sana.page(case)
    assert base(reference) in sana.page(case)
    assert "Nothing is shared with anybody" in sana.page(base(reference))
    consented(sana, with_isva(sana, reference))
    assert "Consents that hold: 1" in sana.page(case)


def test_asked_and_answered_group_by_group(sana: Counter, reference: str) -> None:
    """Nothing is ticked before; what was not asked stays not asked."""
    to = with_isva(sana, reference)
    form = sana.page(f"{to}consent/")
    assert "What to call you, and your pronouns" in form
    assert "Whoever did it" not in form
    assert consented(sana, to).status_code == 302
    page = sana.page(to)
    for words in ("Answer</strong> 1", "They can ring me.", "Holds", "Not asked", "They take answer 1 back"):
        assert words in page.replace("<strong>Answer 1", "Answer</strong> 1"), words
    assert Consent.objects.get().yes == ["contact", "name"]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"group_name": "", "group_contact": "", "group_needs": ""}, "yes or no for at least one"),
        ({"purposes": ""}, "Select a valid choice"),
        ({"way": ""}, "How did they answer?"),
        ({"words": " "}, "in their words"),
        ({"words": "x" * 2001}, "at most 2000"),
        ({"until-year": "1999"}, "still to come"),
        ({"until-day": "45"}, "date"),
        ({"until-year": "9999", "until-day": "31", "until-month": "12"}, "until when"),
        (UNTIL, "365 days"),
        ({"group_suspect": "yes", "group_name": "maybe"}, "Select a valid choice"),
        ({"key": "x"}, "valid UUID"),
    ],
)  # fmt: skip
def test_bad_input_is_said_and_nothing_is_lost(
    sana: Counter, reference: str, sent: dict[str, str], words: str
) -> None:
    """What was typed stays in the boxes."""
    to = with_isva(sana, reference)
    answer = consented(sana, to, **sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert (sent.get("words") or "They can ring me.")[:20].strip() in page
    assert not Consent.objects.exists()


def test_one_press_takes_it_back(sana: Counter, reference: str) -> None:
    """And the pages say what has to be done about what was sent."""
    to = with_isva(sana, reference)
    consented(sana, to)
    pack = made(sana, to)
    sana.post(f"{pack}move/", move="send", way="secure_mail", address="isva@harbour.example", seen="0")
    assert sana.post(f"{to}consent/1/withdraw/").status_code == 302
    assert "Taken back" in sana.page(to)
    assert "1 pack that was sent has to stop being used" in sana.page(f"/staff/cases/{reference}/")
    page = sana.page(pack)
    assert "Tell them to stop using it" in page
    assert "isva@harbour.example" in page
    sana.post(
        f"{pack}move/", move="ask_to_delete", way="secure_mail", address="isva@harbour.example", seen="2"
    )
    assert "Asked to delete" in sana.page(to)


def test_the_preview_shows_what_goes_what_stays_and_why(sana: Counter, reference: str) -> None:
    """Word for word what goes; of what stays, the name of the field only."""
    to = with_isva(sana, reference)
    assert "Nothing. Ask the person first" in sana.page(f"{to}pack/")
    consented(sana, to)
    page = sana.page(f"{to}pack/")
    goes, stays = page.split("This stays here")
    assert "Jo" in goes
    assert "07700 900123" in goes
    assert "The person said yes" in goes
    assert "First account, in their words" in stays
    assert "Never goes to them" in stays
    assert "He raped me" not in page
    assert "His flat" not in page
    other = sana.page(f"{to}pack/?purpose=court_support")
    assert "Their yes was for something else" in other
    assert "Jo</div>" not in other


def test_made_and_taken_it_is_a_file_that_names_nobody(sana: Counter, reference: str) -> None:
    """An attachment, kept nowhere on the way; noted with who took it."""
    to = with_isva(sana, reference)
    consented(sana, to)
    pack = made(sana, to)
    answer = sana.post(f"{pack}file/")
    code = SharedPack.objects.get().code
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="pack-{code}.pdf"'
    assert answer["Cache-Control"] == "no-store"
    assert "Jo" in text_of(answer.content)
    assert SharedPackDownload.objects.get().by.username == "sana"
    assert "Nobody yet" not in sana.page(pack)
    assert sana.get(f"{pack}file/").status_code == 405
    assert journal_kinds().count("pack_given_out") == 1


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "What became of it?"),
        ({"move": "send"}, "how it was sent"),
        ({"move": "send", "way": "post"}, "to which address"),
        ({"move": "delete"}, "moved on meanwhile"),
        ({"move": "owe_stop"}, "Select a valid choice"),
        ({"move": "set_aside", "seen": "9"}, "Somebody wrote something down"),
        ({"move": "set_aside", "seen": "x"}, "whole number"),
        ({"move": "set_aside", "words": "x" * 2001}, "at most 2000"),
    ],
)
def test_a_step_that_lacks_something_is_refused(
    sana: Counter, reference: str, sent: dict[str, str], words: str
) -> None:
    """With a sentence, and what was typed stays."""
    to = with_isva(sana, reference)
    consented(sana, to)
    answer = sana.post(f"{made(sana, to)}move/", **({"seen": "0", "words": "مكتوب"} | sent))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert SharedPack.objects.get().state == "made"


def test_a_pack_of_what_was_not_looked_at_is_refused(sana: Counter, reference: str) -> None:
    """The page shows it anew."""
    to = with_isva(sana, reference)
    consented(sana, to)
    given = {"key": str(uuid4()), "purpose": "support", "seen": "0" * 32}
    answer = sana.post(f"{to}pack/", groups="name", **given)
    assert answer.status_code == 422
    assert "The record changed" in answer.content.decode()
    answer = sana.post(f"{to}pack/", **given)
    assert "Choose at least one group" in answer.content.decode()
    assert not SharedPack.objects.exists()


def test_from_the_duty_to_the_offer_that_answers_it(sana: Counter, reference: str) -> None:
    """By its link only; the person's answer is kept once for both."""
    duty = Duty.objects.get(kind="sarc_offered")
    page = sana.page(f"/staff/cases/{reference}/duties/{duty.pk}/")
    assert f"{base(reference)}?duty={duty.pk}" in page
    assert "Galop" not in sana.page(f"{base(reference)}?duty={duty.pk}")
    sent = sana.post(f"{base(reference)}?duty={duty.pk}", who="sarc/havens")
    assert sent["Location"].endswith(f"/offer/?duty={duty.pk}")
    assert "answers the duty" in sana.page(sent["Location"])
    sana.post(sent["Location"], key=str(uuid4()), answer="declined", words="Not tonight")
    duty.refresh_from_db()
    assert duty.state == "met"
    assert PassingOn.objects.get().duty_id == duty.pk
    assert "Answered the duty" in sana.page(f"{base(reference)}{ShareRecipient.objects.get().pk}/")


def test_a_passing_on_goes_step_by_step(sana: Counter, reference: str) -> None:
    """What is not possible is said at the top of the same page."""
    to = with_isva(sana, reference)
    sana.post(f"{to}offer/", key=str(uuid4()), answer="accepted")
    refused = sana.post(f"{to}offer/step/", move="send", seen="1", words="sent it")
    assert refused.status_code == 422
    assert "Nothing may go to them yet" in refused.content.decode()
    consented(sana, to)
    assert sana.post(f"{to}offer/step/", move="send", seen="1").status_code == 302
    assert "They say that they have it" in sana.page(to)


def test_prosecutors_get_it_by_duty_and_the_page_says_so(sana: Counter, reference: str) -> None:
    """No question of consent, no offer; what is not in it is said too."""
    to = str(sana.post(base(reference), who="cps/")["Location"])
    page = sana.page(to)
    for words in (
        "This is not a question of consent",
        "reasonable line of enquiry",
        "By duty, not by consent",
    ):
        assert words in page
    for words in ("Ask the person", "They were not offered", "Decide without"):
        assert words not in page
    preview = sana.page(f"{to}pack/")
    assert "The law says so" in preview
    assert "He raped me" in preview
    assert "07700 900123" not in preview


def test_a_supervisor_decides_without_consent_and_nobody_else(
    sana: Counter, reference: str, cast: Cast
) -> None:
    """Loud on the page."""
    to = with_isva(sana, reference)
    assert "Decide without" not in sana.page(to)
    assert sana.get(f"{to}without-consent/").status_code == 403
    maud = Counter(signed_in(Client(), cast.maud))
    assert "danger_to_life" in maud.page(f"{to}without-consent/")
    assert maud.post(f"{to}without-consent/", key=str(uuid4())).status_code == 422
    given = {
        "ground": "danger_to_life",
        "groups": "contact",
        "reason": "He waits outside.",
        "person_told": "no",
    }
    assert maud.post(f"{to}without-consent/", key=str(uuid4()), **given).status_code == 302
    assert WithoutConsent.objects.get().groups == ["contact"]
    page = sana.page(to)
    assert "Decided without consent" in page
    assert "The person was not told yet" in page


def test_nobody_else_sees_or_shares_anything(sana: Counter, reference: str, cast: Cast) -> None:
    """Another unit, a counter, the outsider: the same sentence, or no page at all; and a refusal in the journal."""
    to = with_isva(sana, reference)
    consented(sana, to)
    pack, own = made(sana, to), {"sana", "rae", "maud"}
    for name, staff in cast.staff().items():
        client = signed_in(Client(), staff)
        for address in (base(reference), to, f"{to}consent/", f"{to}pack/", pack, f"{to}offer/"):
            answer: Any = client.get(address)
            assert (answer.status_code == 200) == (name in own), (name, address)
            assert "Harbour" not in answer.content.decode() or name in own
        if name not in own:
            for address in (f"{pack}file/", f"{pack}move/", f"{to}consent/1/withdraw/", f"{to}offer/step/"):
                assert client.post(address).status_code in (403, 404)
    assert Consent.objects.filter(end=None).count() == 1
    assert not SharedPackDownload.objects.exists()


def test_what_is_none_of_this_case_is_not_found(sana: Counter, reference: str) -> None:
    """Keys and codes that lead nowhere, and a key of a duty that is none."""
    to = f"{base(reference)}{uuid4()}/"
    for address in (to, f"{to}consent/", f"{to}pack/", f"{to}offer/", f"{base(reference)}packs/AAAA-AAAA/"):
        assert sana.get(address).status_code == 404
    assert sana.get(f"{base(reference)}?duty=x").status_code == 200
    assert sana.post(f"{base(reference)}packs/AAAA-AAAA/file/").status_code == 404
    assert sana.post(base(reference), who="isva/").status_code == 422
    assert sana.post(base(reference), who="sarc/galop").status_code == 422


@pytest.mark.parametrize(
    ("language", "words"), [("en", "You said yes until"), ("pl", "Zgoda obowiązuje do"), ("xx", "You said")]
)
def test_a_sheet_tells_the_person_what_was_shared(
    sana: Counter, reference: str, language: str, words: str
) -> None:
    """In their language; who, until when, and how to take it back; and that it ended."""
    to = with_isva(sana, reference)
    assert "Nothing was shared" in text_of(sana.get(f"{base(reference)}sheet/").content)
    consented(sana, to)
    pack = made(sana, to)
    assert "Sent on" not in text_of(sana.get(f"{base(reference)}sheet/").content)
    sana.post(f"{pack}move/", move="send", way="secure_mail", address="isva@harbour.example", seen="0")
    yesterday = timezone.now() - timedelta(days=1)
    SharedPackMove.objects.filter(move="send").update(done_at=yesterday)  # noted a day later
    sent = f"Sent on: {date_format(timezone.localtime(yesterday), 'j E Y')}"
    assert sent in text_of(sana.get(f"{base(reference)}sheet/").content)
    answer = sana.get(f"{base(reference)}sheet/?language={language}")
    text = text_of(answer.content)
    assert words in text
    assert "Harbour ISVAs" in text
    assert "raped" not in text
    assert 'attachment; filename="sheet.pdf"' in answer["Content-Disposition"]
    sana.post(f"{to}consent/1/withdraw/")
    assert "Ended: nothing more goes" in text_of(sana.get(f"{base(reference)}sheet/").content)


def test_the_preview_shows_entries_word_for_word_and_names_only_what_stays(
    sana: Counter, cast: Cast, reference: str
) -> None:
    """To a SARC: events as entries with what they rest on, and a word about names; people are counted, not shown."""
    now = timezone.now()
    event = {
        "what": given("He poured it.", TOLD),
        "where": given("Kitchen", SEEN),
        "notes": given("NOTE", OPINION),
    }
    keep(cast.sana, now, reference, "event", event)
    for number in range(5):
        keep(cast.sana, now, reference, "person", {"call": given(f"Karl{number}", TOLD)}, role="suspect")
    to = str(sana.post(base(reference), who="sarc/havens", name="")["Location"])
    consented(sana, to, purposes="examination", group_events="yes")
    page = sana.page(f"{to}pack/")
    going, staying = page.split("This stays here")
    for words in (
        "Event 1",
        "He poured it.",
        "Somebody told us",
        "Kitchen",
        "An officer saw it",
        "name somebody else",
    ):
        assert words in going, words
    assert "Suspects (5)" in staying
    assert "Opinions of officers, apart from the facts (1)" in staying
    assert "Karl" not in page
    assert "NOTE" not in page


def test_an_older_yes_shows_the_new_groups_as_not_asked(sana: Counter, cast: Cast, reference: str) -> None:
    """Asked about name and contact only: wishes stay, and the page says that nobody asked."""
    keep(cast.sana, timezone.now(), reference, "wishes", {"wishes": given("WISHED")})
    to = with_isva(sana, reference)
    consented(sana, to)
    page = sana.page(f"{to}pack/")
    assert "WISHED" not in page
    assert "What else they wish" in page.split("This stays here")[1]
    form = sana.page(f"{to}consent/")
    assert "What you wish: of the police" in form
    assert "How your case goes on, and how it ended" in form
