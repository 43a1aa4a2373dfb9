"""Closing on its pages: without a script, with bad input, as everybody; a withdrawal sent back once and then closed."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from nightdesk.queries.clock import database_now
from nightdesk.records.cases import Case
from nightdesk.records.closings import CaseOutcome, Closing, ClosingLook
from nightdesk.records.duties import Duty
from tests.actions.closings import WORDS, ask, closable, look, state_of
from tests.desks.closing_seats import maud, sana
from tests.desks.counter_pages import Counter, journal_kinds
from tests.people import Cast, make_cast, signed_in

__all__ = ["maud", "sana"]  # fixtures


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody on duty at this very moment, as pages go by the clock of the database."""
    return make_cast(database_now())


@pytest.fixture
def reference(cast: Cast) -> str:
    """A case of Sana's, handed over, recorded as a crime, support offered."""
    return closable(cast, database_now())


def filled(**more: str) -> dict[str, str]:
    """A withdrawal as it is typed, said unasked just now."""
    said = {
        "words": WORDS, "speaker": "person", "said_to": "Sana, SOIT", "how": "in_person", "present": "alone",
        "unasked": "yes", "support": "before", "told_back": "on", "told_kept": "on", "outcome": "unnamed_no_support",
        "suspect": "no", "looked": "on", "seen": "0",
    }  # fmt: skip
    local = timezone.localtime(database_now())
    when = {"day": local.day, "month": local.month, "year": local.year, "time": f"{local:%H:%M}"}
    return said | {f"said_at-{part}": str(value) for part, value in when.items()} | more


def path(reference: str, rest: str = "") -> str:
    """A page of the ending."""
    return f"/staff/cases/{reference}/closing/{rest}"


def test_the_case_says_where_it_stands_and_leads_on(sana: Counter, reference: str) -> None:
    """Its state, whose turn it is, and the two pages."""
    page = sana.page(f"/staff/cases/{reference}/")
    assert "Where the case stands" in page
    assert "The specialist is next." in page
    assert path(reference) in page
    assert f"/staff/cases/{reference}/related/" in page


def test_a_withdrawal_is_asked_for_sent_back_and_closed(
    sana: Counter, maud: Counter, cast: Cast, reference: str
) -> None:
    """The supervisor reads the words, with a line in the journal; list and count agree; the case says how it ended."""
    assert sana.post(path(reference, "ask/withdrawal/"), **filled()).status_code == 302
    listed = maud.page("/staff/cases/closings/")
    assert (reference in listed, WORDS in listed, "1 case waits" in listed) == (True, False, True)
    page = maud.page(path(reference))
    assert WORDS in page
    assert "It was said within a week of the report." in page
    assert "record_read" in journal_kinds()
    assert (
        "what is missing"
        in maud.post(path(reference, "look/"), verdict="sent_back", words="", number="1").text
    )
    back = {"verdict": "sent_back", "words": "Ask again on another day.", "number": "1"}
    assert maud.post(path(reference, "look/"), **back).status_code == 302
    assert "Nothing waits for you" in maud.page("/staff/cases/closings/")
    page = sana.page(path(reference))
    assert "Sent back by a supervisor" in page
    assert "Ask again on another day." in page
    assert (
        sana.post(path(reference, "ask/withdrawal/"), **filled(seen="1", words="I am sure.")).status_code
        == 302
    )
    assert maud.post(path(reference, "look/"), verdict="approved", words="", number="2").status_code == 302
    assert state_of(reference) == "closed"
    assert "Closed by a supervisor" in sana.page(f"/staff/cases/{reference}/")


