"""The links to the other pages of a list: the first, the last, and those beside this one."""

from collections.abc import Callable
from typing import Any


def paged(number: int, pages: int, href: Callable[[int], str]) -> dict[str, Any]:
    """What furniture/pagination.html draws; nothing when there is one page only."""
    if pages < 2:
        return {}
    wanted = sorted({1, number - 1, number, number + 1, pages} & set(range(1, pages + 1)))
    numbers: list[dict[str, Any]] = []
    for place, one in enumerate(wanted):
        if place and one - wanted[place - 1] > 1:
            numbers.append({"number": None})
        numbers.append({"number": one, "href": href(one), "current": one == number})
    return {
        "numbers": numbers,
        "previous": href(number - 1) if number > 1 else "",
        "next": href(number + 1) if number < pages else "",
    }
