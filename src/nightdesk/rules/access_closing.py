"""Page × role of how a case ends (who looks and who opens it again: rules/closing.py), and of what is recorded beside it."""

from collections.abc import Mapping
from typing import Final

from nightdesk.rules.terms import SUPERVISOR, WORKS_CASES

CLOSING: Final[Mapping[str, frozenset[str]]] = {
    "closings": frozenset({SUPERVISOR}),
    "closing": WORKS_CASES,
    "closing_ask": WORKS_CASES,
    "closing_look": frozenset({SUPERVISOR}),
    "closing_take_back": WORKS_CASES,
    "case_investigate": WORKS_CASES,
    "case_reopen": WORKS_CASES,
    "outcome_correct": WORKS_CASES,
    "related_offences": WORKS_CASES,
    "related_offence_end": WORKS_CASES,
}
