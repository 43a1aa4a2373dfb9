"""Kinds of journal lines about attachments: numbers, codes and counts. Never a title, a name of a file or what it shows."""

from collections.abc import Mapping
from typing import Final

from nightdesk.rules.journal_kind import Kind
from nightdesk.rules.journal_kind import kind as _kind

ATTACHMENTS: Final[Mapping[str, Kind]] = {
    "attachment_added": _kind(
        "Attachment {number} was added: {attached} ({scan})", "number", "attached", "size", "scan", "risk", next_owner="soit"
    ),
    "attachment_scanned": _kind(
        "Attachment {number} was scanned: {outcome}", "number", "outcome", "scan", "attempt", next_owner="supervisor"
    ),
    "attachment_downloaded": _kind("Attachment {number} was downloaded ({scan})", "number", "scan"),
    "attachment_withdrawn": _kind(
        "Attachment {number} was withdrawn: {because}", "number", "because", next_owner="supervisor"
    ),
}  # fmt: skip
