"""Decisions on the public interest: asked for with grounds, moved by the table, every view apart from the other."""

import uuid
from datetime import datetime
from typing import Final

from nightdesk.actions._entry import entry
from nightdesk.actions._rows import locked_disclosure, new_reference, staff_id
from nightdesk.actions._shield_rows import shield_of, stand_of
from nightdesk.actions.reading import note_refusal
from nightdesk.actions.refusals import NotFound
from nightdesk.records.cases import Case
from nightdesk.records.shield import VIEWS, Interest, InterestMove, InterestView
from nightdesk.rules import interest as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.interest import InterestRefused, Seat

ASKED: Final = "ask"
NOT_YOURS: Final = "There is no case of your unit with this reference. Check the reference."
NO_SUCH: Final = "There is no decision with this reference that you can see. Check the reference."
SAY_WHY: Final = "Write the grounds: what is known, and how. They are sealed."
OPEN_ALREADY: Final = (
    "A decision of this kind is being made already. Wait for it; its page says whose turn it is."
)
MOVED_SINCE: Final = "Somebody did something about this since the page was opened. Look again, then decide."


def ask_interest(
    *, actor: Reader, at: datetime, reference: str, key: uuid.UUID, kind: str, against: bool, grounds: str
) -> Interest:
    """Ask for a decision about the person of a disclosure; `against` the default, for the kinds that have one.

    The same form sent twice asks once. It starts no enquiry. Raises InterestRefused, or NotFound for another unit's case.
    """
    if (asked := Interest.objects.filter(sender_key=key, asked_by=staff_id(actor)).first()) is not None:
        return asked
    state = rule.first_state(kind, against=against)
    if not grounds.strip():
        raise InterestRefused(SAY_WHY)
    with entry("interest_asked", actor=actor, at=at, subject=reference) as line:
        disclosure = locked_disclosure(reference, NOT_YOURS)
        stand = stand_of(actor, disclosure)
        has_case = Case.objects.filter(disclosure=disclosure).exists()
        if not has_case or not rule.may_ask(role=actor.role, own=stand.own, own_unit=stand.own_unit):
            raise NotFound(NOT_YOURS)
        shield = shield_of(disclosure, at)
        if any(_state(found) not in rule.OVER for found in shield.interests.filter(kind=kind)):
            raise InterestRefused(OPEN_ALREADY)
        row = Interest(
            vault=shield.vault, shield=shield, reference=new_reference(), sender_key=key, kind=kind, asked_at=at,
            asked_by_id=actor.id, grounds=grounds,
        )  # fmt: skip
        row.save(force_insert=True)
        _note(row, actor, at, ASKED, state, 1)
        line.facts |= {"interest": row.reference, "state": state}
    return row


def move_interest(
    *, actor: Reader, at: datetime, interest: str, move: str, seen: int, reasons: str = "", against: bool = False
) -> str:  # fmt: skip
    """Confirm the default, put it to two, give a view (`against` or not), take it from outside, decide; the state after.

    `seen` is how many moves the page knew: a move in between is refused aloud. Sent twice, it counts once. Raises
    InterestRefused, the try noted, for whoever may not decide; NotFound for an unknown reference.
    """
    row = _locked(interest)
    state, moves = _state(row), list(row.moves.order_by("number"))
    seat = _seat(row, actor, state, moves)
    if _is_repeated(row, actor, move, against, moves, seen):
        return state
    subject = row.shield.disclosure.reference
    try:
        rule.refuse_unless_possible(state, move, seat)
    except InterestRefused:
        note_refusal(actor=actor, at=at, what="interest_move", reference=subject)
        raise
    rule.refuse_without_reasons(move, reasons)
    with entry("interest_moved", actor=actor, at=at, subject=subject) as line:
        row = _locked(interest, for_update=True)
        if row.moves.count() != seen:
            raise InterestRefused(MOVED_SINCE)
        votes = _votes(row, actor, at, against, reasons) if move == "vote" else []
        noted, state = rule.after_move(state, move, votes=votes)
        _note(row, actor, at, noted, state, seen + 1, "" if move == "vote" else reasons)
        line.facts |= {
            "interest": interest,
            "move": "vote" if move == "vote" else noted,
            "state": state,
            "number": seen + 1,
        }
    return state


def _votes(row: Interest, actor: Reader, at: datetime, against: bool, reasons: str) -> list[bool]:
    """Keep this view, and return all there are: only the rule sees them before both are in."""
    view = InterestView(
        vault=row.vault, interest=row, given_at=at, given_by_id=actor.id, view=VIEWS[against], reasons=reasons
    )
    view.save(force_insert=True)
    return [
        found.opened("view") == VIEWS[True]
        for found in row.views.select_related("vault").order_by("given_at")
    ]


def _note(
    row: Interest, actor: Reader, at: datetime, move: str, state: str, number: int, reasons: str = ""
) -> None:
    InterestMove(
        vault=row.vault, interest=row, number=number, move=move, state=state, moved_at=at, moved_by_id=actor.id,
        reasons=reasons,
    ).save(force_insert=True)  # fmt: skip


def _locked(interest: str, *, for_update: bool = False) -> Interest:
    rows = Interest.objects.select_related("vault", "shield__disclosure")
    rows = rows.select_for_update(of=("self",), no_key=True) if for_update else rows
    found = rows.filter(reference=interest).first()
    if found is None:
        raise NotFound(NO_SUCH)
    return found


def _state(row: Interest) -> str:
    newest = row.moves.order_by("-number").first()
    return newest.state if newest else rule.DEFAULT_ASKED


def _seat(row: Interest, actor: Reader, state: str, moves: list[InterestMove]) -> Seat:
    """How the actor stands to it. Whoever put it to two has asked as well; whoever took it last holds it."""
    stand = stand_of(actor, row.shield.disclosure)
    asked = {str(m.moved_by_id) for m in moves if m.move in (ASKED, "put_to_two")}
    taken = [str(m.moved_by_id) for m in moves if m.move == "take"]
    return Seat(
        role=actor.role, owner=stand.ever_own, asker=actor.id in asked, own_unit=stand.own_unit,
        voted=row.views.filter(given_by=staff_id(actor)).exists(),
        holder=state == rule.OUTSIDE_TAKEN and bool(taken) and taken[-1] == actor.id,
    )  # fmt: skip


def _is_repeated(
    row: Interest, actor: Reader, move: str, against: bool, moves: list[InterestMove], seen: int
) -> bool:
    """Whether this is the form that was sent a moment ago: the same move by the same person, from the same page."""
    sent = [m for m in moves if m.number == seen + 1 and str(m.moved_by_id) == actor.id]
    if not sent:
        return False
    if move == "vote":
        view = row.views.select_related("vault").filter(given_by=staff_id(actor)).first()
        return view is not None and view.opened("view") == VIEWS[against]
    return sent[0].move == move
