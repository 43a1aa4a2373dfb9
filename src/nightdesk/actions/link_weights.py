"""That weights were learned anew is noted, whatever came of it. They are a file: nothing goes live by it."""

from datetime import datetime
from typing import Final

from nightdesk.actions._entry import entry
from nightdesk.rules.access import Reader

LEARNED: Final = "learned"
FAILED: Final = "failed"


def note_weights_learned(
    *, actor: Reader, at: datetime, reports: int, outcome: str, moved: int, not_learned: int, confirmed: int
) -> None:
    """One line: over how many reports, and how much it would change. Their forms were opened for it."""
    with entry(
        "weights_learned", actor=actor, at=at, reports=reports, outcome=outcome, moved=moved, not_learned=not_learned,
        confirmed=confirmed,
    ):  # fmt: skip
        pass
