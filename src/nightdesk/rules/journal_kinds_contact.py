"""Kinds of journal line about contact with the person, the plan for it, their wishes, and tasks. Codes and counts only."""

from collections.abc import Mapping
from typing import Final

from nightdesk.rules.journal_kind import Kind
from nightdesk.rules.journal_kind import kind as _kind

CONTACT: Final[Mapping[str, Kind]] = {
    "contact_begun": _kind(
        "A contact by {way} began ({direction}); warnings: {warnings}", "way", "direction", "warnings", "plan",
        next_owner="soit",
    ),
    "contact_noted": _kind(
        "What came of a contact by {way}: {outcome} (note {number})", "way", "outcome", "number", "promised",
        next_owner="soit",
    ),
    "task_made": _kind("A task was made: {task} ({origin})", "task", "origin", "own", next_owner="soit"),
    "task_moved": _kind("Task {task}: {move}", "task", "move", "state", next_owner="soit"),
}  # fmt: skip
