"""Series as analysts and named officers may see them, and who those officers are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q

from nightdesk.queries.candidates import ReportRow, may_see_desk, report_row
from nightdesk.queries.link_men import Men, men_of
from nightdesk.records.link_candidates import LinkCandidate
from nightdesk.records.series import Series, SeriesDeskMember, SeriesMember
from nightdesk.records.staff import Staff
from nightdesk.rules import candidate as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.candidate_evidence import Evidence, evidence_of
from nightdesk.rules.series import MAY_BE_NAMED

WITH_REPORT = (
    "vault", "left_by", "seen_by", "report__vault", "report__disclosure__case__unit", "report__disclosure__station__unit",
    "report__death__unit",
)  # fmt: skip


@dataclass(frozen=True)
class SeriesRow:
    """A series as a line. `unseen`: reports that were taken out and that no second analyst has looked at."""

    reference: str
    opened_at: datetime
    ended_at: datetime | None
    reports: int
    newest_at: datetime | None
    unseen: int


@dataclass(frozen=True)
class Member:
    """A report that is or was in a series. `told`: its extract, empty when it is in no more, or does not stand any more.

    `lost`: why it left was destroyed with it.
    """

    id: str
    report: ReportRow
    candidate: str
    joined_at: datetime
    left_at: datetime | None
    left_by: str
    left_by_reader: bool
    left_why: str
    seen_by: str
    now_in: str
    told: Mapping[str, Any]
    lost: bool


@dataclass(frozen=True)
class Link:
    """A candidate of two members and the evidence of it; None when it was destroyed with one of them."""

    candidate: str
    new: str
    earlier: str
    evidence: Evidence | None


@dataclass(frozen=True)
class SeriesSeen:
    """A series with who is in it, who was, and what holds it together."""

    row: SeriesRow
    members: tuple[Member, ...]
    left: tuple[Member, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Named:
    """An officer who may read the desk: since when, by whom; until when."""

    username: str
    name: str
    role: str
    unit: str
    named_at: datetime
    named_by: str
    ended_at: datetime | None


def all_series(reader: Reader) -> list[SeriesRow]:
    """Every series: those that stand first, the newest report first. None for whoever may not see the desk."""
    if not may_see_desk(reader):
        return []
    rows = [_row(one) for one in _rows().order_by("-opened_at")]
    return sorted(rows, key=lambda row: row.ended_at is not None)


def _rows() -> Any:
    inside = Q(members__left_at=None, members__isnull=False)
    unseen = Q(members__left_at__isnull=False, members__seen_at=None)
    return Series.objects.annotate(
        reports=Count("members", filter=inside), newest_at=Max("members__report__reported_at", filter=inside),
        gone=Count("members", filter=unseen),
    )  # fmt: skip


def _row(found: Any) -> SeriesRow:
    unseen = sum(bool(one.opened_if_there("left_why", "")) for one in _unseen(found)) if found.gone else 0
    return SeriesRow(found.reference, found.opened_at, found.ended_at, found.reports, found.newest_at, unseen)


def _unseen(found: Series) -> list[SeriesMember]:
    """Who left and nobody has seen it; those who left without a reason of their own need no second look."""
    return list(found.members.select_related("vault").filter(left_at__isnull=False, seen_at=None))


def series(reader: Reader, reference: str) -> SeriesSeen | None:
    """One series; None for an unknown one or for whoever may not see the desk. Opens seals: the page notes it first."""
    found = _rows().filter(reference=reference).first() if may_see_desk(reader) else None
    if found is None:
        return None
    rows = list(
        SeriesMember.objects.select_related(*WITH_REPORT)
        .filter(series=found)
        .order_by("report__reported_at", "pk")
    )
    inside = [one for one in rows if one.left_at is None]
    men = men_of(reader, [one.report for one in rows])
    now_in = dict(
        SeriesMember.objects.filter(
            report__in=[one.report_id for one in rows if one.left_at], left_at=None
        ).values_list("report", "series__reference")
    )
    return SeriesSeen(
        _row(found),
        tuple(_member(reader, one, "", men) for one in inside),
        tuple(_member(reader, one, now_in.get(one.report_id, ""), men) for one in rows if one.left_at),
        _links([one.report_id for one in inside]),
    )


def _member(reader: Reader, one: SeriesMember, now_in: str, men: Men) -> Member:
    report = report_row(one.report, men)
    return Member(
        id=str(one.pk), report=report, candidate=str(one.by_candidate_id), joined_at=one.joined_at,
        left_at=one.left_at, left_by=one.left_by.name if one.left_by else "",
        left_by_reader=str(one.left_by_id) == reader.id,
        left_why=one.opened_if_there("left_why", ""), seen_by=one.seen_by.name if one.seen_by else "", now_in=now_in,
        told={} if one.left_at or report.gone else one.report.opened("extract"),
        lost=one.is_destroyed and one.left_at is not None,
    )  # fmt: skip


def _links(reports: list[UUID]) -> tuple[Link, ...]:
    rows = LinkCandidate.objects.select_related("vault").filter(
        state=rule.LINKED, new__in=reports, earlier__in=reports
    )
    return tuple(
        Link(
            str(one.pk), str(one.new_id), str(one.earlier_id),
            None if one.is_destroyed else evidence_of(one.opened("evidence")),
        )
        for one in rows.order_by("raised_at", "pk")
    )  # fmt: skip


def exists(reader: Reader, reference: str) -> bool:
    """Whether there is such a series and the reader may see the desk. Opens nothing."""
    return may_see_desk(reader) and Series.objects.filter(reference=reference).exists()


def reports_of(reader: Reader, reference: str) -> list[UUID]:
    """The reports of a series, for the linkage worker alone. Opens nothing."""
    if reader.role != "system":
        return []
    members = SeriesMember.objects.filter(series__reference=reference, left_at=None)
    return list(members.values_list("report_id", flat=True))


def named_readers(reader: Reader) -> list[Named]:
    """Officers who are or were named, the newest first: for supervisors, who name them."""
    rows = SeriesDeskMember.objects.select_related("staff__unit", "named_by").order_by("-named_at", "-pk")
    return [
        Named(
            one.staff.username, one.staff.name, one.staff.role, one.staff.unit.name if one.staff.unit else "", one.named_at,
            one.named_by.name, one.ended_at,
        )
        for one in rows
    ]  # fmt: skip


def to_be_named(reader: Reader) -> list[tuple[str, str]]:
    """Officers whom this supervisor can name: username, and name with unit."""
    rows = (
        Staff.objects.select_related("unit")
        .filter(role__in=MAY_BE_NAMED, is_active=True)
        .exclude(pk=reader.id)
    )
    rows = rows.exclude(pk__in=SeriesDeskMember.objects.filter(ended_at=None).values("staff"))
    return [
        (one.username, f"{one.name}, {one.unit.name}" if one.unit else one.name)
        for one in rows.order_by("name")
    ]


def owed(reader: Reader, now: datetime) -> tuple[int, int]:
    """How many candidates wait, and how many of them are overdue: numbers for a supervisor, who sees no candidate by it."""
    rows = LinkCandidate.objects.filter(state__in=rule.OWED)
    return rows.count(), rows.filter(due_at__lte=now).count()
