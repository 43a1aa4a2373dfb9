"""A specialist of the demo who fell ill: colleagues have their turns, the worker notes their cases, a supervisor has looked
at one. By the actions that pages and worker call.
"""

from datetime import datetime, time, timedelta
from typing import Any, Final

from nightdesk.actions.away import mark_away_seen
from nightdesk.actions.rota_changes import note_absence, stand_in
from nightdesk.jobs.away import note_everybody_away
from nightdesk.jobs.demo_life import Life
from nightdesk.jobs.demo_plan import ZONE
from nightdesk.jobs.demo_rota import specialists_of
from nightdesk.queries.away import away_cases
from nightdesk.queries.force import is_away, shifts_of
from nightdesk.queries.queue import queue
from nightdesk.queries.readers import reader_of
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.away import STAYS

UNIT: Final = "CITY"
FELL_ILL: Final = time(7)  # by the clock on the wall: a turn ends then, so that whole turns are stood in for
RANG: Final = timedelta(minutes=20)  # before that
NOTED: Final = timedelta(minutes=30)  # after that: when the worker looks first in the morning
LOOKED_AT: Final = timedelta(hours=2)
AGO: Final = timedelta(hours=3)  # at least
LEFT: Final = 3  # cases that nobody has looked at
AWAY: Final = timedelta(days=2)
SOON: Final = timedelta(weeks=3)  # whoever has leave by then is not ill as well


def plan_away(life: Life) -> None:
    """Planned before the days are lived through: it happens on the last morning that is some hours ago."""
    morning = datetime.combine((life.now - AGO).astimezone(ZONE).date(), FELL_ILL, tzinfo=ZONE)
    if morning > life.now - AGO:
        morning -= timedelta(days=1)  # by the wall: the zone is kept
    begins = morning.astimezone(life.now.tzinfo)
    life.later(begins - RANG, lambda at: _fall_ill(life, begins, at))
    life.later(begins + NOTED, note_everybody_away)
    life.later(begins + LOOKED_AT, lambda at: _look(life, at))


def _fall_ill(life: Life, begins: datetime, at: datetime) -> None:
    """Whoever has cases in the queue, of the colleagues who have no leave soon: the most of them."""
    maud, ends = reader_of(life.force.staff["maud"]), begins + AWAY
    owners = [row.owner for row in queue(maud, at).rows]
    people = [
        staff
        for staff in specialists_of(life.force, UNIT)
        if staff.name in owners and not is_away(SYSTEM, staff, starts_at=at, ends_at=at + SOON)
    ]
    if not people:
        return
    ill = max(people, key=lambda staff: owners.count(staff.name))
    turns = _turns(life, begins, ends)
    note_absence(actor=maud, at=at, staff=ill, kind="sick", starts_at=begins, ends_at=ends)
    for turn in turns:
        if turn.name == ill.name:
            stand_in(
                actor=maud, at=at, unit=life.force.units[UNIT], layer=turn.layer, staff=_free(life, ill, turn),
                instead_of=ill, starts_at=max(turn.starts_at, begins), ends_at=min(turn.ends_at, ends),
            )  # fmt: skip


def _turns(life: Life, begins: datetime, ends: datetime) -> Any:
    return shifts_of(SYSTEM, life.force.units[UNIT], starts_at=begins, ends_at=ends)


def _free(life: Life, ill: Any, turn: Any) -> Any:
    """A colleague who has no other turn then and is not away, the one who has the fewest of these days."""
    busy = {one.name for one in _turns(life, turn.starts_at, turn.ends_at)} | {ill.name}
    people = [
        staff
        for staff in specialists_of(life.force, UNIT)
        if staff.name not in busy
        and not is_away(SYSTEM, staff, starts_at=turn.starts_at, ends_at=turn.ends_at)
    ]
    names = [one.name for one in _turns(life, turn.starts_at - AWAY, turn.ends_at + AWAY)]
    return min(people, key=lambda staff: names.count(staff.name))


def _look(life: Life, at: datetime) -> None:
    """The supervisor says of most that they stay; the first few wait on the page."""
    maud = reader_of(life.force.staff["maud"])
    rows, _more = away_cases(maud, at)
    for row in rows[max(1, min(LEFT, len(rows) - 1)) :]:
        mark_away_seen(actor=maud, at=at, reference=row.reference, done=STAYS, seen="")
