"""An answer that nobody follows up is no answer; and whoever can't come says so, and the next is told at once."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from nightdesk.actions.outbox import claim_message
from nightdesk.actions.referral_answers import decline_page
from nightdesk.actions.referrals import acknowledge_page, move_referral
from nightdesk.actions.rota import add_shifts
from nightdesk.records.cases import Case
from nightdesk.records.journal import JournalLine
from nightdesk.records.referrals import Page, Referral, ReferralMove
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.referral import MoveRefused
from tests.actions.paging import MINUTE, pages, raise_one, referral, step, token_of
from tests.actions.together import at_once, without_faults
from tests.people import as_reader, make_cast

pytestmark = pytest.mark.usefixtures("plain_triage")
HOLD = 15 * MINUTE


def answered(cast: Any, at: datetime) -> str:
    """Sana was told and tapped; the reference."""
    told = raise_one(cast, at)
    step(at)
    acknowledge_page(at=at, token=token_of(cast.sana))
    return told.reference


def test_an_answer_runs_out_when_nobody_sets_off(cast: Any, now: datetime) -> None:
    """To the minute; the case is nobody's, and the next person is told in the same breath."""
    answered(cast, now)
    assert not step(now + HOLD - timedelta(seconds=1))
    assert step(now + HOLD)
    assert (referral().state, referral().next_step_at) == ("paged", now + HOLD)
    assert Case.objects.get().owner is None
    assert step(now + HOLD)
    assert pages() == [("sana", "soit"), ("rae", "second")]
    assert Page.objects.get(staff=cast.sana).expired_at == now + HOLD
    move = ReferralMove.objects.get(move="expire")
    assert (move.by, move.at) == (None, now + HOLD)
    line = JournalLine.objects.get(kind="referral_moved")
    assert (line.actor, line.facts) == ("system", {"move": "expire", "state": "paged"})


@pytest.mark.parametrize("move", ["set_off", "arrive"])
def test_whoever_sets_off_keeps_it(cast: Any, now: datetime, move: str) -> None:
    """On the way before the minute is over."""
    reference = answered(cast, now)
    move_referral(actor=as_reader(cast.sana), at=now + HOLD - MINUTE, reference=reference, move=move)
    while step(now + timedelta(days=2)):
        pass
    assert not ReferralMove.objects.filter(move="expire").exists()
    assert Case.objects.get().owner == cast.sana


def test_a_referral_of_the_time_before_keeps_its_answer(cast: Any, now: datetime) -> None:
    """Its policy says nothing of it, and it is never re-dated."""
    raise_one(cast, now)
    policy = referral().policy
    del policy["answer_holds_minutes"]
    Referral.objects.update(policy=policy)
    step(now)
    acknowledge_page(at=now, token=token_of(cast.sana))
    assert referral().next_step_at is None
    assert not step(now + timedelta(days=2))


def test_whoever_let_it_run_out_can_take_it_again(cast: Any, now: datetime) -> None:
    """By the same link, if nobody else has it; and it runs out anew."""
    answered(cast, now)
    step(now + HOLD)
    acknowledge_page(at=now + HOLD + MINUTE, token=token_of(cast.sana))
    assert (Case.objects.get().owner, referral().next_step_at) == (cast.sana, now + 2 * HOLD + MINUTE)
    assert Page.objects.get().expired_at is None


def test_whoever_let_it_run_out_is_not_told_again_by_their_other_ways(cast: Any, now: datetime) -> None:
    """The page they answered is over; the next step is somebody else's."""
    answered(cast, now)
    step(now + HOLD)
    assert claim_message(at=now + HOLD) is None


def test_an_answer_runs_out_and_somebody_sets_off_at_the_same_moment(journey_db: None, now: datetime) -> None:
    """One truth: she is on the way and has it, or it ran out and she is told so."""
    cast = make_cast(now)
    reference = answered(cast, now)

    def set_off() -> str:
        try:
            move_referral(actor=as_reader(cast.sana), at=now + HOLD, reference=reference, move="set_off")
        except MoveRefused:
            return "refused"
        return "on_the_way"

    said, _ = without_faults(at_once(set_off, lambda: step(now + HOLD)))
    expected = ("on_the_way", cast.sana) if said == "on_the_way" else ("paged", None)
    assert (referral().state, Case.objects.get().owner) == expected


