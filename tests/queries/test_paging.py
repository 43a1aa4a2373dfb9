"""What somebody is asked now, the whole record of a page, and who can't be reached."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from nightdesk.actions.hand_over import offer_case
from nightdesk.actions.outbox import claim_message, send_due_messages
from nightdesk.actions.receipts import SOON, note_receipts
from nightdesk.actions.referral_answers import decline_page
from nightdesk.actions.referrals import acknowledge_page, move_referral
from nightdesk.actions.ways import add_way
from nightdesk.outside.sending import BadAddress, Unsent
from nightdesk.queries.disclosures import paging
from nightdesk.queries.paging import call_outs, case_loads, colleagues, held_by, history, reachable_now
from nightdesk.queries.ways import own_ways, unit_reach
from nightdesk.records.contacts import ContactWay
from nightdesk.records.staff import Staff
from nightdesk.rules.access import SYSTEM
from tests.actions.paging import ADDRESS, MINUTE, raise_one, step, token_of
from tests.people import as_reader

pytestmark = pytest.mark.usefixtures("plain_triage")


def ways(cast: Any, at: datetime, *channels: str) -> None:
    """Sana's, confirmed."""
    addresses = {"sms": "07700 900123", "email": "sana@force.test", "webhook": "https://pager.example.org/"}
    for channel in channels:
        add_way(
            actor=SYSTEM,
            at=at,
            staff=cast.sana,
            channel=channel,
            address=addresses.get(channel, ""),
            confirmed=True,
        )


def seen(cast: Any, reference: str, now: datetime, who: str = "priya") -> list[tuple[str, str]]:
    """What happened and by or to whom."""
    found = history(as_reader(getattr(cast, who)), reference, now)
    assert found is not None
    return [(event.what, event.who) for event in found]


def test_a_call_out_is_asked_until_somebody_answers(cast: Any, now: datetime) -> None:
    """Of whoever was told, and of nobody else."""
    told = raise_one(cast, now)
    step(now)
    (call,) = call_outs(as_reader(cast.sana))
    assert (call.reference, call.station, call.offered) == (told.reference, "Harrow Lane", False)
    assert call_outs(as_reader(cast.rae)) == call_outs(as_reader(cast.maud)) == []
    step(now + 5 * MINUTE)
    assert len(call_outs(as_reader(cast.rae))) == 1
    acknowledge_page(at=now + 6 * MINUTE, token=call.token)
    assert call_outs(as_reader(cast.sana)) == call_outs(as_reader(cast.rae)) == []


def test_whoever_said_no_is_asked_no_more(cast: Any, now: datetime) -> None:
    """And told again at the last step, is asked again: once for the referral, not once a page."""
    raise_one(cast, now)
    step(now)
    decline_page(at=now, token=token_of(cast.sana), reason="unwell")
    assert call_outs(as_reader(cast.sana)) == []


def test_a_colleague_is_asked_by_name(cast: Any, now: datetime) -> None:
    """While the owner still has it."""
    told = raise_one(cast, now)
    step(now)
    acknowledge_page(at=now, token=token_of(cast.sana))
    sana = as_reader(cast.sana)
    assert colleagues(sana, told.reference, now) == [(cast.rae.pk, "Rae")]
    offer_case(actor=sana, at=now, reference=told.reference, to=cast.rae.pk, address=ADDRESS)
    assert [call.offered for call in call_outs(as_reader(cast.rae))] == [True]
    assert call_outs(sana) == []


