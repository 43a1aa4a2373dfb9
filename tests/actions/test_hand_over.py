"""A case goes to a colleague only when they have taken it; cases of somebody who fell ill are nobody's for no moment."""

import contextlib
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from nightdesk.actions.hand_over import (
    APART,
    MOST,
    HandOverRefused,
    offer_case,
    reassign_cases,
    take_back_offer,
)
from nightdesk.actions.outbox import send_due_messages
from nightdesk.actions.referral_answers import decline_page
from nightdesk.actions.referrals import acknowledge_page, move_referral
from nightdesk.queries.messages import page_by_token
from nightdesk.queries.paging import call_outs
from nightdesk.records.cases import Case
from nightdesk.records.journal import JournalLine
from nightdesk.records.messages import Message
from nightdesk.records.referrals import Page, Referral, ReferralMove
from nightdesk.records.rota import Shift
from nightdesk.records.staff import Staff
from nightdesk.rules.referral import MoveRefused
from tests.actions.closings import ask, closable, look
from tests.actions.paging import ADDRESS, MINUTE, raise_one, referral, step, token_of
from tests.actions.together import at_once, without_faults
from tests.people import as_reader, make_cast

pytestmark = pytest.mark.usefixtures("plain_triage")


def has_one(cast: Any, at: datetime, *moves: str) -> str:
    """Sana answered one, and made these moves; its reference."""
    told = raise_one(cast, at)
    step(at)
    acknowledge_page(at=at, token=Page.objects.get(referral__disclosure=told).token)
    for move in moves:
        move_referral(actor=as_reader(cast.sana), at=at, reference=told.reference, move=move)
    return told.reference


def offer(cast: Any, at: datetime, reference: str, *, to: Any = None, by: Any = None) -> Referral:
    """Sana asks Rae."""
    actor = as_reader(by or cast.sana)
    return offer_case(actor=actor, at=at, reference=reference, to=(to or cast.rae).pk, address=ADDRESS)


@pytest.mark.parametrize(
    ("moves", "offered", "taken"),
    [
        ([], "acknowledged", "acknowledged"),
        (["set_off"], "on_the_way", "acknowledged"),
        (["arrive"], "with_the_person", "with_the_person"),
        (["arrive", "hand_over"], "handed_over", "handed_over"),
    ],
)
def test_until_the_colleague_takes_it_the_owner_has_it(
    cast: Any, now: datetime, moves: list[str], offered: str, taken: str
) -> None:
    """One tap on the link takes it over; a second changes nothing."""
    reference = has_one(cast, now, *moves)
    assert offer(cast, now + MINUTE, reference).state == offered
    assert (Case.objects.get().owner, referral().meant_for) == (cast.sana, cast.rae)
    for _ in range(2):
        acknowledge_page(at=now + 2 * MINUTE, token=token_of(cast.rae))
    assert (referral().state, Case.objects.get().owner, referral().meant_for) == (taken, cast.rae, None)
    assert ReferralMove.objects.filter(move="take_over").count() == 1
    assert JournalLine.objects.get(kind="case_offered").facts == {"to": str(cast.rae.pk)}


def test_a_closed_case_is_nobodys_to_give_or_to_take(cast: Any, now: datetime) -> None:
    """Offered before it was closed, the link takes nothing, and says that somebody has it."""
    reference = closable(cast, now)
    offer(cast, now, reference)
    ask(cast.sana, now + MINUTE, reference)
    look(cast.maud, now + MINUTE, reference)
    assert page_by_token(token_of(cast.rae)).waiting is False
    assert call_outs(as_reader(cast.rae)) == []
    acknowledge_page(at=now + 2 * MINUTE, token=token_of(cast.rae))
    assert Case.objects.get().owner == cast.sana
    with pytest.raises(HandOverRefused, match="is closed"):
        offer(cast, now + 3 * MINUTE, reference)


