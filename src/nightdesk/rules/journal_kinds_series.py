"""Kinds of journal lines of the series desk.

Codes and counts only, and never under the reference of a case: nobody who reads a case learns that anything matched. A line
about an answer holds no answer: the second analyst may not learn of the first one's from anywhere.
"""

from collections.abc import Mapping
from typing import Final

from nightdesk.rules.journal_kind import Kind
from nightdesk.rules.journal_kind import kind as _kind

SERIES: Final[Mapping[str, Kind]] = {
    "linkage_read": _kind(
        "Reports were read for comparing ({why}): {new} new, {changed} changed, {gone} gone, {sealed} could not be read",
        "why", "new", "changed", "gone", "sealed",
    ),
    "linkage_begun": _kind("The linkage worker began and opened {count} reports for comparing", "count"),
    "linkage_opened": _kind("All {count} reports of linkage were about to be opened ({why})", "why", "count"),
    "linkage_packed": _kind(
        "{count} reports of linkage were sealed as one block; {before} earlier ones ended", "count", "before"
    ),
    "linkage_destroyed": _kind("{count} reports of linkage were destroyed with their key", "count"),
    "candidates_raised": _kind(
        "Comparing ({why}) raised {raised} candidates, brought {again} back and renewed {renewed}",
        "why", "raised", "again", "renewed", next_owner="analyst",
    ),
    "comparison_failed": _kind("A report could not be compared: {fault}", "fault", next_owner="admin"),
    "weights_learned": _kind(
        "Weights of linkage were learned from {reports} reports ({outcome}): {moved} levels moved, {not_learned} not "
        "learned, {confirmed} confirmed links looked at; nothing goes live by it",
        "reports", "outcome", "moved", "not_learned", "confirmed",
    ),
    "groups_proposed": _kind(
        "The whole database was compared ({reports} reports): {new} new groups to look at, {renewed} as before, "
        "{replaced} no more, {left} not shown",
        "reports", "ethnicity", "new", "renewed", "replaced", "left", next_owner="analyst",
    ),
    "group_raised": _kind(
        "An analyst made candidates of a group: {raised} raised, {again} brought back, {renewed} as before",
        "group", "raised", "again", "renewed", next_owner="analyst",
    ),
    "group_dismissed": _kind("An analyst set a group aside", "group"),
    "candidates_escalated": _kind(
        "{count} candidates are overdue; {told} supervisors were told", "count", "told", next_owner="supervisor"
    ),
    "series_desk_read": _kind("Read at the series desk: {what}", "what", "about"),
    "candidate_answered": _kind(
        "An analyst answered (answer {number} of round {round}), now {state}", "candidate", "round", "number", "state",
        next_owner="analyst",
    ),
    "candidate_given": _kind("A candidate is now looked after by {to}", "candidate", "to", next_owner="analyst"),
    "candidate_moved": _kind("A candidate: {move}, now {state}", "candidate", "move", "state", next_owner="analyst"),
    "series_changed": _kind(
        "Series {series}: {how}, {members} reports", "series", "how", "members", next_owner="analyst"
    ),
    "series_report_taken_out": _kind(
        "A report was taken out of series {series}; {members} are left", "series", "members", next_owner="analyst"
    ),
    "series_taking_out_seen": _kind("A second analyst saw what was taken out of series {series}", "series"),
    "series_reader_named": _kind("{username} was named to read the series desk", "username"),
    "series_reader_ended": _kind("{username} reads the series desk no more", "username"),
}  # fmt: skip
