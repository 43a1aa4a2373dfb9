"""A referral ends with a person who answered: told in turn, never silent, and nobody holds what they can't take."""

from datetime import datetime, timedelta
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest

from nightdesk.actions import referrals
from nightdesk.actions.refusals import NotFound
from nightdesk.actions.rota import add_shifts
from nightdesk.outside.current import pack
from nightdesk.records.cases import Case
from nightdesk.records.clocks import ClockStart
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.journal import JournalLine
from nightdesk.records.referrals import Page, Referral, ReferralMove
from nightdesk.records.rota import Shift
from nightdesk.rules import referral as rule
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.basics import Basics
from nightdesk.rules.referral import MoveRefused
from tests.actions.paging import MINUTE, STEP_KINDS, pages, raise_one, referral, step, token_of
from tests.actions.together import at_once, whole_journal, without_faults
from tests.people import as_reader, make_cast
from tests.records.taking import take

pytestmark = pytest.mark.usefixtures("plain_triage")


def test_the_first_step_tells_whoever_is_on_duty(cast: Any, now: datetime) -> None:
    """Sana, and nobody of the other unit; the second officer is due five minutes later."""
    raise_one(cast, now)
    assert step(now)
    page = Page.objects.get()
    assert (page.staff, page.layer, page.step, page.told_at) == (cast.sana, "soit", 0, now)
    assert (referral().state, referral().step, referral().next_step_at) == ("paged", 1, now + 5 * MINUTE)
    assert len(page.token) >= 43
    assert not step(now + 4 * MINUTE)


def test_if_nobody_answers_the_next_layer_is_told(cast: Any, now: datetime) -> None:
    """Rae at five minutes; then nobody is on as duty DI or in the control room, and those pass at once."""
    raise_one(cast, now)
    for minutes in (0, 5, 10):
        while step(now + minutes * MINUTE):
            pass
    assert pages() == [("sana", "soit"), ("rae", "second")]
    assert [(m.step, m.state) for m in ReferralMove.objects.order_by("id")] == [
        (n, "paged") for n in range(4)
    ]
    assert referral().next_step_at == now + 15 * MINUTE


def test_nobody_on_duty_at_all_goes_to_the_last_step_at_once_and_waits_there(
    cast: Any, now: datetime
) -> None:
    """Loud at once, told again every five minutes, and the worker does not spin."""
    Shift.objects.all().delete()
    raise_one(cast, now)
    taken = 0
    while step(now) and taken < 20:
        taken += 1
    assert taken == 4
    assert (referral().state, referral().next_step_at) == ("raised", now + 5 * MINUTE)
    assert rule.is_loud(referral().policy, referral().step - 1)
    for round_number in range(1, 4):
        assert step(now + 5 * round_number * MINUTE)
        assert not step(now + 5 * round_number * MINUTE)


def test_the_last_step_tells_again_until_somebody_answers(cast: Any, now: datetime) -> None:
    """Whoever comes on in the control room is told, and told again."""
    hours = (now, now + timedelta(hours=9))
    add_shifts(actor=SYSTEM, at=now, unit=cast.unit_a, shifts=[(cast.maud, "control_room", *hours)])
    raise_one(cast, now)
    for minutes in range(0, 31, 5):
        step(now + minutes * MINUTE)
    assert pages() == [("sana", "soit"), ("rae", "second"), *[("maud", "control_room")] * 4]
    referrals.acknowledge_page(at=now + 31 * MINUTE, token=token_of(cast.maud))
    assert not step(now + 45 * MINUTE)


def test_after_an_outage_the_layers_follow_quickly_and_not_in_a_burst(cast: Any, now: datetime) -> None:
    """Two hours without a worker: a minute apart, then the last one every five minutes again."""
    hours = (now, now + timedelta(hours=9))
    layers = [(cast.maud, "duty_di", *hours), (cast.idris, "control_room", *hours)]
    add_shifts(actor=SYSTEM, at=now, unit=cast.unit_a, shifts=layers)
    raise_one(cast, now)
    told_at = []
    for seconds in range(0, 15 * 60, 2):
        at = now + timedelta(hours=2, seconds=seconds)
        while step(at):
            told_at.append(seconds)
    assert told_at == [0, 60, 120, 180, 480, 780]


