"""Each sees to their own ways: an address that is none is refused, and none is used before it was confirmed."""

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from nightdesk.actions.outbox import send_due_messages
from nightdesk.actions.refusals import NotFound
from nightdesk.actions.ways import (
    MOST,
    WayRefused,
    add_own_way,
    add_way,
    confirm_way,
    put_first,
    try_out,
    withdraw_way,
)
from nightdesk.records.contacts import ContactWay, ways_of
from nightdesk.records.journal import JournalLine
from nightdesk.records.messages import Message
from nightdesk.rules.access import SYSTEM
from tests.actions.paging import raise_one, step
from tests.people import as_reader

pytestmark = pytest.mark.usefixtures("plain_triage")
SECOND = timedelta(seconds=1)


def add(cast: Any, at: datetime, channel: str = "sms", address: str = "07700 900123") -> ContactWay:
    """Sana adds a way."""
    return add_own_way(actor=as_reader(cast.sana), at=at, channel=channel, address=address)


def code() -> str:
    """What the newest test message says."""
    message = Message.objects.filter(about="test").order_by("-made_at").first()
    assert message is not None
    found = re.search(r"\d{6}", message.body)
    assert found
    return found[0]


def confirm(cast: Any, at: datetime, way: ContactWay, typed: str, who: str = "sana") -> ContactWay:
    """Sana types a code."""
    return confirm_way(actor=as_reader(getattr(cast, who)), at=at, way=way.pk, code=typed)


def test_a_new_way_is_tried_out_and_used_once_it_is_confirmed(cast: Any, now: datetime) -> None:
    """A test message with a code goes to it, by it; the code makes it hers."""
    way = add(cast, now)
    (message,) = Message.objects.all()
    assert (message.channel, message.address, message.about, message.way) == (
        "sms",
        "+447700900123",
        "test",
        way,
    )
    assert send_due_messages(clock=lambda: now, send=lambda m: "ref") == 1
    assert [w.channel for w in ways_of([cast.sana])[cast.sana.pk]] == ["email"]
    confirm(cast, now + 60 * SECOND, way, f" {code()[:3]} {code()[3:]} ")
    assert [w.channel for w in ways_of([cast.sana])[cast.sana.pk]] == ["sms"]
    kinds = list(JournalLine.objects.order_by("seq").values_list("kind", flat=True))[-4:]
    assert kinds == ["way_added", "way_tried", "message_sent", "way_confirmed"]


@pytest.mark.parametrize("typed", ["", "000000x", "12345", "aaaaaa", "１２３４５６", "\u202e"])
def test_a_wrong_code_confirms_nothing(cast: Any, now: datetime, typed: str) -> None:
    """Nor an empty one."""
    way = add(cast, now)
    with pytest.raises(WayRefused, match="not the code"):
        confirm(cast, now, way, typed)
    assert ContactWay.objects.get().verified_at is None


def test_a_code_of_an_older_message_or_another_way_is_none(cast: Any, now: datetime) -> None:
    """The newest of this way counts, for half an hour."""
    way = add(cast, now)
    first = code()
    try_out(actor=as_reader(cast.sana), at=now + 31 * SECOND, way=way.pk)
    newest = code()
    if first != newest:
        with pytest.raises(WayRefused):
            confirm(cast, now + 32 * SECOND, way, first)
    with pytest.raises(WayRefused):
        confirm(cast, now + timedelta(minutes=32), way, newest)


def test_guessing_is_slowed(cast: Any, now: datetime) -> None:
    """A million codes, and a wait that grows."""
    way, slowed = add(cast, now), 0
    wrong = "000000" if code() != "000000" else "000001"
    for _ in range(12):
        with pytest.raises(WayRefused) as refusal:
            confirm(cast, now, way, wrong)
        slowed += "too often" in str(refusal.value)
    assert slowed >= 5
    with pytest.raises(WayRefused, match="Wait"):
        confirm(cast, now, way, code())


def test_a_test_message_is_not_sent_again_at_once(cast: Any, now: datetime) -> None:
    """A text message costs; half a minute later it is."""
    way = add(cast, now)
    with pytest.raises(WayRefused, match="half a minute"):
        try_out(actor=as_reader(cast.sana), at=now + 29 * SECOND, way=way.pk)
    try_out(actor=as_reader(cast.sana), at=now + 30 * SECOND, way=way.pk)
    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        ("sms", ""), ("sms", "12"), ("sms", "call me"), ("sms", "0" * 40), ("email", ""), ("email", "sana"),
        ("email", "a@b.test\nBcc: x@y.test"), ("webhook", "http://pager.example.org/"), ("webhook", "pager"),
        ("webhook", "https://name:word@pager.example.org/"),
    ],
)  # fmt: skip
def test_an_address_that_is_none_is_refused_with_a_sentence(
    cast: Any, now: datetime, channel: str, address: str
) -> None:
    """And nothing is kept."""
    with pytest.raises(WayRefused, match=r"\.$"):
        add(cast, now, channel, address)
    assert not ContactWay.objects.exists()


