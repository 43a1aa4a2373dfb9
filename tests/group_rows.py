"""Groups to look at as a batch keeps them: made of reports by the action itself."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from tests.linkage_rows import DEN, FOUND, OTHER, evidence, report_row, told_to

AGAINST: tuple[dict[str, Any], ...] = (
    {"comparison": "name", "level": "differs", "bits": -5.5, "rarity": 0.0, "mine": "jim", "theirs": "casimir",
     "others": None},
)  # fmt: skip


def reports_of(cast: Any, at: datetime, count: int = 3) -> list[Any]:
    """Reports of two units, told a month apart, the earliest first."""
    made = []
    for place in range(count):
        when = at - timedelta(days=30 * (count - place))
        who, told = ((cast.priya, DEN), (cast.tom, OTHER))[place % 2]
        made.append(report_row(told_to(who, when), when, told))
    return made


def link(earlier: Any, new: Any, bits: float = 16.0, **more: Any) -> dict[str, Any]:
    """A pair with its evidence, as a group keeps it."""
    found = FOUND if bits > 0 else AGAINST
    return {
        "new": str(new.pk), "earlier": str(earlier.pk), "holds": bits > 0, "contradicts": bits < 0, "rank": 1,
        "bits": bits, "incident": "", "evidence": evidence(found=found),
    } | more  # fmt: skip


def group_of(reports: list[Any], **more: Any) -> Any:
    """A group of these, each linked with the next; the first and the last of three or more contradict each other."""
    from nightdesk.actions.link_groups import GroupFound

    links = [link(one, two) for one, two in pairwise(reports)]
    if len(reports) > 2:
        links.append(link(reports[0], reports[-1], -5.5))
    given: dict[str, Any] = {
        "members": tuple((one.pk, one.seq) for one in reports), "acts": len(reports), "weakest": 16.0, "mean": 9.5,
        "full": False, "links": links,
    }  # fmt: skip
    return GroupFound(**given | more)


def batch_of(*groups: Any, **more: Any) -> Any:
    """What a batch found."""
    from nightdesk.actions.link_groups import BatchFound

    given: dict[str, Any] = {
        "model": "shipped-2", "engine": "duckdb", "prior": -10.0, "ethnicity": False, "reports": 20_000,
        "compared": 87_016, "seq": 1, "groups": groups,
    }  # fmt: skip
    return BatchFound(**given | more)


def kept(at: datetime, *groups: Any, **more: Any) -> dict[str, int]:
    """Keep them, as the command does."""
    from nightdesk.actions.link_groups import keep_groups
    from nightdesk.rules.access import SYSTEM

    return keep_groups(actor=SYSTEM, at=at, found=batch_of(*groups, **more))
