"""The early evidence kit: which step is next, and what the person may do now (C4).

Four rules:
- medical care comes before every step; the page says so at all times, and no answer here holds it up;
- whoever must use the toilet is offered the pot at once: the first urine waits for nobody (field reference 1.2);
- whoever is thirsty drinks as soon as the mouth steps were answered, whatever the answers were (1.3);
- a step that was declined is never offered again by the page; one that was not possible may be done later.

Facts in, answer out. Nothing here knows a step by name: the pack says what is held back by what.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from nightdesk.rules.pack_kit import DRINK, NEEDS, TOILET, KitStep
from nightdesk.rules.terms import KIT_OUTCOMES

DONE, DECLINED, NOT_POSSIBLE = KIT_OUTCOMES
EARLIER_HOURS: Final = (
    24  # how long before the kit was opened a step may have been done: caught first, typed later
)


class KitRefused(Exception):
    """The kit can't go on like that; the sentence says what to do."""


@dataclass(frozen=True)
class Guide:
    """What is next: the step (None when all were answered), why, and what may be done now.

    `because`: toilet, drink (the need that can't wait), offered (the need is met by this step) or order. `may` are the needs
    that nothing holds back any more. `later` are steps that were not possible and may be done after all.
    """

    step: KitStep | None
    because: str
    may: tuple[str, ...]
    later: tuple[str, ...]
    left_open: tuple[str, ...]

    @property
    def finished(self) -> bool:
        """Whether every step was answered in some way."""
        return self.step is None


def guide(steps: Iterable[KitStep], outcomes: Mapping[str, str], need: str = "") -> Guide:
    """The next of `steps` (in their order) after `outcomes` (newest by step id) when the person has `need` ("": none)."""
    ordered = list(steps)
    waiting = [step for step in ordered if step.id not in outcomes]
    step, because = _next(ordered, outcomes, need, waiting)
    return Guide(
        step=step,
        because=because,
        may=tuple(need for need in NEEDS if not held_back(ordered, outcomes, need)),
        later=tuple(step.id for step in ordered if outcomes.get(step.id) == NOT_POSSIBLE),
        left_open=tuple(step.id for step in waiting if not step.optional),
    )


def _next(
    ordered: list[KitStep], outcomes: Mapping[str, str], need: str, waiting: list[KitStep]
) -> tuple[KitStep | None, str]:
    if held := held_back(ordered, outcomes, need):
        return held[0], need
    for step in ordered:
        if need and step.meets == need and outcomes.get(step.id) != DONE:
            return step, "offered"
    ready = [step for step in waiting if all(earlier in outcomes for earlier in step.after)]
    return (ready[0] if ready else None), "order"


def held_back(steps: Iterable[KitStep], outcomes: Mapping[str, str], need: str) -> list[KitStep]:
    """The steps to be answered before `need`, in order; empty when the person may.

    Drinking waits for no answer but the first. The toilet is another matter: "not possible" then meant that they could not
    go, so the pot is offered again when they must.
    """
    settled = {DONE, DECLINED} if need == TOILET else set(KIT_OUTCOMES)
    return [step for step in steps if need in step.before and outcomes.get(step.id) not in settled]


def need_stays(steps: Iterable[KitStep], outcomes: Mapping[str, str], need: str, outcome: str) -> bool:
    """Whether the page goes on with `need` after this answer, which is in `outcomes` already.

    Not when nothing is held back any more; and not when the pot was not possible: they go, without being asked twice.
    """
    if need == TOILET and outcome == NOT_POSSIBLE:
        return False
    if need == DRINK:
        return any(step.meets == DRINK and step.id not in outcomes for step in steps)
    return bool(need) and bool(held_back(steps, outcomes, need))


def care_needed(steps: Iterable[KitStep], outcomes: Mapping[str, str]) -> bool:
    """Whether the newest answer to a check is that it was not possible to go on: they need medical help first."""
    return any(step.kind == "check" and outcomes.get(step.id) == NOT_POSSIBLE for step in steps)


def edition_of(steps: Iterable[KitStep]) -> str:
    """The edition of the steps as a whole: the newest of them."""
    return max(step.edition for step in steps)


def counts(steps: Iterable[KitStep], outcomes: Mapping[str, str]) -> dict[str, int]:
    """How many steps ended how, and how many that count were never answered (`left_open`)."""
    found = {outcome: list(outcomes.values()).count(outcome) for outcome in KIT_OUTCOMES}
    return found | {"left_open": len(guide(steps, outcomes).left_open)}


def refuse_if_not_done_then(done_at: datetime, *, begun_at: datetime, now: datetime) -> None:
    """Raise KitRefused for a time that cannot be when a step was done: to come, or long before there was a kit."""
    if done_at > now:
        raise KitRefused("That time is still to come. Give the time at which it was done.")
    if done_at < begun_at - timedelta(hours=EARLIER_HOURS):
        raise KitRefused(
            "That time is more than a day before this kit was opened. Check the time, or open another kit."
        )


def refuse_if_no_such_answer(steps: Iterable[KitStep], step: str, outcome: str) -> None:
    """Raise KitRefused for a step or an outcome that the kit does not have."""
    if step not in {known.id for known in steps} or outcome not in KIT_OUTCOMES:
        raise KitRefused("This kit has no such step or answer. Reload the page and try again.")
