"""Every few minutes: what is overdue is noted for whoever is to be told, and told to those who may be told at this hour."""

from datetime import datetime

from django.conf import settings

from nightdesk.actions.notices import raise_notices, tell_waiting
from nightdesk.queries.notices import waiting_staff
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.notice import LEVELS
from nightdesk.rules.pack_notices import KINDS


def tell_overdue(at: datetime) -> int:
    """About how many things somebody was told. A kind and level, and then a person, is one transaction."""
    for kind in KINDS:
        for level in LEVELS:
            raise_notices(at=at, kind=kind, level=level)
    address = settings.NIGHTDESK_ADDRESS
    return sum(tell_waiting(at=at, staff=key, address=address) for key in waiting_staff(SYSTEM))
