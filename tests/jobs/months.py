"""Short stretches of simulated time, and what they came to in a form that two runs can be compared by."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from nightdesk.jobs.simulate import Month, simulate
from nightdesk.jobs.simulate_people import NOTHING, Reaction
from nightdesk.jobs.simulate_plan import Outage, Plan, Size, make_plan
from nightdesk.jobs.simulate_policies import pack_policy

END = timedelta(hours=1)  # after the stretch, until everything is answered


def stretch(
    *,
    seed: int = 3,
    referrals: int = 8,
    hours: float = 8,
    outages: Iterable[Outage] = (),
    end: timedelta = END,
) -> Plan:
    """A stretch of one evening in which only `outages` happen."""
    size = Size(referrals=referrals, days=hours / 24, longest_end=end)
    plan = make_plan(seed=seed, size=size, calm=True)
    return replace(plan, outages=tuple(outages))


def emptied() -> None:
    """Empty the database, as after a test with real commits."""
    from django.test import TransactionTestCase

    TransactionTestCase("__init__")._fixture_teardown()  # type: ignore[attr-defined]


def out(plan: Plan, what: str, minutes: float, lasts: float, *, hangs: bool = False) -> Outage:
    """Something goes out so many minutes after the first arrival, and lasts so many."""
    starts_at = plan.arrivals[0].at + timedelta(minutes=minutes)
    return Outage(what, starts_at, starts_at + timedelta(minutes=lasts), hangs)


def lived(plan: Plan, *, swept: bool = False) -> Month:
    """The stretch, lived through under the pack's policy."""
    return simulate(plan, pack_policy(), swept=swept)


def told(month: Month) -> list[Any]:
    """Every move of every referral with its moment, its step and how many were told: no random names."""
    return [
        [(turn.move, turn.at, turn.step, sorted(layer for _, layer in turn.told)) for turn in course.turns]
        for course in month.courses
    ]


def lapses(month: Month) -> set[str]:
    """Everything that was found wrong with anybody's paging."""
    return {lapse for found in month.outcomes for lapse in found.lapses}


def nobody_answers(*_args: Any, **_lot: Any) -> Reaction:
    """Instead of simulate_people.reaction."""
    return Reaction(NOTHING, 0.0, "", None, 0.0, 0.0, None)
