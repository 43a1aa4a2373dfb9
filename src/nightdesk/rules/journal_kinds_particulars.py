"""Kinds of journal line about the particulars of a case. Codes and counts only."""

from collections.abc import Mapping
from typing import Final

from nightdesk.rules.journal_kind import Kind
from nightdesk.rules.journal_kind import kind as _kind

PARTICULARS: Final[Mapping[str, Kind]] = {
    "particular_recorded": _kind(
        "Version {number} of a {particular} was kept", "particular", "entry", "role", "number", "changed",
        "from_account", next_owner="soit",
    ),
    "particular_withdrawn": _kind("A {particular} was withdrawn", "particular", "entry", "role", next_owner="soit"),
    "particulars_linked": _kind("Two entries were linked: {link}", "link", "one", "other", next_owner="soit"),
    "particulars_unlinked": _kind("A link was taken back: {link}", "link", "one", "other", next_owner="soit"),
}  # fmt: skip
