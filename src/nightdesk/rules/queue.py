"""The queue: which cases stand in it, by what they are ordered, and the ways to look at it. Pure.

A filter is a name here and a condition in queries/queue.py; its count and its rows come from that one condition.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from nightdesk.rules.case import CLOSED as CASE_CLOSED

NEVER: Final = datetime(9999, 12, 31, tzinfo=UTC)  # nothing runs out: sorted last on every database
WINDOW_SOON: Final = timedelta(hours=24)

UNIT: Final = "unit"
MINE: Final = "mine"
NOBODY: Final = "nobody"
SUPERVISOR: Final = "supervisor"
MISSED: Final = "missed"
WINDOW: Final = "window"
OVERDUE: Final = "overdue"
CHEMSEX: Final = "chemsex"
DRUG_FACILITATED: Final = "drug_facilitated"
OFFERED: Final = "offered"
AWAY: Final = "away"
HANDED: Final = "handed_over"
CLOSED: Final = "closed"

FILTERS: Final = (
    UNIT, MINE, NOBODY, SUPERVISOR, MISSED, WINDOW, OVERDUE, CHEMSEX, DRUG_FACILITATED, OFFERED, AWAY, HANDED, CLOSED,
)  # fmt: skip
FLAGS: Final = {CHEMSEX: "chemsex_context", DRUG_FACILITATED: "drug_facilitated_suspected"}  # filter → flag
A_PAGE: Final = 25
SETTLES: Final = CASE_CLOSED  # to or from it, a case may leave or enter the queue
# As far as anybody counts and pages: so much is exact, beyond it the page says "more than". Nobody works through a
# thousand cases by their place in a list, and counting on would cost more the longer a force has used this.
MOST: Final = 1000


def stays(*, owed: bool, state: str) -> bool:
    """Whether a case stands in the queue: until it is closed, and after that while something is owed. An open case that
    nothing is owed in is still somebody's: out of every list it would go quiet, and nobody would be asked to end it."""
    return owed or state != CASE_CLOSED


def nearest(*times: datetime | None) -> datetime:
    """What runs out first; NEVER when nothing runs."""
    return min((at for at in times if at is not None), default=NEVER)


def chosen(name: str) -> str:
    """The filter of an address; the whole unit for one that is none."""
    return name if name in FILTERS else UNIT


def page_of(text: str, total: int, *, most: int = MOST) -> tuple[int, int]:
    """The page that an address asks for, and how many there are of `total` rows; the nearest one there is."""
    pages = max(1, -(-min(total, most) // A_PAGE))
    asked = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return min(max(1, asked), pages), pages
