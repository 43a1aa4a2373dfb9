"""Somebody is told by their ways in turn; an outage of one moves to the next; an answer stops them all."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from nightdesk.actions._outbox import channels_out
from nightdesk.actions.messages import tell
from nightdesk.actions.outbox import claim_message, note_failed, note_sent, send_due_messages
from nightdesk.actions.referrals import acknowledge_page, move_referral
from nightdesk.actions.ways import add_way
from nightdesk.outside.sending import BadAddress, Unsent
from nightdesk.records.contacts import ContactWay
from nightdesk.records.messages import Message, MessageAttempt
from nightdesk.records.referrals import Referral
from nightdesk.records.staff import Staff
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.messages import Notice
from nightdesk.rules.ways import UNANSWERED_SECONDS, UNDER_WAY
from tests.actions.paging import MINUTE, pages, raise_one, referral, step, token_of
from tests.people import as_reader

pytestmark = pytest.mark.usefixtures("plain_triage")
SECOND = timedelta(seconds=1)
N = UNANSWERED_SECONDS * SECOND
NOTICE = Notice("A gap in the rota", "Nobody is on in the night to Friday.")


def give(cast: Any, at: datetime, *channels: str, to: Any = None) -> None:
    """Confirmed ways of Sana (or `to`), in this order."""
    who = to or cast.sana
    addresses = {"sms": "07700 900123", "email": who.email, "webhook": "https://pager.example.org/"}
    for channel in channels:
        address = addresses.get(channel, "")
        add_way(actor=SYSTEM, at=at, staff=who, channel=channel, address=address, confirmed=True)


def paged(cast: Any, at: datetime, *channels: str) -> None:
    """Sana has these ways, and is paged."""
    give(cast, at, *channels)
    raise_one(cast, at)
    step(at)


def sent_at(at: datetime, faults: dict[str, Exception] | None = None) -> list[str]:
    """What leaves at this moment, by channel; channels in `faults` fail."""
    left: list[str] = []

    def send(message: Any) -> str:
        if message.channel in (faults or {}):
            raise (faults or {})[message.channel]
        left.append(message.channel)
        return f"ref-{message.channel}"

    send_due_messages(clock=lambda: at, send=send)
    return left


def test_somebody_with_no_ways_is_told_by_the_address_of_the_account(cast: Any, now: datetime) -> None:
    """As ever."""
    paged(cast, now)
    assert list(Message.objects.values_list("channel", "address", "way")) == [
        ("email", "sana@force.test", None)
    ]


def test_each_way_has_its_turn_until_somebody_answers(cast: Any, now: datetime) -> None:
    """The screen and the first way at once, the next when nobody answered, and after the answer none."""
    paged(cast, now, "sms", "screen", "webhook", "email")
    assert sorted(sent_at(now)) == ["screen", "sms"]
    assert sent_at(now + N - SECOND) == []
    assert sent_at(now + N) == ["webhook"]
    acknowledge_page(at=now + N + SECOND, token=token_of(cast.sana))
    assert sent_at(now + timedelta(hours=1)) == []


def test_when_somebody_is_with_the_person_nothing_is_left_to_send(cast: Any, now: datetime) -> None:
    """Until then what is left waits: an answer can expire. Afterwards no worker looks at it again."""
    paged(cast, now, "sms", "webhook", "email")
    sent_at(now)
    acknowledge_page(at=now + SECOND, token=token_of(cast.sana))
    waiting = Message.objects.filter(due_at__isnull=False)
    assert set(waiting.values_list("channel", flat=True)) == {"webhook", "email"}
    move_referral(
        actor=as_reader(cast.sana), at=now + MINUTE, reference=referral().disclosure.reference, move="arrive"
    )
    assert not waiting.exists()


@pytest.mark.parametrize("newest_first", [False, True])
def test_of_what_is_due_in_the_same_moment_the_older_referral_goes_first(
    cast: Any, now: datetime, newest_first: bool
) -> None:
    """Whatever order the rows lie in; a notice about the rota goes last."""
    give(cast, now, "sms")
    raised = [raise_one(cast, now + n * SECOND) for n in range(3)]
    due = now + MINUTE
    tell(at=due, staff=cast.sana, about="gap", notice=NOTICE)
    for n, told in enumerate(raised):
        turn = now - n * SECOND if newest_first else now
        Referral.objects.filter(disclosure=told).update(next_step_at=turn)
    assert [step(due) for _ in raised] == [True] * 3
    claimed = [claim_message(at=due) for _ in range(4)]
    found = [one.page and one.page.referral.disclosure.reference for one in claimed if one]
    assert found == [*(told.reference for told in raised), None]


def test_a_way_that_was_not_confirmed_is_not_used(cast: Any, now: datetime) -> None:
    """A mistyped number is a stranger's, and the link in a page is the key to answering it."""
    add_way(actor=as_reader(cast.sana), at=now, staff=cast.sana, channel="sms", address="07700900001")
    paged(cast, now)
    assert [m.channel for m in Message.objects.all()] == ["email"]


@pytest.mark.parametrize("fault", [Unsent("server_fault"), TimeoutError(), Unsent("rate_limited", wait=120)])
def test_an_outage_of_one_channel_moves_to_the_next_at_once(
    cast: Any, now: datetime, fault: Exception
) -> None:
    """In the same round; and the first is tried again."""
    paged(cast, now, "sms", "email", "webhook")
    assert sent_at(now, {"sms": fault}) == ["email"]
    first = Message.objects.get(channel="sms")
    wait = getattr(fault, "wait", None) or 5
    assert first.due_at == now + wait * SECOND
    assert sent_at(now + wait * SECOND) == (["sms"] if wait < UNANSWERED_SECONDS else ["webhook", "sms"])


