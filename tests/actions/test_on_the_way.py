"""On the way and never there: whoever set off is asked, the duty inspector told, as the policy says; nothing is taken."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from nightdesk.actions.hand_over import offer_case, reassign_cases
from nightdesk.actions.on_the_way import arrive_by_page
from nightdesk.actions.outbox import claim_message, note_failed, send_due_messages
from nightdesk.actions.receipts import note_receipts
from nightdesk.actions.referrals import acknowledge_page, move_referral
from nightdesk.actions.rota import add_shifts
from nightdesk.actions.ways import add_way
from nightdesk.queries.disclosures import paging
from nightdesk.queries.paging import history
from nightdesk.records.cases import Case
from nightdesk.records.journal import JournalLine
from nightdesk.records.messages import Message
from nightdesk.records.referrals import Referral, ReferralMove
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.referral import MoveRefused
from tests.actions.paging import ADDRESS, MINUTE, raise_one, referral, step, token_of
from tests.actions.together import at_once, without_faults
from tests.people import as_reader, make_cast

pytestmark = pytest.mark.usefixtures("plain_triage")
FIRST, EVERY, TIMES = 45 * MINUTE, 15 * MINUTE, 4


def on_the_way(cast: Any, at: datetime, *, inspector: bool = True) -> str:
    """Sana set off at `at`, and Maud is the duty inspector; the reference."""
    if inspector:
        hours = (at - MINUTE, at + timedelta(hours=9))
        add_shifts(actor=SYSTEM, at=at, unit=cast.unit_a, shifts=[(cast.maud, "duty_di", *hours)])
    told = raise_one(cast, at)
    step(at)
    acknowledge_page(at=at, token=token_of(cast.sana))
    move_referral(actor=as_reader(cast.sana), at=at, reference=told.reference, move="set_off")
    return told.reference


def reminders() -> list[tuple[str, datetime]]:
    """Who was reminded, when."""
    rows = Message.objects.filter(about="reminder").order_by("made_at", "staff__username")
    return list(rows.values_list("staff__username", "made_at"))


def test_whoever_set_off_is_asked_and_the_inspector_told(cast: Any, now: datetime) -> None:
    """To the minute; it stays hers, and everything is on the record."""
    reference = on_the_way(cast, now)
    assert not step(now + FIRST - timedelta(seconds=1))
    assert step(now + FIRST)
    assert reminders() == [("maud", now + FIRST), ("sana", now + FIRST)]
    assert (referral().state, referral().next_step_at) == ("on_the_way", now + FIRST + EVERY)
    assert Case.objects.get().owner == cast.sana
    move = ReferralMove.objects.get(move="remind")
    assert (move.by, move.at, move.state) == (None, now + FIRST, "on_the_way")
    line = JournalLine.objects.get(kind="referral_reminded")
    assert (line.actor, line.subject, line.facts) == ("system", reference, {"number": 1, "told": 2})


def test_what_they_are_told_says_where_since_when_and_what_to_do(cast: Any, now: datetime) -> None:
    """Nobody is named; the officer's own key answers with one tap, the inspector's link is the case."""
    reference = on_the_way(cast, now)
    step(now + FIRST)
    asked, told = (Message.objects.get(about="reminder", staff=staff) for staff in (cast.sana, cast.maud))
    assert f"{ADDRESS}/staff/page/{token_of(cast.sana)}/" in asked.body
    assert f"{ADDRESS}/staff/cases/{reference}/" in told.body
    for message in (asked, told):
        assert "Harrow Lane" in message.subject
        assert f"since {now:%H:%M}" in message.subject  # in November local time is UTC
        assert "Sana" not in message.body


def test_it_is_repeated_as_often_as_the_policy_says_and_then_left_to_the_counter(
    cast: Any, now: datetime
) -> None:
    """Four times; then nothing is due, it is still hers, and the counter's page goes on saying whom to ring."""
    reference = on_the_way(cast, now)
    for number in range(TIMES):
        assert step(now + FIRST + number * EVERY)
        assert not step(now + FIRST + (number + 1) * EVERY - timedelta(seconds=1))
    assert not step(now + timedelta(days=2))
    assert ReferralMove.objects.filter(move="remind").count() == TIMES
    assert (referral().next_step_at, Case.objects.get().owner) == (None, cast.sana)
    seen = paging(as_reader(cast.priya), reference, now + timedelta(hours=3))
    assert seen is not None
    assert (seen.set_off_at, seen.overdue, seen.ring) == (now, True, "Control room, 01632 960000")


