"""The pages of sharing by consent: a part of the page × role table (rules/access.py)."""

from collections.abc import Mapping
from typing import Final

from nightdesk.rules.terms import SOIT, SUPERVISOR

_CASES: Final = frozenset({SOIT, SUPERVISOR})

SHARING_PAGES: Final[Mapping[str, frozenset[str]]] = {
    "sharing": _CASES,
    "sharing_with": _CASES,
    "consent": _CASES,
    "consent_withdraw": _CASES,
    "without_consent": frozenset({SUPERVISOR}),
    "passing_on": _CASES,
    "passing_on_move": _CASES,
    "pack_preview": _CASES,
    "shared_pack": _CASES,
    "shared_pack_move": _CASES,
    "shared_pack_file": _CASES,
    "consent_sheet": _CASES,
}
