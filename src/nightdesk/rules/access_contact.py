"""Page × role of contact with the person and of tasks: a part of the table in rules/access.py."""

from collections.abc import Mapping
from typing import Final

from nightdesk.rules.terms import WORKS_CASES

CONTACT: Final[Mapping[str, frozenset[str]]] = {
    "contact_plan": WORKS_CASES,
    "contact_plan_change": WORKS_CASES,
    "wishes": WORKS_CASES,
    "wishes_change": WORKS_CASES,
    "contact_log": WORKS_CASES,
    "contact_before": WORKS_CASES,
    "contact_earlier": WORKS_CASES,
    "contact": WORKS_CASES,
    "my_tasks": WORKS_CASES,
    "case_tasks": WORKS_CASES,
    "task": WORKS_CASES,
}