def test_the_counter_says_it_also_when_no_worker_is_alive(cast: Any, now: datetime) -> None:
    """By the time, not by what the worker did."""
    reference = on_the_way(cast, now)
    for minutes, overdue in ((44, False), (45, True)):
        seen = paging(as_reader(cast.priya), reference, now + minutes * MINUTE)
        assert seen is not None
        assert seen.overdue is overdue


def test_after_an_outage_there_is_one_reminder_and_not_all_of_them(cast: Any, now: datetime) -> None:
    """The next a quarter of an hour later."""
    on_the_way(cast, now)
    assert step(now + 2 * FIRST)
    assert not step(now + 2 * FIRST)
    assert referral().next_step_at == now + 2 * FIRST + EVERY


def test_nobody_is_on_as_inspector_so_the_control_room_is_told(cast: Any, now: datetime) -> None:
    """Up, never to nobody; it may open no case, so its link says who is on."""
    hours = (now - MINUTE, now + timedelta(hours=9))
    add_shifts(actor=SYSTEM, at=now, unit=cast.unit_a, shifts=[(cast.priya, "control_room", *hours)])
    on_the_way(cast, now, inspector=False)
    step(now + FIRST)
    assert reminders() == [("priya", now + FIRST), ("sana", now + FIRST)]
    assert f"{ADDRESS}/staff/rota/" in Message.objects.get(about="reminder", staff=cast.priya).body


def test_an_inspector_who_set_off_is_asked_once(cast: Any, now: datetime) -> None:
    """Not told of themselves beside it."""
    hours = (now - MINUTE, now + timedelta(hours=9))
    add_shifts(actor=SYSTEM, at=now, unit=cast.unit_a, shifts=[(cast.sana, "duty_di", *hours)])
    on_the_way(cast, now, inspector=False)
    step(now + FIRST)
    assert [who for who, _ in reminders()] == ["sana"]


def test_a_referral_of_the_time_before_is_never_reminded(cast: Any, now: datetime) -> None:
    """Its policy says nothing of it."""
    told = raise_one(cast, now)
    policy = referral().policy
    del policy["on_the_way"]
    Referral.objects.update(policy=policy)
    step(now)
    acknowledge_page(at=now, token=token_of(cast.sana))
    move_referral(actor=as_reader(cast.sana), at=now, reference=told.reference, move="set_off")
    assert referral().next_step_at is None
    seen = paging(as_reader(cast.priya), told.reference, now + timedelta(hours=5))
    assert seen is not None
    assert (seen.set_off_at, seen.overdue) == (now, False)


@pytest.mark.parametrize("ends", ["arrive", "decline", "reassign", "take_over"])
def test_it_ends_when_they_are_there_or_somebody_else_has_it(cast: Any, now: datetime, ends: str) -> None:
    """And what had not left yet is not sent any more, also when somebody else sets off."""
    reference, sana, later = on_the_way(cast, now), as_reader(cast.sana), now + FIRST + MINUTE
    step(now + FIRST)
    if ends == "reassign":
        maud = as_reader(cast.maud)
        reassign_cases(actor=maud, at=later, owner=cast.sana.pk, to={reference: None}, address=ADDRESS)
    elif ends == "take_over":
        offer_case(actor=sana, at=later, reference=reference, to=cast.rae.pk, address=ADDRESS)
        assert Message.objects.filter(about="reminder", due_at__isnull=False).count() == 2, "still on the way"
        acknowledge_page(at=later, token=token_of(cast.rae))
    else:
        move_referral(actor=sana, at=later, reference=reference, move=ends, reason="other")
    assert not Message.objects.filter(about="reminder", due_at__isnull=False).exists()
    while step(later + MINUTE):
        pass
    assert ReferralMove.objects.filter(move="remind").count() == 1


def test_whoever_takes_it_over_and_sets_off_has_their_own_time(cast: Any, now: datetime) -> None:
    """Counted from their setting off, from the first reminder on."""
    reference, later = on_the_way(cast, now), now + FIRST + MINUTE
    step(now + FIRST)
    offer_case(actor=as_reader(cast.sana), at=later, reference=reference, to=cast.rae.pk, address=ADDRESS)
    acknowledge_page(at=later, token=token_of(cast.rae))
    move_referral(actor=as_reader(cast.rae), at=later, reference=reference, move="set_off")
    assert not step(later + FIRST - MINUTE)
    assert step(later + FIRST)
    assert reminders()[-2:] == [("maud", later + FIRST), ("rae", later + FIRST)]
    assert JournalLine.objects.filter(kind="referral_reminded").order_by("seq").last().facts["number"] == 1  # type: ignore[union-attr]


