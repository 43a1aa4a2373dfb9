"""Every half hour from the morning on: cases whose owner is away are noted for the day, and a supervisor is told."""

from datetime import datetime

from django.conf import settings

from nightdesk.actions.away import note_away_cases
from nightdesk.outside.current import force_zone
from nightdesk.queries.force import unit_by_code, unit_codes
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.away import is_time


def note_everybody_away(at: datetime) -> int:
    """How many cases were noted. A unit is one transaction."""
    if not is_time(at, force_zone()):
        return 0
    units = [unit_by_code(SYSTEM, code) for code in unit_codes(SYSTEM)]
    address = settings.NIGHTDESK_ADDRESS
    return sum(note_away_cases(at=at, unit=unit, address=address) for unit in units if unit is not None)
