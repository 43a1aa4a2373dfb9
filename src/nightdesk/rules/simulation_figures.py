"""What a simulated month came to, in figures; and working time, which a standstill does not count against. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Standstill:
    """A time in which no worker or no database was alive: nobody could be paged."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Outcome:
    """How a referral ended. `answered_at` is the first answer that lasted: one that expired or was given back is none.
    `held`: somebody had it in the end. `loud`: it reached the last step. `lapses`: what was not within its policy, as
    codes."""

    raised_at: datetime
    answered_at: datetime | None
    held: bool
    loud: bool
    expired: int
    lapses: tuple[str, ...]

    @property
    def minutes(self) -> float | None:
        """From the raise to the answer that lasted."""
        return (self.answered_at - self.raised_at).total_seconds() / 60 if self.answered_at else None


@dataclass(frozen=True)
class Figures:
    """One month under one policy. Minutes are to the answer that lasted, over the referrals that had one.

    `loud` reached the last step, answered there or not; `ended_loud` were on it, unanswered, in the end. `past_policy`
    is how many referrals have a lapse, `lapses` how many have each.
    """

    referrals: int
    acknowledged: int
    loud: int
    ended_loud: int
    expired: int
    past_policy: int
    lapses: dict[str, int]
    median_min: float | None
    p95_min: float | None
    max_min: float | None


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """Counted over all referrals."""
    minutes = sorted(found.minutes for found in outcomes if found.minutes is not None)
    return Figures(
        referrals=len(outcomes), acknowledged=sum(found.held for found in outcomes),
        loud=sum(found.loud for found in outcomes),
        ended_loud=sum(found.loud and not found.held for found in outcomes),
        expired=sum(found.expired for found in outcomes),
        past_policy=sum(bool(found.lapses) for found in outcomes),
        lapses=dict(Counter(lapse for found in outcomes for lapse in found.lapses)),
        median_min=_nearest(minutes, 50), p95_min=_nearest(minutes, 95), max_min=_nearest(minutes, 100),
    )  # fmt: skip


def _nearest(ordered: Sequence[float], percent: int) -> float | None:
    """The smallest value that at least `percent` of `ordered` do not pass; None when there are none."""
    if not ordered:
        return None
    rank = -(-percent * len(ordered) // 100)
    return round(ordered[max(0, rank - 1)], 2)


def merged(spans: Iterable[tuple[datetime, datetime]]) -> tuple[Standstill, ...]:
    """Spans that may overlap, as standstills that don't, in order."""
    found: list[Standstill] = []
    for starts_at, ends_at in sorted(spans):
        if found and starts_at <= found[-1].ends_at:
            found[-1] = Standstill(found[-1].starts_at, max(found[-1].ends_at, ends_at))
        else:
            found.append(Standstill(starts_at, ends_at))
    return tuple(found)


def after_working(start: datetime, seconds: float, standstills: Sequence[Standstill]) -> datetime:
    """When so many seconds of working time have passed since `start`. `standstills` as from `merged`."""
    at, left = start, timedelta(seconds=seconds)
    for still in standstills:
        if still.ends_at <= at:
            continue
        if still.starts_at > at + left:
            break
        left -= max(timedelta(0), still.starts_at - at)
        at = still.ends_at
    return at + left
