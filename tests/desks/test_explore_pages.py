"""“What if we knew…” in pages: asked with a reason, waited for without JavaScript, shown with reasons to whoever asked."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from nightdesk.actions.explorations import fail_exploration
from nightdesk.desks.series.explore_words import BUILDS, HAIRS
from nightdesk.jobs.linkage_explore import answer_explorations, read_facts
from nightdesk.linkage.weights import shipped
from nightdesk.outside.link_words import load_link_words
from nightdesk.queries.clock import database_now
from nightdesk.records.explorations import Exploration
from nightdesk.records.journal import JournalLine
from nightdesk.records.link_reports import LinkReport
from tests.jobs.test_linkage_explore import index_of, reported
from tests.people import Cast, make_cast, signed_in


@pytest.fixture
def people(db: None) -> Cast:
    return make_cast(database_now())


def text(answer: Any) -> str:
    return str(answer.content.decode())


def ask(client: Client, **more: Any) -> Any:
    """What the form sends, and the page after it."""
    given = {
        "key": str(uuid4()),
        "handle": "EXPLOREHANDLE",
        "drug": "ghb_gbl",
        "reason": "EXPLOREWHY",
        **more,
    }
    return client.post(reverse("explore"), given, follow=True)


def answered(people: Cast, client: Client) -> str:
    """The address of a question that was answered with one death."""
    report = reported(people, met_handle="explore_handle", drug="ghb", app="grindr", markers={"moved": "no"})
    address = str(ask(client, behaviours=["moved_body"], platform="scruff").redirect_chain[-1][0])
    answer_explorations(index_of(report), shipped(), clock=database_now)
    return address


def test_it_waits_and_then_shows_the_list_with_reasons_for_and_against(people: Cast) -> None:
    client = signed_in(Client(), people.wen)
    assert reverse("explore") in text(client.get(reverse("deaths")))
    waits = ask(client)
    assert "Being compared." in text(waits)
    assert "Look again" in text(waits)
    assert "EXPLORE" not in text(waits)
    page = text(client.get(answered(people, client)))
    assert (
        reverse("link_report", args=[LinkReport.objects.get().pk]) in page
    )  # from a lead to what is like it
    for words in (
        "EXPLOREHANDLE", "EXPLOREWHY", "Unexplained death", "Account: the same name on another app", "Speaks against",
        "Moved the person while they could not move: in one only", "Leads about somebody who may have done nothing",
    ):  # fmt: skip
        assert words in page


def test_a_script_that_looks_again_learns_only_that_the_answer_is_there(people: Cast) -> None:
    client = signed_in(Client(), people.wen)
    address = answered(people, client)
    live = text(client.get(address, headers={"X-Live": "1"}))
    assert "The answer is there." in live
    assert "EXPLOREHANDLE" not in live
    assert not JournalLine.objects.filter(kind="record_read", facts__what="exploration").exists()
    client.get(address)
    assert JournalLine.objects.filter(kind="record_read", facts__what="exploration").count() == 1


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"reason": ""}, "Say in a few words why you ask"),
        ({"handle": ""}, "at least two facts"),
        ({"drug": "tea"}, "Select a valid choice"),
        ({"age": "0"}, "Write his age in whole years, from 1 to 120"),
        ({"age": "20 to 60"}, "A range of more than 20 years tells nobody apart"),
        ({"height_cm": "TALLISH"}, "Write his height from 100 to 240 cm, or in feet and inches"),
        ({"height_cm": "150 to 190"}, "A range of more than 16 cm"),
        ({"build": "tea"}, "Select a valid choice"),
        ({"hair": "tea"}, "Select a valid choice"),
        ({"act_on-day": "40"}, "There is a problem"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(
    people: Cast, sent: dict[str, str], sentence: str
) -> None:
    answer = ask(signed_in(Client(), people.wen), **sent)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert ("EXPLOREWHY" in text(answer)) is ("reason" not in sent)
    for name in sent.keys() & {"age", "height_cm"}:
        assert f'value="{sent[name]}"' in text(answer)
    assert not Exploration.objects.exists()


def test_another_analyst_and_everybody_else_find_nothing(people: Cast) -> None:
    address = str(ask(signed_in(Client(), people.wen)).redirect_chain[-1][0])
    for name, who in people.staff().items():
        status = signed_in(Client(), who).get(address).status_code
        assert (status == 200) is (name == "wen")
    people.lars.role = "analyst"
    people.lars.save()
    assert signed_in(Client(), people.lars).get(address).status_code == 404


def test_what_could_not_be_read_says_so(people: Cast) -> None:
    client = signed_in(Client(), people.wen)
    address = str(ask(client).redirect_chain[-1][0])
    fail_exploration(at=database_now(), exploration=Exploration.objects.get().pk, fault="unreadable")
    assert "Ask again with fewer." in text(client.get(address))
    assert "Ask again with fewer." in text(client.get(reverse("explore")))


def open_parts(page: str) -> list[str]:
    """The headings of the groups that stand open."""
    return re.findall(
        r'<details class="govuk-details"[^>]*\bopen\b[^>]*>.*?summary-text">\s*(.*?)\s*<', page, re.DOTALL
    )


def test_what_is_filled_or_wrong_stands_open_and_the_rest_is_short(people: Cast) -> None:
    """Without JavaScript too: it is the server that opens it. What was typed is in its box, and opened."""
    client = signed_in(Client(), people.wen)
    fresh = text(client.get(reverse("explore")))
    assert fresh.count("<details") == 5
    assert open_parts(fresh) == []
    wrong = text(ask(client, reason="", vehicle_make="EXPLOREMAKE", height_cm="x"))
    looked, drug = "How he looked: age, height, build, hair, tattoo", "Drug, and how it was given"
    assert open_parts(wrong) == [looked, drug, "His car"]
    assert 'value="EXPLOREMAKE"' in wrong
    assert open_parts(text(ask(client, reason="", drug="", behaviours=["filmed"]))) == ["What he did"]
    assert open_parts(text(ask(client, reason="", drug="", **{"act_on-day": "40"}))) == ["Where and when"]


def test_how_he_looked_is_compared_as_the_engine_compares_it(people: Cast) -> None:
    """A range as its middle, codes that the reports have."""
    ask(
        signed_in(Client(), people.wen),
        age="30 to 40",
        height_cm="5 ft 8 to 6 ft",
        build="large",
        hair="dark_brown",
    )
    facts = Exploration.objects.get().opened("facts")
    assert {name: facts[name] for name in ("age", "height_cm", "build", "hair")} == {
        "age": "35", "height_cm": "178", "build": "large", "hair": "dark_brown",
    }  # fmt: skip
    read = read_facts({**facts, "id": "x"})
    assert (read.age, read.height, read.build, read.hair) == (35, 178, "large", "dark_brown")


@pytest.mark.parametrize(("kind", "words"), [("build", BUILDS), ("hair", HAIRS)])
def test_each_build_and_hair_on_offer_is_one_that_descriptions_are_read_as(
    kind: str, words: dict[str, Any]
) -> None:
    """And none is missing: what could not be asked would never be found."""
    assert set(words) == set(load_link_words()[kind])
