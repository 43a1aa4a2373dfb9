"""Decisions on the public interest as each reader may see them.

Views stay apart until both are in; words are for whoever asked and whoever decides.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, prefetch_related_objects

from nightdesk.records.cases import Case
from nightdesk.records.shield import VIEWS, Interest, InterestMove, Stand
from nightdesk.rules import interest as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.case import may_open_without_reason
from nightdesk.rules.interest import Seat
from nightdesk.rules.terms import AUDITOR, SOIT

WITH_IT: Final = ("vault", "asked_by", "shield__disclosure__case")
AND_THESE: Final = ("moves", "views", "shield__disclosure__case__statuses")


@dataclass(frozen=True)
class Row:
    """A line of a list: no words of anybody."""

    reference: str
    about: str
    kind: str
    state: str
    asked_at: datetime
    asked_by: str
    mine: bool  # this reader can do something now


@dataclass(frozen=True)
class Moved:
    """One move: what, when, by whom, the state after it; reasons "" when there are none, or not for this reader."""

    move: str
    state: str
    at: datetime
    by: str
    reasons: str


@dataclass(frozen=True)
class View:
    """One view: who gave it when; `against` None while it is hidden."""

    by: str
    at: datetime
    against: bool | None
    reasons: str


@dataclass(frozen=True)
class InterestSeen:
    """A decision with its history, as far as this reader may see it."""

    row: Row
    grounds: str
    reads_words: bool  # they are opened here
    may_read: bool  # this reader may have them opened
    moves: tuple[Moved, ...]
    views: tuple[View, ...]
    may: tuple[str, ...]
    number: int  # of the newest move: what a form must send back


def may_ask(reader: Reader, reference: str) -> bool:
    """Whether the reader may ask for a decision in this case."""
    case = Case.objects.filter(disclosure__reference=reference).first()
    stand = Stand.of(case, reader.id, reader.unit)
    return case is not None and rule.may_ask(role=reader.role, own=stand.own, own_unit=stand.own_unit)


def of_case(reader: Reader, reference: str) -> list[Row]:
    """Every decision in a case, newest first, for whoever works it."""
    rows = _rows().filter(shield__disclosure__reference=reference).order_by("-asked_at")
    return [_row(reader, found) for found in rows if _may_see(reader, found)]


def waiting(reader: Reader, most: int = 200) -> list[Row]:
    """What this reader can do something about now comes first, then what else is open, then what was decided.

    What is open waits for somebody and is all there; of what is over, the newest `most`.
    """
    newest = InterestMove.objects.filter(interest=OuterRef("pk")).order_by("-number").values("state")[:1]
    asked = Interest.objects.annotate(stands=Subquery(newest)).filter(_within_sight(reader))
    asked = asked.select_related(*WITH_IT).order_by("-asked_at")
    found = [*asked.exclude(stands__in=rule.OVER), *asked.filter(stands__in=rule.OVER)[:most]]
    prefetch_related_objects(found, *AND_THESE)
    rows = [_row(reader, one) for one in found if _may_see(reader, one)]
    return sorted(rows, key=lambda row: (not row.mine, row.state in rule.OVER))


def _within_sight(reader: Reader) -> Q:
    """All that `_may_see` could let through, for the database, so that a limit counts nobody else's."""
    if reader.role in (*rule.SENIOR, AUDITOR):
        return Q()
    own = UUID(reader.id)
    moved = Exists(InterestMove.objects.filter(interest=OuterRef("pk"), moved_by=own))
    seen = Q(asked_by=own) | Q(shield__disclosure__case__owner=own) | Q(moved)
    if reader.unit:
        seen |= Q(shield__disclosure__case__unit=reader.unit)
    return seen | Q(stands=rule.OUTSIDE_ASKED)


def about(reader: Reader, reference: str) -> str | None:
    """The disclosure a decision is about; None for whoever may not know of it. Opens nothing."""
    found = _rows().filter(reference=reference).first()
    return found.shield.disclosure.reference if found is not None and _may_see(reader, found) else None


def may_read(reader: Reader, reference: str) -> bool:
    """Whether the reader may have the words of a decision opened. Opens nothing."""
    found = _rows().filter(reference=reference).first()
    return found is not None and _may_read(reader, found)


