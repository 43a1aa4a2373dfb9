"""Somebody of the demo who does not answer any more: tried over weeks at the times that are safe, each try in the log."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, Protocol
from uuid import UUID, uuid4

from nightdesk.actions.contact_log import Begun, begin_contact, note_outcome
from nightdesk.outside.current import force_zone, pack
from nightdesk.queries.cases import needs_reason
from nightdesk.queries.contact_plan import agreed_of
from nightdesk.rules.access import SYSTEM, Reader
from nightdesk.rules.case import MOVES
from nightdesk.rules.closing_said import Said
from nightdesk.rules.closing_tries import Tried, all_tries, missing
from nightdesk.rules.contact import Came, checked
from nightdesk.rules.pack_contact import NO_CONTACT, OUT
from nightdesk.rules.terms import SOIT

TRIED_AFTER: Final = (8, 11, 15, 19, 23, 27)  # days
WAYS: Final = (("phone_call", "no_answer"), ("text", "sent"))
REASON: Final = "Agreed when they were last here."
WHERE: Final = "The ISVA rang them on her own number; it is in her notes of that day."
TRIED: Final = "Tried at the times that are safe for them. Nobody answered; no message was left."


class Lives(Protocol):
    """What this needs of the demo's life: to happen later."""

    def later(self, at: datetime, act: Callable[[datetime], object]) -> None:
        """Let `act` happen at `at`, if that is not after now."""


def plan_tries(
    life: Lives, reference: str, reader: Reader, at: datetime, stands: Callable[[datetime], str]
) -> None:
    """The tries after `at`. `stands`: the state of the case at a moment; one that is closed is left in peace."""
    for number, days in enumerate(TRIED_AFTER):
        way, outcome = WAYS[number % len(WAYS)]

        def act(when: datetime, way: str = way, outcome: str = outcome) -> None:
            if "ask_to_close" in MOVES[stands(when)]:
                _try(life, reference, reader, when, way, outcome)

        life.later(at + timedelta(days=days), act)


def _try(life: Lives, reference: str, reader: Reader, at: datetime, way: str, outcome: str) -> None:
    """At once, or when it is safe by the plan."""
    plan = agreed_of(SYSTEM, reference).plan
    if NO_CONTACT in plan.ways or reader.role != SOIT or needs_reason(reader, reference) is not False:
        return
    found = checked(plan, pack().contact_ways[way], OUT, at, force_zone())
    if found.next_at:
        life.later(found.next_at, lambda when: _try(life, reference, reader, when, way, outcome))
        return
    begun = Begun(way, OUT, at, found.warnings, REASON if found.warnings else "")
    row = begin_contact(actor=reader, at=at, reference=reference, sender_key=uuid4(), begun=begun)
    came = Came(outcome)
    note_outcome(actor=reader, at=at, reference=reference, contact=UUID(str(row.pk)), seen=0, came=came)


def said_of_tries(at: datetime) -> Said:
    """What is said when contact is lost: a try of somebody else's beside the log."""
    day = at.date() - timedelta(days=2)
    return Said(
        more_tries=1, more_ways=("through_partner",), more_first_on=day, more_last_on=day, more_where=WHERE, suspect="no",
        grounds=TRIED, looked=True,
    )  # fmt: skip


def enough(logged: Tried, said: Said) -> bool:
    """Whether the log and what stands beside it are enough by the pack, and nobody was reached in between."""
    limits = {limit.id: limit.amount for limit in pack().closing_limits}
    reached = (
        logged.reached_on is not None
        and said.more_first_on is not None
        and logged.reached_on > said.more_first_on
    )
    return not reached and not missing(all_tries(logged, said.beside), limits)
