"""Being turned away: a page for anybody without signing in, a queue for who follows it up, words for nobody else."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from nightdesk.queries.clock import database_now
from nightdesk.records.turned_away import TurnedAway
from tests.actions.shield import reported
from tests.people import make_cast, signed_in
from tests.records.taking import take


@pytest.fixture
def people(db: None) -> Any:
    """The cast, on duty now."""
    return make_cast(database_now())


def text(answer: Any) -> str:
    """What the page says."""
    return str(answer.content.decode())


def send(client: Client, **more: Any) -> Any:
    """What the form of the public page sends."""
    given = {"key": str(uuid4()), "what": "both", "told": "SHIELDTOLD", "station": "", "answer": "", **more}
    return client.post(reverse("turned_away"), given)


def test_anybody_sends_it_and_gets_a_number(people: Any) -> None:
    """No sign-in, no cookie, nothing in the address, nothing of it on the page that answers."""
    client = Client()
    page = client.get(reverse("turned_away"))
    assert "Were you turned away" in text(page)
    assert "we do promise that it is read" in text(page)
    assert "<title>Write to us</title>" in text(page)
    answer = send(client, station=people.harrow_lane.code)
    row = TurnedAway.objects.get()
    assert row.number in text(answer)
    assert "nobody will write to you" in text(answer)
    assert "SHIELDTOLD" not in text(answer)
    assert not client.cookies
    assert (row.station, row.received_by) == (people.harrow_lane, None)
    assert "nobody will write" not in text(send(client, answer="07700 900123"))


def test_the_same_form_sent_again_shows_the_same_number(people: Any) -> None:
    client, key = Client(), str(uuid4())
    assert text(send(client, key=key)) == text(send(client, key=key))
    assert TurnedAway.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"what": ""}, "Choose what happened."),
        ({"what": "gone", "told": ""}, "Choose what happened."),
        ({"told": " \n"}, "A few are enough."),
        ({"told": "x" * 6000}, "more than 5,000 characters"),
    ],
)
def test_what_is_missing_is_told_and_nothing_typed_is_lost(
    people: Any, sent: dict[str, str], sentence: str
) -> None:
    answer = send(Client(), answer="moth@example.test", **sent)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "moth@example.test" in text(answer)
    assert not TurnedAway.objects.exists()


def test_strange_input_is_taken_as_text(people: Any) -> None:
    """Right-to-left, NUL, half a pair, a station that is none, a key that is none."""
    answer = send(Client(), told="\u202e<script>\x00 قيل لي", station="NOWHERE", key="no key")
    assert answer.status_code == 200
    row = TurnedAway.objects.select_related("vault").get()
    assert row.opened("told") == "\u202e<script> قيل لي"
    assert row.station is None


def test_a_flood_waits_and_keeps_what_was_typed(people: Any) -> None:
    client = Client()
    for _ in range(5):
        assert send(client).status_code == 200
    slow = send(client, told="SHIELDTOLD again")
    assert slow.status_code == 429
    assert 1 <= int(slow["Retry-After"]) <= 60
    assert "SHIELDTOLD again" in text(slow)


@pytest.mark.parametrize("language", ["en-gb", "cy", "es", "pt-br", "pl", "ar"])
def test_the_page_is_there_in_every_language(people: Any, language: str) -> None:
    page = text(Client().get(reverse("turned_away") + f"?in={language}"))
    assert f'lang="{"en" if language == "en-gb" else language.replace("br", "BR")}"' in page[:200]
    assert ('dir="rtl"' in page[:200]) == (language == "ar")


def test_it_is_reached_from_the_front_door_and_the_kits_page(people: Any) -> None:
    for address in (reverse("sign_in"), reverse("track_kit")):
        assert reverse("turned_away") in text(Client().get(address))


def test_staff_write_it_down_and_read_it_no_more(people: Any) -> None:
    client = signed_in(Client(), people.priya)
    given = {
        "key": str(uuid4()),
        "what": "threatened",
        "told": "SHIELDTOLD",
        "station": people.mill_road.code,
    }
    answer = client.post(reverse("turned_away_enter"), given)
    row = TurnedAway.objects.get()
    assert row.number in text(answer)
    assert row.received_by == people.priya
    assert client.get(reverse("turned_away_report", args=[row.number])).status_code == 403
    assert client.post(reverse("turned_away_enter"), {"key": str(uuid4())}).status_code == 422


def test_followed_up_in_the_queue_until_it_is_closed(people: Any) -> None:
    """Look, talk, learn by the supervisor; close by the commander; linked to the disclosure they made later."""
    row, told = reported(database_now(), station=people.harrow_lane.code), take(people, database_now())
    maud, idris = signed_in(Client(), people.maud), signed_in(Client(), people.idris)
    assert row.number in text(maud.get(reverse("turned_away_queue")))
    assert "SHIELDTOLD" in text(maud.get(reverse("turned_away_report", args=[row.number])))
    move = reverse("turned_away_move", args=[row.number])
    for seen, step in enumerate(("look", "talk", "learn"), 1):
        assert maud.post(move, {"move": step, "seen": seen, "words": "A word."}).status_code == 302
    refused = maud.post(move, {"move": "close", "seen": 4, "words": "Done."})
    assert refused.status_code == 409
    assert "own station" in text(refused)
    link = reverse("turned_away_link", args=[row.number])
    assert maud.post(link, {"reference": "NONE-NONE"}).status_code == 422
    assert maud.post(link, {"reference": told.reference.lower()}).status_code == 302
    assert idris.post(move, {"move": "close", "seen": 4, "words": ""}).status_code == 409
    assert (
        idris.post(move, {"move": "close", "seen": 4, "words": "New words at the desk."}).status_code == 302
    )
    page = text(maud.get(reverse("turned_away_report", args=[row.number])))
    assert "New words at the desk." in page
    assert told.reference in page


def test_a_report_of_elsewhere_is_not_found_and_the_try_is_noted(people: Any) -> None:
    from nightdesk.records.journal import JournalLine

    row = reported(database_now(), station=people.mill_road.code)
    answer = signed_in(Client(), people.maud).get(reverse("turned_away_report", args=[row.number]))
    assert answer.status_code == 404
    assert JournalLine.objects.filter(kind="access_refused", facts__what="turned_away_report").count() == 1
