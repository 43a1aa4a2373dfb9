"""The real worker with every real neighbour on loopback: mail, text message, webhook; each out in turn."""

import threading
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from nightdesk.actions.ways import add_way
from nightdesk.jobs.worker import PERIODIC, Worker
from nightdesk.outside.channels import channels_set_up
from nightdesk.records.contacts import ContactWay
from nightdesk.records.messages import Message
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.ways import UNANSWERED_SECONDS
from tests.jobs.mailbox import Mailbox, mail_server
from tests.jobs.test_worker import Clock
from tests.outside import notify as fake_notify
from tests.outside import receiver as fake_receiver
from tests.outside.notify import Notify, notify_server
from tests.outside.receiver import Receiver, webhook_receiver
from tests.records.taking import MARKED, MARKS, take

PHONE = "+447700900123"
RECEIPTS = [job for job in PERIODIC if "receipts" in job.name]  # gaps in the rota are told elsewhere


class Neighbours:
    """The three of them, and the worker that speaks to them."""

    def __init__(self, mail: Mailbox, notify: Notify, receiver: Receiver, clock: Clock) -> None:
        self.mail, self.notify, self.receiver, self.clock = mail, notify, receiver, clock
        self.worker = Worker(threading.Event(), seconds=1, now=clock, periodic=RECEIPTS)

    def round(self, seconds: float = 0) -> tuple[int, int, int]:
        """A round of the worker, `seconds` later: how many texts, letters and webhooks there are by now."""
        self.clock.pass_(seconds=seconds)
        assert self.worker.try_round()
        return len(self.notify.taken), len(self.mail.letters), len(self.receiver.taken)


@pytest.fixture
def neighbours(settings: Any, now: datetime) -> Iterator[Neighbours]:
    """All set up."""
    with mail_server() as mail, notify_server() as notify, webhook_receiver() as receiver:
        settings.MAIL_ADDRESS = mail.address
        fake_notify.use(settings, notify)
        fake_receiver.use(settings)
        yield Neighbours(mail, notify, receiver, Clock(now))


def ways_of_sana(cast: Any, at: datetime, receiver: Receiver) -> None:
    """Text first, then mail, then a webhook."""
    for channel, address in (("sms", PHONE), ("email", "sana@force.test"), ("webhook", receiver.address)):
        add_way(actor=SYSTEM, at=at, staff=cast.sana, channel=channel, address=address, confirmed=True)


@pytest.fixture
def marked(cast: Any, neighbours: Neighbours) -> Any:
    """A disclosure with a mark in every sensitive field, and Sana with three ways."""
    ways_of_sana(cast, neighbours.clock.now, neighbours.receiver)
    return take(cast, neighbours.clock.now, MARKED)


def test_each_way_in_its_turn_while_nobody_answers(marked: Any, neighbours: Neighbours) -> None:
    """And nothing of the person in any of them."""
    assert neighbours.round() == (1, 0, 0)
    assert neighbours.round(UNANSWERED_SECONDS) == (1, 1, 0)
    assert neighbours.round(UNANSWERED_SECONDS) == (1, 1, 1)
    (text,), (letter,), (hook,) = neighbours.notify.taken, neighbours.mail.letters, neighbours.receiver.taken
    assert (text["to"], letter["To"], hook["type"]) == (PHONE, "sana@force.test", "nightdesk.page")
    said = f"{text['text']} {letter} {letter.get_payload(decode=True)!r} {hook}".casefold()
    assert marked.reference.casefold() in said
    assert not [mark for mark in MARKS if mark.casefold() in said]


def test_a_provider_that_is_out_is_passed_over_in_the_same_round(marked: Any, neighbours: Neighbours) -> None:
    """Text messages are out, then the mail as well."""
    neighbours.notify.down, neighbours.mail.refuse = 500, 9
    assert neighbours.round() == (0, 0, 1)
    neighbours.notify.down, neighbours.mail.refuse = 0, 0
    assert neighbours.round(5) == (1, 1, 1)


def test_a_number_that_is_none_is_marked_and_the_mail_leaves(marked: Any, neighbours: Neighbours) -> None:
    """In the same round."""
    ContactWay.objects.filter(channel="sms").update(address="12")
    assert neighbours.round() == (0, 1, 0)
    assert ContactWay.objects.get(channel="sms").fault == "bad_address"


def test_a_mailbox_that_is_none_is_marked(cast: Any, neighbours: Neighbours) -> None:
    """The server says 550."""
    add_way(
        actor=SYSTEM,
        at=neighbours.clock.now,
        staff=cast.sana,
        channel="email",
        address="gone@force.test",
        confirmed=True,
    )
    neighbours.mail.no_mailbox = {"gone@force.test"}
    take(cast, neighbours.clock.now, MARKED)
    neighbours.round()
    assert ContactWay.objects.get().fault == "bad_address"


def test_asked_to_slow_down_it_waits_as_long_as_it_is_asked(marked: Any, neighbours: Neighbours) -> None:
    """And meanwhile goes another way."""
    neighbours.notify.refuse = [(429, {"Retry-After": "20"})]
    assert neighbours.round() == (0, 1, 0)
    assert neighbours.round(19) == (0, 1, 0)
    assert neighbours.round(1) == (1, 1, 0)


def test_a_receipt_is_asked_for_and_kept(marked: Any, neighbours: Neighbours) -> None:
    """Within seconds; delivered is the end of it."""
    neighbours.round()
    neighbours.notify.state = "delivered"
    neighbours.round(15)
    message = Message.objects.get(channel="sms")
    assert (message.receipt, message.delivered_at) == ("delivered", neighbours.clock.now)
    asked = neighbours.notify.asked
    neighbours.round(15)
    assert neighbours.notify.asked == asked


def test_a_channel_that_is_not_set_up_is_passed_over(
    marked: Any, neighbours: Neighbours, settings: Any
) -> None:
    """The force took its key away: nobody waits for a text that can't leave."""
    settings.NOTIFY_KEY = settings.WEBHOOK_SECRET = ""
    assert channels_set_up() == ("screen", "email")
    assert neighbours.round() == (0, 1, 0)
    assert Message.objects.get(channel="sms").fault == "not_set_up"


def test_in_the_demo_they_are_kept_for_its_page(marked: Any, neighbours: Neighbours, settings: Any) -> None:
    """Nothing leaves this machine."""
    settings.NOTIFY_KEY = settings.WEBHOOK_SECRET = settings.MAIL_ADDRESS = ""
    settings.DEMO = True
    assert channels_set_up() == ("screen", "sms", "email", "webhook")
    assert neighbours.round() == (0, 0, 0)
    assert Message.objects.get(channel="sms").sent_at is not None


def test_a_worker_killed_after_sending_sends_no_second_text(marked: Any, neighbours: Neighbours) -> None:
    """Its claim runs out; the next worker asks Notify first, and notes what it finds."""
    from nightdesk.actions.outbox import claim_message
    from nightdesk.jobs.worker import post

    neighbours.worker._take_steps()
    claimed = claim_message(at=neighbours.clock.now)
    assert claimed is not None
    post(claimed)
    neighbours.round(31)
    assert len(neighbours.notify.taken) == 1
    assert Message.objects.get(channel="sms").provider_ref == neighbours.notify.taken[0]["id"]
