"""Flags as people see them: those of one record, the tags of a queue, what waits for a decision and for its review."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from nightdesk.records.disclosures import Disclosure
from nightdesk.records.flags import CaseFlag, FlagMove, FlagTelling
from nightdesk.records.sealed import SealBroken
from nightdesk.records.staff import Staff
from nightdesk.rules import flag as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.flag import PROPOSED, RAISED
from nightdesk.rules.terms import SUPERVISOR

MOST_REVIEWS: Final = 200
WHOSE: Final = ("mine", "unit")
WHEN: Final = ("due", "all")


@dataclass(frozen=True)
class Decided:
    """One decision about a flag, with its words."""

    move: str
    at: datetime
    by: str
    words: str
    consulted: str
    review_on: date | None


@dataclass(frozen=True)
class Told:
    """Whether somebody was told, how or why not (codes of the pack)."""

    audience: str
    told: bool
    way: str
    why_not: str
    at: datetime
    by: str
    words: str


@dataclass(frozen=True)
class FlagSeen:
    """A flag with everything about it, opened. `reasons`: rule, words, field, start, end; None when the key is gone.

    `what` is what was told, in the version that the reasons stand in; only where one flag is decided by itself.
    """

    id: UUID
    reference: str
    code: str
    state: str
    origin: str
    level: str
    found_at: datetime
    found_by: str
    review_on: date | None
    reasons: tuple[Mapping[str, Any], ...] | None
    decisions: tuple[Decided, ...] = ()
    tellings: tuple[Told, ...] = ()
    what: str | None = None

    @property
    def seen(self) -> int:
        """How many decisions a page that shows this knows of."""
        return len(self.decisions)


@dataclass(frozen=True)
class Review:
    """A line of the review queue: no names of persons, nothing of what was said."""

    reference: str
    code: str
    review_on: date
    due: bool
    owner: str
    mine: bool
    has_case: bool


def of_unit(reader: Reader) -> Q:
    """Flags of the reader's unit: of its cases, and of what its counters took that became no case."""
    if not reader.unit:
        return Q(pk__in=[])
    no_case, no_station = Q(disclosure__case=None), Q(disclosure__station=None)
    return (
        Q(disclosure__case__unit_id=reader.unit)
        | (no_case & Q(disclosure__station__unit_id=reader.unit))
        | (no_case & no_station & Q(disclosure__taken_by__unit_id=reader.unit))
    )


def may_decide(reader: Reader, reference: str) -> bool:
    """Whether the reader decides about the flags of this record: their own case, or one of their unit's."""
    found = (
        Disclosure.objects.select_related("case", "station", "taken_by").filter(reference=reference).first()
    )
    if found is None:
        return False
    case = getattr(found, "case", None)
    if case is not None:
        unit = case.unit_id
    else:
        unit = found.station.unit_id if found.station else found.taken_by.unit_id if found.taken_by else None
    own = case is not None and str(case.owner_id) == reader.id
    return rule.may_work_on(
        role=reader.role, own=own, own_unit=bool(reader.unit) and str(unit) == reader.unit
    )


def flags_of(reader: Reader, reference: str) -> list[FlagSeen]:
    """Every flag of a record: proposed ones first, then raised, then the rest. Opens seals: the page journals first."""
    rows = list(_with_all(CaseFlag.objects.filter(disclosure__reference=reference)))
    moves, tellings = _grouped(FlagMove, rows, "number"), _grouped(FlagTelling, rows, "at")
    seen = [_seen(row, moves.get(row.pk, ()), tellings.get(row.pk, ())) for row in rows]
    return sorted(seen, key=lambda flag: (rule.STATES.index(flag.state), flag.found_at))


def _with_all(rows: QuerySet[CaseFlag]) -> QuerySet[CaseFlag]:
    return rows.select_related("disclosure__vault", "found_by", "version").order_by("found_at", "id")


def _grouped(model: Any, rows: list[CaseFlag], order: str) -> dict[UUID, list[Any]]:
    """The rows of `model` by flag, in two or three statements however many flags there are."""
    vaults = {row.pk: row.disclosure.vault for row in rows}
    found: dict[UUID, list[Any]] = {}
    more = ("by", "consulted") if model is FlagMove else ("by",)
    for row in (
        model.objects.filter(flag__in=vaults).select_related(*more).order_by(order, "id") if vaults else ()
    ):
        row.vault = vaults[row.flag_id]
        found.setdefault(row.flag_id, []).append(row)
    return found


