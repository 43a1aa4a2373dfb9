"""The shield's pages: sealed and never read again, opened by one with a reason, decided by others, and counted."""

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from nightdesk.queries.clock import database_now
from nightdesk.records.journal import JournalLine
from nightdesk.records.shield import Interest, ShieldEntry, ShieldOpening
from tests.actions.shield import asked, case_of_sana, entered, moved, senior
from tests.people import make_cast, signed_in


@pytest.fixture
def at() -> datetime:
    """By the machine's own clock, as pages go by the database's."""
    return database_now()


@pytest.fixture
def people(db: None, at: datetime) -> Any:
    """The cast, on duty now."""
    return make_cast(at)


@pytest.fixture
def case(people: Any, at: datetime) -> str:
    """The reference of Sana's case."""
    return case_of_sana(people, at)


def seal(client: Client, case: str, **more: Any) -> Any:
    """Send the form of the shield."""
    given = {
        "key": str(uuid4()),
        "words": "SHIELDWORDS G in a drink",
        "substances": ["ghb"],
        "given_by": "unsure",
        **more,
    }
    return client.post(reverse("shield_enter", args=[case]), given)


def text(answer: Any) -> str:
    """What the page says."""
    return str(answer.content.decode())


def test_the_counter_seals_it_and_can_not_read_it_again(people: Any, case: str) -> None:
    """The form is empty afterwards; the page counts and says no more; the way to open is shut, and noted."""
    client = signed_in(Client(), people.priya)
    first = text(client.get(reverse("shield_enter", args=[case])))
    assert "You don’t have to say anything about drugs" in first
    assert "Not yet approved by the force. Edition 2026-11." in first
    assert seal(client, case).status_code == 302
    again = text(client.get(reverse("shield_enter", args=[case])))
    assert "1 version is sealed" in again
    assert "SHIELDWORDS" not in again
    assert "checked" not in again.split("<form", 1)[1].split("ghb", 1)[1][:300]
    assert client.get(reverse("shield", args=[case])).status_code == 403
    assert (
        client.post(
            reverse("shield_open", args=[case]), {"case-reason": "samples", "case-words": "x"}
        ).status_code
        == 403
    )
    assert set(JournalLine.objects.filter(kind="access_refused").values_list("role", flat=True)) == {
        "counter"
    }


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"words": "", "substances": []}, "nothing to seal"),
        ({"substances": ["tea"]}, "Choose from the answers"),
        ({"words": "x" * 4001}, "at most 4000"),
        (
            {"latest-day": "1", "latest-month": "1", "latest-year": "2999", "latest-time": "10:00"},
            "still to come",
        ),
    ],
)
def test_what_can_not_be_sealed_is_told_and_nothing_is_lost(
    people: Any, case: str, sent: dict[str, Any], sentence: str
) -> None:
    """What was typed stays on the page; nothing is written."""
    answer = seal(signed_in(Client(), people.priya), case, when_words="after the film", **sent)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "after the film" in text(answer)
    assert not ShieldEntry.objects.exists()


def test_the_form_asks_for_no_name_and_no_supplier(people: Any, case: str) -> None:
    page = text(signed_in(Client(), people.priya).get(reverse("shield_enter", args=[case])))
    form = page.split('name="csrfmiddlewaretoken"', 1)[1]
    assert 'name="supplier' not in form
    assert 'name="possession' not in form
    assert "Tell your specialist officer in person" in page


def test_the_desk_question_is_passed_on(people: Any, case: str) -> None:
    answer = signed_in(Client(), people.priya).post(reverse("shield_desk", args=[case]))
    assert "the duty supervisor is called" in text(answer)
    assert JournalLine.objects.filter(kind="desk_question_passed_on", subject=case).count() == 1


def test_the_soit_opens_it_with_a_reason_and_it_is_listed(people: Any, at: datetime, case: str) -> None:
    """Without a reason: told, and shut. With one: all of it, once, and “opened by, when, why” afterwards."""
    entered(people.priya, at, case)
    client = signed_in(Client(), people.sana)
    shut = client.post(reverse("shield_open", args=[case]), {"case-reason": "samples", "case-words": " "})
    assert shut.status_code == 422
    assert "SHIELDWORDS" not in text(shut)
    answer = client.post(
        reverse("shield_open", args=[case]), {"case-reason": "samples", "case-words": "Which samples"}
    )
    assert "SHIELDWORDS" in text(answer)
    assert "They took it themselves" in text(answer)
    assert "cannot start an enquiry" in text(answer)
    page = text(client.get(reverse("shield", args=[case])))
    assert "To decide which samples to ask for" in page
    assert "by Sana" in page
    assert "SHIELDWORDS" not in page
    assert "Which samples" not in page


