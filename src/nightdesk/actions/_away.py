"""What is behind cases of somebody who is away: whom to tell, and what a reassignment settles."""

from datetime import datetime
from typing import Any

from nightdesk.actions._rows import staff_id
from nightdesk.records.away import AwayNote, supervisors_there
from nightdesk.records.rota import Shift
from nightdesk.records.staff import Staff
from nightdesk.rules.access import Reader
from nightdesk.rules.away import REASSIGNED
from nightdesk.rules.on_the_way import WATCHING
from nightdesk.rules.terms import SUPERVISOR


def whom_to_tell(unit_id: Any, at: datetime) -> list[Staff]:
    """The supervisors of a unit who are there; else its duty inspector; else those of other units; never nobody."""
    there = supervisors_there(at).order_by("username")
    if found := list(there.filter(unit_id=unit_id)):
        return found
    duty_di = {"layer": WATCHING[0], "staff__role": SUPERVISOR}
    on = Shift.objects.on_at(at).filter(unit_id=unit_id, **duty_di).select_related("staff")
    if on:
        return list({shift.staff_id: shift.staff for shift in on}.values())
    everybody = Staff.objects.filter(role=SUPERVISOR, is_active=True).order_by("username")
    return list(there) or list(everybody)


def note_reassigned(disclosure_id: Any, *, actor: Reader, at: datetime) -> None:
    """A case goes to somebody else: what waited to be looked at is settled. Called inside the entry that says so."""
    waiting = AwayNote.objects.filter(case__disclosure_id=disclosure_id, seen_at=None)
    waiting.update(seen_at=at, seen_by_id=staff_id(actor), done=REASSIGNED)
