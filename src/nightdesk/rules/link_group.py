"""A group of reports that may all be about one man: whether it is shown, how strong it is, what people do with it. Pure.

A group is a proposal of the engine and a lead at most: nothing follows from it but what two analysts decide, pair by pair.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from nightdesk.rules.candidate_evidence import band_of_pair

LEAST: Final = 2  # reports; fewer are no group
MOST_KEPT: Final = (
    500  # of one batch: the largest and strongest, and what waits already; others come when those are decided
)
LINKS_KEPT: Final = 40  # pairs whose evidence is kept with a group
AGAINST_KEPT: Final = 10  # of them, those that speak most against it
LONGEST_WHY: Final = 1000

RAISED: Final = "raised"  # its pairs were made candidates
ASIDE: Final = "aside"  # set aside, with a reason
DECISIONS: Final = (RAISED, ASIDE)

# Why a group is not shown.
IN_SERIES: Final = "series"
DECIDED: Final = "decided"
SIDE_BY_SIDE: Final = "candidate"

SAY_WHY: Final = "Say why it is set aside: another analyst may ask."
TOO_LONG: Final = "That is more than 1,000 characters. Shorten it; what you wrote is still in the box."
REPLACED: Final = "A newer comparison did not find this group again. Go back to the list."
DECIDED_ALREADY: Final = "Another analyst has decided about this group already. Read below what was done."
DECIDED_BY_YOU: Final = "You have decided about this group already. Read below what was kept."
ETHNICITY_OFF: Final = (
    "This was compared with ethnicity, which the force has switched off. Wait for the next comparison."
)
LINKS_GONE: Final = (
    "What was found between these reports went with one that was destroyed or has changed. The next comparison of the whole "
    "database shows anew what is left."
)


class LinkGroupRefused(Exception):
    """What was asked of a group is not possible; the sentence says what to do."""


@dataclass(frozen=True)
class Already:
    """What people have decided so far. Reports are known by their ids.

    `series`: the series a report is in; `decided`: groups that were taken up or set aside; `pairs`: what stands side by
    side as a candidate, in whatever state.
    """

    series: Mapping[str, str] = field(default_factory=dict)
    decided: Iterable[frozenset[str]] = ()
    pairs: frozenset[frozenset[str]] = frozenset()

    def by_report(self) -> dict[str, list[frozenset[str]]]:
        """The decided groups that each report is in."""
        found: dict[str, list[frozenset[str]]] = {}
        for group in self.decided:
            for report in group:
                found.setdefault(report, []).append(group)
        return found


def left_out(members: frozenset[str], already: Already, decided: Mapping[str, list[frozenset[str]]]) -> str:
    """Why a group is not shown, "" when it is. `decided`: `already.by_report()`, worked out once.

    One whose reports are all in one series says nothing new; one that people have decided about comes back only when a
    report joined it; and two reports that stand side by side already are no group.
    """
    series = {already.series.get(report, "") for report in members}
    if len(series) == 1 and series != {""}:
        return IN_SERIES
    if any(members <= group for group in decided.get(min(members), ())):
        return DECIDED
    return SIDE_BY_SIDE if len(members) == LEAST and members in already.pairs else ""


def strength(mean: float, prior: float) -> str:
    """How strong a group is: by its average pair, since every group hangs together by strong links."""
    return band_of_pair(mean, prior)


def refuse_unless_open(decision: str, *, replaced: bool, own: bool = False) -> None:
    """Raise LinkGroupRefused for a group that somebody decided about, or that is no more. `own`: whoever asks decided."""
    if decision:
        raise LinkGroupRefused(DECIDED_BY_YOU if own else DECIDED_ALREADY)
    if replaced:
        raise LinkGroupRefused(REPLACED)


def refuse_without_reason(why: str) -> None:
    """Raise LinkGroupRefused for no reason, or one that is too long."""
    if not why.strip():
        raise LinkGroupRefused(SAY_WHY)
    if len(why) > LONGEST_WHY:
        raise LinkGroupRefused(TOO_LONG)
