"""How often somebody was tried since they were last reached: as the contact log says, and beside it. Pure.

Whether contact is lost is read from what was written down when it was tried, never from memory: what is not in the log
counts only with where else it is written.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from typing import Final

from nightdesk.rules.case import CaseRefused

ENOUGH: Final = ("tries", "try_ways", "try_days")  # limits of the pack


@dataclass(frozen=True)
class Attempt:
    """A contact of the log as its newest note has it. `noted`: somebody said what came of it; `reached`: the person."""

    begun_at: datetime
    way: str
    outgoing: bool
    noted: bool
    reached: bool


@dataclass(frozen=True)
class Tried:
    """Tries since the person was last reached: how many, by which ways of the pack, the first and the last day (local).

    `reached_on` is when they were last reached (None: never), `unnoted` how many began since and have no note: they do not
    count until somebody says what came of them.
    """

    count: int = 0
    ways: tuple[str, ...] = ()
    first_on: date | None = None
    last_on: date | None = None
    reached_on: date | None = None
    unnoted: int = 0


@dataclass(frozen=True)
class Beside:
    """Tries that are not in the log, and where they are written down."""

    count: int = 0
    ways: tuple[str, ...] = ()
    first_on: date | None = None
    last_on: date | None = None
    where: str = ""

    @property
    def given(self) -> bool:
        """Whether anything of it was said."""
        return bool(self.count or self.ways or self.first_on or self.last_on or self.where.strip())


def tried_since_reached(contacts: Iterable[Attempt], zone: tzinfo) -> Tried:
    """What the log says. Whoever gets in touch themselves is reached; a contact that began at that very moment is no try."""
    rows = sorted(contacts, key=lambda one: (one.begun_at, one.reached))
    reached = [number for number, one in enumerate(rows) if one.reached]
    since = [one for one in rows[reached[-1] + 1 if reached else 0 :] if one.outgoing]
    tries = [one for one in since if one.noted]
    days = [one.begun_at.astimezone(zone).date() for one in tries]
    return Tried(
        count=len(tries), ways=tuple(dict.fromkeys(one.way for one in tries)), first_on=min(days, default=None),
        last_on=max(days, default=None), unnoted=len(since) - len(tries),
        reached_on=rows[reached[-1]].begun_at.astimezone(zone).date() if reached else None,
    )  # fmt: skip


def all_tries(logged: Tried, beside: Beside) -> Tried:
    """The log and what was tried beside it, together."""
    days = [
        day for day in (logged.first_on, logged.last_on, beside.first_on, beside.last_on) if day is not None
    ]
    return replace(
        logged, count=logged.count + beside.count, ways=tuple(dict.fromkeys((*logged.ways, *beside.ways))),
        first_on=min(days, default=None), last_on=max(days, default=None),
    )  # fmt: skip


def missing(tried: Tried, limits: Mapping[str, int]) -> tuple[str, ...]:
    """Which limits of ENOUGH are not met yet."""
    days = (tried.last_on - tried.first_on).days if tried.first_on and tried.last_on else -1
    found = {"tries": tried.count, "try_ways": len(tried.ways), "try_days": days}
    return tuple(code for code in ENOUGH if found[code] < limits[code])


def refuse_unless_tried_enough(
    logged: Tried, beside: Beside, *, opened_on: date, today: date, limits: Mapping[str, int]
) -> None:
    """Raise CaseRefused for tries beside the log that nobody could look up, or while all of them are too few."""
    if beside.given:
        _refuse_beside(beside, logged.reached_on or opened_on, today)
    sentences = {
        "tries": f"Try at least {limits['tries']} times, at the times that are safe for them.",
        "try_ways": f"Try at least {limits['try_ways']} of the ways that are safe for them.",
        "try_days": f"Go on trying for at least {limits['try_days']} days.",
    }
    for code in missing(all_tries(logged, beside), limits):
        raise CaseRefused(sentences[code], code)


def _refuse_beside(beside: Beside, earliest: date, today: date) -> None:
    first, last = beside.first_on, beside.last_on
    if not beside.where.strip():
        raise CaseRefused(
            "Write who tried, and where it is written down. What nobody can look up does not count.",
            "more_where",
        )
    if beside.count < 1:
        raise CaseRefused("Enter how many tries are not in the log.", "more_tries")
    if not 1 <= len(set(beside.ways)) <= beside.count:
        raise CaseRefused(
            "Choose the ways of these tries: at least one, and no more than there were tries.", "more_ways"
        )
    if first is None or last is None or not first <= last <= today or (beside.count == 1 and first != last):
        raise CaseRefused(
            "Enter the days of the first and the last of them, neither in the future. One try has one day.",
            "more_last_on",
        )
    if first < earliest:
        raise CaseRefused(
            "Only tries after the report and since they were last reached count.", "more_first_on"
        )


def refuse_if_reached_since(first_try_on: date | None, logged_then: int, logged: Tried) -> None:
    """Raise CaseRefused when the log says that the person was reached after the tries on which a closing rests.

    `logged_then`: how many tries the log had when it was asked for. Fewer now: reached in between, perhaps on one day.
    """
    reached = logged.reached_on
    later = first_try_on is not None and reached is not None and reached > first_try_on
    if later or logged.count < logged_then:
        raise CaseRefused("They were reached since they were tried: contact is not lost. Send it back.")
