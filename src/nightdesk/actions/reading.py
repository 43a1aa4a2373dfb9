"""Reads are journalled before anything is shown: if the line can't be written, nothing is read (fail closed)."""

import re
from datetime import datetime
from typing import Final

from nightdesk.actions._entry import entry
from nightdesk.actions._rows import reference_or_nothing
from nightdesk.rules.access import Reader

REASON_CODE: Final = re.compile(r"[a-z_]{0,40}")


def note_reading(*, actor: Reader, at: datetime, reference: str, what: str, reason: str = "") -> None:
    """The actor opened `what` (a page code) of a disclosure; `reason` is the code of the one they chose, if any.

    Raises ValueError for a reason in words: the journal takes no free text.
    """
    if not REASON_CODE.fullmatch(reason):
        raise ValueError("Choose one of the reasons that the page offers.")
    with entry("record_read", actor=actor, at=at, subject=reference, what=what, reason=reason):
        pass


def note_refusal(*, actor: Reader, at: datetime, what: str, reference: str = "") -> None:
    """The actor was refused `what` (a page code), of the disclosure `reference` if that is one."""
    subject = reference_or_nothing(reference)
    with entry("access_refused", actor=actor, at=at, subject=subject, what=what):
        pass
