"""Reads and refusals are in the journal, by code and reference; what somebody typed is not."""

from datetime import datetime
from typing import Any

import pytest

from nightdesk.actions.reading import note_reading, note_refusal
from nightdesk.records.journal import JournalLine
from tests.people import as_reader


def newest() -> JournalLine:
    """The newest line."""
    line = JournalLine.objects.order_by("-seq").first()
    assert line is not None
    return line


def test_a_reading_is_kept_with_what_whose_and_why(cast: Any, now: datetime) -> None:
    """Before anything is shown."""
    note_reading(actor=as_reader(cast.sana), at=now, reference="K7M2-Q9XR", what="case", reason="covering")
    line = newest()
    assert (line.kind, line.actor, line.subject) == ("record_read", str(cast.sana.pk), "K7M2-Q9XR")
    assert line.facts == {"what": "case", "reason": "covering"}


@pytest.mark.parametrize(
    "reason", ["She is my neighbour", "Covering", "covering ", "x" * 41, "a\0b", "MARK1"]
)
def test_a_reason_in_words_is_refused(cast: Any, now: datetime, reason: str) -> None:
    """Free text would put into the journal what must never be there."""
    lines = JournalLine.objects.count()
    with pytest.raises(ValueError, match="Choose one of the reasons"):
        note_reading(actor=as_reader(cast.sana), at=now, reference="K7M2-Q9XR", what="case", reason=reason)
    assert JournalLine.objects.count() == lines


def test_a_refusal_is_kept_with_the_reference_that_was_asked_for(cast: Any, now: datetime) -> None:
    """So that the owner of the case sees it."""
    note_refusal(actor=as_reader(cast.alex), at=now, what="case", reference="K7M2-Q9XR")
    assert (newest().kind, newest().subject, newest().facts) == (
        "access_refused",
        "K7M2-Q9XR",
        {"what": "case"},
    )


@pytest.mark.parametrize(
    "typed", ["jo-smith-was-raped", "k7m2-q9xr", "K7M2-Q9XR ", "IIII-0000", "x" * 5000, "🌙", "a\0"]
)
def test_what_somebody_typed_into_an_address_is_kept_nowhere(cast: Any, now: datetime, typed: str) -> None:
    """The refusal is; and no length of it stops the line."""
    note_refusal(actor=as_reader(cast.alex), at=now, what="disclosure", reference=typed)
    assert (newest().kind, newest().subject) == ("access_refused", "")
