"""What the judge of a simulated month is given: the policy that was in force, and what became of a referral. Pure."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Policy:
    """Layers of cover with the minutes after the raise at which each is told, and how many minutes an answer holds if nobody
    sets off (None: for ever). `reminders`: asked so many minutes after setting off, again every so many, so often in all."""

    steps: tuple[tuple[str, int], ...]
    holds_minutes: int | None = None
    reminders: tuple[int, int, int] | None = None


@dataclass(frozen=True)
class Turn:
    """One move of a referral, by whom. For a page: its step, who was told (who, layer), in which layers somebody was on, and
    whether a message to any of them left or still may."""

    move: str
    at: datetime
    by: str = ""
    step: int = 0
    told: tuple[tuple[str, str], ...] = ()
    on: frozenset[str] = frozenset()
    reachable: bool = True
    begins_at: datetime | None = None  # reassigned: when the policy begins anew


@dataclass(frozen=True)
class Course:
    """A referral from raise to end. `in_force` is the policy when it was raised, `kept` what its row says in the end.

    `untold` is how many of its pages left by no way within a minute, though a way of that person worked.
    """

    raised_at: datetime
    in_force: Policy
    kept: Policy
    turns: tuple[Turn, ...]
    untold: int = 0