def test_the_history_says_who_when_how_and_what_came_of_it(cast: Any, now: datetime) -> None:
    """Raised, told by text (failed, then delivered), nobody answers, Rae is told, answers, lets it run out."""
    ways(cast, now, "sms", "email")
    told = raise_one(cast, now)
    step(now)

    def out(_: Any) -> str:
        raise Unsent("server_fault")

    send_due_messages(clock=lambda: now, send=out)
    send_due_messages(clock=lambda: now + timedelta(seconds=5), send=lambda m: "ref")
    note_receipts(at=now + MINUTE, ask=lambda ref: "delivered", newer_than=SOON)
    step(now + 5 * MINUTE)
    acknowledge_page(at=now + 6 * MINUTE, token=token_of(cast.rae))
    step(now + 21 * MINUTE)
    assert seen(cast, told.reference, now) == [
        ("raised", "Priya"), ("told", "Sana"), ("told", "Rae"), ("acknowledge", "Rae"), ("expire", ""),
    ]  # fmt: skip
    found = history(as_reader(cast.priya), told.reference, now)
    assert found is not None
    sms, email = sorted(found[1].sent, key=lambda sent: sent.channel, reverse=True)
    assert (sms.channel, sms.attempts, sms.receipt, sms.delivered_at) == ("sms", 2, "delivered", now + MINUTE)
    assert [fault for _, fault in sms.faults] == ["server_fault"]
    assert (email.sent_at, [fault for _, fault in email.faults]) == (
        now + timedelta(seconds=5),
        ["server_fault"],
    )
    assert (found[1].layer, found[1].step, found[2].layer) == ("soit", 0, "second")


def test_a_step_at_which_nobody_was_on_is_in_the_history(cast: Any, now: datetime) -> None:
    """So that the gap is seen."""
    told = raise_one(cast, now)
    for minutes in (0, 5, 10):
        while step(now + minutes * MINUTE):
            pass
    assert seen(cast, told.reference, now)[-2:] == [("nobody", ""), ("nobody", "")]


def test_an_attempt_that_was_cut_off_is_seen_when_it_is_made_again(cast: Any, now: datetime) -> None:
    """One that is being made is no fault."""
    told = raise_one(cast, now)
    step(now)

    def faults() -> list[str]:
        found = history(as_reader(cast.sana), told.reference, now)
        assert found is not None
        return [fault for _, fault in found[1].sent[0].faults]

    claim_message(at=now)
    assert faults() == []
    claim_message(at=now + MINUTE)
    assert faults() == ["under_way"]


MAY_KNOW = {"priya": True, "sana": True, "maud": True, "odile": True}
MAY_NOT = {"tom": False, "kofi": False, "idris": False, "alex": False}


@pytest.mark.parametrize(("who", "sees"), list({**MAY_KNOW, **MAY_NOT}.items()))
def test_the_history_is_for_whoever_may_know_of_the_case(
    cast: Any, now: datetime, who: str, sees: bool
) -> None:
    """The counter that took it, its unit, the auditor; no such and not yours look alike."""
    told = raise_one(cast, now)
    reader = as_reader(getattr(cast, who))
    assert (history(reader, told.reference, now) is not None) == sees
    assert history(reader, "AAAA-AAAA", now) is None


def test_the_counter_sees_that_an_answer_is_none_any_more(cast: Any, now: datetime) -> None:
    """Not “answered”, while everybody is being told again."""
    told = raise_one(cast, now)
    step(now)
    acknowledge_page(at=now, token=token_of(cast.sana))
    step(now + 15 * MINUTE)
    shown = paging(as_reader(cast.priya), told.reference, now + 15 * MINUTE)
    assert shown is not None
    assert (shown.state, shown.answered_by, shown.told[0].let_go) == ("paged", "", "expired")
    acknowledge_page(at=now + 16 * MINUTE, token=token_of(cast.sana))
    move_referral(
        actor=as_reader(cast.sana),
        at=now + 16 * MINUTE,
        reference=told.reference,
        move="decline",
        reason="unwell",
    )
    shown = paging(as_reader(cast.priya), told.reference, now + 16 * MINUTE)
    assert shown is not None
    assert shown.told[0].let_go == "declined"


