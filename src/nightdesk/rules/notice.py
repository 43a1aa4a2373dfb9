"""Who is told of what is overdue, and when: the officer first, later their supervisors; nobody is woken for what can wait.

Nobody is told twice of the same, and nothing is silent: whoever is not there is passed over, and what waits for the
morning is told then in one summary.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from nightdesk.rules.pack_notices import NoticeDay, NoticeKind

OFFICER, ASKER, SENIOR = "officer", "asker", "supervisor"
LEVELS: Final = (
    OFFICER,
    ASKER,
    SENIOR,
)  # in the order in which they are told; the asker: who asked the officer


def due_since(kind: NoticeKind, level: str, at: datetime) -> datetime | None:
    """What was due by then is told to this level at `at`; None when the level is never told of this kind."""
    hours = {OFFICER: kind.officer_hours, ASKER: kind.asker_hours, SENIOR: kind.supervisor_hours}[level]
    return None if hours is None else at - timedelta(hours=hours - kind.before_hours)


def from_level(level: str) -> tuple[str, ...]:
    """This one and those that come after it."""
    return LEVELS[LEVELS.index(level) :]


@dataclass(frozen=True)
class Whom:
    """At which level something is told, to whom (`ids`), and who was told before and stands for that level now."""

    level: str
    ids: tuple[str, ...]
    stand: tuple[str, ...] = ()


def told_whom(
    level: str, *, there: Mapping[str, str], seniors: Iterable[str], known: Collection[str]
) -> Whom:
    """Who is told at a level. `there`: the one person of a level below the supervisors, if they are there.

    Nobody there: whoever comes next, at once. `known` were told of the same before and are left out; when that is
    everybody, they stand for the level, so that it is not looked for again.
    """
    found = next((step for step in from_level(level) if there.get(step)), SENIOR)
    whom = tuple(dict.fromkeys(seniors)) if found == SENIOR else (there[found],)
    ids = tuple(one for one in whom if one not in known)
    return Whom(found, ids, () if ids else whom)


def told_from(
    at: datetime, *, day: NoticeDay, zone: ZoneInfo, on: bool, shift_at: datetime | None
) -> datetime:
    """From when somebody is told of what need not wake them: `at` itself, or later.

    `on`: they are on a shift; `shift_at`: when their next shift begins, if known. It waits for the day to open on the
    force's own clock, and for a shift that begins later that day, and no longer than until they are on a shift.
    """
    if on:
        return at
    local = at.astimezone(zone)
    opens = local.replace(hour=day.opens_hour, minute=0, second=0, microsecond=0, fold=0)
    if local.hour >= day.closes_hour:
        opens += timedelta(days=1)
    begins = max(at, opens.astimezone(at.tzinfo))
    if shift_at is None or shift_at <= at:
        return begins
    if shift_at < begins or shift_at.astimezone(zone).date() == begins.astimezone(zone).date():
        return shift_at
    return begins


def wakes(kind: NoticeKind, due_at: datetime, otherwise_at: datetime) -> bool:
    """Whether somebody is told at any hour: waiting until `otherwise_at` would leave them less than they need for it."""
    return kind.wakes and due_at < otherwise_at + timedelta(hours=kind.needs_hours)


def one_of(staff: Iterable[str], on: Collection[str], turn: int) -> tuple[str, ...]:
    """Of several who could be told the same: those on a shift, else one. `turn` is of the unit, so that one person has all
    of it, and not one all of every unit."""
    several = tuple(dict.fromkeys(staff))
    return tuple(one for one in several if one in on) or (several and (several[turn % len(several)],))
