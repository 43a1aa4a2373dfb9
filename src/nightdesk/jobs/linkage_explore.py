"""“What if we knew…”: questions of analysts, answered out of the index that the linkage worker holds.

Pages may not hold the index, so they ask by a row and this answers it. What was asked is never added to the index.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import structlog

from nightdesk.actions.explorations import answer_exploration, fail_exploration
from nightdesk.linkage.explain import explain
from nightdesk.linkage.extract import Extract, extract
from nightdesk.linkage.index import Index
from nightdesk.linkage.scan import nearest
from nightdesk.linkage.series import Fit, fitting
from nightdesk.linkage.weights import Weights
from nightdesk.outside.current import pack
from nightdesk.outside.nicknames import load_nicknames
from nightdesk.queries.explorations import waiting
from nightdesk.queries.series import reports_of
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.exploration import MOST, SERIES
from nightdesk.rules.pack_deaths import ETHNICITY

AT_ONCE: Final = 20  # questions in one go: reports that come in must not wait for them
REASONS: Final = 8  # for and against together, the largest

FEWEST: Final = 2  # reports of a series that are held: one alone is asked of its own list

Read = Callable[[Mapping[str, Any]], Extract]
Result = list[list[Any]]


def read_facts(told: Mapping[str, Any]) -> Extract:
    """Facts as an extract. A place in words has no position here: whoever has a gazetteer gives a reader of their own."""
    return extract(told, load_nicknames(pack().name))


def in_force(weights: Weights) -> Weights:
    """The weights as the force wants them used: without ethnicity until its switch in the pack is on."""
    return weights if pack().link_switches[ETHNICITY].on else weights.without_ethnicity()


def answer_explorations(
    index: Index, weights: Weights, *, clock: Callable[[], datetime], read: Read = read_facts
) -> int:
    """Answer what waits; how many. A question that can't be read is said to be so, and holds up no other."""
    answered = 0
    for key, facts in waiting(SYSTEM, AT_ONCE):
        try:
            result = _answer(key, facts, index, weights, read)
        except TooFew:
            fail_exploration(at=clock(), exploration=key, fault="too_few")
        except (KeyError, TypeError, ValueError) as fault:
            structlog.get_logger().warning("exploration_unreadable", fault=type(fault).__name__)
            fail_exploration(at=clock(), exploration=key, fault="unreadable")
        else:
            answered += answer_exploration(at=clock(), exploration=key, result=result)
    return answered


class TooFew(Exception):
    """Fewer than two reports of the series stand."""


def _answer(key: UUID, facts: Mapping[str, Any], index: Index, weights: Weights, read: Read) -> Result:
    if SERIES in facts:
        return fits(str(facts[SERIES]), index, weights)
    return found(read({**facts, "id": str(key)}), index, weights)


def fits(series: str, index: Index, weights: Weights) -> Result:
    """The reports that a whole series speaks for, as `found` gives them. Raises TooFew."""
    rows = index.rows_with(reports_of(SYSTEM, series))
    if len(rows) < FEWEST:
        raise TooFew
    best = fitting(rows, index, weights, MOST)
    return [[one.id, round(one.bits, 3), _best(one)] for one in best if one.bits > 0]


def _best(one: Fit) -> list[list[Any]]:
    return [[each.comparison, each.level, round(each.bits, 3)] for each in one.best[:REASONS]]


def found(query: Extract, index: Index, weights: Weights) -> Result:
    """The reports for which anything speaks, best first: [id, bits, [[comparison, level, bits]...]]."""
    best = [one for one in nearest(query, index, weights, MOST) if one.bits > 0]
    return [[one.id, round(one.bits, 3), _reasons(query, index, weights, one.row)] for one in best]


def _reasons(query: Extract, index: Index, weights: Weights, row: int) -> list[list[Any]]:
    evidence = explain(query, index, weights, row)[:REASONS]
    return [[each.comparison, each.level, round(each.bits, 3)] for each in evidence]