def test_what_is_only_on_a_screen_does_not_hide_that_nothing_left(cast: Any, now: datetime) -> None:
    """The mail is out: the counter is told that Sana may not know, although a screen would show it."""
    ways(cast, now, "screen", "email")
    told = raise_one(cast, now)
    step(now)

    def out(message: Any) -> str:
        if message.channel == "email":
            raise Unsent("no_answer")
        return ""

    send_due_messages(clock=lambda: now, send=out)
    shown = paging(as_reader(cast.priya), told.reference, now)
    assert shown is not None
    assert not shown.told[0].sent


def test_ones_own_ways_and_what_is_wrong_with_them(cast: Any, now: datetime) -> None:
    """None but the account's address counts as one; a screen alone is said to be one that must be looked at."""
    sana = as_reader(cast.sana)
    assert (own_ways(sana).works, own_ways(sana).ways, own_ways(sana).account) == (1, (), "sana@force.test")
    ways(cast, now, "screen", "sms")
    assert (own_ways(sana).works, own_ways(sana).only_screen) == (2, False)
    ContactWay.objects.filter(channel="sms").update(failed_at=now, fault="bad_address")
    Staff.objects.filter(pk=cast.sana.pk).update(email="")
    assert (own_ways(sana).works, own_ways(sana).only_screen) == (1, True)
    assert [way.channel for way in own_ways(sana).ways] == ["screen", "sms"]


def test_a_supervisor_sees_who_of_the_unit_cannot_be_reached(cast: Any, now: datetime) -> None:
    """First of all; nobody of another unit; with the layers in which they will be on."""
    ways(cast, now, "sms", "email")
    Staff.objects.filter(pk=cast.rae.pk).update(email="")
    rows = unit_reach(as_reader(cast.maud), now)
    assert [(row.name, row.reached, row.enough) for row in rows] == [
        ("Rae", False, False), ("Maud", True, False), ("Sana", True, True),
    ]  # fmt: skip
    assert (rows[0].layers, rows[2].channels) == (("second",), ("sms", "email"))
    assert unit_reach(as_reader(cast.idris), now) == []


def test_who_can_be_asked_now(cast: Any, now: datetime) -> None:
    """On duty, and with a way that works."""
    assert reachable_now(cast.unit_a.pk, now) == [(cast.rae.pk, "Rae"), (cast.sana.pk, "Sana")]
    assert reachable_now(cast.unit_a.pk, now + timedelta(hours=11)) == []
    Staff.objects.filter(pk=cast.rae.pk).update(email="")
    assert reachable_now(cast.unit_a.pk, now) == [(cast.sana.pk, "Sana")]


def test_who_has_how_many_cases(cast: Any, now: datetime) -> None:
    """Of the supervisor's unit, open ones only."""
    for _ in range(3):
        raise_one(cast, now)
        while step(now):
            pass
    for call in call_outs(as_reader(cast.sana))[:2]:
        acknowledge_page(at=now, token=call.token)
    maud = as_reader(cast.maud)
    assert case_loads(maud) == [(cast.sana.pk, "Sana", 2)]
    name, rows = held_by(maud, cast.sana.pk)
    assert (name, [row.state for row in rows]) == ("Sana", ["acknowledged"] * 2)
    assert held_by(maud, cast.kofi.pk) == ("", [])
    assert case_loads(as_reader(cast.idris)) == []


def test_an_address_that_can_never_be_reached_is_said_to_be_given_up(cast: Any, now: datetime) -> None:
    """In the history of the page."""
    ways(cast, now, "sms", "email")
    told = raise_one(cast, now)
    step(now)

    def bad(message: Any) -> str:
        if message.channel == "sms":
            raise BadAddress
        return ""

    send_due_messages(clock=lambda: now, send=bad)
    found = history(as_reader(cast.sana), told.reference, now)
    assert found is not None
    assert {(sent.channel, sent.given_up) for sent in found[1].sent} == {("sms", True), ("email", False)}
