"""The worker: whoever is on is told, a message that can't leave is tried again, two workers never send one step twice."""

from datetime import datetime, timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.db import DatabaseError

from nightdesk.actions import worker
from nightdesk.actions.outbox import CLAIM_SECONDS, RETRY_SECONDS, claim_message, note_failed, note_sent
from nightdesk.actions.referrals import acknowledge_page
from nightdesk.actions.rota import add_shifts
from nightdesk.actions.worker import (
    StepFailed,
    beat,
    on_duty,
    send_due_messages,
    take_due_step,
)
from nightdesk.records.journal import JournalLine
from nightdesk.records.messages import Heartbeat, Message
from nightdesk.records.referrals import Page, Referral, ReferralMove
from nightdesk.records.rota import Shift
from nightdesk.records.staff import Staff
from nightdesk.rules.access import SYSTEM
from tests.actions.paging import ADDRESS, MINUTE, pages, raise_one, referral, step, token_of
from tests.actions.together import at_once, whole_journal, without_faults
from tests.people import make_cast
from tests.records.taking import MARKED, MARKS, take

pytestmark = pytest.mark.usefixtures("plain_triage")
SECOND = timedelta(seconds=1)


def refuse(_: Any) -> None:
    """A mail server that is out."""
    raise SMTPServerDisconnected("out")


def paged(cast: Any, at: datetime) -> Message:
    """A referral with its first page in the outbox."""
    raise_one(cast, at)
    step(at)
    return Message.objects.get()


def test_a_page_is_put_in_the_outbox_with_the_step(cast: Any, now: datetime) -> None:
    """To Sana, with the one link; due at once."""
    message = paged(cast, now)
    assert (message.address, message.channel, message.due_at, message.sent_at) == (
        "sana@force.test",
        "email",
        now,
        None,
    )
    assert f"{ADDRESS}/staff/page/{token_of(cast.sana)}/" in message.body
    assert "Harrow Lane" in message.subject


def test_a_page_carries_nothing_of_the_person(cast: Any, now: datetime) -> None:
    """Every sensitive field has a mark; none is in any message, whatever the step."""
    take(cast, now, MARKED)
    for minutes in range(0, 31, 5):
        while step(now + minutes * MINUTE):
            pass
    text = " ".join(f"{m.subject} {m.body} {m.address}" for m in Message.objects.all()).casefold()
    assert Message.objects.count() >= 2
    assert not [mark for mark in MARKS if mark.casefold() in text]
    assert "sexual" not in text


def test_nothing_due_is_nothing_done(cast: Any, now: datetime) -> None:
    """An idle worker writes no line."""
    lines = JournalLine.objects.count()
    assert not step(now)
    assert send_due_messages(clock=lambda: now, send=refuse) == 0
    assert JournalLine.objects.count() == lines


def shift(cast: Any, who: Any, start: datetime, end: datetime, layer: str = "soit") -> None:
    """Put somebody of unit A on."""
    add_shifts(actor=SYSTEM, at=start, unit=cast.unit_a, shifts=[(who, layer, start, end)])


@pytest.mark.parametrize(
    ("starts", "ends", "on"),
    [(-60, 60, True), (0, 60, True), (1, 60, False), (-60, 0, False), (-60, 1, True)],
)
def test_on_duty_from_the_first_minute_to_before_the_last(
    cast: Any, now: datetime, starts: int, ends: int, on: bool
) -> None:
    """A hand-over has no gap and no overlap."""
    Shift.objects.all().delete()
    shift(cast, cast.maud, now + starts * MINUTE, now + ends * MINUTE)
    raise_one(cast, now)
    assert on_duty(referral(), "soit", now) == ([cast.maud] if on else [])


def test_somebody_with_two_shifts_at_once_is_told_once(cast: Any, now: datetime) -> None:
    """Swapped and not struck out."""
    shift(cast, cast.sana, now - MINUTE, now + MINUTE)
    paged(cast, now)
    assert pages() == [("sana", "soit")]


