"""What became of a text message is asked, kept, and acted on: a number that is none is not tried first again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from nightdesk.actions.receipts import LATE, MOST, SOON, note_receipts
from nightdesk.actions.ways import add_way
from nightdesk.outside.sending import Unsent
from nightdesk.records.contacts import ContactWay
from nightdesk.records.journal import JournalLine
from nightdesk.records.messages import Message
from nightdesk.rules.access import SYSTEM
from tests.actions.paging import MINUTE, raise_one, step
from tests.actions.test_tell import paged, sent_at

pytestmark = pytest.mark.usefixtures("plain_triage")


def said(state: str) -> Callable[[str], str]:
    """A provider that says the same of every message."""
    return lambda _: state


def sms() -> Any:
    """The text message and its way."""
    return Message.objects.get(channel="sms"), ContactWay.objects.get(channel="sms")


def sent(cast: Any, at: datetime) -> None:
    """A text message left; the mail is due if nobody answers."""
    paged(cast, at, "sms", "email")
    assert sent_at(at) == ["sms"]


def test_a_delivered_message_says_when(cast: Any, now: datetime) -> None:
    """And that its way works; asked no more."""
    sent(cast, now)
    assert note_receipts(at=now + MINUTE, ask=said("delivered"), newer_than=SOON) == 1
    message, way = sms()
    assert (message.receipt, message.delivered_at, way.worked_at) == ("delivered", now + MINUTE, now + MINUTE)
    assert note_receipts(at=now + MINUTE, ask=said("delivered"), newer_than=SOON) == 0
    line = JournalLine.objects.get(kind="receipt_noted")
    assert line.facts == {"channel": "sms", "receipt": "delivered"}


def test_a_message_on_its_way_is_asked_about_again(cast: Any, now: datetime) -> None:
    """Without a line: nothing happened yet."""
    sent(cast, now)
    assert note_receipts(at=now, ask=said("sending"), newer_than=SOON) == 0
    assert (sms()[0].receipt, sms()[0].delivered_at) == ("sending", None)
    assert not JournalLine.objects.filter(kind="receipt_noted").exists()
    assert note_receipts(at=now + MINUTE, ask=said("delivered"), newer_than=SOON) == 1


@pytest.mark.parametrize(
    ("state", "fault"),
    [("permanent-failure", "not_delivered"), ("temporary-failure", ""), ("technical-failure", "")],
)
def test_one_that_did_not_arrive_moves_to_the_next_way_at_once(
    cast: Any, now: datetime, state: str, fault: str
) -> None:
    """A number that is none is marked; a phone that was off is not."""
    sent(cast, now)
    note_receipts(at=now + timedelta(seconds=10), ask=said(state), newer_than=SOON)
    message, way = sms()
    assert (message.receipt, message.delivered_at, way.fault) == (state, None, fault)
    assert (way.failed_at is not None) == bool(fault)
    assert sent_at(now + timedelta(seconds=10)) == ["email"]


def test_a_way_that_failed_works_again_when_something_arrives(cast: Any, now: datetime) -> None:
    """The mark is not for ever."""
    sent(cast, now)
    ContactWay.objects.filter(channel="sms").update(failed_at=now, fault="not_delivered")
    note_receipts(at=now, ask=said("delivered"), newer_than=SOON)
    assert (sms()[1].failed_at, sms()[1].fault) == (None, "")


def test_a_provider_that_is_out_is_left_alone_until_the_next_time(cast: Any, now: datetime) -> None:
    """One question, not ten that hang."""
    asked = []

    def out(provider_ref: str) -> str:
        asked.append(provider_ref)
        raise Unsent("no_answer")

    for person in (cast.sana, cast.rae):
        add_way(actor=SYSTEM, at=now, staff=person, channel="sms", address="07700 900123", confirmed=True)
    raise_one(cast, now)
    step(now)
    step(now + 5 * MINUTE)
    sent_at(now + 5 * MINUTE)
    assert note_receipts(at=now + 5 * MINUTE, ask=out, newer_than=SOON) == 0
    assert len(asked) == 1
    assert MOST < 30  # each may take seconds: a round must stay shorter than the sign of life allows


def test_what_is_old_is_asked_about_more_rarely_and_then_no_more(cast: Any, now: datetime) -> None:
    """A phone that was off for a night; after three days the provider itself gives up."""
    sent(cast, now)
    assert note_receipts(at=now + 2 * SOON, ask=said("delivered"), newer_than=SOON) == 0
    assert note_receipts(at=now + LATE + MINUTE, ask=said("delivered"), newer_than=LATE) == 0
    assert note_receipts(at=now + timedelta(hours=9), ask=said("delivered"), newer_than=LATE) == 1
