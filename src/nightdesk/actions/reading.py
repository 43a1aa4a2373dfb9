"""Reads are journalled before anything is shown: if the line can't be written, nothing is read (fail closed)."""

from datetime import datetime

from nightdesk.actions._entry import entry
from nightdesk.rules.access import Reader


def note_reading(*, actor: Reader, at: datetime, reference: str, what: str, reason: str = "") -> None:
    """The actor opened `what` (a page code) of a disclosure, with the reason they gave, if one was asked for."""
    with entry("record_read", actor=actor, at=at, subject=reference, what=what, reason=reason[:200]):
        pass


def note_refusal(*, actor: Reader, at: datetime, what: str, reference: str = "") -> None:
    """The actor was refused `what`."""
    with entry("access_refused", actor=actor, at=at, subject=reference, what=what):
        pass
