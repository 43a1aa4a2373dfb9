"""Before a call, the log and one contact, on pages: warned aloud, bad input said, nothing lost, nobody else's business."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from nightdesk.records.contact_log import ContactNote, PersonContact
from nightdesk.records.tasks import Task
from tests.desks.counter_pages import Counter, journal_kinds
from tests.people import Cast, signed_in

PHONE = "07700 900123"


@pytest.fixture
def reference(cast: Cast) -> str:
    """A disclosure that Priya took, referred to unit A; the phone is safe."""
    return Counter(signed_in(Client(), cast.priya)).send(
        what="He raped me.", call_me="Jo Marlow", pronouns="they/them", contact_phone=PHONE, safe_ways=["phone_call"],
        contact_notes="Lives with him", interpreter="pl",
    )  # fmt: skip


@pytest.fixture
def sana(cast: Cast, reference: str) -> Counter:
    """The specialist on duty in unit A."""
    return Counter(signed_in(Client(), cast.sana))


def base(reference: str) -> str:
    """The log."""
    return f"/staff/cases/{reference}/contacts/"


def when(field: str, at: Any) -> dict[str, str]:
    """The boxes of a moment."""
    local = timezone.localtime(at)
    return {
        f"{field}-day": str(local.day), f"{field}-month": str(local.month), f"{field}-year": str(local.year),
        f"{field}-time": f"{local:%H:%M}",
    }  # fmt: skip


def key_in(page: str) -> str:
    """The key that a page made."""
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found
    return found[1]


def test_the_case_says_first_how_they_are_called_and_reached(sana: Counter, reference: str) -> None:
    """Above the clock, in words; then what of contact matters now."""
    page = sana.page(f"/staff/cases/{reference}/")
    for words in (
        "Jo Marlow", "they/them", "Polish", "with an interpreter", "Phone call · safe times not known", "Safe now",
        "As noted at the counter", "Lives with him", "Nobody has been in touch with them yet",
    ):  # fmt: skip
        assert words in page, words
    assert page.index("Jo Marlow") < page.index("What is owed")
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert title
    assert "Jo" not in title[1]


def test_before_a_call_the_plan_is_read_and_each_way_is_judged(sana: Counter, reference: str) -> None:
    """The number only beside its way; what is not known is said."""
    page = sana.page(f"{base(reference)}before/")
    assert page.count("Safe now") == 2  # the call, and a meeting that was agreed
    assert "This way was not agreed with them" in page
    assert "I’ll try again" in page
    call = sana.page(f"{base(reference)}before/?way=phone_call")
    for words in (
        PHONE,
        "It begins now",
        "Which times are safe is not known",
        "Leave none",
        "never a relative",
    ):
        assert words.casefold() in call.casefold(), words
    assert "Go on all the same" not in call
    assert journal_kinds().count("record_read") == 2


def test_a_call_begins_and_its_outcome_is_noted_with_a_task(sana: Counter, reference: str) -> None:
    """The key that the page made is the contact's: a second tap makes no second one."""
    before = sana.page(f"{base(reference)}before/?way=phone_call")
    key = key_in(before)
    for _twice in range(2):
        answer = sana.post(f"{base(reference)}before/", key=key, way="phone_call", told="", reason="")
        assert answer.status_code == 302
    row = PersonContact.objects.get()
    assert "say it now" in sana.page(f"/staff/cases/{reference}/")
    promise = when("next_by", timezone.now() + timedelta(days=1))
    answer = sana.post(
        answer["Location"], outcome="reached", words="مرحبا 🙂", seen="0", task="on", **promise
    )
    assert answer.status_code == 302
    assert ContactNote.objects.get().opened("words") == "مرحبا 🙂"
    assert Task.objects.get().opened("title") == "Get in touch again, as promised"
    one = sana.page(f"{base(reference)}{row.pk}/")
    assert "This contact may meet what is owed" not in one  # a call does not meet what is owed in writing
    case = sana.page(f"/staff/cases/{reference}/")
    for words in ("Next contact promised by", "1 open task", "Last contact"):
        assert words in case, words