def test_support_comes_before_a_no(sana: Counter, reference: str) -> None:
    """No form while an offer is owed, but the way to it; what was typed on an older page stays."""
    Duty.objects.filter(kind="isva_offered").update(state="owed")
    page = sana.page(path(reference, "ask/withdrawal/"))
    assert "Support is not offered yet" in page
    assert "Ask to close the case" not in page
    answer = sana.post(path(reference, "ask/withdrawal/"), **filled())
    assert answer.status_code == 422
    assert WORDS in answer.text
    assert not Closing.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"how": "not_reached"}, "has not said anything"),
        ({"unasked": "no"}, "In the first contact nobody is asked"),
        ({"support": "not_offered"}, "Offer support first"),
        ({"speaker": "somebody_else"}, "Ask the person themself"),
        ({"present": "others"}, "who else was there"),
        ({"told_back": ""}, "They know that they can come back"),
        ({"suspect": "yes"}, "for when nobody is known"),
        ({"looked": ""}, "Look at what is still open"),
        ({"words": " "}, "What they said, word for word"),
        ({"said_at-year": "2099"}, "not in the future"),
        (
            {"said_at-day": "", "said_at-month": "", "said_at-year": "", "said_at-time": ""},
            "Enter a date and a time",
        ),
        ({"said_at-time": "25:61"}, "Enter the time like 23:40"),
        ({"said_at-time": ""}, "Enter the time too"),
        ({"outcome": "charged"}, "Outcome"),
        ({"seen": "7"}, "since the page was opened"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    sana: Counter, reference: str, typed: dict[str, str], sentence: str
) -> None:
    """At the question that it is about; the words stay on the page."""
    answer = sana.post(path(reference, "ask/withdrawal/"), **filled(**typed))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert ("themself. Nobody" in sentence) or typed.get("words") or WORDS in answer.text
    assert state_of(reference) == "with_soit"


def test_each_ending_asks_its_own_questions(sana: Counter, reference: str) -> None:
    """No person's words for a charge; no tries for a withdrawal; no such ending is said."""
    pages = {
        ending: sana.page(path(reference, f"ask/{ending}/"))
        for ending in ("outcome", "no_referral", "lost_contact", "without_crime")
    }
    assert "word for word" not in pages["outcome"]
    assert "prosecutors decide" in pages["outcome"]
    assert "You can change your mind" in pages["no_referral"]
    assert "An examination is still possible" in pages["lost_contact"]
    assert "What the contact log says" in pages["lost_contact"]
    assert "What the contact log says" not in pages["no_referral"]
    assert "Needed first" in pages["without_crime"]
    assert sana.client.get(path(reference, "ask/invented/")).status_code == 404


def test_the_person_came_back_is_one_press(sana: Counter, cast: Cast, reference: str) -> None:
    """And a reason without its words is asked for; the old ending stays."""
    ask(cast.sana, database_now(), reference)
    look(cast.maud, database_now(), reference)
    assert "The person came back" in sana.page(path(reference))
    answer = sana.post(path(reference, "reopen/"), ground="new_evidence", words="", number="1")
    assert (answer.status_code, "what is new" in answer.text) == (422, True)
    assert sana.post(path(reference, "reopen/"), ground="person_back", number="1").status_code == 302
    page = sana.page(path(reference))
    assert "Open again" in page
    assert "Nobody is identified, and the person does not want to go on" in page
    assert sana.post(path(reference, "reopen/"), ground="person_back", number="9").status_code == 409


def test_an_outcome_is_put_right_on_its_page(
    maud: Counter, sana: Counter, cast: Cast, reference: str
) -> None:
    """By the supervisor; the earlier one is marked as corrected."""
    ask(cast.sana, database_now(), reference)
    look(cast.maud, database_now(), reference)
    typed = {"outcome": "named_no_support", "suspect": "yes", "grounds": "A name came in.", "seen": "1"}
    assert "A supervisor looks" in sana.post(path(reference, "outcome/"), **typed).text
    assert maud.post(path(reference, "outcome/"), **typed).status_code == 302
    page = maud.page(path(reference))
    assert "corrected since" in page
    assert "A name came in." in page


def test_the_way_to_put_an_outcome_right_is_shown_to_whoever_may(
    maud: Counter, sana: Counter, cast: Cast, reference: str
) -> None:
    """The specialist is told who does it, on the page and at its address; what needs no look they put right themself."""
    ask(cast.sana, database_now(), reference)
    look(cast.maud, database_now(), reference)
    way = f'href="{path(reference, "outcome/")}"'
    assert way in maud.page(path(reference))
    page = sana.page(path(reference))
    assert (way in page, "a supervisor of the unit puts it right" in page) == (False, True)
    page = sana.page(path(reference, "outcome/"))
    assert ("Tell them what is wrong" in page, 'name="outcome"' in page) == (True, False)
    Closing.objects.update(ending="outcome", outcome="charged")
    CaseOutcome.objects.update(outcome="charged")
    assert way in sana.page(path(reference))
    page = sana.page(path(reference, "outcome/"))
    assert ('value="charged_with_another"' in page, 'value="named_evidence"' in page) == (True, False)
    assert 'value="named_evidence"' in maud.page(path(reference, "outcome/"))