@pytest.mark.parametrize(
    ("channel", "address", "kept"),
    [
        ("sms", "07700 900123", "+447700900123"), ("sms", "+33 6 12 34 56 78", "+33612345678"),
        ("email", " sana@force.test ", "sana@force.test"), ("screen", "anything", ""),
        ("webhook", "https://pager.example.org/x", "https://pager.example.org/x"),
    ],
)  # fmt: skip
def test_an_address_is_kept_in_one_form_and_once(
    cast: Any, now: datetime, channel: str, address: str, kept: str
) -> None:
    """Added twice, it is there once."""
    assert add(cast, now, channel, address).address == kept
    assert add(cast, now, channel, kept).address == kept
    assert ContactWay.objects.count() == 1


def test_a_screen_needs_no_test(cast: Any, now: datetime) -> None:
    """It counts at once, and can't be tried by a message."""
    way = add(cast, now, "screen", "")
    assert way.verified_at == now
    assert not Message.objects.exists()
    with pytest.raises(WayRefused, match="needs no test"):
        try_out(actor=as_reader(cast.sana), at=now, way=way.pk)


def test_there_is_an_end_to_how_many(cast: Any, now: datetime) -> None:
    """Withdraw one first."""
    for number in range(MOST):
        way = add(cast, now, "email", f"sana{number}@force.test")
    with pytest.raises(WayRefused, match="Withdraw one"):
        add(cast, now, "email", "one-more@force.test")
    withdraw_way(actor=as_reader(cast.sana), at=now, way=way.pk)
    assert add(cast, now, "email", "one-more@force.test").place == MOST + 1


def test_the_order_is_the_persons(cast: Any, now: datetime) -> None:
    """Put first, the others keep theirs; done again, nothing changes."""
    for channel, address in (
        ("sms", "07700 900123"),
        ("email", "sana@force.test"),
        ("webhook", "https://a.example.org/"),
    ):
        add_way(actor=SYSTEM, at=now, staff=cast.sana, channel=channel, address=address, confirmed=True)
    hook = ContactWay.objects.get(channel="webhook")
    for _ in range(2):
        put_first(actor=as_reader(cast.sana), at=now, way=hook.pk)
    assert [w.channel for w in ways_of([cast.sana])[cast.sana.pk]] == ["webhook", "sms", "email"]
    assert JournalLine.objects.filter(kind="way_preferred").count() == 1


def test_what_is_withdrawn_is_used_no_more_and_stays_on_record(cast: Any, now: datetime) -> None:
    """Also what was about to be sent by it."""
    way = add_way(
        actor=SYSTEM, at=now, staff=cast.sana, channel="sms", address="07700 900123", confirmed=True
    )
    raise_one(cast, now)
    step(now)
    withdraw_way(actor=as_reader(cast.sana), at=now, way=way.pk)
    assert send_due_messages(clock=lambda: now, send=lambda m: "") == 0
    kept = ContactWay.objects.get()
    assert (kept.withdrawn_at, kept.withdrawn_by) == (now, cast.sana)
    assert add(cast, now, "sms", "07700 900123").pk != way.pk


@pytest.mark.parametrize("who", ["rae", "maud", "ben"])
def test_nobody_sees_to_the_ways_of_another(cast: Any, now: datetime, who: str) -> None:
    """Not a colleague, not a supervisor, not the admin; a way that is not there looks the same."""
    way = add(cast, now)
    actor = as_reader(getattr(cast, who))
    for act in (try_out, put_first, withdraw_way):
        for key in (way.pk, uuid4()):
            with pytest.raises(NotFound, match="no such way of yours"):
                act(actor=actor, at=now + timedelta(hours=1), way=key)
    with pytest.raises(NotFound):
        confirm(cast, now, way, code(), who)


def test_an_address_is_in_no_journal_line(cast: Any, now: datetime) -> None:
    """Codes and names of accounts only."""
    way = add(cast, now)
    confirm(cast, now, way, code())
    put_first(actor=as_reader(cast.sana), at=now, way=way.pk)
    withdraw_way(actor=as_reader(cast.sana), at=now, way=way.pk)
    said = str(list(JournalLine.objects.values_list("facts", "subject")))
    assert "900123" not in said
    assert code() not in said
