"""Page × role of what goes across cases: search, openings of others' cases, cases of someone away; and the timeline."""

from collections.abc import Mapping
from typing import Final

from nightdesk.rules.terms import AUDITOR, COMMANDER, SUPERVISOR, WORKS_CASES

ACROSS_CASES: Final[Mapping[str, frozenset[str]]] = {
    "timeline": WORKS_CASES,
    "my_desk": WORKS_CASES | {COMMANDER},
    "away_cases": frozenset({SUPERVISOR}),
    "away_seen": frozenset({SUPERVISOR}),
    # openings: which ones, rules/opening.py
    "case_search": WORKS_CASES,
    "my_openings": WORKS_CASES,
    "case_openings": WORKS_CASES,
    "opening_move": WORKS_CASES,
    "openings_watch": frozenset({SUPERVISOR, AUDITOR}),
}