def test_taken_back_and_under_investigation(sana: Counter, maud: Counter, cast: Cast, reference: str) -> None:
    """Only whoever asked takes it back; a wrong number is refused aloud."""
    assert sana.post(path(reference, "investigate/")).status_code == 302
    assert state_of(reference) == "investigating"
    ask(cast.sana, database_now(), reference)
    assert maud.post(path(reference, "take-back/"), number="1").status_code == 409
    for wrong in ("x", "-1", "9" * 5000):
        assert sana.post(path(reference, "take-back/"), number=wrong).status_code == 409
    assert sana.post(path(reference, "take-back/"), number="1").status_code == 302
    assert sana.post(path(reference, "investigate/")).status_code == 302
    assert ClosingLook.objects.get().verdict == "taken_back"


def test_another_unit_learns_nothing(cast: Cast, reference: str) -> None:
    """Not that there is such a case; each refusal is noted."""
    ask(cast.sana, database_now(), reference)
    kofi = signed_in(Client(), cast.kofi)
    for rest in ("", "ask/withdrawal/", "outcome/"):
        assert kofi.get(path(reference, rest)).status_code == 404
    for rest in ("take-back/", "investigate/", "reopen/"):
        assert kofi.post(path(reference, rest)).status_code == 404
    assert kofi.get("/staff/cases/closings/").status_code == 403
    assert journal_kinds().count("access_refused") == 7


def test_a_further_offence_is_suggested_chosen_and_withdrawn(sana: Counter, cast: Cast) -> None:
    """With its grounds; bad input is said; withdrawn it stays, with the reason."""
    told = Counter(signed_in(Client(), cast.priya)).send(
        what="He raped me and took my wallet and phone by force."
    )
    place = f"/staff/cases/{told}/related/"
    page = sana.page(place)
    assert "34B Robbery of personal property" in page
    assert "None is recorded." in page
    assert (
        "Enter an answer: What it rests on"
        in sana.post(place, offence_class="related_robbery", seen="0").text
    )
    typed: dict[str, Any] = {"offence_class": "related_robbery", "why": "The wallet", "police_number": "7/26"}
    assert sana.post(place, seen="0", **typed).status_code == 302
    assert sana.post(place, seen="0", **typed).status_code == 302
    assert "since the page was opened" in sana.post(place, seen="0", **(typed | {"why": "Other"})).text
    assert "(1)" in sana.page(f"/staff/cases/{told}/")
    assert sana.post(f"{place}1/end/", why="").status_code == 422
    assert sana.post(f"{place}1/end/", why="It was found at home").status_code == 302
    page = sana.page(place)
    assert "It was found at home" in page
    assert "Withdraw it" not in page
    assert sana.client.post(f"{place}9/end/", {"why": "x"}).status_code == 404


def test_the_pages_cost_a_flat_number_of_questions(
    sana: Counter, cast: Cast, reference: str, django_assert_max_num_queries: Any
) -> None:
    """Whatever was asked for before."""
    for number in range(3):
        ask(cast.sana, database_now(), reference, seen=number)
        look(cast.maud, database_now(), reference, "sent_back", "Not yet.", number=number + 1)
    assert Case.objects.count() == 1
    with django_assert_max_num_queries(40):
        sana.page(path(reference))


def test_a_case_taken_over_after_the_hand_over_says_nothing_of_a_counter(cast: Cast, reference: str) -> None:
    """Nobody waits there any more. A case from no station has no dot after its reference either."""
    from nightdesk.actions.hand_over import offer_case
    from nightdesk.records.disclosures import Disclosure
    from nightdesk.records.referrals import Page
    from tests.people import as_reader

    offer_case(
        actor=as_reader(cast.sana), at=database_now(), reference=reference, to=cast.rae.pk, address="https://desk.test"
    )  # fmt: skip
    link = f"/staff/page/{Page.objects.get(staff=cast.rae, layer='named').token}/"
    assert "You have it" in (page := Client().post(link, follow=True).content.decode())
    assert ("The case is yours from now on" in page, "The counter knows" in page) == (True, False)
    rae = Counter(signed_in(Client(), cast.rae))
    assert f"{reference} · Harrow Lane" in rae.page(f"/staff/cases/{reference}/")
    Disclosure.objects.update(station=None)
    assert f"{reference} ·" not in rae.page(f"/staff/cases/{reference}/")
