"""“I was turned away, or threatened with arrest”: what happens to such a report, whose turn it is, and who may see it.

It goes to the supervisor of the station's unit and always to the commander too, who alone closes it: nobody is judge in
their own cause. A report about whoever is in charge there, or about no station we know, is the commander's from the start.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from nightdesk.rules.terms import COMMANDER, SUPERVISOR

WHAT: Final = ("turned_away", "threatened", "both", "other")

RECEIVED: Final = "received"
LOOKED_AT: Final = "looked_at"
TALKED_TO: Final = "talked_to"
LEARNED: Final = "learned"
CLOSED: Final = "closed"

STATES: Final = (RECEIVED, LOOKED_AT, TALKED_TO, LEARNED, CLOSED)
MOVES: Final[Mapping[str, Mapping[str, str]]] = {
    RECEIVED: {"look": LOOKED_AT},
    LOOKED_AT: {"talk": TALKED_TO, "learn": LEARNED},  # an anonymous report can leave nobody to talk to
    TALKED_TO: {"talk": TALKED_TO, "learn": LEARNED},
    LEARNED: {"look_again": LOOKED_AT, "close": CLOSED},
    CLOSED: {},
}
WHOSE_TURN: Final[Mapping[str, str]] = {
    RECEIVED: SUPERVISOR,
    LOOKED_AT: SUPERVISOR,
    TALKED_TO: SUPERVISOR,
    LEARNED: COMMANDER,
    CLOSED: "nobody",
}
WITH_WORDS: Final = ("talk", "learn", "look_again", "close")
COMMANDERS: Final = ("look_again", "close")
LONGEST: Final = 5000  # characters of what happened


class ReportRefused(Exception):
    """What was asked of a report is not possible; the sentence says what to do."""


def may_see(*, role: str, own_unit: bool, about_lead: bool) -> bool:
    """The commander sees all; a supervisor those about their unit's stations, unless it is about whoever leads there."""
    return role == COMMANDER or (role == SUPERVISOR and own_unit and not about_lead)


def moves_for(state: str, *, role: str, own_unit: bool, about_lead: bool) -> tuple[str, ...]:
    """What this person may do now: the supervisor follows up, the commander closes or sends back, or does it all."""
    if not may_see(role=role, own_unit=own_unit, about_lead=about_lead):
        return ()
    return tuple(move for move in MOVES[state] if role == COMMANDER or move not in COMMANDERS)


def after_move(state: str, move: str, words: str, allowed: tuple[str, ...]) -> str:
    """The state after `move`; raises ReportRefused when it is not possible, or comes without the words it needs."""
    if move not in MOVES[state]:
        raise ReportRefused("This step is not possible any more: look again where the report stands.")
    if move not in allowed:
        raise ReportRefused("The commander does this: nobody closes a report about their own station.")
    if move in WITH_WORDS and not words.strip():
        raise ReportRefused("Write a few words about it. They are sealed, and kept with the report.")
    return MOVES[state][move]


def refuse_if_not_a_report(what: str, told: str) -> None:
    """Raise ReportRefused when nothing was said, or too much for one report."""
    if what not in WHAT:
        raise ReportRefused("Choose what happened.")
    if not told.strip():
        raise ReportRefused("Write what happened, in your own words. A few are enough.")
    if len(told) > LONGEST:
        raise ReportRefused(
            f"That is more than {LONGEST} characters. Send the first part, then the rest as a second report."
        )


def is_overdue(state: str, since: datetime, now: datetime, hours: Mapping[str, int]) -> bool:
    """Whether it has stood in this state for longer than the force allows (pack, follow_up)."""
    return state in hours and now - since > timedelta(hours=hours[state])
