"""On the way, and not there: when whoever set off is asked, how often, and who is told beside them. Facts in, times out.

A person waits at a counter meanwhile, so nobody is left to be "on the way" for ever; and nobody's case is taken from them in
silence: it ends with an arrival, with "I can't", or when somebody else takes it. Source: the pack ([[reminder]]).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final

KEPT: Final = "on_the_way"  # the key in a frozen policy; older referrals have none, and are never re-dated
# The first of these layers in which somebody is on is told beside the officer.
WATCHING: Final = ("duty_di", "control_room")


@dataclass(frozen=True)
class Reminders:
    """Asked `after_minutes` on the way, then every `every_minutes`, `times` in all."""

    after_minutes: int
    every_minutes: int
    times: int

    def __post_init__(self) -> None:
        if min(self.after_minutes, self.every_minutes, self.times) < 1:
            raise ValueError("Minutes and times of a reminder must be at least 1.")


def with_reminders(policy: Mapping[str, Any], reminders: Reminders) -> dict[str, Any]:
    """The policy as it is frozen into a referral, with its reminders."""
    return {**policy, KEPT: asdict(reminders)}


def reminders_of(policy: Mapping[str, Any]) -> Reminders | None:
    """The reminders that were frozen in; None in a policy of the time before there were any."""
    kept = policy.get(KEPT)
    return Reminders(**kept) if kept else None


def first_reminder_at(policy: Mapping[str, Any], set_off_at: datetime, *, met: bool) -> datetime | None:
    """When whoever set off is asked first. None: never, for somebody met the person before (nobody waits at a counter), or
    in an older policy."""
    reminders = reminders_of(policy)
    return None if met or reminders is None else set_off_at + timedelta(minutes=reminders.after_minutes)


def next_reminder_at(policy: Mapping[str, Any], number: int, reminded_at: datetime) -> datetime | None:
    """When the reminder after reminder `number` (the first is 1), made at `reminded_at`, is due; None after the last one.

    Counted from the one before, however late that was: an outage is never made good in one burst.
    """
    reminders = reminders_of(policy)
    if reminders is None or number >= reminders.times:
        return None
    return reminded_at + timedelta(minutes=reminders.every_minutes)


def is_overdue(policy: Mapping[str, Any], set_off_at: datetime, now: datetime, *, met: bool) -> bool:
    """Whether the counter says that they are not there yet, and whom to ring: also while no worker is alive."""
    first_at = first_reminder_at(policy, set_off_at, met=met)
    return first_at is not None and now >= first_at
