"""Bank holidays of the pack's country and region, worked out offline."""

from datetime import date
from functools import cache

import holidays as library

from nightdesk.outside.current import pack


def bank_holidays(years: range) -> dict[date, str]:
    """The bank holidays of these years where this force is, with their names."""
    about = pack().about
    found: dict[date, str] = {}
    for year in years:
        found |= _of_year(about.country, about.holiday_region, year)
    return found


@cache
def _of_year(country: str, region: str, year: int) -> dict[date, str]:
    return dict(library.country_holidays(country, subdiv=region or None, years=year))