def _seen(row: CaseFlag, moves: Iterable[FlagMove], tellings: Iterable[FlagTelling]) -> FlagSeen:
    row.vault = row.disclosure.vault
    reasons = _opened(row, "grounds")
    return FlagSeen(
        id=row.pk, reference=row.disclosure.reference, code=row.code, state=row.state, origin=row.origin, level=row.level,
        found_at=row.found_at, found_by=row.found_by.name if row.found_by else "", review_on=row.review_on,
        reasons=None if reasons is None else tuple(reasons),
        decisions=tuple(
            Decided(m.move, m.at, m.by.name, _opened(m, "words") or "", m.consulted.name if m.consulted else "", m.review_on)
            for m in moves
        ),
        tellings=tuple(
            Told(t.audience, t.told, t.way, t.why_not, t.at, t.by.name, _opened(t, "words") or "") for t in tellings
        ),
    )  # fmt: skip


def _opened(row: Any, name: str) -> Any:
    """The words, or None when they were destroyed: the decision itself stays."""
    try:
        return row.opened(name)
    except SealBroken:
        return None


def tags_of(reader: Reader, references: Iterable[str]) -> dict[str, list[str]]:
    """The raised flags (codes) of these records: what a queue shows as tags."""
    found: dict[str, list[str]] = {}
    rows = CaseFlag.objects.filter(disclosure__reference__in=list(references)).order_by("found_at")
    # The state is looked at here: asked of a database that has not counted its tables, it reads every raised flag there is.
    for reference, code, state in rows.values_list("disclosure__reference", "code", "state"):
        if state == RAISED:
            found.setdefault(reference, []).append(code)
    return found


def waiting_proposals(reader: Reader) -> int:
    """How many flags of the reader's unit wait for somebody to raise or decline them."""
    return CaseFlag.objects.filter(of_unit(reader), state=PROPOSED).count()


def next_proposal(reader: Reader, after: UUID | None = None) -> tuple[UUID, str] | None:
    """The proposal of the unit that has waited longest (its key and reference); after one that was passed over, the next,
    round and round. Opens nothing.
    """
    row = _next_row(reader, after)
    return (row.pk, row.disclosure.reference) if row else None


def proposal(reader: Reader, flag: UUID) -> FlagSeen | None:
    """A proposal of the reader's unit with what was told; None when somebody has decided it. Opens seals: the page
    journals the reading first."""
    row = _with_all(CaseFlag.objects.filter(of_unit(reader), state=PROPOSED, pk=flag)).first()
    if row is None:
        return None
    if row.version:
        row.version.vault = row.disclosure.vault
    return replace(_seen(row, (), ()), what=_opened(row.version, "what") if row.version else None)


def _next_row(reader: Reader, after: UUID | None) -> CaseFlag | None:
    waiting = _with_all(CaseFlag.objects.filter(of_unit(reader), state=PROPOSED))
    passed = CaseFlag.objects.filter(of_unit(reader), pk=after).first() if after else None
    if passed is not None:
        later = Q(found_at__gt=passed.found_at) | Q(found_at=passed.found_at, pk__gt=passed.pk)
        return waiting.filter(later).first() or waiting.first()
    return waiting.first()


def reviews(reader: Reader, whose: str, when: str, today: date) -> list[Review]:
    """Raised flags by review date, the longest overdue first: the reader's own or the unit's, due ones or all."""
    rows = _to_review(reader, whose, when, today).select_related("disclosure__case__owner")
    return [_review(row, reader, today) for row in rows.order_by("review_on", "found_at")[:MOST_REVIEWS]]


def review_counts(reader: Reader, today: date) -> dict[tuple[str, str], int]:
    """How many there are behind each choice of the queue, by the same conditions that list them."""
    return {(whose, when): _to_review(reader, whose, when, today).count() for whose in WHOSE for when in WHEN}


def _to_review(reader: Reader, whose: str, when: str, today: date) -> QuerySet[CaseFlag]:
    mine = Q(disclosure__case__owner_id=reader.id)
    rows = CaseFlag.objects.filter(mine if whose == "mine" else of_unit(reader), state=RAISED)
    return rows.filter(review_on__lte=today) if when == "due" else rows


def _review(row: CaseFlag, reader: Reader, today: date) -> Review:
    case, day = getattr(row.disclosure, "case", None), row.review_on
    assert day is not None  # noqa: S101 - the database holds raised flags to it
    owner = case.owner if case else None
    return Review(
        reference=row.disclosure.reference, code=row.code, review_on=day, due=rule.is_due(day, today),
        owner=owner.name if owner else "", mine=owner is not None and str(owner.pk) == reader.id, has_case=case is not None,
    )  # fmt: skip


def has_case(reader: Reader, reference: str) -> bool:
    """Whether what was told became a case, so that a flag's page can lead there."""
    return Disclosure.objects.filter(reference=reference, case__isnull=False).exists()


def supervisors_to_ask(reader: Reader) -> list[tuple[str, str]]:
    """(id, name) of the supervisors whom the reader can ask about a flag: those of their unit."""
    if not reader.unit:
        return []
    rows = Staff.objects.filter(role=SUPERVISOR, is_active=True, unit_id=reader.unit).exclude(pk=reader.id)
    return [(str(key), name) for key, name in rows.order_by("name").values_list("pk", "name")]
