"""A referral: whom to tell, when the next is told, and which moves are allowed. Moves and whose turn it is are data.

Source: product.md C3; IOPC learning Oct 2024 (cases left with absent officers), so an acknowledgement by a person on duty.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

RAISED: Final = "raised"
PAGED: Final = "paged"
ACKNOWLEDGED: Final = "acknowledged"
ON_THE_WAY: Final = "on_the_way"
WITH_THE_PERSON: Final = "with_the_person"
HANDED_OVER: Final = "handed_over"

STATES: Final = (RAISED, PAGED, ACKNOWLEDGED, ON_THE_WAY, WITH_THE_PERSON, HANDED_OVER)

# state -> {move: next state}. A move that is not here is refused aloud. Offered to a colleague, a case stays with whoever
# has it until the colleague takes it over; an answer expires when nobody sets off; whoever set off and is not there is
# reminded; a supervisor reassigns what somebody who fell ill has. Handed over, nobody is called out any more; the case
# goes on changing hands by an offer that is accepted.
MOVES: Final[Mapping[str, Mapping[str, str]]] = {
    RAISED: {"page": PAGED, "acknowledge": ACKNOWLEDGED},
    PAGED: {"page": PAGED, "decline": PAGED, "acknowledge": ACKNOWLEDGED},
    ACKNOWLEDGED: {
        "set_off": ON_THE_WAY, "arrive": WITH_THE_PERSON, "decline": PAGED, "expire": PAGED, "reassign": PAGED,
        "offer": ACKNOWLEDGED, "take_over": ACKNOWLEDGED, "turn_down": ACKNOWLEDGED, "take_back": ACKNOWLEDGED,
    },
    ON_THE_WAY: {
        "arrive": WITH_THE_PERSON, "decline": PAGED, "reassign": PAGED, "remind": ON_THE_WAY,
        "offer": ON_THE_WAY, "take_over": ACKNOWLEDGED, "turn_down": ON_THE_WAY, "take_back": ON_THE_WAY,
    },
    WITH_THE_PERSON: {
        "hand_over": HANDED_OVER, "reassign": PAGED,
        "offer": WITH_THE_PERSON, "take_over": WITH_THE_PERSON, "turn_down": WITH_THE_PERSON,
        "take_back": WITH_THE_PERSON,
    },
    HANDED_OVER: {
        "offer": HANDED_OVER, "take_over": HANDED_OVER, "turn_down": HANDED_OVER, "take_back": HANDED_OVER,
    },
}  # fmt: skip

# Whose turn it is in each state: every state exactly once (tested).
WHOSE_TURN: Final[Mapping[str, str]] = {
    RAISED: "worker",
    PAGED: "soit",
    ACKNOWLEDGED: "soit",
    ON_THE_WAY: "soit",
    WITH_THE_PERSON: "soit",
    HANDED_OVER: "nobody",
}

WAITING: Final = (RAISED, PAGED)  # nobody has answered yet: the next step is due
HELD: Final = (ACKNOWLEDGED, ON_THE_WAY, WITH_THE_PERSON)  # somebody has it
OWNED: Final = (*HELD, HANDED_OVER)  # somebody has the case, and a colleague can be asked to take it over
MET: Final = (WITH_THE_PERSON, HANDED_OVER)  # nobody who was told earlier is needed any more
BY_HAND: Final = ("set_off", "arrive", "hand_over", "decline")  # the steps of whoever has it
NAMED: Final = "named"  # asked by name, not by a layer of cover
REASON_NEEDED: Final = ("decline", "turn_down")
# Codes, so that no free text with a name in it is kept in clear beside a move.
DECLINE_REASONS: Final = (
    "other_call",
    "in_court",
    "too_far",
    "knows_somebody",
    "unwell",
    "off_duty",
    "other",
)


class MoveRefused(Exception):
    """A move the table does not allow; the sentence says what can be done instead."""


def next_state(state: str, move: str) -> str:
    """The state after `move`; raises MoveRefused with a sentence when the table does not allow it."""
    allowed = MOVES[state]
    if move not in allowed:
        can = ", ".join(sorted(allowed)).replace("_", " ") or "nothing more"
        now, wish = state.replace("_", " "), move.replace("_", " ")
        raise MoveRefused(f"This referral is {now}, so “{wish}” is not possible. Possible now: {can}.")
    return allowed[move]


def refuse_unless_by_hand(move: str) -> None:
    """Raise MoveRefused for a move that is no step of whoever has it: it has an action of its own, with its own rights."""
    if move not in BY_HAND:
        raise MoveRefused("Choose one of the steps that the page offers.")


def refuse_if_reason_missing(move: str, reason: str) -> None:
    """Raise MoveRefused when a move that must say why gives none of DECLINE_REASONS."""
    if move in REASON_NEEDED and reason not in DECLINE_REASONS:
        raise MoveRefused("Choose why you can’t take this, so that the next person knows.")


@dataclass(frozen=True)
class Step:
    """One step of the frozen policy: which layer of cover is told, how many minutes after the referral was raised."""

    number: int
    layer: str
    after_minutes: int


def frozen_policy(
    steps: Sequence[tuple[str, int]], edition: str, holds_minutes: int | None = None
) -> dict[str, Any]:
    """The policy as it is kept inside the referral: later editions never re-date it. Raises ValueError if out of order.

    `holds_minutes` is how long an answer holds if nobody sets off; None (as in older referrals): for ever.
    """
    minutes = [after for _, after in steps]
    if not steps or minutes[0] != 0 or minutes != sorted(set(minutes)):
        raise ValueError(
            "A paging policy needs at least one step, the first at minute 0, each later than the one before."
        )
    if holds_minutes is not None and holds_minutes < 1:
        raise ValueError("An answer must hold for at least a minute.")
    kept = {"edition": edition, "steps": [{"layer": layer, "after_minutes": after} for layer, after in steps]}
    return kept if holds_minutes is None else kept | {"answer_holds_minutes": holds_minutes}


def answer_holds_until(policy: Mapping[str, Any], answered_at: datetime, *, met: bool) -> datetime | None:
    """When an answer expires if nobody has set off by then; None: never (somebody met the person, or an older policy)."""
    minutes = policy.get("answer_holds_minutes")
    return None if met or minutes is None else answered_at + timedelta(minutes=minutes)


def patience(policy: Mapping[str, Any]) -> timedelta:
    """How long the first to be asked is given before the next is: also somebody who is asked by name."""
    steps = policy_steps(policy)
    return timedelta(minutes=steps[1].after_minutes if len(steps) > 1 else REPEAT_LAST_MINUTES)


def policy_steps(policy: Mapping[str, Any]) -> tuple[Step, ...]:
    """The steps of a frozen policy in order."""
    return tuple(
        Step(number, entry["layer"], entry["after_minutes"]) for number, entry in enumerate(policy["steps"])
    )


REPEAT_LAST_MINUTES: Final = 5  # the last step is never silent: it is told again until somebody answers
CATCH_UP_MINUTES: Final = 1  # between steps that are late: time for one tap before the next person is woken


def step_due(policy: Mapping[str, Any], number: int) -> Step:
    """Step `number`; beyond the last one the last layer again, so that a referral can never fall silent."""
    steps = policy_steps(policy)
    if number < len(steps):
        return steps[number]
    last = steps[-1]
    again = number - len(steps) + 1
    return Step(number, last.layer, last.after_minutes + again * REPEAT_LAST_MINUTES)


def next_step_at(policy: Mapping[str, Any], number: int, raised_at: datetime, now: datetime) -> datetime:
    """When step `number` is due, after the step before it was taken at `now` with somebody on duty, or loudly.

    By the policy, and when that has passed already (an outage, a late decline) soon, but never all layers in one burst.
    The last step is told again REPEAT_LAST_MINUTES after it was taken, however late that was.
    """
    if number >= len(policy_steps(policy)):
        return now + timedelta(minutes=REPEAT_LAST_MINUTES)
    planned = raised_at + timedelta(minutes=step_due(policy, number).after_minutes)
    return max(planned, now + timedelta(minutes=CATCH_UP_MINUTES))


def is_loud(policy: Mapping[str, Any], number: int) -> bool:
    """True from the last step on: the counter page then shows whom to ring."""
    return number >= len(policy_steps(policy)) - 1


def layers_told(policy: Mapping[str, Any], number: int) -> tuple[str, ...]:
    """The layers of cover that step `number` tells: one; from the last step on also the one before it, the duty DI."""
    own = step_due(policy, number).layer
    steps = policy_steps(policy)
    return (own, steps[-2].layer) if is_loud(policy, number) and len(steps) > 1 else (own,)
