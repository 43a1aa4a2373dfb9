"""Every few minutes: what is overdue is noted for whoever is to be told, and told to those who may be told at this hour."""

from collections.abc import Callable
from datetime import datetime

import structlog
from django.conf import settings
from django.db import DatabaseError

from nightdesk.actions.notices import raise_notices, tell_waiting
from nightdesk.queries.notices import waiting_staff
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.notice import LEVELS
from nightdesk.rules.pack_notices import KINDS


def tell_overdue(at: datetime) -> int:
    """About how many things somebody was told. A kind and level, and then a person, is one transaction.

    A fault in one holds up no other: it is logged, and tried again in the next round.
    """
    for kind in KINDS:
        for level in LEVELS:
            _tried(lambda kind=kind, level=level: raise_notices(at=at, kind=kind, level=level))  # type: ignore[misc]
    address = settings.NIGHTDESK_ADDRESS
    return sum(
        _tried(lambda key=key: tell_waiting(at=at, staff=key, address=address))  # type: ignore[misc]
        for key in waiting_staff(SYSTEM)
    )


def _tried(do: Callable[[], int]) -> int:
    try:
        return do()
    except DatabaseError:
        raise
    except Exception as fault:
        structlog.get_logger().error("notice_failed", fault=type(fault).__name__)
        return 0
