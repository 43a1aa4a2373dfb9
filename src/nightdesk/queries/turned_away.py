"""Reports of being turned away: the queue of whoever follows them up, and one report with what was done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Value, When

from nightdesk.outside.current import pack
from nightdesk.records.staff import Station
from nightdesk.records.turned_away import TurnedAway, TurnedAwayMove
from nightdesk.rules import turned_away as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.terms import COMMANDER

MOST: Final = 200  # of each part of the list


@dataclass(frozen=True)
class Row:
    """A line of the queue: nothing of what was said."""

    number: str
    received_at: datetime
    what: str
    station: str
    state: str
    since: datetime
    overdue: bool
    about_lead: bool
    turn: str


@dataclass(frozen=True)
class Queue:
    """What is shown, and how many there are."""

    rows: tuple[Row, ...]
    waiting: int
    closed: int


@dataclass(frozen=True)
class Step:
    """One step of the follow-up, with its words."""

    move: str
    state: str
    at: datetime
    by: str
    words: str


@dataclass(frozen=True)
class ReportSeen:
    """One report, opened."""

    row: Row
    told: str
    answer: str
    by_staff: str
    disclosure: str
    steps: tuple[Step, ...]
    may: tuple[str, ...]
    number: int  # of the newest step: what a form must send back


def stations(reader: Reader | None) -> list[tuple[str, str]]:
    """Code and name of every station, by name: anybody may know them."""
    return list(Station.objects.order_by("name").values_list("code", "name"))


def hours() -> Mapping[str, int]:
    """How long a report may stand in each state."""
    return {step.id: step.hours for step in pack().follow_ups}


def queue(reader: Reader, now: datetime, most: int = MOST) -> Queue:
    """The reports this reader follows up: overdue first, then those whose turn it is, then the rest, then what is closed.

    Anybody can send one, so neither part is without a limit: of what is open those that wait longest, what is overdue
    before all; of what is closed the newest.
    """
    late = Case(When(overdue(now), then=Value(0)), default=Value(1))
    found = _rows(reader)
    waiting = found.exclude(stands=rule.CLOSED).order_by(late, "since", "pk")
    closed = found.filter(stands=rule.CLOSED).order_by("-since", "pk")
    rows = [_row(one, now) for one in (*waiting[:most], *closed[:most])]
    rows.sort(key=lambda row: (row.state == rule.CLOSED, not row.overdue, row.turn != reader.role, row.since))
    return Queue(tuple(rows), waiting.count(), closed.count())


def overdue(now: datetime) -> Q:
    """What rules/turned_away.is_overdue says, as a condition."""
    late = Q(pk__in=[])
    for state, limit in hours().items():
        late |= Q(stands=state, since__lt=now - timedelta(hours=limit))
    return late


def may_read(reader: Reader, number: str) -> bool:
    """Whether the reader follows up this report. Opens nothing."""
    return bool(_rows(reader).filter(number=number).exists())


def report(reader: Reader, number: str, now: datetime) -> ReportSeen | None:
    """One report; None for an unknown one, or for whoever may not see it. Opens seals: the page notes the reading."""
    found = _rows(reader).filter(number=number).first()
    if found is None:
        return None
    moves = list(found.moves.select_related("moved_by").order_by("number"))
    for move in moves:
        move.vault = found.vault
    steps = tuple(
        Step(m.move, m.state, m.moved_at, m.moved_by.name if m.moved_by else "", m.opened("words"))
        for m in moves
    )
    own = bool(reader.unit) and found.station is not None and str(found.station.unit_id) == reader.unit
    return ReportSeen(
        row=_row(found, now), told=found.opened("told"), answer=found.opened("answer"),
        by_staff=found.received_by.name if found.received_by else "",
        disclosure=found.disclosure.reference if found.disclosure else "", steps=steps,
        may=rule.moves_for(moves[-1].state, role=reader.role, own_unit=own, about_lead=found.about_lead),
        number=moves[-1].number,
    )  # fmt: skip


def where_they_stand() -> "QuerySet[Any]":
    """Every report with the state of its newest step (`stands`) and the time of that (`since`), told by the database."""
    newest = TurnedAwayMove.objects.filter(report=OuterRef("pk")).order_by("-number")
    return TurnedAway.objects.annotate(
        stands=Subquery(newest.values("state")[:1]), since=Subquery(newest.values("moved_at")[:1])
    )


def _rows(reader: Reader) -> "QuerySet[Any]":
    """What rules/turned_away.may_see allows, as a filter: the commander's all, a supervisor's of their unit's stations."""
    rows = where_they_stand().select_related("vault", "station", "received_by", "disclosure")
    if reader.role == COMMANDER:
        return rows
    if reader.role != "supervisor" or not reader.unit:
        return rows.none()
    return rows.filter(station__unit_id=reader.unit, about_lead=False)


def _row(found: Any, now: datetime) -> Row:
    turn = COMMANDER if found.about_lead or found.station is None else rule.WHOSE_TURN[found.stands]
    return Row(
        number=found.number, received_at=found.received_at, what=found.what,
        station=found.station.name if found.station else "", state=found.stands, since=found.since,
        overdue=rule.is_overdue(found.stands, found.since, now, hours()), about_lead=found.about_lead, turn=turn,
    )  # fmt: skip