def test_the_doctors_sheet_holds_no_name_no_words_and_no_reference(
    people: Any, at: datetime, case: str
) -> None:
    entered(people.priya, at, case)
    answer = text(
        signed_in(Client(), people.rae).post(
            reverse("shield_medical", args=[case]),
            {"medical-reason": "emergency", "medical-words": "Collapsed"},
        )
    )
    sheet = answer.split("sh-sheet", 1)[1].split("</section>", 1)[0]
    assert "SHIELDOTHER" in sheet
    assert "In a drink" in sheet
    for word in ("SHIELDWORDS", "themselves", case, "Priya", "Sana", "Rae", "MARKCALL"):
        assert word not in sheet, word


@pytest.mark.parametrize("name", ["rae", "kofi"])
def test_another_specialist_does_not_open_it_for_the_case(
    people: Any, at: datetime, case: str, name: str
) -> None:
    """Not even a colleague of the unit; it is in the journal."""
    entered(people.priya, at, case)
    answer = signed_in(Client(), getattr(people, name)).post(
        reverse("shield_open", args=[case]), {"case-reason": "samples", "case-words": "x"}
    )
    assert answer.status_code == 403
    assert not ShieldOpening.objects.exists()
    assert JournalLine.objects.filter(kind="access_refused", facts__what="shield_case").exists()


def test_the_case_page_counts_and_says_nothing_of_it(people: Any, at: datetime, case: str) -> None:
    """The same page, word for word, whatever was sealed: GHB taken by themselves, or something given by another."""
    client, pages = signed_in(Client(), people.sana), []
    for more in (
        {"substances": ("ghb",), "given_by": "self"},
        {"substances": (), "given_by": "someone_else", "other": "?"},
    ):
        entered(people.priya, at, case, **more)
        page = text(client.get(reverse("case", args=[case])))
        pages.append(page.split('id="shield-title"', 1)[1].split("</section>", 1)[0])
    assert "1 version of what they said" in pages[0]
    assert pages[1] == pages[0].replace(
        "1 version of what they said about drugs is", "2 versions of what they said about drugs are"
    )


def test_the_auditor_sees_that_it_was_opened_and_nothing_else(people: Any, at: datetime, case: str) -> None:
    entered(people.priya, at, case)
    signed_in(Client(), people.sana).post(
        reverse("shield_open", args=[case]), {"case-reason": "account", "case-words": "x"}
    )
    client = signed_in(Client(), people.odile)
    page = text(client.get(reverse("shield", args=[case])))
    assert "by Sana" in page
    assert "shield_open" not in page
    assert reverse("shield_open", args=[case]) not in page
    figures = text(client.get(reverse("shield_figures")))
    assert "To understand the account" in figures
    assert case not in figures


def test_a_decision_is_asked_for_and_confirmed(people: Any, at: datetime, case: str) -> None:
    """The four kinds with what holds for each; the asker can only take it back; the supervisor confirms."""
    sana, maud = signed_in(Client(), people.sana), signed_in(Client(), people.maud)
    form = text(sana.get(reverse("interest_ask", args=[case])))
    for words in ("Own use or possession", "Small-scale social supply", "Supply for gain", "More serious"):
        assert words in form
    assert "cannot start an enquiry against them by itself" in form
    sent = {"key": str(uuid4()), "kind": "own_use", "wanted": "default", "grounds": "SHIELDGROUNDS"}
    answer = sana.post(reverse("interest_ask", args=[case]), sent)
    row = Interest.objects.get()
    assert answer["Location"] == reverse("interest", args=[row.reference])
    own = text(sana.get(answer["Location"]))
    assert "Take my question back" in own
    assert "Confirm:" not in own
    assert row.reference in text(maud.get(reverse("interests")))
    done = maud.post(
        reverse("interest_move", args=[row.reference]), {"move": "confirm", "seen": "1", "reasons": ""}
    )
    assert done.status_code == 302
    assert "Not in the public interest" in text(maud.get(done["Location"]))


