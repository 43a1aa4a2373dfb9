"""Kinds of journal line about search and about opening another's case. Kinds and counts only, never what was looked for."""

from collections.abc import Mapping
from typing import Final

from nightdesk.rules.journal_kind import Kind
from nightdesk.rules.journal_kind import kind as _kind

SEARCH: Final[Mapping[str, Kind]] = {
    "searched": _kind("Searched by {kinds}: {found} found, {others} of others", "kinds", "found", "others"),
    "search_rebuild_begun": _kind("Keys of {total} disclosures are made anew", "total"),
    "search_rebuild_ended": _kind(
        "Keys were made anew: {read} of {total} disclosures read, {sealed} sealed, {written} keys",
        "total", "read", "sealed", "written",
    ),
    "other_case_opened": _kind(
        "Somebody gave a reason to open this case: {reason}, for {hours} h", "reason", "hours", next_owner="soit"
    ),
    "openings_seen": _kind("{count} openings were seen", "count"),
    "opening_moved": _kind(
        "An opening: {move} {finding} (move {number})", "move", "finding", "number", next_owner="supervisor"
    ),
}  # fmt: skip
