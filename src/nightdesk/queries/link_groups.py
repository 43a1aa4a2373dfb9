"""Groups to look at, for analysts; and what people have decided, for the batch that proposes groups."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Max, Min, Q

from nightdesk.outside.current import pack
from nightdesk.queries.candidates import ReportRow, report_row
from nightdesk.queries.link_men import Men, men_of
from nightdesk.records.link_candidates import LinkCandidate
from nightdesk.records.link_groups import LinkBatch, LinkGroup, LinkGroupMember
from nightdesk.records.link_reports import LinkReport
from nightdesk.records.sealed import SealBroken
from nightdesk.records.series import SeriesMember
from nightdesk.rules import candidate as states
from nightdesk.rules import link_group as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.candidate_evidence import Evidence, band_of_pair, evidence_of, without
from nightdesk.rules.pack_deaths import ETHNICITY
from nightdesk.rules.terms import ANALYST

EACH: Final = 20  # groups on a page
VIEWS: Final = ("open", "raised", "aside")
STANDS: Final = Q(members__report__gone_at=None, members__report__vault__wrapped__isnull=False)
WITH_REPORT: Final = (
    "report__vault", "report__disclosure__case__unit", "report__disclosure__station__unit", "report__death__unit",
)  # fmt: skip


@dataclass(frozen=True)
class GroupRow:
    """A group as a line: reports that stand, acts, units, between when they came in, how strong it is."""

    id: str
    reports: int
    acts: int
    units: tuple[str, ...]
    first_at: datetime
    last_at: datetime
    strength: str
    full: bool
    found_at: datetime
    decision: str
    decided_at: datetime | None
    decided_by: str
    replaced: bool


@dataclass(frozen=True)
class BatchRow:
    """The newest comparison of everything."""

    at: datetime
    model: str
    engine: str
    reports: int


@dataclass(frozen=True)
class Groups:
    """One page of a view, the counts of all, and the comparison that it is from (None: there was none)."""

    rows: tuple[GroupRow, ...]
    counts: Mapping[str, int]
    number: int
    pages: int
    batch: BatchRow | None


@dataclass(frozen=True)
class GroupMember:
    """A report of a group that stands, with what it says. `changed`: since it was compared; its pairs are left out."""

    report: ReportRow
    told: Mapping[str, Any]
    changed: bool
    series: str


@dataclass(frozen=True)
class GroupLink:
    """A pair of the group with its evidence: it holds the group together, or contradicts it, or neither.

    `candidate`: "" where the two do not stand side by side yet.
    """

    new: str
    earlier: str
    holds: bool
    contradicts: bool
    band: str
    incident: str
    evidence: Evidence
    candidate: str
    state: str


@dataclass(frozen=True)
class GroupSeen:
    """One group. `left_out`: reports that were destroyed or do not stand; `gone`: what was found went with one of them.

    `switched_off`: it was compared with ethnicity, and the force has switched that off since; evidence of it is left out.
    """

    row: GroupRow
    members: tuple[GroupMember, ...]
    links: tuple[GroupLink, ...]
    left_out: int
    gone: bool
    switched_off: bool
    why: str
    batch: BatchRow


def groups(reader: Reader, view: str = "open", number: int = 1) -> Groups:
    """The groups of a view (one of VIEWS), the most acts first. Opens nothing. None for whoever is no analyst."""
    wanted = {name: _rows(reader).filter(_view(name)) for name in VIEWS}
    counts = {name: rows.count() for name, rows in wanted.items()}
    pages = max(1, -(-counts[view] // EACH))
    number = min(max(number, 1), pages)
    order = ("-acts", "-mean", "pk") if view == "open" else ("-decided_at", "pk")
    found = list(wanted[view].order_by(*order)[(number - 1) * EACH : number * EACH])
    units = _units([one.pk for one in found])
    newest = LinkBatch.objects.order_by("-at", "-pk").first() if reader.role == ANALYST else None
    rows = tuple(_row(one, units.get(one.pk, ())) for one in found)
    return Groups(rows, counts, number, pages, _batch(newest) if newest else None)


def waiting(reader: Reader) -> int:
    """How many groups wait to be looked at."""
    return int(_rows(reader).filter(_view("open")).count())


def _rows(reader: Reader) -> Any:
    """Groups with how many of their reports stand, and between when those came in."""
    rows = LinkGroup.objects.all() if reader.role == ANALYST else LinkGroup.objects.none()
    return rows.select_related("vault", "batch", "decided_by").annotate(
        standing=Count("members", filter=STANDS), first_at=Min("members__report__reported_at", filter=STANDS),
        last_at=Max("members__report__reported_at", filter=STANDS),
    )  # fmt: skip


def _view(name: str) -> Q:
    if name == "open":
        return Q(decision="", replaced_at=None, standing__gte=rule.LEAST)
    return Q(decision=name, standing__gte=1)


def _row(found: Any, units: tuple[str, ...]) -> GroupRow:
    return GroupRow(
        id=str(found.pk), reports=found.standing, acts=min(found.acts, found.standing), units=units,
        first_at=found.first_at, last_at=found.last_at, strength=rule.strength(found.mean, found.batch.prior),
        full=found.full, found_at=found.found_at, decision=found.decision, decided_at=found.decided_at,
        decided_by=found.decided_by.name if found.decided_by else "", replaced=found.replaced_at is not None,
    )  # fmt: skip


def _units(keys: list[UUID]) -> dict[UUID, tuple[str, ...]]:
    """The units of the reports that stand of each group, each once."""
    found: dict[UUID, dict[str, None]] = {}
    for one in _members(Q(group__in=keys)):
        if unit := report_row(one.report).unit:
            found.setdefault(one.group_id, {})[unit] = None
    return {key: tuple(units) for key, units in found.items()}


def _members(which: Q) -> list[LinkGroupMember]:
    rows = LinkGroupMember.objects.select_related(*WITH_REPORT).filter(
        which, report__gone_at=None, report__vault__wrapped__isnull=False
    )
    return list(rows.order_by("report__reported_at", "report_id"))


def _batch(found: LinkBatch) -> BatchRow:
    return BatchRow(found.at, found.model, found.engine, found.reports)


def exists(reader: Reader, group: UUID) -> bool:
    """Whether there is such a group with reports that stand, and the reader is an analyst. Opens nothing."""
    return bool(_rows(reader).filter(pk=group, standing__gte=1).exists())


def group(reader: Reader, group: UUID) -> GroupSeen | None:
    """One group; None for an unknown one or for whoever is no analyst. Opens seals: the page notes it first."""
    found: Any = _rows(reader).filter(pk=group, standing__gte=1).first()
    if found is None:
        return None
    members = _members(Q(group=found))
    men = men_of(reader, [one.report for one in members])
    seen = [one for one in (_member(each, men) for each in members) if one is not None]
    why, links = _opened(found, "why"), _opened(found, "links")
    same = {one.report.id for one in seen if not one.changed}
    off = _is_switched_off(found.batch)
    return GroupSeen(
        row=_row(found, tuple(dict.fromkeys(one.report.unit for one in seen if one.report.unit))),
        members=tuple(_with_series(seen)),
        links=_links(found, links or [], same, off), left_out=found.members.count() - len(seen), gone=links is None,
        switched_off=off, why=why or "", batch=_batch(found.batch),
    )  # fmt: skip


def _is_switched_off(batch: LinkBatch) -> bool:
    return batch.ethnicity and not pack().link_switches[ETHNICITY].on


def _opened(found: LinkGroup, what: str) -> Any:
    """None when the key went with one of its reports."""
    try:
        return found.opened(what)
    except SealBroken:
        return None


def _member(one: LinkGroupMember, men: Men) -> GroupMember | None:
    """A report of the group; None when it was destroyed."""
    try:
        told = one.report.opened("extract")
    except SealBroken:
        return None
    return GroupMember(report_row(one.report, men), told, one.report.seq != one.seq, "")


def _with_series(seen: list[GroupMember]) -> list[GroupMember]:
    series = _series_of([UUID(one.report.id) for one in seen])
    return [GroupMember(one.report, one.told, one.changed, series.get(one.report.id, "")) for one in seen]


def _series_of(reports: list[UUID] | None) -> dict[str, str]:
    """The series that each report is in; of all reports when none are named."""
    rows = SeriesMember.objects.filter(left_at=None)
    rows = rows if reports is None else rows.filter(report__in=reports)
    return {str(report): name for report, name in rows.values_list("report", "series__reference")}


def _links(found: LinkGroup, links: list[dict[str, Any]], same: set[str], off: bool) -> tuple[GroupLink, ...]:
    """The pairs of the reports that still say what they said when they were compared."""
    keys = [UUID(one) for one in same]
    pairs = LinkCandidate.objects.filter(new__in=keys, earlier__in=keys)
    stands = {frozenset((str(one.new_id), str(one.earlier_id))): (str(one.pk), one.state) for one in pairs}
    return tuple(
        _link(one, found.batch.prior, *stands.get(frozenset((one["new"], one["earlier"])), ("", "")), off=off)
        for one in links
        if {one["new"], one["earlier"]} <= same
    )


def _link(one: dict[str, Any], prior: float, candidate: str, state: str, *, off: bool) -> GroupLink:
    kept = evidence_of(one["evidence"])
    evidence, less = without(ETHNICITY, kept) if off else (kept, 0.0)
    return GroupLink(
        one["new"], one["earlier"], one["holds"], one["contradicts"], band_of_pair(one["bits"] - less, prior),
        one["incident"], evidence, candidate, state,
    )  # fmt: skip


def already(reader: Reader) -> rule.Already:
    """What people have decided so far, for a batch: series, groups, pairs."""
    decided: dict[UUID, set[str]] = {}
    rows = LinkGroupMember.objects.filter(group__decision__in=rule.DECISIONS)
    for key, report in rows.values_list("group", "report"):
        decided.setdefault(key, set()).add(str(report))
    pairs = LinkCandidate.objects.exclude(state=states.GONE).values_list("new", "earlier")
    return rule.Already(
        _series_of(None),
        tuple(map(frozenset, decided.values())),
        frozenset(frozenset(map(str, pair)) for pair in pairs),
    )


def waiting_reports(reader: Reader) -> frozenset[frozenset[str]]:
    """The reports of each group that waits to be looked at."""
    rows = LinkGroupMember.objects.filter(group__decision="", group__replaced_at=None)
    found: dict[UUID, set[str]] = {}
    for key, report in rows.values_list("group", "report"):
        found.setdefault(key, set()).add(str(report))
    return frozenset(map(frozenset, found.values()))


def pairs_decided(reader: Reader, *decisions: str) -> list[tuple[str, str]]:
    """The pairs of reports that people have decided so: by id, the earlier one first."""
    rows = LinkCandidate.objects.filter(state__in=decisions).order_by("raised_at", "pk")
    return [(str(one), str(two)) for one, two in rows.values_list("earlier", "new")]


def standing_count(reader: Reader) -> int:
    """How many reports stand. Opens nothing."""
    return LinkReport.objects.filter(gone_at=None, vault__wrapped__isnull=False).count()


def newest_change(reader: Reader) -> int:
    """Of which change of the journal the newest report is, whether it stands or not. Opens nothing."""
    return int(LinkReport.objects.aggregate(newest=Max("seq"))["newest"] or 0)
