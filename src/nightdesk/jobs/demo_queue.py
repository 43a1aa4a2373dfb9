"""The demo's queue: the worker keeps it up; a specialist who has cases is off sick, and a supervisor has looked at one.

By the actions that pages and worker call.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from nightdesk.actions.away import mark_away_seen, note_away_cases
from nightdesk.actions.rota_changes import note_absence
from nightdesk.jobs.demo_life import Life
from nightdesk.jobs.queue import keep_queue
from nightdesk.queries.away import away_cases
from nightdesk.queries.force import shifts_of
from nightdesk.queries.queue import queue
from nightdesk.queries.readers import reader_of
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.away import STAYS

HOUR: Final = timedelta(hours=1)
FELL_ILL: Final = 3 * HOUR  # ago
BACK: Final = 40 * HOUR
UNIT: Final = "CITY"


def plan_queue(life: Life) -> None:
    """Planned before the days are lived through: it happens in their last hours."""
    life.later(life.now - FELL_ILL, lambda at: _fall_ill(life, at))
    life.later(life.now - HOUR, lambda at: _look(life, at))
    life.later(life.now, keep_queue)


def _fall_ill(life: Life, at: datetime) -> None:
    """Whoever has a case in the queue and no turn meanwhile, so that the rota keeps its one gap."""
    maud, unit = reader_of(life.force.staff["maud"]), life.force.units[UNIT]
    turns = {shift.name for shift in shifts_of(SYSTEM, unit, starts_at=at, ends_at=at + BACK)}
    owners = [row.owner for row in queue(maud, at).rows if row.owner and row.owner not in turns]
    ill: Any = next((staff for staff in life.force.staff.values() if staff.name in owners), None)
    if ill is None:
        return
    note_absence(actor=maud, at=at, staff=ill, kind="sick", starts_at=at, ends_at=at + BACK)
    note_away_cases(at=at, unit=unit, address=life.address)


def _look(life: Life, at: datetime) -> None:
    """The supervisor says of one that it stays; the others wait on the page."""
    maud = reader_of(life.force.staff["maud"])
    rows, _more = away_cases(maud, at)
    for row in rows[1:2]:
        mark_away_seen(actor=maud, at=at, reference=row.reference, done=STAYS, seen="")
