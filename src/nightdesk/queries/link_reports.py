"""The ranked list of one report: the earlier and later ones that may be about the same man, best first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from nightdesk.queries.candidates import SIDES, ReportRow, may_see_desk, report_row
from nightdesk.queries.link_men import Men, men_of
from nightdesk.records.link_candidates import LinkCandidate
from nightdesk.records.link_reports import LinkList, LinkReport
from nightdesk.rules.access import Reader
from nightdesk.rules.candidate import LINKED
from nightdesk.rules.candidate_evidence import Evidence, band_of_pair, evidence_of

MOST: Final = 50
WITH_IT: Final = ("vault", "disclosure__case__unit", "disclosure__station__unit", "death__unit")


@dataclass(frozen=True)
class Ranked:
    """One entry. `candidate`: "" when the two were not put side by side; `evidence` then is None, and what both say counts.

    `later`: the other report came after this one.
    """

    report: ReportRow
    band: str
    candidate: str
    state: str
    evidence: Evidence | None
    told: Mapping[str, Any]
    later: bool


@dataclass(frozen=True)
class Lost:
    """A pair that analysts linked and of which one report does not stand any more: the other report, and the candidate."""

    report: ReportRow
    candidate: str


@dataclass(frozen=True)
class ReportSeen:
    """A report with its list, and what it says itself: nothing, when it was destroyed. `lost`: what it was linked to."""

    report: ReportRow
    told: Mapping[str, Any]
    ranked: tuple[Ranked, ...]
    lost: tuple[Lost, ...]
    compared_with: int
    found_at: datetime | None


def report(reader: Reader, report_id: UUID) -> ReportSeen | None:
    """A report and its list; None for an unknown one or for whoever may not see the desk. Opens seals: noted first."""
    rows = LinkReport.objects.select_related(*WITH_IT)
    found = rows.filter(pk=report_id).first() if may_see_desk(reader) else None
    if found is None:
        return None
    every = list(
        LinkCandidate.objects.select_related("vault", *SIDES)
        .filter(Q(new=found) | Q(earlier=found))
        .order_by("-raised_at", "pk")
    )
    men = men_of(reader, [found, *(side for pair in every for side in (pair.new, pair.earlier))])
    pairs = [pair for pair in every if not any(report_row(one).gone for one in (pair.new, pair.earlier))]
    listed = LinkList.objects.select_related("vault").filter(report=found).first()
    listed = None if found.is_destroyed else listed
    ranked = [(pair.bits, _of_pair(pair, found, men)) for pair in pairs] + _others(
        reader, found, listed, pairs
    )
    ranked.sort(key=lambda entry: -entry[0])
    return ReportSeen(
        report_row(found, men), found.opened_if_there("extract", {}), tuple(entry for _bits, entry in ranked[:MOST]),
        _lost(found, [pair for pair in every if pair not in pairs], men),
        listed.among if listed else 0, listed.at if listed else None,
    )  # fmt: skip


def _lost(found: LinkReport, pairs: list[LinkCandidate], men: Men) -> tuple[Lost, ...]:
    """What was linked to this report, where one of the two does not stand any more."""
    return tuple(
        Lost(report_row(pair.new if pair.earlier_id == found.pk else pair.earlier, men), str(pair.pk))
        for pair in pairs
        if pair.state == LINKED
    )


def _of_pair(pair: LinkCandidate, found: LinkReport, men: Men) -> Ranked:
    """An entry with its candidate: the other of the two."""
    later = pair.earlier_id == found.pk
    other = pair.new if later else pair.earlier
    return Ranked(
        report_row(other, men), band_of_pair(pair.bits, pair.prior), str(pair.pk), pair.state,
        evidence_of(pair.opened("evidence")), {}, later,
    )  # fmt: skip


def _others(
    reader: Reader, found: LinkReport, listed: LinkList | None, pairs: list[LinkCandidate]
) -> list[tuple[float, Ranked]]:
    """What else stands in the list of this report."""
    if listed is None:
        return []
    side_by_side = {str(one) for pair in pairs for one in (pair.new_id, pair.earlier_id)}
    best = {one: float(bits) for one, bits in listed.opened("best") if one not in side_by_side}
    rows = list(LinkReport.objects.select_related(*WITH_IT).filter(pk__in=[UUID(one) for one in best]))
    men = men_of(reader, rows)
    return [
        (best[str(row.pk)], _alone(row, found, best[str(row.pk)], listed.prior, men))
        for row in rows
        if not report_row(row).gone
    ]


def _alone(row: LinkReport, found: LinkReport, bits: float, prior: float, men: Men) -> Ranked:
    """An entry that was not put side by side with the report: what both say counts."""
    later = row.reported_at > found.reported_at
    return Ranked(report_row(row, men), band_of_pair(bits, prior), "", "", None, row.opened("extract"), later)


def exists(reader: Reader, report_id: UUID) -> bool:
    """Whether there is such a report and the reader may see the desk. Opens nothing."""
    return may_see_desk(reader) and LinkReport.objects.filter(pk=report_id).exists()


def lists_of_deaths(reader: Reader, references: Sequence[str]) -> dict[str, list[UUID]] | None:
    """The reports of each of these deaths, whose lists the reader may open; None for whoever may not see the desk.

    A death that is missing was not compared yet, or does not stand any more. Opens nothing.
    """
    if not may_see_desk(reader):
        return None
    rows = LinkReport.objects.filter(death__reference__in=references, gone_at=None).order_by("who")
    found: dict[str, list[UUID]] = {}
    for reference, key in rows.values_list("death__reference", "pk"):
        found.setdefault(reference, []).append(key)
    return found