@pytest.mark.parametrize("stopped_after", [1, 2, 3])
def test_a_worker_that_starts_anew_goes_on_where_the_rows_are(
    cast: Any, now: datetime, stopped_after: int
) -> None:
    """Nothing of it was in its memory: no page twice, none left out."""
    raise_one(cast, now)
    for minutes in range(0, 16, 5):
        while step(now + minutes * MINUTE):
            if len(ReferralMove.objects.all()) == stopped_after:
                break  # killed here; the next one begins with the next minute
    assert pages() == [("sana", "soit"), ("rae", "second")]
    assert [m.step for m in ReferralMove.objects.order_by("id")][:4] == [0, 1, 2, 3]


def test_a_new_edition_of_the_pack_never_redates_a_referral(
    cast: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The policy is frozen in; the next referral goes by the new one."""
    raise_one(cast, now)
    step(now)
    slow = [SimpleNamespace(layer=s.layer, after_minutes=60 * n) for n, s in enumerate(pack().escalation)]
    hold = {"answer": SimpleNamespace(minutes=240)}
    remind = {"on_the_way": SimpleNamespace(after_minutes=90, every_minutes=60, times=2)}
    changed = SimpleNamespace(escalation=slow, holds=hold, reminders=remind, edition="2030-01")
    monkeypatch.setattr(referrals, "pack", lambda: changed)
    assert referral().next_step_at == now + 5 * MINUTE
    assert step(now + 5 * MINUTE)
    assert referral().next_step_at == now + 10 * MINUTE
    other = Referral.objects.get(disclosure=take(cast, now))
    assert other.policy["edition"] == "2030-01"
    assert [s["after_minutes"] for s in other.policy["steps"]] == [0, 60, 120, 180]
    first = Referral.objects.exclude(pk=other.pk).get()
    assert (first.policy["answer_holds_minutes"], other.policy["answer_holds_minutes"]) == (15, 240)


def test_one_tap_acknowledges_and_opens_the_case_to_whoever_tapped(cast: Any, now: datetime) -> None:
    """Nobody else is told; the case has an owner; each act has its line."""
    raise_one(cast, now)
    step(now)
    answered = now + 2 * MINUTE
    assert referrals.acknowledge_page(at=answered, token=token_of(cast.sana)).state == "acknowledged"
    assert (referral().state, referral().next_step_at) == ("acknowledged", answered + 15 * MINUTE)
    assert (Page.objects.get().answered_at, Case.objects.get().owner) == (answered, cast.sana)
    assert not step(answered + 14 * MINUTE)
    said = list(JournalLine.objects.order_by("seq").values_list("kind", "actor"))[-2:]
    assert said == [("referral_acknowledged", str(cast.sana.pk)), ("case_taken_on", str(cast.sana.pk))]


def test_the_first_answer_wins_and_a_second_changes_nothing(cast: Any, now: datetime) -> None:
    """Rae taps a minute after Sana; Sana taps again."""
    raise_one(cast, now)
    for minutes in (0, 5):
        step(now + minutes * MINUTE)
    referrals.acknowledge_page(at=now + 6 * MINUTE, token=token_of(cast.sana))
    before = (JournalLine.objects.count(), ReferralMove.objects.count())
    for who in (cast.rae, cast.sana):
        answer = referrals.acknowledge_page(at=now + 7 * MINUTE, token=token_of(who))
        assert answer.state == "acknowledged"
    assert (JournalLine.objects.count(), ReferralMove.objects.count()) == before
    assert Case.objects.get().owner == cast.sana
    assert Page.objects.get(staff=cast.rae).answered_at is None


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "x" * 4000, "' OR 1=1 --", "\u202e🌙"])
def test_an_unknown_link_is_refused_with_a_sentence(cast: Any, now: datetime, token: str) -> None:
    """And changes nothing."""
    raise_one(cast, now)
    step(now)
    with pytest.raises(NotFound, match="Open the newest message"):
        referrals.acknowledge_page(at=now, token=token)
    assert referral().state == "paged"


@pytest.mark.parametrize("moves", [["acknowledge"], ["acknowledge", "set_off"]])
def test_whoever_declines_hands_the_case_back_and_the_next_is_told_at_once(
    cast: Any, now: datetime, moves: list[str]
) -> None:
    """The case is nobody's again: it must not stay with somebody who is not there."""
    raise_one(cast, now)
    step(now)
    for move in moves:
        _make(cast, now + MINUTE, move)
    _make(cast, now + 2 * MINUTE, "decline")
    assert (referral().state, referral().next_step_at) == ("paged", now + 2 * MINUTE)
    assert Case.objects.get().owner is None
    assert [s.state for s in Case.objects.get().statuses.order_by("id")] == ["open", "with_soit", "open"]
    assert JournalLine.objects.get(kind="case_released").facts == {"owner": str(cast.sana.pk)}
    assert step(now + 2 * MINUTE)
    assert pages()[-1] == ("rae", "second")
    referrals.acknowledge_page(at=now + 3 * MINUTE, token=token_of(cast.rae))
    assert Case.objects.get().owner == cast.rae


def test_whoever_declines_without_having_answered_hands_on_at_once(cast: Any, now: datetime) -> None:
    """Nobody owned the case, and nobody does."""
    raise_one(cast, now)
    step(now)
    _make(cast, now + MINUTE, "decline")
    assert not JournalLine.objects.filter(kind="case_released").exists()
    assert step(now + MINUTE)
    assert ReferralMove.objects.get(move="decline").reason == "in_court"


def _make(cast: Any, at: datetime, move: str, who: str = "sana") -> None:
    """One move, the way the desk makes it."""
    if move == "acknowledge":
        referrals.acknowledge_page(at=at, token=token_of(getattr(cast, who)))
        return
    reference = Disclosure.objects.get().reference
    reason = "in_court" if move == "decline" else ""
    referrals.move_referral(
        actor=as_reader(getattr(cast, who)), at=at, reference=reference, move=move, reason=reason
    )


WAY = {
    "raised": [], "paged": ["page"], "acknowledged": ["page", "acknowledge"],
    "on_the_way": ["page", "acknowledge", "set_off"], "with_the_person": ["page", "acknowledge", "arrive"],
    "handed_over": ["page", "acknowledge", "arrive", "hand_over"],
}  # fmt: skip
MOVES = ["decline", "set_off", "arrive", "hand_over", "invented", "expire", "take_over", "reassign"]


@pytest.mark.parametrize(("state", "move"), list(product(rule.STATES, MOVES)))
def test_every_move_in_every_state_as_the_table_says(cast: Any, now: datetime, state: str, move: str) -> None:
    """Written with its line, or refused with a sentence and nothing written."""
    raise_one(cast, now)
    for earlier in WAY[state]:
        step(now) if earlier == "page" else _make(cast, now, earlier)
    assert referral().state == state
    lines = JournalLine.objects.count()
    if move in rule.MOVES[state] and move in rule.BY_HAND:
        _make(cast, now + MINUTE, move)
        assert referral().state == rule.MOVES[state][move]
        runs = (*rule.WAITING, rule.ON_THE_WAY)  # the next is told, or whoever set off is asked
        assert (referral().next_step_at is not None) == (referral().state in runs)
        assert JournalLine.objects.filter(kind="referral_moved").order_by("-seq")[0].facts["move"] == move
    else:
        with pytest.raises(MoveRefused, match=r"Possible now|the page offers"):
            _make(cast, now + MINUTE, move)
        assert (referral().state, JournalLine.objects.count()) == (state, lines + 1)
        tried = JournalLine.objects.order_by("-seq")[0]
        assert (tried.kind, tried.actor) == ("move_refused", str(cast.sana.pk))
        assert tried.facts == {"move": "unknown" if move == "invented" else move}


def test_a_move_needs_a_reason_or_a_referral_that_is_there(cast: Any, now: datetime) -> None:
    """Each refusal with its sentence."""
    told = raise_one(cast, now)
    sana = as_reader(cast.sana)
    with pytest.raises(MoveRefused, match="Choose why"):
        referrals.move_referral(actor=sana, at=now, reference=told.reference, move="decline", reason=" ")
    with pytest.raises(NotFound):
        referrals.move_referral(actor=sana, at=now, reference="AAAA-AAAA", move="arrive")


def test_what_is_going_on_now_runs_from_now(cast: Any, now: datetime) -> None:
    """A latest time that has not come yet is no time in the future for the clock."""
    take(
        cast,
        now,
        Basics(what="raped", earliest_at=now - timedelta(hours=2), latest_at=now + timedelta(minutes=4)),
    )
    assert ClockStart.objects.get().runs_from == now


def test_a_referral_is_raised_once(cast: Any, now: datetime) -> None:
    """Asked for again, nothing is made."""
    told = raise_one(cast, now)
    priya = as_reader(cast.priya)
    assert not referrals.refer(
        actor=priya, at=now, disclosure=told, because=["sexual_offence"], urgency="soon", unit=cast.unit_a
    )
    assert (Referral.objects.count(), Case.objects.count()) == (1, 1)


def test_two_who_answer_at_the_same_moment_are_one_answer(journey_db: None, now: datetime) -> None:
    """One owner, one move, one line; the other sees that somebody has it."""
    cast = make_cast(now)
    raise_one(cast, now)
    for minutes in (0, 5):
        step(now + minutes * MINUTE)
    tokens = [token_of(cast.sana), token_of(cast.rae)] * 3
    answer = [lambda t=token: referrals.acknowledge_page(at=now + 6 * MINUTE, token=t) for token in tokens]
    states = {answered.state for answered in without_faults(at_once(*answer))}
    assert states == {"acknowledged"}
    assert ReferralMove.objects.filter(move="acknowledge").count() == 1
    answered = Page.objects.get(answered_at__isnull=False)
    assert Case.objects.get().owner == answered.staff
    whole_journal()


def test_an_answer_and_the_next_step_at_the_same_moment_leave_one_truth(
    journey_db: None, now: datetime
) -> None:
    """Either Rae was told before Sana answered, or nobody was: after the answer nothing is due."""
    cast = make_cast(now)
    raise_one(cast, now)
    step(now)
    at = now + 5 * MINUTE
    without_faults(
        at_once(lambda: referrals.acknowledge_page(at=at, token=token_of(cast.sana)), lambda: step(at))
    )
    assert (referral().state, referral().next_step_at) == ("acknowledged", at + 15 * MINUTE)
    assert [m.move for m in ReferralMove.objects.order_by("id")] in (
        ["page", "page", "acknowledge"], ["page", "acknowledge"],
    )  # fmt: skip
    whole_journal()


def test_outside_any_other_transaction_every_action_works(journey_db: None, now: datetime) -> None:
    """As it is called in the site and by the worker."""
    cast = make_cast(now)
    told = raise_one(cast, now)
    step(now)
    _make(cast, now, "acknowledge")
    _make(cast, now, "decline")
    step(now)
    _make(cast, now, "acknowledge", "rae")
    referrals.refer(
        actor=as_reader(cast.priya), at=now, disclosure=told, because=[], urgency="now", unit=cast.unit_a
    )
    assert set(JournalLine.objects.values_list("kind", flat=True)) >= STEP_KINDS
    whole_journal()
