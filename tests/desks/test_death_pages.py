"""The pages of unexplained deaths: entered in short, shown with the card, corrected, seen by whoever may."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from nightdesk.actions.series_desk import end_reader, name_reader
from nightdesk.queries.clock import database_now
from nightdesk.records.deaths import Death, DeathVersion
from nightdesk.records.journal import JournalLine
from tests.linkage_rows import report_row
from tests.people import Cast, as_reader, make_cast, signed_in

CARD = "Look at this death again"


@pytest.fixture
def people(db: None) -> Cast:
    return make_cast(database_now())


def text(answer: Any) -> str:
    return str(answer.content.decode())


def send(client: Client, **more: str) -> Any:
    """What the short form sends, and the page after it."""
    given = {
        "key": str(uuid4()),
        "seen": "0",
        "source": "counter",
        "where": "DEATHWHERE",
        "drug": "ghb",
        **more,
    }
    return client.post(reverse("death_new"), given, follow=True)


def test_a_drug_and_a_place_are_enough_and_no_marker_alone_brings_the_card(people: Cast) -> None:
    client = signed_in(Client(), people.priya)
    assert "Enter an unexplained death" in text(client.get(reverse("counter")))
    page = text(send(client))
    assert "DEATHWHERE" in page
    assert "GHB" in page
    assert CARD not in page


def test_two_markers_bring_the_card_with_what_to_do_and_where_it_comes_from(people: Cast) -> None:
    page = text(send(signed_in(Client(), people.priya), marker_bottle="yes", marker_note="no"))
    for words in (
        CARD, "bottle or vial", "unexplained, not as unsuspicious", "names GHB and GBL", "To be confirmed by the force",
        "HMICFRS inspection", "The force has not signed these words yet", "not findings about anybody",
    ):  # fmt: skip
        assert words in page
    assert "Who wrote it, and on what" not in page  # a note was asked about, and there was none


def test_the_same_form_sent_twice_is_one_entry(people: Cast) -> None:
    client, key = signed_in(Client(), people.priya), str(uuid4())
    assert send(client, key=key).redirect_chain == send(client, key=key).redirect_chain
    assert Death.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"age": "200"}, "less than or equal to 120"),
        ({"drug": "tea"}, "Select a valid choice"),
        ({"latest-day": "40", "latest-month": "1", "latest-year": "2026"}, "There is a problem"),
        (
            {"earliest-day": "2", "earliest-month": "11", "earliest-year": "2026",
             "latest-day": "1", "latest-month": "11", "latest-year": "2026"},
            "The latest time lies before the earliest.",
        ),
        ({"source": ""}, "How did we learn of it?"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(
    people: Cast, sent: dict[str, str], sentence: str
) -> None:
    answer = send(signed_in(Client(), people.priya), met_name="KEPTNAME", **sent)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "KEPTNAME" in text(answer)
    assert not Death.objects.exists()


def test_a_form_with_nothing_in_it_says_what_is_enough(people: Cast) -> None:
    answer = send(signed_in(Client(), people.priya), where=" ", drug="")
    assert answer.status_code == 422
    assert "One thing is enough" in text(answer)


def test_a_correction_shows_its_difference_and_keeps_what_was_said(people: Cast) -> None:
    send(signed_in(Client(), people.priya), marker_moved="yes")
    row = Death.objects.get()
    client = signed_in(Client(), people.sana)
    form = text(client.get(reverse("death_correct", args=[row.reference])))
    assert 'value="DEATHWHERE"' in form
    given = {"seen": "1", "where": "by the wall", "drug": "ghb", "marker_moved": "no"}
    page = text(client.post(reverse("death_correct", args=[row.reference]), given, follow=True))
    assert "<del>DEATHWHERE</del> → <ins>by the wall</ins>" in page
    assert "<del>Yes</del> → <ins>No</ins>" in page
    late = client.post(reverse("death_correct", args=[row.reference]), {"seen": "1", "where": "elsewhere"})
    assert late.status_code == 422
    assert "Somebody corrected this" in text(late)
    assert DeathVersion.objects.count() == 2


def test_it_is_read_by_its_unit_and_analysts_and_every_look_is_noted(people: Cast) -> None:
    send(signed_in(Client(), people.priya))
    row = Death.objects.get()
    address = reverse("death", args=[row.reference])
    seen = {
        name: signed_in(Client(), who).get(address).status_code
        for name, who in people.staff().items()
        if name != "alex"
    }
    assert {name for name, status in seen.items() if status == 200} == {"priya", "sana", "rae", "maud", "wen"}
    assert {seen[name] for name in ("tom", "kofi")} == {404}
    read = JournalLine.objects.filter(kind="record_read", facts__what="death", subject=row.reference)
    assert {line.role for line in read} == {"counter", "soit", "supervisor", "analyst"}
    assert JournalLine.objects.filter(kind="access_refused", facts__what="death").count() >= 2
    analyst = signed_in(Client(), people.wen)
    assert reverse("death_correct", args=[row.reference]) not in text(analyst.get(address))
    assert row.reference in text(analyst.get(reverse("deaths")))
    assert "DEATHWHERE" not in text(analyst.get(reverse("deaths")))
    assert row.reference not in text(signed_in(Client(), people.tom).get(reverse("deaths")))


def test_only_whoever_sees_the_series_desk_has_a_link_to_the_reports_most_like_it(people: Cast) -> None:
    """On the list and on the page of a death; not the unit, nor whoever entered it; a named officer until it is ended."""
    at = database_now()
    send(signed_in(Client(), people.priya))
    death = Death.objects.get()
    pages = [reverse("deaths"), reverse("death", args=[death.reference])]

    def said(person: Any) -> list[str]:
        return [text(signed_in(Client(), person).get(page)) for page in pages]

    assert "It has not been compared yet" in said(people.wen)[1]
    target = f'href="{reverse("link_report", args=[report_row(death, at).pk])}"'
    for page in said(people.wen):
        assert page.count(target) == 1
        assert "Reports most like this one" in page
    for person in (people.priya, people.sana, people.maud):
        for page in said(person):
            assert "most like this one" not in page
            assert "ompared" not in page.split("<h1", 1)[1].replace("is compared with everything", "")
    name_reader(actor=as_reader(people.maud), at=at, username="sana")
    assert all(page.count(target) == 1 for page in said(people.sana))
    end_reader(actor=as_reader(people.maud), at=at, username="sana")
    assert not any(target in page for page in said(people.sana))
