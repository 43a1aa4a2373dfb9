"""Page × role of unexplained deaths, exploring and fairness: a part of the table in rules/access.py.

Which deaths each may read is in rules/death.py, may_read. What linkage finds is never shown on a page of a death.
"""

from collections.abc import Mapping
from typing import Final

from nightdesk.rules.terms import ANALYST, AUDITOR, COMMANDER, COUNTER, SOIT, SUPERVISOR

ENTERS: Final = frozenset({COUNTER, SOIT, SUPERVISOR})

DEATHS: Final[Mapping[str, frozenset[str]]] = {
    "deaths": ENTERS | {ANALYST},
    "death_new": ENTERS,
    "death": ENTERS | {ANALYST},
    "death_correct": ENTERS,
    "explore": frozenset({ANALYST}),
    "exploration": frozenset({ANALYST}),
    "fairness": frozenset({ANALYST, COMMANDER, AUDITOR}),  # counts only, small ones hidden
}