def interest(reader: Reader, reference: str, *, words: bool) -> InterestSeen | None:
    """One decision; None for an unknown one, or for whoever may not know of it.

    `words`: open grounds, reasons and views for whoever may read them; the page has noted that before.
    """
    found = _rows().filter(reference=reference).first()
    if found is None or not _may_see(reader, found):
        return None
    moves = list(found.moves.select_related("moved_by").order_by("number"))
    state, seat = moves[-1].state, _seat(reader, found, moves)
    may, allowed = rule.moves_for(state, seat), _may_read(reader, found)
    reads = words and allowed
    return InterestSeen(
        row=_row(reader, found), grounds=found.opened("grounds") if reads else "", reads_words=reads, may_read=allowed,
        moves=tuple(_moved(found, move, reads) for move in moves), views=_views(reader, found, state, reads), may=may,
        number=moves[-1].number,
    )  # fmt: skip


def _rows() -> QuerySet[Interest]:
    return Interest.objects.select_related(*WITH_IT).prefetch_related(*AND_THESE)


def _may_read(reader: Reader, found: Interest) -> bool:
    moves = sorted(found.moves.all(), key=lambda move: move.number)
    moved = any(str(move.moved_by_id) == reader.id for move in moves)
    return reader.role != AUDITOR and rule.reads_words(
        moves[-1].state, _seat(reader, found, moves), moved=moved
    )


def _case(found: Interest) -> Case | None:
    return getattr(found.shield.disclosure, "case", None)


def _may_see(reader: Reader, found: Interest) -> bool:
    """Whoever asked, works the case, or decides; a specialist of another unit while it waits for somebody outside."""
    stand = Stand.of(_case(found), reader.id, reader.unit)
    works = may_open_without_reason(role=reader.role, own=stand.own, own_unit=stand.own_unit)
    if works or reader.role in (*rule.SENIOR, AUDITOR) or str(found.asked_by_id) == reader.id:
        return True
    took = any(str(move.moved_by_id) == reader.id for move in found.moves.all())
    return reader.role == SOIT and (took or _state(found) == rule.OUTSIDE_ASKED)


def _state(found: Interest) -> str:
    return max(found.moves.all(), key=lambda move: move.number).state


def _row(reader: Reader, found: Interest) -> Row:
    state = _state(found)
    seat = _seat(reader, found, sorted(found.moves.all(), key=lambda move: move.number))
    return Row(
        found.reference, found.shield.disclosure.reference, found.kind, state, found.asked_at, found.asked_by.name,
        mine=bool(set(rule.moves_for(state, seat)) - {"take_back"}),
    )  # fmt: skip


def _seat(reader: Reader, found: Interest, moves: list[InterestMove]) -> Seat:
    stand = Stand.of(_case(found), reader.id, reader.unit)
    taken = [str(m.moved_by_id) for m in moves if m.move == "take"]
    return Seat(
        role=reader.role, owner=stand.ever_own,
        asker=reader.id in {str(m.moved_by_id) for m in moves if m.move in ("ask", "put_to_two")},
        own_unit=stand.own_unit, voted=any(str(view.given_by_id) == reader.id for view in found.views.all()),
        holder=moves[-1].state == rule.OUTSIDE_TAKEN and bool(taken) and taken[-1] == reader.id,
    )  # fmt: skip


def _moved(found: Interest, move: InterestMove, reads: bool) -> Moved:
    move.vault = found.vault
    words = move.opened("reasons") if reads else ""
    return Moved(move.move, move.state, move.moved_at, move.moved_by.name, words)


def _views(reader: Reader, found: Interest, state: str, reads: bool) -> tuple[View, ...]:
    """The views: only those that the rule lets this reader see are opened at all."""
    rows = list(found.views.select_related("given_by").order_by("given_at"))
    shown = rule.seen_votes(state, reader.id, [(str(row.given_by_id), True) for row in rows]) if reads else {}
    views = []
    for row in rows:
        row.vault, seen = found.vault, str(row.given_by_id) in shown
        against = row.opened("view") == VIEWS[True] if seen else None
        views.append(View(row.given_by.name, row.given_at, against, row.opened("reasons") if seen else ""))
    return tuple(views)
