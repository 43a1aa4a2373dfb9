"""Kinds of journal lines about the shield, decisions on the public interest, and reports of being turned away.

Codes and counts only: never a substance, never a kind of decision's view, never a word of anybody.
"""

from collections.abc import Mapping
from typing import Final

from nightdesk.rules.journal_kind import Kind
from nightdesk.rules.journal_kind import kind as _kind

SHIELD: Final[Mapping[str, Kind]] = {
    "shield_entered": _kind(
        "Something was sealed in the shield (version {number}, urgency {urgency})", "number", "urgency",
        next_owner="soit",
    ),
    "shield_opened": _kind(
        "The shield was opened for: {purpose} ({reason}), {versions} versions", "purpose", "reason", "versions",
        next_owner="soit",
    ),
    "desk_question_passed_on": _kind(
        "A question at the desk was passed on to the duty supervisor; nothing was decided there", next_owner="supervisor"
    ),
    "interest_asked": _kind(
        "A decision on the public interest was asked for ({interest})", "interest", "state", next_owner="supervisor"
    ),
    "interest_moved": _kind(
        "Public interest {interest}: {move}, now {state} (move {number})", "interest", "move", "state", "number",
        next_owner="supervisor",
    ),
    "turned_away_received": _kind(
        "A report of being turned away arrived (by staff: {by_staff})", "by_staff", "what", "about_lead", "attempt",
        next_owner="supervisor",
    ),
    "turned_away_moved": _kind(
        "Report of being turned away: {move}, now {state} (move {number})", "move", "state", "number",
        next_owner="commander",
    ),
    "turned_away_linked_in": _kind("A report of being turned away was linked to a disclosure", "disclosure"),
}  # fmt: skip
