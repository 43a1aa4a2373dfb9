"""The queue of candidates and each candidate, as analysts and named officers may see them.

The answers of a round are opened only when two are in: until then nobody reads one, not even whoever gave it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from nightdesk.queries.link_men import Men, men_of
from nightdesk.records.link_candidates import LinkAnswer, LinkCandidate
from nightdesk.records.link_reports import LinkReport
from nightdesk.records.series import SeriesDeskMember, SeriesMember
from nightdesk.records.staff import Staff
from nightdesk.rules import candidate as rule
from nightdesk.rules import candidate_answer, series
from nightdesk.rules.access import Reader
from nightdesk.rules.candidate_evidence import Evidence, band_of_pair, evidence_of
from nightdesk.rules.terms import ANALYST

EACH: Final = 40  # candidates on a page of the queue
SIDES: Final = tuple(
    f"{side}__{path}"
    for side in ("new", "earlier")
    for path in ("vault", "disclosure__case__unit", "disclosure__station__unit", "death__unit")
)
OVER: Final = tuple(state for state in rule.STATES if state not in rule.OWED)
VIEWS: Final = (
    "owed",
    "mine",
    "nobodys",
    "overdue",
    "my_answer",
    "waits",
    "need_more",
    "linked",
    "not_linked",
    "over",
)


@dataclass(frozen=True)
class ReportRow:
    """A report as a line: its kind, the reference it is known by, the unit it is of, when it came; no word of it.

    `gone`: it does not stand any more; when its words were destroyed with their key, `destroyed_at` says when. `man`: which
    of how many its source tells of, when there are several.
    """

    id: str
    kind: str
    reference: str
    unit: str
    reported_at: datetime
    gone: bool
    destroyed_at: datetime | None = None
    man: tuple[int, int] | None = None


@dataclass(frozen=True)
class Row:
    """A candidate as a line. `answered`: by this reader, in this round. `seat`: how they may answer now."""

    id: str
    new: ReportRow
    earlier: ReportRow
    state: str
    why: str
    owner: str
    owner_username: str
    raised_at: datetime
    due_at: datetime
    overdue: bool
    incident: str
    rank: int
    band: str
    answered: bool
    seat: str


@dataclass(frozen=True)
class Queue:
    """One page of the queue, the counts of every view, and which page of how many."""

    rows: tuple[Row, ...]
    counts: Mapping[str, int]
    number: int
    pages: int


@dataclass(frozen=True)
class Answer:
    """An answer that may be shown: both of its round are in. `lost`: its grounds were destroyed with a report."""

    round: int
    number: int
    answer: str
    at: datetime
    by: str
    model: str
    grounds: str
    asked: tuple[str, ...]
    lost: bool = False


@dataclass(frozen=True)
class Moved:
    """One move of a candidate; never what somebody answered."""

    move: str
    state: str
    at: datetime
    by: str
    words: str


@dataclass(frozen=True)
class CandidateSeen:
    """A candidate with what both reports say. `mark`: what a form must send back. `given`: answers of this round so far.

    `lost`: what was found was destroyed with one of the reports; `evidence` is empty then.
    """

    row: Row
    lost: bool
    evidence: Evidence
    mine: Mapping[str, Any]
    theirs: Mapping[str, Any]
    answers: tuple[Answer, ...]
    given: int
    moves: tuple[Moved, ...]
    mark: str
    round: int
    bits: float
    prior: float
    reports: int
    model: str
    series: tuple[str, str]  # that each report is in


def may_see_desk(reader: Reader) -> bool:
    """Whether the reader sees the series desk at all."""
    named = SeriesDeskMember.objects.filter(staff=UUID(reader.id), ended_at=None).exists()
    return series.may_see(reader.role, named=named)


def queue(reader: Reader, now: datetime, view: str = "owed", number: int = 1) -> Queue:
    """The candidates of a view (one of VIEWS), those that are owed first first; overdue ones so lead."""
    wanted = {name: _rows(reader).filter(_view(reader, name, now)) for name in VIEWS}
    counts = {name: rows.count() for name, rows in wanted.items()}
    pages = max(1, -(-counts[view] // EACH))
    number = min(max(number, 1), pages)
    order = ("due_at", "pk") if view not in ("linked", "not_linked", "over") else ("-raised_at", "pk")
    found = list(wanted[view].order_by(*order)[(number - 1) * EACH : number * EACH])
    men = men_of(reader, [side for one in found for side in (one.new, one.earlier)])
    return Queue(tuple(row_of(reader, one, now, men) for one in found), counts, number, pages)


def _rows(reader: Reader) -> QuerySet[LinkCandidate]:
    """Candidates with both reports, and whether the reader has answered in this round."""
    own = LinkAnswer.objects.filter(candidate=OuterRef("pk"), round=OuterRef("round"), by=UUID(reader.id))
    return LinkCandidate.objects.select_related("vault", "owner", *SIDES).annotate(own=Exists(own))


def _view(reader: Reader, name: str, now: datetime) -> Q:
    owed, analyst = (
        Q(state__in=rule.OWED),
        Q(pk__isnull=reader.role != ANALYST),
    )  # nobody else has anything to answer
    answers = Q(state__in=(rule.WAITING, rule.ONE_IN, rule.DISAGREED)) & analyst
    return {
        "owed": owed,
        "mine": owed & Q(owner=UUID(reader.id)),
        "nobodys": owed & Q(owner=None),
        "overdue": owed & Q(due_at__lte=now),
        "my_answer": answers & Q(own=False),
        "waits": answers & Q(own=True),
        "need_more": Q(state=rule.NEED_MORE),
        "linked": Q(state=rule.LINKED),
        "not_linked": Q(state=rule.NOT_LINKED),
        "over": Q(state__in=(rule.UNLINKED, rule.GONE)),
    }[name]


def row_of(reader: Reader, found: LinkCandidate, now: datetime, men: Men) -> Row:
    """A candidate as a line. Opens nothing."""
    before = [reader.id] if found.own else []  # type: ignore[attr-defined]
    return Row(
        id=str(found.pk), new=report_row(found.new, men), earlier=report_row(found.earlier, men), state=found.state,
        why=found.why,
        owner=found.owner.name if found.owner else "", owner_username=found.owner.username if found.owner else "",
        raised_at=found.raised_at, due_at=found.due_at, incident=found.incident, rank=found.rank,
        overdue=candidate_answer.is_overdue(found.state, found.due_at, now), band=band_of_pair(found.bits, found.prior),
        answered=bool(before),
        seat=candidate_answer.seat_of(found.state, role=reader.role, who=reader.id, before=before),
    )  # fmt: skip


def report_row(report: LinkReport, men: Men | None = None) -> ReportRow:
    """A report as a line: of the unit that works its case, or whose station took it. `men`: of link_men."""
    unit: Any
    if report.death is not None:
        reference, unit = report.death.reference, report.death.unit
    else:
        told: Any = report.disclosure  # one of the two, by the database
        case = getattr(told, "case", None)
        unit = case.unit if case else told.station and told.station.unit
        reference = told.reference
    return ReportRow(
        str(report.pk),
        report.kind,
        reference,
        unit.name if unit else "",
        report.reported_at,
        report.gone_at is not None or report.is_destroyed,
        report.vault.destroyed_at,
        (men or {}).get(report.pk),
    )


def candidate(reader: Reader, candidate_id: UUID, now: datetime) -> CandidateSeen | None:
    """One candidate; None for an unknown one or for whoever may not see the desk. Opens seals: the page notes it first."""
    found = _rows(reader).filter(pk=candidate_id).first() if may_see_desk(reader) else None
    if found is None:
        return None
    answers = list(found.answers.select_related("by", "vault").order_by("round", "number"))
    return CandidateSeen(
        row=row_of(reader, found, now, men_of(reader, (found.new, found.earlier))), lost=found.is_destroyed,
        evidence=evidence_of(found.opened_if_there("evidence", {})),
        mine=found.new.opened_if_there("extract", {}), theirs=found.earlier.opened_if_there("extract", {}),
        answers=_shown(answers),
        given=sum(one.round == found.round for one in answers), moves=_moves(found), mark=found.seen_mark(),
        round=found.round,
        bits=found.bits, prior=found.prior, reports=found.reports, model=found.model,
        series=(_series_of(found.new_id), _series_of(found.earlier_id)),
    )  # fmt: skip


def _shown(answers: list[LinkAnswer]) -> tuple[Answer, ...]:
    """Those of rounds in which two are in; no other is opened at all."""
    rounds = [one.round for one in answers]
    return tuple(
        Answer(
            one.round, one.number, one.answer, one.at, one.by.name, one.model,
            one.opened_if_there("grounds", ""), tuple(one.opened_if_there("asked", ()) or ()), one.is_destroyed,
        )
        for one in answers
        if candidate_answer.shows_answers(rounds.count(one.round))
    )  # fmt: skip


def _moves(found: LinkCandidate) -> tuple[Moved, ...]:
    rows = found.moves.select_related("by", "vault").order_by("number")
    return tuple(
        Moved(one.move, one.state, one.at, one.by.name if one.by else "", one.opened_if_there("words", ""))
        for one in rows
    )


def _series_of(report_id: UUID) -> str:
    found = SeriesMember.objects.filter(report=report_id, left_at=None).values_list(
        "series__reference", flat=True
    )
    return found.first() or ""


def analysts(reader: Reader) -> list[tuple[str, str]]:
    """Who can look after a candidate: username and name."""
    found = Staff.objects.filter(role=ANALYST, is_active=True).order_by("name")
    return list(found.values_list("username", "name"))


def exists(reader: Reader, candidate_id: UUID) -> bool:
    """Whether there is such a candidate and the reader may see the desk. Opens nothing."""
    return may_see_desk(reader) and LinkCandidate.objects.filter(pk=candidate_id).exists()