def test_grounds_are_read_by_a_press_that_is_noted_each_time(people: Any, at: datetime, case: str) -> None:
    """Looking at where a decision stands opens nothing, also for whoever decides; they read first, then decide."""
    row = asked(people.sana, at, case)
    here, read = (reverse(name, args=[row.reference]) for name in ("interest", "interest_read"))
    maud, dina = signed_in(Client(), people.maud), senior("dina", at, people.unit_b)
    page = text(maud.get(here))
    assert ("SHIELDGROUNDS" in page, "Read the grounds" in page) == (False, True)
    assert "Read them first, then decide." in page
    assert 'value="confirm"' not in page
    assert readings() == ["interest"]
    page = text(maud.post(read))
    assert ("SHIELDGROUNDS" in page, 'value="confirm"' in page) == (True, True)
    assert readings() == ["interest", "interest_grounds"]
    assert maud.get(read).status_code == 405
    moved(people.maud, at, row, "confirm")
    answer = signed_in(Client(), dina).post(read)
    assert (answer.status_code, "SHIELDGROUNDS" in text(answer)) == (409, False)
    refused = JournalLine.objects.filter(kind="access_refused").order_by("seq").last()
    assert refused is not None
    assert (refused.subject, refused.facts["what"]) == (case, "interest_grounds")
    assert readings()[-1] == "interest"


def readings() -> list[str]:
    """What was read of a decision, oldest first."""
    rows = JournalLine.objects.filter(kind="record_read", facts__what__startswith="interest").order_by("seq")
    return [row.facts["what"] for row in rows]


def test_the_first_view_is_on_no_page_of_anybody_else(people: Any, at: datetime, case: str) -> None:
    """Two differ in what they think: until both are in, every other page is the same for both ways."""
    dina = senior("dina", at, people.unit_b)
    pages = []
    for view in ("vote_against", "vote_default"):
        row = asked(people.sana, at, case, "own_use", against=True)
        client = signed_in(Client(), people.maud)
        client.post(
            reverse("interest_move", args=[row.reference]),
            {"move": view, "seen": "1", "reasons": "SHIELDREASONS"},
        )
        page = text(signed_in(Client(), dina).get(reverse("interest", args=[row.reference])))
        assert "Hidden until both are in." in page
        assert "SHIELDREASONS" not in page
        pages.append(page.split('id="views-title"', 1)[1].split("</li>", 1)[0])
        moved(dina, at, row, "vote", against=False)
    assert pages[0] == pages[1]


def test_a_move_that_is_not_theirs_is_told_and_kept_on_the_page(people: Any, at: datetime, case: str) -> None:
    row = asked(people.sana, at, case)
    answer = signed_in(Client(), people.sana).post(
        reverse("interest_move", args=[row.reference]),
        {"move": "confirm", "seen": "1", "reasons": "My own grounds"},
    )
    assert answer.status_code == 409
    assert "do not decide" in text(answer)
    assert "My own grounds" in text(answer)
    old = signed_in(Client(), people.maud).post(
        reverse("interest_move", args=[row.reference]), {"move": "confirm", "seen": "x", "reasons": ""}
    )
    assert "Look again" in text(old)


def test_a_decision_of_nobody_is_not_found(people: Any, case: str) -> None:
    client = signed_in(Client(), people.maud)
    for answer in (
        client.get(reverse("interest", args=["NONE-NONE"])),
        client.get(reverse("shield", args=["NONE-NONE"])),
    ):
        assert answer.status_code == 404
    assert signed_in(Client(), people.kofi).get(reverse("interest_ask", args=[case])).status_code == 404


@pytest.mark.parametrize("language", ["en-gb", "cy", "es", "pt-br", "pl", "ar", "xx"])
def test_the_card_says_the_same_in_every_language_with_its_date(people: Any, language: str) -> None:
    page = text(signed_in(Client(), people.priya).get(reverse("shield_card") + f"?in={language}"))
    card = page.split("sh-card", 1)[1].split("</section>", 1)[0]
    assert "This is not a promise" in card
    assert "2026-11" in card
    assert "/turned-away/" in card


def test_sealing_is_offered_at_the_counter_and_on_the_case(people: Any, case: str) -> None:
    """Every page of the shield is reached from where people would look."""
    counter, soit = signed_in(Client(), people.priya), signed_in(Client(), people.sana)
    assert reverse("shield_enter", args=[case]) in text(counter.get(reverse("disclosure", args=[case])))
    assert reverse("turned_away_enter") in text(counter.get(reverse("counter")))
    assert reverse("shield", args=[case]) in text(soit.get(reverse("case", args=[case])))
    assert reverse("interests") in text(soit.get(reverse("queue")))
    for name in ("maud", "idris", "odile"):
        page = text(signed_in(Client(), getattr(people, name)).get(reverse("shield_figures")))
        assert reverse("interests") in page