def test_everybody_of_a_layer_is_told(cast: Any, now: datetime) -> None:
    """Longest on duty first."""
    shift(cast, cast.maud, now - MINUTE, now + MINUTE)
    raise_one(cast, now)
    assert on_duty(referral(), "soit", now) == [cast.sana, cast.maud]
    step(now)
    assert Message.objects.count() == 2
    assert len(set(Page.objects.values_list("token", flat=True))) == 2


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}])
def test_nobody_waits_for_the_answer_of_somebody_who_cannot_be_told(
    cast: Any, now: datetime, change: dict[str, Any]
) -> None:
    """Left the force, or has no address: the next layer is told at once."""
    Staff.objects.filter(pk=cast.sana.pk).update(**change)
    raise_one(cast, now)
    assert step(now)
    assert step(now)
    assert pages() == [("rae", "second")]


def test_a_message_that_left_is_sent_once(cast: Any, now: datetime) -> None:
    """With its line, which names the disclosure and not the address."""
    message, sent = paged(cast, now), []
    assert send_due_messages(clock=lambda: now, send=sent.append) == 1
    assert send_due_messages(clock=lambda: now + timedelta(days=1), send=sent.append) == 0
    assert [m.pk for m in sent] == [message.pk]
    message.refresh_from_db()
    assert (message.sent_at, message.due_at, message.attempts, message.fault) == (now, None, 1, "")
    line = JournalLine.objects.get(kind="message_sent")
    assert (line.subject, line.facts) == (referral().disclosure.reference, {"channel": "email", "attempt": 1})


def test_a_message_that_cannot_leave_is_tried_again_ever_more_slowly_and_never_given_up(
    cast: Any, now: datetime
) -> None:
    """The mail is out for an hour; when it is back, the page leaves."""
    message, at, waits = paged(cast, now), now, []
    for _ in range(8):
        assert send_due_messages(clock=lambda t=at: t, send=refuse) == 0
        message.refresh_from_db()
        assert message.due_at is not None
        waits.append(int((message.due_at - at).total_seconds()))
        assert send_due_messages(clock=lambda t=message.due_at - SECOND: t, send=refuse) == 0
        at = message.due_at
    assert waits == [*RETRY_SECONDS, *[RETRY_SECONDS[-1]] * 4]
    assert message.fault == "SMTPServerDisconnected"
    assert JournalLine.objects.filter(kind="message_failed").count() == 8
    assert send_due_messages(clock=lambda: at, send=lambda m: None) == 1


@pytest.mark.parametrize("fault", [OSError(), TimeoutError(), ValueError("no address"), UnicodeError()])
def test_one_message_that_cannot_leave_holds_up_no_other(cast: Any, now: datetime, fault: Exception) -> None:
    """An address that is none, a server that refuses."""
    shift(cast, cast.maud, now - MINUTE, now + MINUTE)
    paged_to: list[str] = []
    raise_one(cast, now)
    step(now)

    def send(message: Any) -> None:
        if message.address.startswith("sana"):
            raise fault
        paged_to.append(message.address)

    assert send_due_messages(clock=lambda: now, send=send) == 1
    assert paged_to == ["maud@force.test"]


def test_a_message_whose_worker_died_is_due_again(cast: Any, now: datetime) -> None:
    """Claimed, and then nothing: half a minute later another worker sends it."""
    paged(cast, now)
    claimed = claim_message(at=now)
    assert claimed is not None
    assert claim_message(at=now + (CLAIM_SECONDS - 1) * SECOND) is None
    again = claim_message(at=now + CLAIM_SECONDS * SECOND)
    assert again is not None
    assert (again.pk, again.attempts) == (claimed.pk, 2)


