"""Cases of the demo that go to a colleague tonight: one was taken over by them, another waits for their answer."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

from nightdesk.actions.hand_over import offer_case
from nightdesk.actions.referrals import acknowledge_page
from nightdesk.jobs.demo_life import WORKER_SECONDS, Life
from nightdesk.queries.paging import call_outs, case_loads, colleagues, held_by
from nightdesk.queries.readers import reader_of
from nightdesk.rules.referral import WITH_THE_PERSON
from nightdesk.rules.terms import SUPERVISOR

TAKEN_OVER: Final = timedelta(minutes=22)  # before now it is offered
ANSWERED: Final = timedelta(minutes=4)  # after that
WAITS: Final = timedelta(minutes=6)  # before now the other one is offered


def plan_hand_over(life: Life) -> None:
    """Planned before the days are lived through: it happens in their last half hour."""
    life.later(life.now - TAKEN_OVER, lambda at: _offer(life, at, answered=True))
    life.later(life.now - WAITS, lambda at: _offer(life, at, answered=False))


def _offer(life: Life, at: datetime, *, answered: bool) -> None:
    """Whoever is with a person offers the case to a colleague who is on duty, and who says that they have it, or not yet."""
    for owner, reference in _with_somebody(life):
        if any(call.offered for staff in life.force.staff.values() for call in _calls(staff, reference)):
            continue
        actor = reader_of(owner)
        for key, _name in colleagues(actor, reference, at)[:1]:
            offer_case(actor=actor, at=at, reference=reference, to=key, address=life.address)
            life.later(at + timedelta(seconds=WORKER_SECONDS), life.sweep)
            if answered:
                life.later(at + ANSWERED, partial(_take_over, life, key, reference))
            return


def _take_over(life: Life, key: UUID, reference: str, at: datetime) -> None:
    colleague = next(staff for staff in life.force.staff.values() if staff.pk == key)
    for call in _calls(colleague, reference):
        acknowledge_page(at=at, token=call.token)


def _calls(staff: Any, reference: str) -> list[Any]:
    return [call for call in call_outs(reader_of(staff)) if call.reference == reference]


def _with_somebody(life: Life) -> Iterator[tuple[Any, str]]:
    """Owner and reference of each case whose person somebody is with."""
    for boss in life.force.staff.values():
        if boss.role != SUPERVISOR:
            continue
        reader = reader_of(boss)
        for key, _name, _count in case_loads(reader):
            owner = next(staff for staff in life.force.staff.values() if staff.pk == key)
            for held in held_by(reader, key)[1]:
                if held.state == WITH_THE_PERSON:
                    yield owner, held.reference