@pytest.mark.parametrize("state", ["investigating", "asked_to_close", "sent_back", "reopened"])
def test_an_open_case_changes_hands_in_every_state(cast: Any, now: datetime, state: str) -> None:
    """Weeks after the person was handed over: who takes it has it, and nothing else changes."""
    reference = closable(cast, now)
    Case.objects.update(state=state)  # how it came to be so is shown in test_closings.py
    offer(cast, now, reference)
    acknowledge_page(at=now + MINUTE, token=token_of(cast.rae))
    case = Case.objects.get()
    assert (case.owner, case.state) == (cast.rae, state)
    assert case.statuses.filter(move="take_on", by=cast.rae, state=state).count() == 1


def test_what_was_handed_over_is_offered_by_a_supervisor_and_stays_till_taken(
    cast: Any, now: datetime
) -> None:
    """Its owner is away. Nobody is called out for it: a colleague is asked by name, told once, and asked once."""
    reference = closable(cast, now)
    give = {"actor": as_reader(cast.maud), "owner": cast.sana.pk, "address": ADDRESS}
    with pytest.raises(HandOverRefused, match="Choose a colleague"):
        reassign_cases(at=now, to={reference: None}, **give)
    for _ in range(2):
        assert reassign_cases(at=now, to={reference: cast.rae.pk}, **give) == 1
    assert (Case.objects.get().owner, referral().state) == (cast.sana, "handed_over")
    assert referral().next_step_at is None
    assert (
        Message.objects.filter(about="reassigned", staff=cast.rae).values("made_at").distinct().count() == 1
    )
    acknowledge_page(at=now + MINUTE, token=token_of(cast.rae))
    assert Case.objects.get().owner == cast.rae
    assert reassign_cases(at=now, to={reference: cast.rae.pk}, **give) == 0


def test_a_colleague_is_told_and_asked_in_words_of_its_own(cast: Any, now: datetime) -> None:
    """Never “the next person is told”: nobody is."""
    offer(cast, now, has_one(cast, now))
    sent: list[Any] = []
    send_due_messages(clock=lambda: now, send=sent.append)
    (message,) = sent
    assert message.staff == cast.rae
    assert "take over" in message.body
    assert "next person" not in message.body


def test_a_colleague_who_cannot_says_so_and_the_owner_keeps_it(cast: Any, now: datetime) -> None:
    """With a reason; they can be asked again."""
    reference = has_one(cast, now)
    offer(cast, now, reference)
    with pytest.raises(MoveRefused, match="Choose why"):
        decline_page(at=now, token=token_of(cast.rae), reason="")
    decline_page(at=now, token=token_of(cast.rae), reason="other_call")
    assert (referral().state, referral().meant_for, Case.objects.get().owner) == (
        "acknowledged",
        None,
        cast.sana,
    )
    acknowledge_page(at=now, token=token_of(cast.rae))
    assert Case.objects.get().owner == cast.sana
    assert offer(cast, now + MINUTE, reference).meant_for_id == cast.rae.pk


def test_an_offer_taken_back_is_over(cast: Any, now: datetime) -> None:
    """The link shows that somebody has it, and takes nothing."""
    reference = has_one(cast, now)
    offer(cast, now, reference)
    for _ in range(2):
        take_back_offer(actor=as_reader(cast.sana), at=now + MINUTE, reference=reference)
    acknowledge_page(at=now + 2 * MINUTE, token=token_of(cast.rae))
    assert (Case.objects.get().owner, referral().meant_for) == (cast.sana, None)
    assert ReferralMove.objects.filter(move="take_back").count() == 1


def test_the_answer_runs_out_all_the_same_and_the_offer_with_it(cast: Any, now: datetime) -> None:
    """Asking a colleague is not setting off."""
    reference = has_one(cast, now)
    offer(cast, now + MINUTE, reference)
    assert step(now + 15 * MINUTE)
    assert (referral().state, referral().meant_for) == ("paged", None)
    step(now + 15 * MINUTE)
    assert Page.objects.filter(layer="second", staff=cast.rae).exists()


