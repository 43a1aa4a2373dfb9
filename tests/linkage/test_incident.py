"""Whether two reports may tell of one incident."""

from typing import Any

import pytest

from nightdesk.linkage.extract import extract
from nightdesk.linkage.incident import LIKELY, POSSIBLE, incident, incidents

FRIEND: dict[str, Any] = {
    "id": "a", "act_on": "2026-10-03", "lat": 51.5, "lon": 0.1, "place_precision": "point", "venue": "sauna",
}  # fmt: skip


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ({}, LIKELY),
        ({"act_on": "2026-10-04"}, LIKELY),
        ({"act_on": "2026-10-06"}, ""),
        ({"act_on": None}, ""),
        ({"lat": 51.6}, ""),
        ({"lat": None}, POSSIBLE),
        ({"venue": "hotel"}, ""),
        ({"venue": None}, POSSIBLE),
        ({"venue": None, "lat": None}, ""),
        ({"lat": 51.51}, ""),
        ({"lat": 51.51, "place_precision": "sector"}, LIKELY),
        ({"kind": "death"}, ""),
        ({"kind": "information"}, LIKELY),
    ],
)
def test_one_incident_told_twice(other: dict[str, Any], found: str) -> None:
    """Never without both days, and never where something is told otherwise; the same whichever comes first."""
    one, two = (extract(told, {}) for told in (FRIEND, FRIEND | other | {"id": "b"}))
    assert incident(one, two) == incident(two, one) == found


def test_two_who_name_different_accounts_may_be_wrong() -> None:
    """It is only possible then."""
    one, two = (extract(FRIEND | {"handle": handle}, {}) for handle in ("fox", "owl"))
    assert incident(one, two) == POSSIBLE


def test_acts_are_counted_and_one_that_is_told_twice_counts_once() -> None:
    """Three accounts of one night in a row, by two days each; another night is another act."""
    days = ("2026-10-03", "2026-10-04", "2026-10-05", "2026-12-05")
    told = [extract(FRIEND | {"id": day, "act_on": day}, {}) for day in days]
    assert incidents(told) == 2
    assert incidents(told[::2]) == 2
    assert incidents([]) == 0