def test_a_way_that_is_not_safe_is_warned_of_aloud_and_needs_words(sana: Counter, reference: str) -> None:
    """Without the warning told it does not begin; without a reason neither; what was typed stays."""
    address = f"{base(reference)}before/"
    page = sana.page(f"{address}?way=email")
    assert 'role="alert"' in page
    assert "Not safe now" in page
    key = key_in(page)
    for told, reason, words in (
        ("", "She asked", "that the page had not said"), ("way_not_agreed", "", "Write why you go on"),
    ):  # fmt: skip
        answer = sana.post(address, key=key, way="email", told=told, reason=reason)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert reason in answer.content.decode()
    assert not PersonContact.objects.exists()
    answer = sana.post(address, key=key, way="email", told="way_not_agreed", reason="They asked me by phone")
    assert answer.status_code == 302
    assert "Against the plan" in sana.page(answer["Location"])
    sana.post(answer["Location"], outcome="sent", seen="0")
    assert "Give the person their reference" in sana.page(answer["Location"])


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Choose what came of it."),
        ({"outcome": "they_contacted"}, "Choose what came of it."),
        ({"outcome": "message_left"}, "a message may be left"),
        ({"outcome": "reached", "words": "x" * 4001}, "at most 4000"),
        ({"outcome": "reached", "next_by-day": "45"}, "day, month and year"),
        ({"outcome": "reached", "next_by-day": "1", "next_by-month": "1", "next_by-year": "2001"}, "promised lies after"),
        ({"outcome": "reached", "seen": "x"}, "Enter a whole number"),
    ],
)  # fmt: skip
def test_bad_input_is_said_and_nothing_is_lost(
    sana: Counter, reference: str, sent: dict[str, str], words: str
) -> None:
    """What was agreed stays in its box."""
    key = str(uuid4())
    begun = sana.post(f"{base(reference)}before/", key=key, way="phone_call", told="")
    answer = sana.post(begun["Location"], **({"seen": "0", "agreed": "I bring ‏شاي"} | sent))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "I bring ‏شاي" in answer.content.decode()
    assert not ContactNote.objects.exists()


def test_a_contact_that_is_over_is_checked_by_its_own_time(sana: Counter, reference: str) -> None:
    """By an unsafe way it asks why first; one that they began is never warned of."""
    address, now = f"{base(reference)}earlier/", timezone.now().replace(second=0, microsecond=0)
    typed: dict[str, Any] = {
        "key": str(uuid4()),
        "seen": "0",
        "way": "text",
        "outcome": "sent",
        **when("begun_at", now),
    }
    answer = sana.post(address, **typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Against the plan at that time" in page
    assert 'name="told" value="way_not_agreed"' in page
    answer = sana.post(address, **typed, told="way_not_agreed", reason="In a hurry")
    assert answer.status_code == 302
    answer = sana.post(address, **(typed | {"key": str(uuid4()), "outcome": "they_contacted"}))
    assert answer.status_code == 302
    assert "they began it" in sana.page(answer["Location"])
    answer = sana.post(address, **(typed | {"key": str(uuid4()), "way": "", "begun_at-year": "1999"}))
    assert answer.status_code == 422
    assert PersonContact.objects.count() == 2
    log = sana.page(base(reference))
    assert "Against the plan" in log
    assert log.count("nd-contact__one") == 2


def test_two_at_one_contact_are_both_shown(sana: Counter, cast: Cast, reference: str) -> None:
    """The second reads what the first noted, and keeps what they typed."""
    rae = Counter(signed_in(Client(), cast.rae))
    begun = sana.post(f"{base(reference)}before/", key=str(uuid4()), way="phone_call", told="")["Location"]
    sana.post(begun, outcome="no_answer", words="Rang twice", seen="0")
    answer = rae.post(begun, outcome="reached", words="They rang back", seen="0")
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Sana has noted something", "Rang twice", "They rang back"):
        assert words in page
    answer = rae.post(begun, outcome="reached", words="They rang back", seen="1")
    assert answer.status_code == 302
    page = sana.page(begun)
    assert "Earlier note" in page
    assert "Corrected" in page


def test_whoever_opens_the_case_with_a_reason_reads_how_to_reach_them_and_begins_nothing(
    cast: Cast, reference: str
) -> None:
    """Kofi is of another unit: the head of the case is part of it, the pages beside it are not his."""
    kofi = Counter(signed_in(Client(), cast.kofi))
    answer = kofi.reason(f"/staff/cases/{reference}/", "linked")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Jo Marlow" in page
    assert "Nobody has been in touch with them yet" in page
    for rest in ("contacts/", "contacts/before/", "contact-plan/", "wishes/", "tasks/"):
        assert f"/staff/cases/{reference}/{rest}" not in page


def test_nobody_else_reads_or_begins_anything(cast: Cast, reference: str) -> None:
    """Another unit, the counter, the outsider; and an unknown contact is no fault."""
    own = {"sana", "rae", "maud"}
    for name, staff in cast.staff().items():
        client = signed_in(Client(), staff)
        for address in (base(reference), f"{base(reference)}before/", f"{base(reference)}earlier/"):
            answer = client.get(address)
            assert (answer.status_code == 200) == (name in own), (name, address)
            assert name in own or PHONE not in answer.content.decode()
        assert client.get(f"{base(reference)}{uuid4()}/").status_code in (
            (404,) if name in own else (403, 404)
        )
    kofi = signed_in(Client(), cast.kofi)
    kofi.post(f"{base(reference)}before/", {"key": str(uuid4()), "way": "phone_call", "told": ""})
    assert not PersonContact.objects.exists()
    assert journal_kinds().count("access_refused") > 10
