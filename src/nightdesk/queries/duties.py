"""What is owed in a case: running clocks first, then what was missed, then what was answered; and how it was recorded."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nightdesk.outside.current import pack
from nightdesk.records.cases import Case
from nightdesk.records.clocks import ClockStart
from nightdesk.records.duties import Duty, DutyMove, Recording
from nightdesk.records.prepared_rows import PreparedRows, given
from nightdesk.rules import duty as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.recording import Pointers

ORDER = {rule.MISSED: 0, rule.OWED: 1, rule.STARTED: 1, rule.MET_LATE: 2, rule.MET: 2, rule.NOT_APPLICABLE: 3}

_OWED = PreparedRows(
    lambda: Duty.objects.filter(case__disclosure__reference=given("reference")).select_related("because")
)
_MOVES = PreparedRows(
    lambda: (
        DutyMove.objects.filter(duty__case_id=given("case")).select_related("by", "vault").order_by("number")
    )
)


@dataclass(frozen=True)
class Moved:
    """One move of a duty."""

    move: str
    at: datetime
    by: str
    done_at: datetime | None
    ground: str
    answer: str
    words: str


@dataclass(frozen=True)
class DutySeen:
    """One duty: its code, what it is about (a key event of the pack, "" for none), its clock and its moves, oldest first."""

    id: UUID
    kind: str
    about: str
    starts_at: datetime
    due_at: datetime
    state: str
    moves: tuple[Moved, ...]


@dataclass(frozen=True)
class RecordingSeen:
    """How it was recorded, newest first in a list."""

    number: int
    kind: str
    offence_class: str
    ground: str
    police_number: str
    words: str
    recorded_at: datetime
    noted_at: datetime
    by: str


def duties_of(reader: Reader, reference: str) -> tuple[DutySeen, ...]:
    """Everything owed in a case, what is missed first, then what is due soonest. Opens seals: the page has journalled it."""
    rows = _OWED.rows(reference=reference)
    moves: dict[UUID, list[DutyMove]] = {}
    for move in _MOVES.rows(case=rows[0].case_id) if rows else ():
        moves.setdefault(move.duty_id, []).append(move)
    seen = [_seen(row, moves.get(row.pk, [])) for row in rows]
    places = {kind: place for place, kind in enumerate(pack().duties.ids())}
    return tuple(
        sorted(seen, key=lambda row: (ORDER[row.state], row.due_at, places.get(row.kind, 99), row.starts_at))
    )


def _seen(row: Duty, moves: list[DutyMove]) -> DutySeen:
    return DutySeen(
        id=row.pk, kind=row.kind, about=row.because.kind if row.because else "", starts_at=row.starts_at,
        due_at=row.due_at, state=row.state,
        moves=tuple(
            Moved(
                move.move, move.at, move.by.name if move.by else "", move.done_at, move.ground, move.answer,
                move.opened("words"),
            )
            for move in moves
        ),
    )  # fmt: skip


def duty_of(reader: Reader, reference: str, key: UUID) -> DutySeen | None:
    """One duty of a case; None when it has no such."""
    return next((row for row in duties_of(reader, reference) if row.id == key), None)


def recordings_of(reader: Reader, reference: str) -> tuple[RecordingSeen, ...]:
    """How a case was recorded, the newest (which counts) first. Opens seals: the page has journalled it."""
    rows = Recording.objects.filter(case__disclosure__reference=reference).select_related("vault", "noted_by")
    return tuple(
        RecordingSeen(
            row.number, row.kind, row.offence_class, row.ground, row.opened("police_number"), row.opened("words"),
            row.recorded_at, row.noted_at, row.noted_by.name,
        )
        for row in rows.order_by("-number")
    )  # fmt: skip


def pointers(reader: Reader, reference: str, *, sex: str = "", ages: tuple[int, ...] = ()) -> Pointers:
    """What may point to a class of crime: the sites that are known, the labels of triage and people. Opens a seal."""
    case = Case.objects.select_related("disclosure__vault").filter(disclosure__reference=reference).first()
    if case is None:
        return Pointers(sex=sex, ages=ages)
    newest = ClockStart.objects.filter(disclosure=case.disclosure).select_related("facts__vault")
    clock = newest.order_by("-started_at").first()
    triage = case.disclosure.triages.order_by("-version__number").first()
    levels = dict(triage.levels) if triage else {}
    levels |= {row.label: row.level for row in case.disclosure.overrides.order_by("at")}
    labels = frozenset(label for label, level in levels.items() if level in ("likely", "possible", "yes"))
    sites = clock.known().sites_to_run() if clock else None
    return Pointers(sites or frozenset(), labels, sex, ages)


def overdue(reader: Reader, at: datetime, limit: int) -> list[tuple[UUID, str]]:
    """The duties whose time has passed and that are not noted as missed yet: key, reference of the disclosure."""
    due = Duty.objects.filter(state__in=rule.RUNNING, due_at__lte=at).order_by("due_at", "pk")
    return list(due.values_list("pk", "case__disclosure__reference")[:limit])
