"""Who may open the pages of attachments. Whose case it is, and which unit's, the pages ask themselves."""

from collections.abc import Mapping
from typing import Final

from nightdesk.rules.terms import SUPERVISOR, WORKS_CASES

ATTACHMENT_PAGES: Final[Mapping[str, frozenset[str]]] = {
    "attachments": WORKS_CASES,
    "attachment_add": WORKS_CASES,
    "attachment": WORKS_CASES,
    "attachment_picture": WORKS_CASES,
    "attachment_about": WORKS_CASES,
    "attachment_chat": WORKS_CASES,
    "attachment_download": WORKS_CASES,
    "attachment_withdraw": WORKS_CASES,
    "attachments_unit": frozenset({SUPERVISOR}),  # of the unit: in quarantine, and not scanned yet
}
