"""What is owed, on the case page and on pages of its own: without a script, with bad input, as everybody."""

from typing import Any

import pytest
from django.test import Client

from nightdesk.records.duties import Duty, DutyMove, Recording
from tests.desks.counter_pages import Counter, journal_kinds
from tests.people import Cast, signed_in


@pytest.fixture
def reference(cast: Cast) -> str:
    """A disclosure that Priya took, referred to unit A."""
    return Counter(signed_in(Client(), cast.priya)).send(what="He raped me. I was high on G.", call_me="Jo")


@pytest.fixture
def sana(cast: Cast, reference: str) -> Counter:
    """The specialist on duty in unit A."""
    return Counter(signed_in(Client(), cast.sana))


def day(field: str, year: int) -> dict[str, str]:
    """The boxes of a first of January."""
    return {f"{field}-day": "1", f"{field}-month": "1", f"{field}-year": str(year)}


def path(reference: str, kind: str) -> str:
    """The page of a duty."""
    return f"/staff/cases/{reference}/duties/{Duty.objects.get(kind=kind).pk}/"


def test_the_case_says_what_is_owed_and_the_queue_what_comes_first(sana: Counter, reference: str) -> None:
    """Each with its time; nothing is answered yet."""
    page = sana.page(f"/staff/cases/{reference}/")
    for words in (
        "What is owed, and by when",
        "Offer the SARC",
        "Record the crime, or an N100",
        "11 hours left",
    ):
        assert words in page
    assert "What was done" not in page
    assert "Offer the SARC" in sana.page("/staff/cases/")


def test_an_offer_is_answered_in_two_taps(sana: Counter, reference: str) -> None:
    """The page shows why it is owed and where that comes from."""
    page = sana.page(path(reference, "sarc_offered"))
    assert "With or without police" in page
    assert "Havens" in page
    answer = sana.post(
        path(reference, "sarc_offered"), move="meet", answer="declined", words="Not tonight", seen="0"
    )
    assert answer.status_code == 302
    case = sana.page(f"/staff/cases/{reference}/")
    assert "What was done" in case
    assert "No. Not tonight" in case
    assert journal_kinds().count("duty_moved") == 1


@pytest.mark.parametrize(
    ("kind", "sent", "words"),
    [
        ("sarc_offered", {}, "Choose what was done."),
        ("sarc_offered", {"move": "meet"}, "Choose what the person answered"),
        ("sarc_offered", {"move": "meet", "answer": "maybe"}, "Select a valid choice"),
        ("sarc_offered", {"move": "set_aside"}, "Choose why this duty does not apply"),
        ("sarc_offered", {"move": "miss"}, "Choose what was done."),
        ("crime_recorded", {"move": "meet"}, "Choose what was done."),
        ("told_in_writing", {"move": "meet", "words": "x" * 2001}, "at most 2000"),
        ("told_in_writing", {"move": "meet"} | day("done_at", 1900), "before the report"),
        ("told_in_writing", {"move": "meet", "done_at-day": "45"}, "date"),
    ],
)  # fmt: skip
def test_bad_input_is_said_and_nothing_is_lost(
    sana: Counter, reference: str, kind: str, sent: dict[str, str], words: str
) -> None:
    """What was typed stays in the box."""
    typed = {"seen": "0", "words": "مكتوب هنا 🙂"} | sent
    answer = sana.post(path(reference, kind), **typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert typed["words"][:20] in page
    assert not DutyMove.objects.exists()


def test_a_second_answer_on_an_old_page_is_refused_with_what_was_noted(
    sana: Counter, reference: str, cast: Cast
) -> None:
    """Nobody overwrites anybody."""
    rae = Counter(signed_in(Client(), cast.rae))
    sana.post(path(reference, "needs_assessment"), move="start", seen="0", words="Sana is on it")
    answer = rae.post(path(reference, "needs_assessment"), move="meet", seen="0", words="Rae did it")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody noted something" in page
    assert "Sana is on it" in page
    assert "Rae did it" in page


def test_a_class_is_suggested_with_its_grounds_and_chosen_by_a_person(sana: Counter, reference: str) -> None:
    """What is asked for the suggestions is kept nowhere."""
    address = f"/staff/cases/{reference}/recording/"
    both = sana.page(address)
    assert "19C Rape of a female aged 16 or over" in both
    assert "recorded sex" in both
    in_address = sana.page(f"{address}?sex=male&ages=16_and_over").split("This is for the suggestions only")[
        1
    ]
    assert (
        "19C" in in_address.split("How is it recorded?")[0]
    )  # an address is kept by browsers: it says nothing here
    shown = sana.post(address, show="1", sex="male", ages="16_and_over")
    assert shown.status_code == 200
    assert not Recording.objects.exists()
    narrowed = shown.content.decode().split("This is for the suggestions only")[1]
    suggested = narrowed.split("How is it recorded?")[0]
    assert "19F" in suggested
    assert "19C" not in suggested
    answer = sana.post(address, kind="crime", offence_class="class_19f", police_number="4200/26", seen="0")
    assert answer.status_code == 302
    assert Recording.objects.get().opened("police_number") == "4200/26"
    case = sana.page(f"/staff/cases/{reference}/")
    for words in (
        "19F Rape of a male aged 16 or over",
        "4200/26",
        "Tell the person about this",
        "The crime was recorded",
    ):
        assert words in case


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Choose an answer: How is it recorded?"),
        ({"kind": "crime"}, "Choose the class"),
        ({"kind": "n100", "ground": "elsewhere"}, "what was done to find out"),
        ({"kind": "crime", "offence_class": "class_19f", "police_number": "1" * 41}, "at most 40"),
        ({"kind": "crime", "offence_class": "class_19f"} | day("recorded_at", 2999), "in the future"),
    ],
)  # fmt: skip
def test_a_recording_that_lacks_something_is_refused(
    sana: Counter, reference: str, sent: dict[str, str], words: str
) -> None:
    """With a sentence that says what."""
    answer = sana.post(f"/staff/cases/{reference}/recording/", **({"seen": "0"} | sent))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Recording.objects.exists()


def test_an_event_is_noted_and_owed_to_be_told(sana: Counter, reference: str) -> None:
    """One that is to come is refused."""
    from django.utils import timezone

    now = timezone.localtime()
    address = f"/staff/cases/{reference}/key-event/"
    when = {"happened_at-day": now.day, "happened_at-month": now.month, "happened_at-year": now.year}
    refused = sana.post(address, kind="court_date", **{**when, "happened_at-year": now.year + 1})
    assert refused.status_code == 422
    assert "in the future" in refused.content.decode()
    answer = sana.post(address, kind="court_date", **when, **{"happened_at-time": f"{now:%H:%M}"})
    assert answer.status_code == 302
    assert "Tell the person about this: A court date was set or moved" in " ".join(
        sana.page(f"/staff/cases/{reference}/").split()
    )


def test_nobody_else_sees_or_answers_what_is_owed(reference: str, cast: Cast) -> None:
    """Another unit, a counter, the outsider: the same sentence, or no page at all."""
    own = {"sana", "rae", "maud"}
    for name, staff in cast.staff().items():
        client = signed_in(Client(), staff)
        for address in (path(reference, "sarc_offered"), f"/staff/cases/{reference}/recording/"):
            answer: Any = client.get(address)
            assert (answer.status_code == 200) == (name in own), (name, address)
            assert "Offer the SARC" not in answer.content.decode() or name in own
