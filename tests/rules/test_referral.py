"""A referral: every move in every state, a policy that stays as it was, and never silence."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.rules import referral as rule

NIGHT = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)
STEPS = (("soit", 0), ("second", 5), ("duty_di", 10), ("control_room", 15))
POLICY = rule.frozen_policy(STEPS, "2026-11")
MOVES = (
    "page", "acknowledge", "decline", "set_off", "arrive", "hand_over", "expire", "reassign", "offer", "take_over",
    "turn_down", "take_back", "invented",
)  # fmt: skip
ALLOWED = {
    ("raised", "page"): "paged", ("raised", "acknowledge"): "acknowledged",
    ("paged", "page"): "paged", ("paged", "decline"): "paged", ("paged", "acknowledge"): "acknowledged",
    ("acknowledged", "set_off"): "on_the_way", ("acknowledged", "arrive"): "with_the_person",
    ("acknowledged", "decline"): "paged",
    ("on_the_way", "arrive"): "with_the_person", ("on_the_way", "decline"): "paged",
    ("with_the_person", "hand_over"): "handed_over",
    ("acknowledged", "expire"): "paged",
    ("acknowledged", "reassign"): "paged", ("on_the_way", "reassign"): "paged", ("with_the_person", "reassign"): "paged",
    ("acknowledged", "take_over"): "acknowledged", ("on_the_way", "take_over"): "acknowledged",
    ("with_the_person", "take_over"): "with_the_person", ("handed_over", "take_over"): "handed_over",
    **{(state, move): state for state in rule.OWNED for move in ("offer", "turn_down", "take_back")},
}  # fmt: skip


@pytest.mark.parametrize(("state", "move"), list(product(rule.STATES, MOVES)))
def test_every_move_in_every_state(state: str, move: str) -> None:
    """As the table says, or refused with what is possible instead."""
    if (state, move) in ALLOWED:
        assert rule.next_state(state, move) == ALLOWED[state, move]
    else:
        with pytest.raises(rule.MoveRefused, match="Possible now: "):
            rule.next_state(state, move)


@pytest.mark.parametrize("reason", ["", "  ", "\n", "I know her brother Ade"])
def test_whoever_declines_says_why(reason: str) -> None:
    """So that the next person knows."""
    with pytest.raises(rule.MoveRefused, match="Choose why"):
        rule.refuse_if_reason_missing("decline", reason)
    rule.refuse_if_reason_missing("decline", "in_court")
    rule.refuse_if_reason_missing("arrive", reason)


@pytest.mark.parametrize(
    "steps", [(), (("soit", 1),), (("soit", 0), ("second", 0)), (("soit", 0), ("second", 9), ("duty_di", 5))]
)
def test_a_policy_that_makes_no_sense_is_refused(steps: tuple[tuple[str, int], ...]) -> None:
    """Empty, late from the start, two at once, backwards."""
    with pytest.raises(ValueError, match="the first at minute 0"):
        rule.frozen_policy(steps, "e")


def test_a_frozen_policy_keeps_its_edition_and_steps() -> None:
    """It is what the referral was raised under."""
    assert POLICY["edition"] == "2026-11"
    assert [(step.layer, step.after_minutes) for step in rule.policy_steps(POLICY)] == list(STEPS)
    assert [step.number for step in rule.policy_steps(POLICY)] == [0, 1, 2, 3]


# number of the step that comes, minutes after raising at which the one before was taken, minutes at which it is due
DUE = [
    (1, 0, 5),
    (2, 5, 10),
    (3, 10, 15),
    (4, 15, 20),
    (5, 20, 25),
    (1, 4.5, 5.5),
    (1, 120, 121),
    (4, 120, 125),
    (40, 300, 305),
]


@pytest.mark.parametrize(("number", "taken", "due"), DUE)
def test_steps_are_due_by_the_policy_and_late_ones_soon(number: int, taken: float, due: float) -> None:
    """After an outage the layers follow one another quickly, and nobody is told twice in one moment."""
    minutes = timedelta(minutes=1)
    assert rule.next_step_at(POLICY, number, NIGHT, NIGHT + taken * minutes) == NIGHT + due * minutes


@given(st.integers(1, 500), st.integers(0, 100_000))
def test_no_step_follows_another_in_the_same_minute(number: int, seconds: int) -> None:
    """However late it is: pages in a burst wake everybody and are answered by nobody."""
    now = NIGHT + timedelta(seconds=seconds)
    assert rule.next_step_at(POLICY, number, NIGHT, now) - now >= timedelta(minutes=1)


@given(st.integers(4, 500))
def test_a_referral_never_falls_silent(number: int) -> None:
    """Beyond the last step the last layer is told again, every five minutes."""
    step = rule.step_due(POLICY, number)
    assert (step.layer, step.number) == ("control_room", number)
    assert rule.next_step_at(POLICY, number, NIGHT, NIGHT + timedelta(days=2)) == NIGHT + timedelta(
        days=2, minutes=rule.REPEAT_LAST_MINUTES
    )
    assert rule.is_loud(POLICY, number)


def test_the_last_step_is_loud_and_no_earlier_one() -> None:
    """From there on the counter shows whom to ring."""
    assert [rule.is_loud(POLICY, number) for number in range(5)] == [False, False, False, True, True]


def test_exactly_the_states_without_an_answer_wait() -> None:
    """These have a next step; the worker's turn is only the first."""
    assert {state for state in rule.STATES if "page" in rule.MOVES[state]} == set(rule.WAITING)
    assert [state for state, turn in rule.WHOSE_TURN.items() if turn == "worker"] == ["raised"]


def test_an_answer_holds_as_long_as_the_policy_says_and_no_longer() -> None:
    """Unless somebody met the person already, or the referral is of the time before."""
    policy = rule.frozen_policy(STEPS, "2026-11", 15)
    assert rule.answer_holds_until(policy, NIGHT, met=False) == NIGHT + timedelta(minutes=15)
    assert rule.answer_holds_until(policy, NIGHT, met=True) is None
    assert rule.answer_holds_until(POLICY, NIGHT, met=False) is None
    with pytest.raises(ValueError, match="at least a minute"):
        rule.frozen_policy(STEPS, "2026-11", 0)


def test_the_last_step_tells_the_duty_inspector_too() -> None:
    """Control room and duty DI, again and again; one layer alone before."""
    told = [rule.layers_told(POLICY, number) for number in range(6)]
    loud = ("control_room", "duty_di")
    assert told == [("soit",), ("second",), ("duty_di",), loud, loud, loud]
    assert rule.layers_told(rule.frozen_policy([("soit", 0)], "e"), 3) == ("soit",)


def test_somebody_asked_by_name_is_given_as_long_as_the_first_layer() -> None:
    """Five minutes here; with one layer, until it is told again."""
    assert rule.patience(POLICY) == timedelta(minutes=5)
    assert rule.patience(rule.frozen_policy([("soit", 0)], "e")) == timedelta(
        minutes=rule.REPEAT_LAST_MINUTES
    )


@pytest.mark.parametrize(
    "move", ["page", "acknowledge", "expire", "reassign", "offer", "take_over", "invented"]
)
def test_what_is_no_step_of_whoever_has_it_is_refused(move: str) -> None:
    """It has an action of its own."""
    with pytest.raises(rule.MoveRefused, match="the page offers"):
        rule.refuse_unless_by_hand(move)
