"""Correcting an exhibit by hand: every fact as it is kept, two clicks, and old beside new on every page that shows it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nightdesk.queries.clock import database_now
from nightdesk.records.exhibit_corrections import ExhibitCorrection
from nightdesk.records.exhibits import Exhibit
from nightdesk.records.journal import JournalLine
from tests.actions.exhibits import enter, hand, move
from tests.people import signed_in

HOUR = timedelta(hours=1)


@pytest.fixture
def now() -> datetime:
    """By the database's own clock; a while ago, so that what a page notes comes after."""
    return database_now() - 3 * HOUR


def filled(made: Exhibit, **change: Any) -> dict[str, Any]:
    """The form as the page fills it, but for `change`."""
    local = timezone.localtime(made.taken_at)
    boxes = {"day": local.day, "month": local.month, "year": local.year, "time": f"{local:%H:%M}"}
    given = {f"taken_at-{part}": value for part, value in boxes.items()}
    return given | {"kind": made.kind, "reason": "mistyped", "number": 0, "seal": ""} | change


def send(client: Client, made: Exhibit, **change: Any) -> Any:
    """The form, sent."""
    return client.post(reverse("exhibit_correct", args=[made.code]), filled(made, **change))


def text(client: Client, name: str, made: Exhibit, **query: str) -> str:
    """A page of the exhibit."""
    return str(client.get(reverse(name, args=[made.code]), query).content.decode())


def test_old_and_new_are_shown_wherever_it_is_shown(client: Client, cast: Any, now: datetime) -> None:
    """Exhibit, statement, register, and the choice of labels."""
    made = enter(cast, now)
    signed_in(client, cast.priya)
    assert reverse("exhibit_correct", args=[made.code]) in text(client, "exhibit", made)
    answer = send(client, made, kind="blood_tube", seal="B77")
    assert (answer.status_code, answer["Location"]) == (302, reverse("exhibit", args=[made.code]))
    for name in ("exhibit", "exhibit_continuity"):
        page = text(client, name, made)
        assert "<del><bdi>Urine</bdi></del> → <ins><bdi>Blood</bdi></ins>. It was mistyped. Priya" in page
        assert "<ins><bdi>B77</bdi></ins>" in page
    assert "print it anew" in text(client, "exhibit", made)
    for name in ("exhibits", "exhibit_labels"):
        assert "Blood" in client.get(reverse(name), {"about": made.code}).content.decode()


def test_the_counter_writes_the_description_anew_and_does_not_read_it(
    client: Client, cast: Any, now: datetime
) -> None:
    """Left empty it stays; a specialist finds the words in the box, and the reading is journalled."""
    made = enter(cast, now)
    signed_in(client, cast.priya)
    assert "MARKPOT" not in text(client, "exhibit_correct", made)
    send(client, made, kind="blood_tube", description="")
    assert Exhibit.objects.get().opened("description").startswith("MARKPOT")
    signed_in(client, cast.sana)
    assert "MARKPOT" in text(client, "exhibit_correct", made)
    assert JournalLine.objects.filter(facts__what="exhibit_description").count() == 1
    send(client, made, kind="blood_tube", number=1, description="MARKNEW")
    plain, told = text(client, "exhibit", made), text(client, "exhibit", made, description="1")
    assert "MARK" not in plain
    assert told.index("MARKNEW") < told.index("Written before it was corrected") < told.index("MARKPOT")


@pytest.mark.parametrize(
    ("change", "status", "sentence"),
    [
        ({"reason": ""}, 422, "Choose why it is corrected."),
        ({"kind": ""}, 422, "an answer: What is it?"),
        ({"taken_at-year": "2999"}, 409, "That time lies ahead"),
        ({"taken_at-year": "1900"}, 409, "Look at the year"),
        ({"taken_at-day": "31", "taken_at-month": "2"}, 422, "that month does not have this day"),
        ({"seal": "\U0001f9ea" * 31}, 422, "at most 30 characters"),
        ({"description": "ל" * 2001}, 422, "at most 2000 characters"),
        ({}, 409, "Nothing is different"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(
    client: Client, cast: Any, now: datetime, change: dict[str, str], status: int, sentence: str
) -> None:
    """A sentence that says what to do, and nothing changed."""
    made = enter(cast, now)
    answer = send(signed_in(client, cast.priya), made, **{"description": ""} | change)
    page = answer.content.decode()
    assert answer.status_code == status
    assert sentence in page
    assert all(value in page for name, value in change.items() if name in ("seal", "description"))
    assert ExhibitCorrection.objects.count() == 0


def test_whoever_only_has_it_is_told_who_corrects(client: Client, cast: Any, now: datetime) -> None:
    """Tom, of another station, has it; the page offers him no form, and a form sent all the same is refused."""
    made = enter(cast, now)
    hand(made, cast.priya, cast.tom, now)
    signed_in(client, cast.tom)
    assert reverse("exhibit_correct", args=[made.code]) not in text(client, "exhibit", made)
    assert "You can’t correct this exhibit." in text(client, "exhibit_correct", made)
    assert b"Tell them what is wrong" in send(client, made, kind="blood_tube").content
    move(made, cast.tom, "sent", now + HOUR, "sarc")
    assert client.get(reverse("exhibit_correct", args=[made.code])).status_code == 404


def test_a_wrong_step_is_answered_by_a_further_step(client: Client, cast: Any, now: datetime) -> None:
    """Both pages say so."""
    made = enter(cast, now)
    signed_in(client, cast.priya)
    assert "noted as a further step" in text(client, "exhibit", made)
    assert "as a further step" in text(client, "exhibit_correct", made)
