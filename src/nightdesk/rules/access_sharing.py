"""The pages of sharing by consent: a part of the page × role table (rules/access.py)."""

from collections.abc import Mapping
from typing import Final

from nightdesk.rules.terms import SUPERVISOR, WORKS_CASES

SHARING_PAGES: Final[Mapping[str, frozenset[str]]] = {
    "sharing": WORKS_CASES,
    "sharing_with": WORKS_CASES,
    "consent": WORKS_CASES,
    "consent_withdraw": WORKS_CASES,
    "without_consent": frozenset({SUPERVISOR}),
    "passing_on": WORKS_CASES,
    "passing_on_move": WORKS_CASES,
    "pack_preview": WORKS_CASES,
    "shared_pack": WORKS_CASES,
    "shared_pack_move": WORKS_CASES,
    "shared_pack_file": WORKS_CASES,
    "consent_sheet": WORKS_CASES,
}
