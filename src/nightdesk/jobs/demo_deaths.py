"""Unexplained deaths of the demo, all invented: one in short, one corrected later, one where nothing stands out."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import NAMESPACE_OID, uuid5

from nightdesk.actions.deaths import correct_death, enter_death
from nightdesk.jobs.demo_life import Life
from nightdesk.rules.access import Reader
from nightdesk.rules.terms import COUNTER, SUPERVISOR

DAY: Final = timedelta(days=1)
# days ago, who enters it, how it was learned of, what is known
ENTERED: Final[tuple[tuple[float, str, str, dict[str, Any]], ...]] = (
    (24, COUNTER, "counter", {"drug": "ghb", "where": "Cask Lane, behind the chapel", "app": "grindr"}),
    (
        15, SUPERVISOR, "coroner",
        {
            "where": "Chapel yard, Cask Lane", "place_kind": "outdoors", "age": "22", "app": "grindr", "drug": "ghb",
            "met_handle": "tidalbear", "markers": {"bottle": "yes", "phone_missing": "yes", "note": "no"},
        },
    ),
    (3, COUNTER, "counter", {"where": "Quay steps", "age": "47", "markers": {"ghb": "no", "app_meeting": "no"}}),
)  # fmt: skip
LEARNED: Final = {
    "met_name": "Joe",
    "markers": {"bottle": "yes", "phone_missing": "yes", "note": "no", "moved": "yes"},
}


def plan_deaths(life: Life) -> None:
    """Put them into the days ahead of the demo's life; of the second, more is learned two days later."""
    for number, (days, role, source, values) in enumerate(ENTERED):
        life.later(life.now - days * DAY, _entering(life, number, role, source, values))


def _entering(
    life: Life, number: int, role: str, source: str, values: Mapping[str, Any]
) -> Callable[[datetime], None]:
    def enter(at: datetime) -> None:
        who = _somebody(life, role)
        key = uuid5(NAMESPACE_OID, f"death {number} of the demo")
        row = enter_death(actor=who, at=at, key=key, source=source, values=values)
        if number == 1:
            life.later(at + 2 * DAY, _correcting(who, row.reference, {**values, **LEARNED}))

    return enter


def _correcting(who: Reader, reference: str, values: Mapping[str, Any]) -> Callable[[datetime], None]:
    def correct(at: datetime) -> None:
        correct_death(actor=who, at=at, reference=reference, seen=1, values=values)

    return correct


def _somebody(life: Life, role: str) -> Reader:
    """The first in this role who belongs to a unit."""
    return next(reader for reader in life.force.readers.values() if reader.role == role and reader.unit)
