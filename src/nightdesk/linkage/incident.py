"""Whether two reports may tell of one and the same incident: asked for itself, before asking whether it is the same man.

A friend, a partner organisation and the person may each tell of one act. Same day and same place then add up to a strong
link, and one incident told twice would be counted as a series (linkage reference 9).
"""

from collections.abc import Sequence
from itertools import combinations
from typing import Final

from nightdesk.linkage.extract import Extract
from nightdesk.linkage.places import kilometres

LIKELY: Final = "likely"
POSSIBLE: Final = "possible"
DAYS: Final = 1  # between the days told: the night has two
NEAR_KM: Final = (0.6, 1.5, 5.0)  # by the worse precision of the two places
CONTRADICTS: Final = (
    "phone",
    "email",
    "handle",
)  # of whoever did it: told differently, it is hardly the same act


def incident(one: Extract, other: Extract) -> str:
    """Likely, possible or "": never without both days, nor where the kind of place is told differently."""
    if one.day is None or other.day is None or abs(one.day - other.day) > DAYS:
        return ""
    if one.venue and other.venue and one.venue != other.venue:
        return ""
    if {one.kind, other.kind} == {"death", "disclosure"}:
        return ""  # whoever tells of their own did not die of it
    near = _near(one, other)
    if near is False:
        return ""
    told = [(getattr(one, name), getattr(other, name)) for name in CONTRADICTS]
    if any(mine and theirs and mine != theirs for mine, theirs in told):
        return POSSIBLE if near else ""
    if near and one.venue == other.venue and one.venue:
        return LIKELY
    return POSSIBLE if near or one.venue == other.venue != "" else ""


def incidents(reports: Sequence[Extract]) -> int:
    """How many acts these tell of, accounts that are likely of one act counted once."""
    act = list(range(len(reports)))
    for one, other in combinations(range(len(reports)), 2):
        if act[one] != act[other] and incident(reports[one], reports[other]) == LIKELY:
            act = [act[one] if each == act[other] else each for each in act]
    return len(set(act))


def _near(one: Extract, other: Extract) -> bool | None:
    """Whether the places are as near as their precision can tell; None when one is not known."""
    if one.lat is None or other.lat is None:
        return None
    return kilometres(one, other) <= NEAR_KM[max(one.precision, other.precision)]