def test_a_case_whose_person_was_met_before_has_nobody_waiting(cast: Any, now: datetime) -> None:
    """Reassigned days later, whoever goes to see the person is not chased."""
    reference = on_the_way(cast, now)
    move_referral(actor=as_reader(cast.sana), at=now, reference=reference, move="arrive")
    maud = as_reader(cast.maud)
    reassign_cases(actor=maud, at=now, owner=cast.sana.pk, to={reference: cast.rae.pk}, address=ADDRESS)
    acknowledge_page(at=now, token=token_of(cast.rae))
    move_referral(actor=as_reader(cast.rae), at=now, reference=reference, move="set_off")
    assert referral().next_step_at is None


def test_two_workers_remind_once(journey_db: None, now: datetime) -> None:
    """The row is locked, or its move is there already."""
    cast = make_cast(now)
    on_the_way(cast, now)
    taken = without_faults(at_once(*[lambda: step(now + FIRST)] * 4))
    assert sorted(taken) == [False, False, False, True]
    assert len(reminders()) == 2


def test_one_tap_on_the_link_says_that_they_are_there(cast: Any, now: datetime) -> None:
    """Twice is once; and a link of somebody who does not have it (any more) is refused aloud."""
    on_the_way(cast, now)
    token = token_of(cast.sana)
    arrive_by_page(at=now + FIRST, token=token)
    arrive_by_page(at=now + FIRST, token=token)
    assert (referral().state, referral().next_step_at) == ("with_the_person", None)
    assert ReferralMove.objects.get(move="arrive").by == cast.sana
    line = JournalLine.objects.filter(kind="referral_moved").order_by("-seq")[0]
    assert (line.actor, line.facts) == (str(cast.sana.pk), {"move": "arrive", "state": "with_the_person"})


def test_a_link_of_somebody_else_moves_nothing(cast: Any, now: datetime) -> None:
    """Sana gave it to Rae, who is on the way."""
    reference = on_the_way(cast, now)
    offer_case(actor=as_reader(cast.sana), at=now, reference=reference, to=cast.rae.pk, address=ADDRESS)
    acknowledge_page(at=now, token=token_of(cast.rae))
    move_referral(actor=as_reader(cast.rae), at=now, reference=reference, move="set_off")
    with pytest.raises(MoveRefused, match="not yours any more"):
        arrive_by_page(at=now, token=token_of(cast.sana))
    assert referral().state == "on_the_way"


def test_the_history_says_who_was_reminded_and_how_it_went(cast: Any, now: datetime) -> None:
    """By name and way, with the receipt; each under its reference in the journal."""
    add_way(actor=SYSTEM, at=now, staff=cast.sana, channel="sms", address="07700 900123", confirmed=True)
    reference = on_the_way(cast, now)
    send_due_messages(clock=lambda: now, send=lambda m: "a")
    step(now + FIRST)
    send_due_messages(clock=lambda: now + FIRST, send=lambda m: str(m.id)[:8])
    note_receipts(at=now + FIRST, ask=lambda ref: "delivered", newer_than=timedelta(hours=1))
    events = history(as_reader(cast.maud), reference, now)
    assert events is not None
    (event,) = [event for event in events if event.what == "remind"]
    assert sorted((sent.to, sent.channel, sent.receipt) for sent in event.sent) == [
        ("Maud", "email", ""), ("Sana", "sms", "delivered"),
    ]  # fmt: skip
    assert JournalLine.objects.filter(kind="message_sent", subject=reference).count() == 2


def test_a_reminder_that_could_not_leave_goes_by_the_next_way_and_never_beside_the_next_one(
    cast: Any, now: datetime
) -> None:
    """Asked anew, the earlier question is dropped."""
    for channel, address in (("sms", "07700 900123"), ("email", "sana@force.test")):
        add_way(actor=SYSTEM, at=now, staff=cast.sana, channel=channel, address=address, confirmed=True)
    on_the_way(cast, now, inspector=False)
    step(now + FIRST)
    first = claim_message(at=now + FIRST)
    assert first is not None
    note_failed(at=now + FIRST, message=first, fault="no_answer")
    second = claim_message(at=now + FIRST)
    assert second is not None
    assert (first.channel, second.channel) == ("sms", "email")
    step(now + FIRST + EVERY)
    due = Message.objects.filter(about="reminder", due_at__isnull=False)
    assert {message.made_at for message in due} == {now + FIRST + EVERY}
