"""Cover checked for every unit, once an hour: a gap is told before it comes."""

from datetime import datetime

from django.conf import settings

from nightdesk.actions.cover import check_cover
from nightdesk.queries.force import unit_by_code, unit_codes
from nightdesk.rules.access import SYSTEM


def check_all_cover(at: datetime) -> int:
    """Work out the shifts of every unit and look for gaps; how many are open. A unit is one transaction."""
    found = 0
    for code in unit_codes(SYSTEM):
        unit = unit_by_code(SYSTEM, code)
        if unit is not None:
            found += check_cover(actor=SYSTEM, at=at, unit=unit, address=settings.NIGHTDESK_ADDRESS)
    return found