def test_whoever_says_that_they_cannot_hands_on_at_once(cast: Any, now: datetime) -> None:
    """No five minutes of waiting; said again, it changes nothing."""
    raise_one(cast, now)
    step(now)
    token = token_of(cast.sana)
    decline_page(at=now + MINUTE, token=token, reason="in_court")
    decline_page(at=now + 2 * MINUTE, token=token, reason="unwell")
    assert referral().next_step_at == now + MINUTE
    move = ReferralMove.objects.get(move="decline")
    assert (move.by, move.reason, move.at) == (cast.sana, "in_court", now + MINUTE)
    assert Page.objects.get().declined_at == now + MINUTE
    step(now + MINUTE)
    assert pages()[-1] == ("rae", "second")


def test_while_another_of_the_same_step_may_answer_nobody_else_is_woken(cast: Any, now: datetime) -> None:
    """Two are on; one can't, the other has their five minutes; then the other can't either."""
    hours = (now - MINUTE, now + timedelta(hours=9))
    add_shifts(actor=SYSTEM, at=now, unit=cast.unit_a, shifts=[(cast.maud, "soit", *hours)])
    raise_one(cast, now)
    step(now)
    decline_page(at=now + MINUTE, token=token_of(cast.sana), reason="too_far")
    assert referral().next_step_at == now + 5 * MINUTE
    decline_page(at=now + 2 * MINUTE, token=token_of(cast.maud), reason="too_far")
    assert referral().next_step_at == now + 2 * MINUTE


def test_a_reason_is_needed_and_kept_as_a_code(cast: Any, now: datetime) -> None:
    """No free text beside a call-out."""
    raise_one(cast, now)
    step(now)
    with pytest.raises(MoveRefused, match="Choose why"):
        decline_page(at=now, token=token_of(cast.sana), reason="I know her brother")
    assert not ReferralMove.objects.filter(move="decline").exists()


def test_declining_what_somebody_has_changes_nothing(cast: Any, now: datetime) -> None:
    """Rae has it; Sana's link is over."""
    raise_one(cast, now)
    for minutes in (0, 5):
        step(now + minutes * MINUTE)
    acknowledge_page(at=now + 6 * MINUTE, token=token_of(cast.rae))
    lines = JournalLine.objects.count()
    decline_page(at=now + 7 * MINUTE, token=token_of(cast.sana), reason="unwell")
    assert (referral().state, JournalLine.objects.count()) == ("acknowledged", lines)


def test_the_last_step_tells_control_room_and_duty_inspector_again_and_again(
    cast: Any, now: datetime
) -> None:
    """Each as what they are; and when one of them is not there, the other."""
    hours = (now - MINUTE, now + timedelta(hours=9))
    layers = [(cast.maud, "duty_di", *hours), (cast.idris, "control_room", *hours)]
    add_shifts(actor=SYSTEM, at=now, unit=cast.unit_a, shifts=layers)
    raise_one(cast, now)
    for minutes in range(0, 21, 5):
        step(now + minutes * MINUTE)
    loud = [("idris", "control_room"), ("maud", "duty_di")]
    assert sorted(pages()[3:5]) == sorted(pages()[5:7]) == loud


def test_an_unresolved_role_goes_up_and_never_down(cast: Any, now: datetime) -> None:
    """Nobody is on as SOIT or second: the duty inspector at once, then the control room; nobody below is ever told."""
    from nightdesk.records.rota import Shift

    Shift.objects.filter(unit=cast.unit_a).update(cancelled_at=now)
    hours = (now - MINUTE, now + timedelta(hours=9))
    add_shifts(actor=SYSTEM, at=now, unit=cast.unit_a, shifts=[(cast.maud, "duty_di", *hours)])
    raise_one(cast, now)
    while step(now):
        pass
    assert pages() == [("maud", "duty_di")]
    assert ReferralMove.objects.filter(move="page").order_by("id").values_list("step", flat=True)[0] == 0
