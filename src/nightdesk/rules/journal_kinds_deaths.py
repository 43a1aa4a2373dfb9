"""Kinds of journal line about unexplained deaths, and about what analysts ask of everything told. Codes and counts only."""

from collections.abc import Mapping
from typing import Final

from nightdesk.rules.journal_kind import Kind
from nightdesk.rules.journal_kind import kind as _kind

DEATHS: Final[Mapping[str, Kind]] = {
    "death_entered": _kind(
        "An unexplained death was entered ({source}): {answers} answers, {markers} markers", "source", "answers", "markers",
        next_owner="analyst",
    ),
    "death_corrected": _kind(
        "Version {number} of an unexplained death was kept: {changed} answers changed", "number", "changed",
        next_owner="analyst",
    ),
    "explored": _kind("An analyst asked what would be found by: {kinds}", "kinds"),
    "exploration_answered": _kind("An analyst’s question was answered: {found} reports", "found", next_owner="analyst"),
    "exploration_refused": _kind("An analyst’s question could not be answered: {fault}", "fault", next_owner="analyst"),
    "explorations_ended": _kind("{count} questions of analysts were destroyed with their keys", "count"),
    "live_work_counted": _kind(
        "Candidates were counted for the fairness page: {candidates} of {days} days", "candidates", "days"
    ),
    "link_switch_noted": _kind(
        "The linkage worker began with {switch} {state}, edition {edition} of the pack", "switch", "state", "edition"
    ),
    "evaluation_noted": _kind("Figures of linkage were kept: {of}, {reports} reports", "of", "reports"),
}  # fmt: skip