def test_a_slow_worker_cannot_unsend_what_another_sent(cast: Any, now: datetime) -> None:
    """Its claim ran out, another sent the message; then its own connection fails."""
    paged(cast, now)
    slow, quick = claim_message(at=now), claim_message(at=now + CLAIM_SECONDS * SECOND)
    assert slow is not None
    assert quick is not None
    note_sent(at=now + 31 * SECOND, message=quick)
    note_failed(at=now + 40 * SECOND, message=slow, fault="TimeoutError")
    assert (Message.objects.get().due_at, Message.objects.get().sent_at) == (None, now + 31 * SECOND)
    assert claim_message(at=now + timedelta(days=1)) is None


def test_nobody_is_woken_for_what_somebody_already_has(cast: Any, now: datetime) -> None:
    """The mail was out until after Rae had answered on the screen. If she hands it back, the page leaves after all."""
    paged(cast, now)
    step(now + 5 * MINUTE)
    send_due_messages(clock=lambda: now + 5 * MINUTE, send=refuse)
    acknowledge_page(at=now + 6 * MINUTE, token=token_of(cast.rae))
    assert claim_message(at=now + timedelta(hours=4)) is None


@pytest.mark.parametrize("length", [201, 254])
def test_a_long_address_is_an_address(cast: Any, now: datetime, length: int) -> None:
    """It must not stop the paging of everybody else."""
    address = "s" * (length - len("@force.test")) + "@force.test"
    Staff.objects.filter(pk=cast.sana.pk).update(email=address)
    assert paged(cast, now).address == address


def test_a_worker_says_that_it_is_alive(db: None, now: datetime) -> None:
    """One row, the newest beat."""
    beat(at=now)
    beat(at=now + MINUTE)
    assert Heartbeat.objects.get().at == now + MINUTE


def test_a_referral_that_cannot_be_taken_is_named_and_passed_over(cast: Any, now: datetime) -> None:
    """Its rows stay as they were, and the others are paged."""
    broken = Referral.objects.get(disclosure=raise_one(cast, now))
    Referral.objects.update(policy={"edition": "?", "steps": []})
    lines = JournalLine.objects.count()
    with pytest.raises(StepFailed) as failed:
        take_due_step(at=now, address=ADDRESS)
    assert failed.value.referral == broken.pk
    assert (JournalLine.objects.count(), Page.objects.count()) == (lines, 0)
    raise_one(cast, now)
    assert take_due_step(at=now, address=ADDRESS, passing_over=[broken.pk])
    assert not take_due_step(at=now, address=ADDRESS, passing_over=[broken.pk])
    assert Page.objects.count() == 1


def test_a_database_that_is_out_is_nobodys_referrals_fault(
    cast: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Passing over the referral would hide that nobody at all is paged."""
    raise_one(cast, now)

    def out(*_: Any, **__: Any) -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(worker, "page_step", out)
    with pytest.raises(DatabaseError, match="gone"):
        take_due_step(at=now, address=ADDRESS)


def test_many_workers_take_each_step_once(journey_db: None, now: datetime) -> None:
    """Five workers wake at the same moment on six referrals: six pages, twelve lines, one chain."""
    cast = make_cast(now)
    for _ in range(6):
        raise_one(cast, now)

    def work() -> int:
        taken = 0
        while take_due_step(at=now, address=ADDRESS):
            taken += 1
        return taken

    # A worker that finds all due rows held by others goes to sleep; the next round finds what is left.
    taken = sum(without_faults(at_once(*[work] * 5))) + work()
    assert taken == 6
    assert sorted(ReferralMove.objects.values_list("step", flat=True)) == [0] * 6
    assert Page.objects.count() == Message.objects.count() == 6
    assert set(Referral.objects.values_list("step", "state")) == {(1, "paged")}
    whole_journal()


def test_many_workers_send_each_message_once(journey_db: None, now: datetime) -> None:
    """At the same moment."""
    cast = make_cast(now)
    for _ in range(6):
        raise_one(cast, now)
    while step(now):
        pass
    sent: list[Any] = []

    def work() -> int:
        return send_due_messages(clock=lambda: now, send=lambda m: sent.append(m.pk))

    assert sum(without_faults(at_once(*[work] * 5))) + work() == 6
    assert len(sent) == len(set(sent)) == 6
    whole_journal()
