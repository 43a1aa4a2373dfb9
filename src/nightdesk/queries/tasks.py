"""Tasks: those of one case with their titles, and lists across cases without a sealed word."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from nightdesk.records.cases import Case
from nightdesk.records.staff import Staff
from nightdesk.records.tasks import Task, TaskMove
from nightdesk.rules.access import Reader
from nightdesk.rules.task import DONE, DROPPED, OPEN, is_overdue
from nightdesk.rules.terms import SOIT, SUPERVISOR

MOST: Final = 200
WHOSE: Final = ("mine", "unit")
WHICH: Final = ("overdue", "open", "over")


@dataclass(frozen=True)
class Moved:
    """One move of a task: the time and the person before and after it."""

    move: str
    at: datetime
    by: str
    due_before: datetime
    due_at: datetime
    from_whom: str
    to_whom: str
    words: str


@dataclass(frozen=True)
class TaskSeen:
    """One task of a case, opened. `contact`: the contact it came out of; moves oldest first."""

    id: UUID
    kind: str
    title: str
    contact: UUID | None
    made_at: datetime
    made_by: str
    for_whom: str
    for_whom_id: str
    mine: bool
    due_at: datetime
    state: str
    overdue: bool
    moves: tuple[Moved, ...]

    @property
    def seen(self) -> int:
        """How many moves a page that shows this knows of."""
        return len(self.moves)


@dataclass(frozen=True)
class TaskLine:
    """A line of a list across cases: nothing of what the title says."""

    id: UUID
    reference: str
    kind: str
    for_whom: str
    mine: bool
    due_at: datetime
    state: str
    overdue: bool


def tasks_of(reader: Reader, reference: str, now: datetime) -> tuple[TaskSeen, ...]:
    """Every task of a case: open ones by their time first. Opens seals: the page has journalled the reading."""
    rows = list(
        Task.objects.filter(case__disclosure__reference=reference).select_related("vault", "made_by", "for_whom")
    )  # fmt: skip
    vaults = {row.vault_id: row.vault for row in rows}  # one of a case: its key is unwrapped once
    for row in rows:
        row.vault = vaults[row.vault_id]
    moves: dict[UUID, list[TaskMove]] = {}
    found = TaskMove.objects.filter(task__in=[row.pk for row in rows]) if rows else TaskMove.objects.none()
    for move in found.select_related("by", "from_whom", "to_whom").order_by("number"):
        move.vault = vaults[move.vault_id]
        moves.setdefault(move.task_id, []).append(move)
    seen = [_seen(reader, row, moves.get(row.pk, []), now) for row in rows]
    return tuple(sorted(seen, key=lambda row: (row.state != OPEN, row.due_at)))


def _seen(reader: Reader, row: Task, moves: list[TaskMove], now: datetime) -> TaskSeen:
    return TaskSeen(
        id=row.pk, kind=row.kind, title=row.opened("title"), contact=row.contact_id, made_at=row.made_at,
        made_by=row.made_by.name, for_whom=row.for_whom.name, for_whom_id=str(row.for_whom_id),
        mine=str(row.for_whom_id) == reader.id, due_at=row.due_at, state=row.state,
        overdue=is_overdue(row.state, row.due_at, now),
        moves=tuple(
            Moved(
                move.move, move.at, move.by.name, move.due_before, move.due_at, move.from_whom.name, move.to_whom.name,
                move.opened("words"),
            )
            for move in moves
        ),
    )  # fmt: skip


def task_of(reader: Reader, reference: str, key: UUID, now: datetime) -> TaskSeen | None:
    """One task of a case; None when it has no such."""
    return next((row for row in tasks_of(reader, reference, now) if row.id == key), None)


def doers(reader: Reader, reference: str) -> list[tuple[str, str]]:
    """(id, name) of who can be given a task of this case: its owner, specialists and supervisors of its unit."""
    case = Case.objects.filter(disclosure__reference=reference).first()
    if case is None:
        return []
    of_unit = Q(unit_id=case.unit_id, role__in=(SOIT, SUPERVISOR))
    rows = Staff.objects.filter(of_unit | Q(pk=case.owner_id), is_active=True).order_by("name")
    return [(str(key), name) for key, name in rows.values_list("pk", "name")]


def task_lines(reader: Reader, whose: str, which: str, now: datetime) -> list[TaskLine]:
    """Tasks across cases, those due first at the top; what is over, the newest first. Opens nothing."""
    rows = _chosen(reader, whose, which, now).select_related("case__disclosure", "for_whom")
    order = "-due_at" if which == "over" else "due_at"
    return [
        TaskLine(
            row.pk, row.case.disclosure.reference, row.kind, row.for_whom.name, str(row.for_whom_id) == reader.id,
            row.due_at, row.state, is_overdue(row.state, row.due_at, now),
        )
        for row in rows.order_by(order, "pk")[:MOST]
    ]  # fmt: skip


def task_counts(reader: Reader, now: datetime) -> dict[tuple[str, str], int]:
    """How many there are behind each choice, by the same conditions that list them."""
    return {(whose, which): _chosen(reader, whose, which, now).count() for whose in WHOSE for which in WHICH}


def my_tasks(reader: Reader, now: datetime) -> tuple[int, int]:
    """How many open tasks the reader has, and how many of them are overdue: by the conditions of the list."""
    open_ones = _chosen(reader, "mine", "open", now)
    found = open_ones.aggregate(tasks=Count("pk"), overdue=Count("pk", filter=Q(due_at__lte=now)))
    return found["tasks"], found["overdue"]


def _chosen(reader: Reader, whose: str, which: str, now: datetime) -> QuerySet[Task]:
    """The tasks behind a choice: only of cases that the reader may work on."""
    may = Q(case__owner_id=reader.id)
    if reader.unit and reader.role in (SOIT, SUPERVISOR):
        may |= Q(case__unit_id=reader.unit)
    rows = Task.objects.filter(may)
    if whose == "mine":
        rows = rows.filter(Q(for_whom_id=reader.id))
    if which == "over":
        return rows.filter(state__in=(DONE, DROPPED))
    rows = rows.filter(state=OPEN)
    return rows.filter(due_at__lte=now) if which == "overdue" else rows
