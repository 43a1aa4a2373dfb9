"""Kinds of journal line about flags and the runs that look back. Codes and counts only."""

from collections.abc import Mapping
from typing import Final

from nightdesk.rules.journal_kind import Kind
from nightdesk.rules.journal_kind import kind as _kind

FLAGS: Final[Mapping[str, Kind]] = {
    "flags_proposed": _kind(
        "Flags were proposed ({origin}): {flags}", "flags", "origin", "edition", next_owner="soit"
    ),
    "flag_raised": _kind("{flag} was raised by a person", "flag", "consulted", "review_on", next_owner="soit"),
    "flag_moved": _kind("{flag}: {move}", "flag", "move", "origin", "consulted", next_owner="soit"),
    "flag_told": _kind("Who was told of {flag}: {audience}", "flag", "audience", "told", next_owner="soit"),
    "look_back_begun": _kind(
        "A look-back since {since} over {total} disclosures began", "since", "flags", "dry_run", "total",
        next_owner="supervisor",
    ),
    "look_back_ended": _kind(
        "A look-back since {since} read {read} of {total} disclosures, {sealed} were sealed",
        "since", "flags", "dry_run", "total", "read", "sealed", "empty", "waiting", "decided", "proposed",
        next_owner="supervisor",
    ),
}  # fmt: skip
