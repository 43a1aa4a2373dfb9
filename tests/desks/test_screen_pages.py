"""A call-out on a screen: on a locked desk it says the least there is; and a window says once what it showed."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nightdesk.actions.ways import add_way
from nightdesk.queries.clock import database_now
from nightdesk.queries.paging import history
from nightdesk.records.journal import JournalLine
from nightdesk.records.messages import Message
from nightdesk.records.referrals import Page
from nightdesk.rules.access import SYSTEM
from tests.actions.paging import step
from tests.desks import test_paging_pages
from tests.desks.test_access import Told
from tests.people import as_reader, signed_in

told = test_paging_pages.told

LIVE, SHOWN, BLANK, LOCKED = (
    "/staff/call-outs/live/", "/staff/call-outs/shown/", "/staff/blank/", "/staff/locked/"
)  # fmt: skip


@pytest.fixture
def sana(client: Client, cast: Any) -> Client:
    """Her browser; she is told on the screen too."""
    add_way(actor=SYSTEM, at=database_now(), staff=cast.sana, channel="screen")
    return signed_in(client, cast.sana)


@pytest.mark.parametrize("address", [LIVE, BLANK, LOCKED])
def test_a_locked_desk_says_that_somebody_is_called_and_no_more(
    sana: Client, told: Told, address: str
) -> None:
    """Station, reference, urgency; no key to answering, nothing of what was told, and nobody else's."""
    sana.post(BLANK)
    page = sana.get(address, headers={"X-Live": "1"} if address == LIVE else {}).content.decode()
    for words in ("Somebody is called", "Harrow Lane", told.reference, "As soon as you can"):
        assert words in page
    keys = Page.objects.values_list("token", flat=True)
    assert not [key for key in keys if key in page]
    assert "/staff/page/" not in page
    assert "rape" not in page.casefold()
    assert f"{LOCKED}?next=/staff/call-outs/" in page


def test_the_strip_of_a_locked_desk_names_nobody(sana: Client, told: Told) -> None:
    """The locked page says for whom it is locked, as ever; the strip and the blank page do not."""
    sana.post(BLANK)
    for address in (LIVE, BLANK):
        page = sana.get(address, headers={"X-Live": "1"} if address == LIVE else {}).content.decode()
        assert "Sana" not in page
        assert "Priya" not in page


def test_a_locked_desk_of_somebody_who_is_not_called_shows_nothing(told: Told, cast: Any) -> None:
    """Rae's desk is quiet while Sana is called."""
    rae = signed_in(Client(), cast.rae)
    rae.post(BLANK)
    for address in (LIVE, BLANK, LOCKED):
        page = rae.get(address, headers={"X-Live": "1"} if address == LIVE else {}).content.decode()
        assert told.reference not in page
        assert "Somebody is called" not in page


@pytest.mark.parametrize("name", ["sign_in", "track_kit"])
def test_no_other_page_of_a_locked_desk_shows_it(sana: Client, told: Told, name: str) -> None:
    """Least of all the one on which a person follows their kit."""
    sana.post(BLANK)
    answer = sana.get(reverse(name))
    assert answer.status_code == 200
    assert told.reference not in answer.content.decode()


def test_a_locked_desk_answers_nothing_and_says_nothing_was_shown(sana: Client, told: Told) -> None:
    """What its script would post is refused."""
    sana.post(BLANK)
    answer = sana.post(SHOWN, {"page": told.token}, headers={"X-Live": "1"})
    assert answer.status_code == 423
    assert not Message.objects.exclude(delivered_at=None).exists()


def test_what_a_window_showed_is_on_the_record_once(sana: Client, told: Told, cast: Any) -> None:
    """With its moment in the history; said again, or by another window, it changes nothing."""
    assert f'value="{told.token}"' in sana.get(LIVE).content.decode()
    for _ in range(2):
        assert sana.post(SHOWN, {"page": [told.token, "unknown", "\0"]}).status_code == 204
    (line,) = JournalLine.objects.filter(kind="call_out_displayed")
    assert (line.actor, line.subject, line.facts) == (str(cast.sana.pk), told.reference, {"step": 0})
    assert f'value="{told.token}"' not in sana.get(LIVE).content.decode()  # nothing more to say
    page = re.sub(r"<[^>]+>", " ", sana.get(f"/staff/paging/{told.reference}/").content.decode())
    assert "On the screen: shown on a screen" in page


def test_reading_the_strip_is_no_receipt(sana: Client, told: Told, cast: Any) -> None:
    """A GET writes nothing; without a script the history says that nobody knows."""
    lines = JournalLine.objects.count()
    sana.get(LIVE)
    sana.get("/staff/call-outs/")
    assert JournalLine.objects.count() == lines
    Message.objects.filter(channel="screen").update(sent_at=database_now(), due_at=None)
    page = re.sub(r"<[^>]+>", " ", sana.get(f"/staff/paging/{told.reference}/").content.decode())
    assert "no page has said yet that it showed it" in page


def test_nobody_can_say_it_for_another(sana: Client, told: Told, cast: Any) -> None:
    """Her key in Rae's hands marks nothing."""
    rae = signed_in(Client(), cast.rae)
    assert rae.post(SHOWN, {"page": told.token}).status_code == 204
    assert not Message.objects.exclude(delivered_at=None).exists()


def test_only_what_was_shown_is_marked(sana: Client, told: Told, cast: Any) -> None:
    """A second call-out waits for its own receipt."""
    from nightdesk.rules.basics import Basics
    from tests.records.taking import take

    other = take(cast, database_now(), Basics(what="He raped me."))
    while step(database_now()):
        pass
    sana.post(SHOWN, {"page": told.token})
    now = database_now()
    for reference, shown in ((told.reference, 1), (other.reference, 0)):
        events = history(as_reader(cast.maud), reference, now)
        assert events is not None
        sent = [one for event in events for one in event.sent if one.channel == "screen"]
        assert sum(one.delivered_at is not None for one in sent) == shown
