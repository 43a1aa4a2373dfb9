"""Page × role of the series desk: a part of the table in rules/access.py.

Of these roles analysts see the desk, and officers whom a supervisor has named (rules/series.py, may_see). Only analysts act.
"""

from collections.abc import Mapping
from typing import Final

from nightdesk.rules.terms import ANALYST, SUPERVISOR, WORKS_CASES

SEES: Final = WORKS_CASES | {ANALYST}
DECIDES: Final = frozenset({ANALYST})

SERIES: Final[Mapping[str, frozenset[str]]] = {
    "candidates": SEES,
    "candidate": SEES,
    "candidate_history": SEES,
    "candidate_answer": DECIDES,
    "candidate_give": DECIDES,
    "candidate_again": DECIDES,
    "link_report": SEES,
    "link_groups": DECIDES,  # proposals of the engine: whoever is named reads what people have decided
    "link_group": DECIDES,
    "link_group_raise": DECIDES,
    "link_group_aside": DECIDES,
    "all_series": SEES,
    "series": SEES,
    "series_history": SEES,
    "series_brief": SEES,
    "series_fits": DECIDES,
    "series_take_out": DECIDES,
    "series_seen": DECIDES,
    "series_people": frozenset({SUPERVISOR}),  # names who may read, and sees no candidate by it
    "series_person_end": frozenset({SUPERVISOR}),
}
