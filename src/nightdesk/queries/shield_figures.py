"""How often the shield was opened, considered and decided, and how reports of being turned away stand: counts alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from nightdesk.queries.turned_away import overdue, where_they_stand
from nightdesk.records.shield import Interest, InterestMove, Shield, ShieldEntry, ShieldOpening
from nightdesk.rules.access import Reader
from nightdesk.rules.terms import SUPERVISOR


@dataclass(frozen=True)
class ShieldFigures:
    """Counts up to `as_of`: of the reader's unit for a supervisor, of the force for a commander and the auditor."""

    as_of: datetime
    whole_force: bool
    records: int
    versions: int
    openings: Mapping[tuple[str, str], int]  # (purpose, reason) → how often
    decisions: Mapping[tuple[str, str], int]  # (kind, state) → how many
    reports: Mapping[str, int]  # state → how many
    overdue: int


def shield_figures(reader: Reader, now: datetime) -> ShieldFigures:
    """The counts. A supervisor without a unit counts nothing; a report about whoever leads a station is the commander's."""
    whole = reader.role != SUPERVISOR
    none = Q(pk__in=[])
    unit = Q(shield__disclosure__case__unit_id=reader.unit) if reader.unit else none
    stations = Q(station__unit_id=reader.unit, about_lead=False) if reader.unit else none
    own, own_reports = (Q(), Q()) if whole else (unit, stations)
    openings = ShieldOpening.objects.filter(own).values_list("purpose", "reason").annotate(count=Count("pk"))
    sent = where_they_stand().filter(own_reports)
    entries = ShieldEntry.objects.filter(own)
    return ShieldFigures(
        as_of=now, whole_force=whole,
        records=Shield.objects.filter(pk__in=entries.values("shield")).count(), versions=entries.count(),
        openings={(purpose, reason): count for purpose, reason, count in openings.order_by("purpose", "reason")},
        decisions=_where_they_stand(Interest.objects.filter(own)),
        reports=dict(sent.values_list("stands").annotate(count=Count("pk")).order_by("stands")),
        overdue=sent.filter(overdue(now)).count(),
    )  # fmt: skip


def _where_they_stand(asked: "QuerySet[Interest]") -> Mapping[tuple[str, str], int]:
    newest = InterestMove.objects.filter(interest=OuterRef("pk")).order_by("-number").values("state")[:1]
    counted = (
        asked.annotate(stands=Subquery(newest)).values_list("kind", "stands").annotate(count=Count("pk"))
    )
    return {(kind, stands): count for kind, stands, count in counted.order_by("kind", "stands")}
