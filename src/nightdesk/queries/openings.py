"""Openings of others' cases: for the owner of the case, for one case with words, and for whoever watches over a unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from nightdesk.records.openings import CaseOpening, OpeningMove, OpeningSeen, nobody_there
from nightdesk.rules import opening as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.case import may_open_without_reason
from nightdesk.rules.opening import Standing
from nightdesk.rules.terms import AUDITOR, SUPERVISOR

MOST: Final = 100  # on one page
ON_CASE: Final = 3  # on the page of the case


@dataclass(frozen=True)
class Opened:
    """That a case was opened by somebody whose it is not: codes and names of staff, no words."""

    id: UUID
    reference: str
    at: datetime
    until: datetime
    by: str
    by_unit: str
    reason: str
    owner: str
    seen: bool
    state: str
    owner_away: bool = False  # away now, or nobody has the case
    mine: bool = False  # the reader's own opening


@dataclass(frozen=True)
class Move:
    """One question or answer about an opening, with its words."""

    move: str
    finding: str
    at: datetime
    by: str
    words: str


@dataclass(frozen=True)
class OpeningRead:
    """One opening with its words, and what this reader may do about it."""

    opened: Opened
    words: str
    moves: tuple[Move, ...]
    may_ask: bool
    may_answer: bool


@dataclass(frozen=True)
class OnCase:
    """For the page of a case: how often it was opened by others, how many of these its owner has not seen, the newest."""

    count: int
    unseen: int
    newest: tuple[Opened, ...]
    may_read: bool = False  # their words: its owner, and supervisors


def standing_reason(reader: Reader, reference: str, now: datetime) -> str:
    """The code of the reason that the reader gave for this case and that still holds; "" for none."""
    rows = CaseOpening.objects.filter(
        case__disclosure__reference=reference, opened_by=UUID(reader.id), until_at__gt=now
    )
    return rows.order_by("-opened_at").values_list("reason", flat=True).first() or ""


def _rows() -> "QuerySet[Any]":
    state = OpeningMove.objects.filter(opening=OuterRef("pk")).order_by("-number").values("state")[:1]
    rows = CaseOpening.objects.select_related(
        "opened_by__unit", "case__disclosure", "case__owner", "case__unit"
    )
    seen = Exists(OpeningSeen.objects.filter(opening=OuterRef("pk")))
    return rows.annotate(was_seen=seen, state=Coalesce(Subquery(state), Value(rule.NOTED))).order_by(
        "-opened_at", "pk"
    )


def _opened(reader: Reader, row: Any) -> Opened:
    by = row.opened_by
    return Opened(
        id=row.pk, reference=row.case.disclosure.reference, at=row.opened_at, until=row.until_at, by=by.name,
        by_unit=by.unit.name if by.unit else "", reason=row.reason, owner=row.case.owner.name if row.case.owner else "",
        seen=row.was_seen, state=row.state, owner_away=getattr(row, "owner_away", False),
        mine=str(by.pk) == reader.id,
    )  # fmt: skip


def on_case(reader: Reader, reference: str) -> OnCase | None:
    """For whoever may open the case without a reason; None for others. One statement."""
    rows = list(_rows().filter(case__disclosure__reference=reference)[:MOST])
    if not rows:
        return OnCase(0, 0, ())
    case = rows[0].case
    if not may_open_without_reason(
        role=reader.role, own=str(case.owner_id) == reader.id,
        own_unit=bool(reader.unit) and str(case.unit_id) == reader.unit,
    ):  # fmt: skip
        return None
    seen = [_opened(reader, row) for row in rows]
    may_read = any(_stand(reader, row).may_see for row in rows)
    return OnCase(len(seen), sum(not one.seen for one in seen), tuple(seen[:ON_CASE]), may_read)


def mine(reader: Reader) -> list[Opened]:
    """Openings of the reader's own cases, those that they have not seen first."""
    rows = _rows().filter(case__owner=UUID(reader.id)).exclude(opened_by=UUID(reader.id))
    return [_opened(reader, row) for row in rows.order_by("was_seen", "-opened_at", "pk")[:MOST]]


