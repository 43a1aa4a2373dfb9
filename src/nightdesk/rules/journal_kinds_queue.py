"""Kinds of journal line about cases of somebody who is away. Codes and counts only."""

from collections.abc import Mapping
from typing import Final

from nightdesk.rules.journal_kind import Kind
from nightdesk.rules.journal_kind import kind as _kind

QUEUE: Final[Mapping[str, Kind]] = {
    "away_noted": _kind(
        "The owner of the case is away (day {days}); {told} were told", "days", "told", next_owner="supervisor"
    ),
    "away_seen": _kind("A supervisor saw that the owner is away: {done}", "done", "to", next_owner="soit"),
    "notice_told": _kind(
        "Somebody was told of what is overdue: {notice} ({level})", "notice", "level", next_owner="soit"
    ),
}  # fmt: skip
