"""The auditor's pages of exhibits: reached from the journal, read only, journalled, without what is written."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nightdesk.queries.clock import database_now
from nightdesk.records.journal import JournalLine
from tests.actions.exhibits import enter, fridge, move
from tests.people import signed_in


@pytest.fixture
def now() -> datetime:
    """By the database's own clock; a while ago."""
    return database_now() - timedelta(hours=3)


def test_from_the_journal_to_one_chain(client: Client, cast: Any, now: datetime) -> None:
    """Code, holder, who and when; nothing that was written; reading one is a line."""
    made, store = enter(cast, now), fridge(cast, now)
    move(made, cast.priya, "stored", now, store.code)
    signed_in(client, cast.odile)
    assert reverse("exhibits_audit") in client.get(reverse("journal")).content.decode()
    listed = client.get(reverse("exhibits_audit"), {"text": made.code, "page": "x"}).content.decode()
    assert made.code in listed
    assert "Fridge HL-F1" in listed
    page = client.get(reverse("exhibit_audit", args=[made.code])).content.decode()
    assert "there is no gap" in page
    assert "MARKPOT" not in listed + page
    assert '<form method="post"' not in page.split("<main")[1]
    line = JournalLine.objects.filter(kind="record_read").latest("seq")
    assert (line.facts["what"], line.subject) == ("exhibit_audit", made.disclosure.reference)


def test_the_auditor_opens_no_working_page(client: Client, cast: Any, now: datetime) -> None:
    """And whoever works with exhibits opens no audit."""
    made = enter(cast, now)
    signed_in(client, cast.odile)
    for name, args in (("exhibits", []), ("exhibit", [made.code]), ("stores", []), ("exhibits_csv", [])):
        assert client.get(reverse(name, args=args)).status_code == 403
    assert client.get(reverse("exhibit_audit", args=["E2222-22222"])).status_code == 404
    for who in (cast.priya, cast.sana, cast.maud):
        signed_in(client, who)
        assert client.get(reverse("exhibits_audit")).status_code == 403
        assert client.get(reverse("exhibit_audit", args=[made.code])).status_code == 403


@pytest.mark.parametrize("text", ["", "\U0001f9ea" * 90, "%", "\u202eabc", "x" * 5000, "\x00"])
@pytest.mark.parametrize("state", ["", "held", "invented"])
def test_no_question_breaks_the_list(client: Client, cast: Any, now: datetime, text: str, state: str) -> None:
    """Whatever is typed into the address."""
    enter(cast, now)
    signed_in(client, cast.odile)
    assert client.get(reverse("exhibits_audit"), {"text": text, "state": state}).status_code == 200