def unseen(reader: Reader) -> int:
    """How many openings of the reader's own cases they have not seen."""
    rows = CaseOpening.objects.filter(case__owner=UUID(reader.id), seen__isnull=True)
    return rows.exclude(opened_by=UUID(reader.id)).count()


def watched(reader: Reader, now: datetime) -> "QuerySet[Any]":
    """What the reader watches over: openings of cases of their unit and by people of their unit; the auditor all."""
    rows: QuerySet[Any] = _rows().annotate(owner_away=nobody_there(now))
    if reader.role == AUDITOR:
        return rows
    if reader.role != SUPERVISOR or not reader.unit:
        return rows.none()
    unit = UUID(reader.unit)
    return rows.filter(Q(case__unit=unit) | Q(opened_by__unit=unit))


def asked_about(reader: Reader, now: datetime) -> list[Opened]:
    """Openings somebody asked about and nobody answered, the longest waiting first."""
    rows = watched(reader, now).filter(state=rule.ASKED).order_by("opened_at", "pk")
    return [_opened(reader, row) for row in rows[:MOST]]


def ownerless(reader: Reader, now: datetime) -> list[Opened]:
    """Openings not seen by an owner who is away, or that nobody has: the supervisor of the case's unit looks at them."""
    rows = watched(reader, now).filter(owner_away=True, was_seen=False)
    if reader.role == SUPERVISOR:
        rows = rows.filter(case__unit=UUID(reader.unit)) if reader.unit else rows.none()
    return [_opened(reader, row) for row in rows[:MOST]]


def newest(reader: Reader, now: datetime, days: int = 30) -> list[Opened]:
    """Everything the reader watches over of the last `days`, the newest first."""
    rows = watched(reader, now).filter(opened_at__gt=now - timedelta(days=days))
    return [_opened(reader, row) for row in rows[:MOST]]


def of_case(reader: Reader, reference: str) -> list[OpeningRead]:
    """The openings of one case that this reader may see, with their words. Opens seals: the page journals it first."""
    moves = Prefetch("moves", OpeningMove.objects.select_related("by").order_by("number"))
    rows = _rows().select_related("vault", "opened_by__unit", "case__disclosure", "case__owner", "case__unit")
    found = rows.filter(case__disclosure__reference=reference).prefetch_related(moves)[:MOST]
    return [_read(reader, row, stand) for row in found if (stand := _stand(reader, row)).may_see]


def may_see_any(reader: Reader, reference: str) -> bool:
    """Whether there is an opening of this case for the reader to see."""
    rows = CaseOpening.objects.select_related("case", "opened_by").filter(
        case__disclosure__reference=reference
    )
    return any(_stand(reader, row).may_see for row in rows[:MOST])


def _stand(reader: Reader, row: CaseOpening) -> Standing:
    supervises = reader.role == SUPERVISOR and bool(reader.unit)
    return Standing(
        opener=str(row.opened_by_id) == reader.id, owner=str(row.case.owner_id) == reader.id,
        supervises=supervises and reader.unit in (str(row.case.unit_id), str(row.opened_by.unit_id)),
    )  # fmt: skip


def _read(reader: Reader, row: Any, stand: Standing) -> OpeningRead:
    return OpeningRead(
        opened=_opened(reader, row), words=row.opened("words"), moves=_moves(row, row.moves.all()),
        may_ask=not stand.opener and "ask" in rule.MOVES[row.state],
        may_answer=not stand.opener and stand.supervises and "answer" in rule.MOVES[row.state],
    )  # fmt: skip


def _moves(row: CaseOpening, moves: Iterable[OpeningMove]) -> tuple[Move, ...]:
    found = []
    for move in moves:
        move.vault = row.vault
        found.append(Move(move.move, move.finding, move.at, move.by.name, move.opened("words")))
    return tuple(found)
