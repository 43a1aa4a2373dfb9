"""Every few minutes: duties whose time has passed are noted as missed, each in a transaction of its own."""

from datetime import datetime
from typing import Final

from nightdesk.actions.duties import miss_duty
from nightdesk.queries.duties import overdue
from nightdesk.rules.access import SYSTEM

MOST: Final = 500  # in one round, so that pages never wait for long: the rest is due in the next


def miss_overdue(at: datetime) -> int:
    """How many were missed."""
    return sum(
        miss_duty(at=at, duty=key, reference=reference) for key, reference in overdue(SYSTEM, at, MOST)
    )