def test_an_offer_leaves_no_step_of_the_policy_out(cast: Any, now: datetime) -> None:
    """It has a number of its own; after it the second officer is still the second to be told."""
    reference = has_one(cast, now)
    offer(cast, now, reference)
    move_referral(
        actor=as_reader(cast.sana), at=now + MINUTE, reference=reference, move="decline", reason="unwell"
    )
    step(now + MINUTE)
    assert Page.objects.order_by("-step").values_list("layer", flat=True)[0] == "second"


@pytest.mark.parametrize("who", ["sana", "kofi", "priya", "maud", "alex"])
def test_only_a_colleague_on_duty_who_can_be_told_is_asked(cast: Any, now: datetime, who: str) -> None:
    """Not the owner, not another unit, not somebody off duty."""
    reference = has_one(cast, now)
    with pytest.raises(HandOverRefused, match="on duty now"):
        offer(cast, now, reference, to=getattr(cast, who))
    Staff.objects.filter(pk=cast.rae.pk).update(email="")
    with pytest.raises(HandOverRefused, match="can be told"):
        offer(cast, now, reference)
    assert not Message.objects.filter(staff=cast.rae).exists()


@pytest.mark.parametrize("who", ["rae", "kofi", "priya"])
def test_only_the_owner_or_their_supervisor_offers(cast: Any, now: datetime, who: str) -> None:
    """Nobody gives away what is not theirs."""
    reference = has_one(cast, now)
    with pytest.raises(HandOverRefused, match="Only whoever has this case"):
        offer(cast, now, reference, by=getattr(cast, who))
    assert offer(cast, now, reference, by=cast.maud).meant_for_id == cast.rae.pk


def test_what_nobody_has_cannot_be_offered(cast: Any, now: datetime) -> None:
    """Refused aloud, and kept."""
    told = raise_one(cast, now)
    step(now)
    with pytest.raises(MoveRefused, match="Possible now"):
        offer(cast, now, told.reference, by=cast.maud)
    assert JournalLine.objects.get(kind="move_refused").facts == {"move": "offer"}


def test_two_colleagues_cannot_both_have_it(journey_db: None, now: datetime) -> None:
    """Rae takes it over while Sana takes the offer back."""
    cast = make_cast(now)
    reference = has_one(cast, now)
    offer(cast, now, reference)
    token = token_of(cast.rae)

    def take_back() -> None:
        with contextlib.suppress(HandOverRefused):  # Rae has it by now
            take_back_offer(actor=as_reader(cast.sana), at=now, reference=reference)

    without_faults(at_once(lambda: acknowledge_page(at=now, token=token), take_back))
    taken = ReferralMove.objects.filter(move="take_over").exists()
    assert Case.objects.get().owner == (cast.rae if taken else cast.sana)


def reassign(cast: Any, at: datetime, to: dict[str, Any], by: Any = None) -> int:
    """Maud takes cases from Sana, who is ill."""
    wanted = {reference: who.pk if who else None for reference, who in to.items()}
    return reassign_cases(
        actor=as_reader(by or cast.maud), at=at, owner=cast.sana.pk, to=wanted, address=ADDRESS
    )


def test_forty_cases_of_somebody_who_fell_ill(cast: Any, now: datetime) -> None:
    """Half to Rae by name, half to whoever is on: none is Sana's any more, each has its line, and Rae has one message."""
    references = [has_one(cast, now, "arrive") for _ in range(40)]
    Message.objects.all().delete()
    at = now + timedelta(hours=3)
    to = {reference: cast.rae if n % 2 else None for n, reference in enumerate(references)}
    assert reassign(cast, at, to) == 40
    assert not Case.objects.filter(owner__isnull=False).exists()
    assert set(Referral.objects.values_list("state", flat=True)) == {"paged"}
    assert JournalLine.objects.filter(kind="case_reassigned").count() == 40
    assert JournalLine.objects.filter(kind="case_released").count() == 40
    (message,) = Message.objects.all()
    assert (message.staff, message.about) == (cast.rae, "reassigned")
    assert "20 cases" in message.body
    due = sorted(Referral.objects.filter(meant_for=None).values_list("next_step_at", flat=True))
    assert len(due) == 20
    assert all(later - earlier >= APART for earlier, later in pairwise(due))
    assert reassign(cast, at, to) == 0