def test_an_address_that_can_never_be_reached_is_given_up_and_marked(cast: Any, now: datetime) -> None:
    """The next way at once; the next page begins with the way that works."""
    paged(cast, now, "sms", "email")
    assert sent_at(now, {"sms": BadAddress()}) == ["email"]
    assert Message.objects.get(channel="sms").due_at is None
    way = ContactWay.objects.get(channel="sms")
    assert (way.failed_at, way.fault) == (now, "bad_address")
    raise_one(cast, now)
    step(now)
    assert sent_at(now) == ["email"]


def test_when_nobody_of_a_step_can_be_told_the_next_step_is_due_at_once(cast: Any, now: datetime) -> None:
    """Rae at once, not after five minutes of waiting for a number that is none."""
    paged(cast, now, "sms")
    assert sent_at(now, {"sms": BadAddress()}) == []
    assert referral().next_step_at == now
    step(now)
    assert [who for who, _ in pages()] == ["sana", "rae"]
    raise_one(cast, now)  # and the next time the address of her account is tried, rather than nothing
    step(now)
    assert sent_at(now, {"sms": BadAddress()}) == ["email", "email"]


def test_a_channel_known_to_be_out_is_passed_over_at_once(cast: Any, now: datetime) -> None:
    """After three faults of anybody the next page begins with the other way, and comes back to this one."""
    paged(cast, now, "sms", "email")
    for seconds in (0, 5, 20):
        sent_at(now + seconds * SECOND, {"sms": Unsent("server_fault")})
    later = now + 30 * SECOND
    assert channels_out(later) == {"sms"}
    raise_one(cast, later)
    step(later)
    assert sent_at(later, {"sms": Unsent("server_fault")}) == ["email"]
    assert Message.objects.filter(channel="sms", due_at=later + N).exists()
    assert channels_out(now + timedelta(hours=1)) == frozenset()


def test_a_channel_that_is_out_holds_up_no_other(cast: Any, now: datetime) -> None:
    """Its messages are older, and still the others go first."""
    give(cast, now, "webhook", to=cast.rae)
    tell(at=now, staff=cast.sana, about="gap", notice=NOTICE)
    tell(at=now + SECOND, staff=cast.rae, about="gap", notice=NOTICE)
    first = claim_message(at=now + SECOND, last=["email"])
    assert first is not None
    assert first.channel == "webhook"


def test_each_attempt_is_kept_with_its_code(cast: Any, now: datetime) -> None:
    """Also one that was cut off by the death of its worker."""
    paged(cast, now)
    assert claim_message(at=now) is not None
    sent_at(now + 30 * SECOND, {"email": ConnectionRefusedError("words of the provider")})
    sent_at(now + 45 * SECOND)
    kept = list(MessageAttempt.objects.order_by("number").values_list("number", "left", "fault"))
    assert kept == [(1, False, UNDER_WAY), (2, False, "ConnectionRefusedError"), (3, True, "")]
    assert Message.objects.get().provider_ref == "ref-email"


def test_a_notice_goes_by_one_way_only(cast: Any, now: datetime) -> None:
    """No answer is waited for, so one that left is enough; while none left, the next way is tried."""
    give(cast, now, "screen", "sms", "email")
    tell(at=now, staff=cast.sana, about="gap", notice=NOTICE)
    tell(at=now, staff=cast.sana, about="gap", notice=NOTICE)
    assert sent_at(now) == ["sms", "sms"]
    assert sent_at(now + timedelta(days=1)) == []
    tell(at=now, staff=cast.sana, about="gap", notice=NOTICE)
    assert sent_at(now, {"sms": Unsent("server_fault")}) == ["email"]
    assert sent_at(now + timedelta(days=1)) == []


def test_what_a_phone_shows_is_short_and_a_letter_says_what_to_do(cast: Any, now: datetime) -> None:
    """One link in each."""
    paged(cast, now, "sms", "email")
    sms, email = (Message.objects.get(channel=channel) for channel in ("sms", "email"))
    assert sms.body.count("http") == email.body.count("http") == 1
    assert len(sms.body) < 306  # two parts of a text message, with room for a long address
    assert sms.body != email.body


def test_a_claim_of_a_notice_runs_out_too(cast: Any, now: datetime) -> None:
    """Killed between claim and sending: due again, and the second worker's noting stands."""
    tell(at=now, staff=cast.sana, about="swap", notice=NOTICE)
    slow, quick = claim_message(at=now), claim_message(at=now + 30 * SECOND)
    assert slow is not None
    assert quick is not None
    note_sent(at=now + 31 * SECOND, message=quick)
    note_failed(at=now + 40 * SECOND, message=slow, fault="TimeoutError")
    assert claim_message(at=now + MINUTE) is None


def test_a_person_without_any_way_at_all_gets_no_message(cast: Any, now: datetime) -> None:
    """Nothing breaks; their page says that they cannot be reached."""
    Staff.objects.filter(pk=cast.sana.pk).update(email="")
    cast.sana.refresh_from_db()
    tell(at=now, staff=cast.sana, about="gap", notice=NOTICE)
    assert not Message.objects.exists()
