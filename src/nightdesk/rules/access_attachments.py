"""Who may open the pages of attachments. Whose case it is, and which unit's, the pages ask themselves."""

from collections.abc import Mapping
from typing import Final

from nightdesk.rules.terms import SOIT, SUPERVISOR

_WORKS_CASES: Final = frozenset({SOIT, SUPERVISOR})
ATTACHMENT_PAGES: Final[Mapping[str, frozenset[str]]] = {
    "attachments": _WORKS_CASES,
    "attachment_add": _WORKS_CASES,
    "attachment": _WORKS_CASES,
    "attachment_picture": _WORKS_CASES,
    "attachment_about": _WORKS_CASES,
    "attachment_chat": _WORKS_CASES,
    "attachment_download": _WORKS_CASES,
    "attachment_withdraw": _WORKS_CASES,
    "attachments_unit": frozenset({SUPERVISOR}),  # of the unit: in quarantine, and not scanned yet
}
