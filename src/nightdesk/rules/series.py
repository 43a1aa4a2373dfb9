"""Series: who may see the series desk, what a link does to series, and what is left when a report is taken out."""

from collections.abc import Iterable
from typing import Final

from nightdesk.rules.terms import ANALYST, WORKS_CASES

LEAST: Final = 2  # with fewer reports it is no series

# What a link does to the series of its two reports.
OPENED: Final = "opened"
JOINED: Final = "joined"
MERGED: Final = "merged"
NOTHING: Final = "nothing"

MAY_BE_NAMED: Final = WORKS_CASES


class SeriesRefused(Exception):
    """What was asked of a series, or of who may see it, is not possible; the sentence says what to do."""


def may_see(role: str, *, named: bool) -> bool:
    """Analysts see the desk; specialists and supervisors only when a supervisor has named them; nobody else ever."""
    return role == ANALYST or (named and role in MAY_BE_NAMED)


def effect_of_link(one: str, other: str) -> str:
    """What linking two reports does, by the series that each is in ("" for none)."""
    if not one and not other:
        return OPENED
    if one == other:
        return NOTHING
    return MERGED if one and other else JOINED


def parts(members: Iterable[str], links: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """The members in groups that links still hold together; the largest group first, of equals that of the earliest member.

    `members` earliest first. Whoever is linked to nobody is a group of one.
    """
    order = list(members)
    group = {member: {member} for member in order}
    for one, other in links:
        if one in group and other in group and group[one] is not group[other]:
            group[one] |= group[other]
            for member in group[other]:
                group[member] = group[one]
    found: list[tuple[str, ...]] = []
    for member in order:
        whole = tuple(each for each in order if each in group[member])
        if whole not in found:
            found.append(whole)
    return tuple(sorted(found, key=len, reverse=True))


def refuse_if_not_to_be_named(role: str, *, oneself: bool) -> None:
    """Raise SeriesRefused for somebody whom a supervisor may not name: by their role, or because it is they themselves."""
    if oneself:
        raise SeriesRefused("Nobody names themselves. Ask another supervisor to name you.")
    if role not in MAY_BE_NAMED:
        raise SeriesRefused("Only specialists and supervisors can be named. Analysts see the desk as it is.")