def test_one_that_is_asked_by_name_and_not_answered_goes_to_whoever_is_on(cast: Any, now: datetime) -> None:
    """After the time of the first layer the policy begins anew, from its first step."""
    reference = has_one(cast, now)
    Shift.objects.filter(staff=cast.rae).update(layer="soit")
    at = now + timedelta(hours=3)
    reassign(cast, at, {reference: cast.rae})
    assert Message.objects.filter(staff=cast.rae, about="page").count() == 1
    assert not step(at + 4 * MINUTE)
    assert step(at + 5 * MINUTE)
    told = Page.objects.order_by("-step").values_list("layer", "staff__username")
    assert set(told[:2]) == {("soit", "sana"), ("soit", "rae")}
    assert referral().next_step_at == at + 10 * MINUTE


def test_whoever_is_asked_by_name_answers_with_one_tap(cast: Any, now: datetime) -> None:
    """And has it; somebody met the person already, so the answer does not run out."""
    reference = has_one(cast, now, "arrive")
    reassign(cast, now + MINUTE, {reference: cast.rae})
    acknowledge_page(at=now + 2 * MINUTE, token=token_of(cast.rae))
    assert (Case.objects.get().owner, referral().state, referral().next_step_at) == (
        cast.rae,
        "acknowledged",
        None,
    )


def test_one_whose_officer_fell_ill_on_the_way_is_urgent(cast: Any, now: datetime) -> None:
    """Nobody is with the person: paged at once, however many others there are."""
    waits = has_one(cast, now, "set_off")
    others = [has_one(cast, now, "arrive") for _ in range(3)]
    reassign(cast, now + MINUTE, dict.fromkeys([*others, waits]))
    assert Referral.objects.get(disclosure__reference=waits).next_step_at == now + MINUTE


@pytest.mark.parametrize("who", ["sana", "rae", "idris", "priya"])
def test_only_a_supervisor_reassigns(cast: Any, now: datetime, who: str) -> None:
    """And nothing is changed."""
    reference = has_one(cast, now)
    with pytest.raises(HandOverRefused, match="Only a supervisor"):
        reassign(cast, now, {reference: cast.rae}, by=getattr(cast, who))
    assert Case.objects.get().owner == cast.sana


@pytest.mark.parametrize("to", ["sana", "kofi", "maud"])
def test_all_are_refused_when_one_is_given_to_somebody_who_cannot_be_told(
    cast: Any, now: datetime, to: str
) -> None:
    """The ill officer herself, another unit, somebody off duty."""
    references = [has_one(cast, now) for _ in range(2)]
    with pytest.raises(HandOverRefused, match="on duty now"):
        reassign(cast, now, {references[0]: cast.rae, references[1]: getattr(cast, to)})
    assert Case.objects.filter(owner=cast.sana).count() == 2
    with pytest.raises(HandOverRefused, match=str(MOST)):
        reassign(cast, now, {str(n): None for n in range(MOST + 1)})


def test_cases_of_another_unit_and_of_others_are_left_alone(cast: Any, now: datetime) -> None:
    """A reference that is not Sana's is nobody's to take."""
    reference = has_one(cast, now)
    Case.objects.update(owner=cast.kofi)
    assert reassign(cast, now, {reference: None, "AAAA-AAAA": None}) == 0
    Case.objects.update(owner=cast.sana, unit=cast.unit_b)
    assert reassign(cast, now, {reference: None}) == 0
