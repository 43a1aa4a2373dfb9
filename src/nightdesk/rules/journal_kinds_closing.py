"""Kinds of journal line about how a case ends, and about what is recorded beside it. Codes and counts only."""

from collections.abc import Mapping
from typing import Final

from nightdesk.rules.journal_kind import Kind
from nightdesk.rules.journal_kind import kind as _kind

CLOSINGS: Final[Mapping[str, Kind]] = {
    "case_moved": _kind("Case: {move}, now {state}", "move", "state", next_owner="soit"),
    "closing_asked": _kind(
        "Closing {number} was asked for: {ending} ({outcome}), {against} reasons against it seen",
        "number", "ending", "outcome", "against", next_owner="supervisor",
    ),
    "closing_decided": _kind(
        "Closing {number}: {verdict}, the case is {state}", "number", "verdict", "ending", "state", next_owner="soit"
    ),
    "case_closed": _kind(
        "The case was closed without a look (none is needed): {ending} ({outcome})", "number", "ending", "outcome"
    ),
    "outcome_corrected": _kind("The outcome was corrected ({number}): {outcome}", "number", "outcome", "before"),
    "case_reopened": _kind("The case was opened again: {ground}", "ground", "number", next_owner="soit"),
    "related_offence_added": _kind(
        "A further offence was recorded ({number}): {offence_class}", "number", "offence_class", "suggested"
    ),
    "related_offence_ended": _kind("A further offence was withdrawn ({number}): {offence_class}", "number", "offence_class"),
}  # fmt: skip
