"""Who is told of what is overdue, and when: the officer first, later their supervisors; nobody is woken for what can wait.

Nobody is told twice of the same, and nothing is silent: whoever is not there is passed over, and what waits for the
morning is told then in one summary.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from nightdesk.rules.pack_notices import NoticeDay, NoticeKind

OFFICER, SENIOR = "officer", "supervisor"
LEVELS: Final = (OFFICER, SENIOR)


def due_since(kind: NoticeKind, level: str, at: datetime) -> datetime | None:
    """What was due by then is told to this level at `at`; None when the level is never told of this kind."""
    hours = kind.officer_hours if level == OFFICER else kind.supervisor_hours
    return None if hours is None else at - timedelta(hours=hours - kind.before_hours)


def told_whom(
    level: str, *, officer: str, there: bool, seniors: Iterable[str], known: Iterable[str]
) -> tuple[str, tuple[str, ...]]:
    """(level, ids of who is told). An officer who is not there, or nobody: their supervisors at once.

    `known` were told of the same before and are left out.
    """
    if level == OFFICER and officer and there:
        return OFFICER, () if officer in set(known) else (officer,)
    left = set(known)
    return SENIOR, tuple(one for one in dict.fromkeys(seniors) if one not in left)


def may_tell(
    at: datetime, *, day: NoticeDay, zone: ZoneInfo, wakes: bool, on: bool, shift_at: datetime | None
) -> bool:
    """Whether somebody may be told now. `on`: they are on a shift; `shift_at`: when their next shift begins, if known.

    What does not wake waits for the day to open on the force's own clock, and for a shift that begins later that day.
    """
    if wakes or on:
        return True
    local = at.astimezone(zone)
    if not day.opens_hour <= local.hour < day.closes_hour:
        return False
    return shift_at is None or shift_at <= at or shift_at.astimezone(zone).date() != local.date()
