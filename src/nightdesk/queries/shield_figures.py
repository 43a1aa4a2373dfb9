"""How often the shield was opened, considered and decided, and how reports of being turned away stand: counts alone."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from nightdesk.queries.turned_away import hours
from nightdesk.records.shield import Interest, InterestMove, Shield, ShieldEntry, ShieldOpening
from nightdesk.records.turned_away import TurnedAway, TurnedAwayMove
from nightdesk.rules import turned_away as reports
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
    openings = ShieldOpening.objects.filter(own).values_list("purpose", "reason")
    asked = Interest.objects.filter(own).prefetch_related("moves")
    states = [_newest(found) for found in TurnedAway.objects.filter(own_reports).prefetch_related("moves")]
    entries = ShieldEntry.objects.filter(own)
    return ShieldFigures(
        as_of=now, whole_force=whole,
        records=Shield.objects.filter(pk__in=entries.values("shield")).count(), versions=entries.count(),
        openings=Counter(openings), decisions=Counter((found.kind, _newest(found)[0]) for found in asked),
        reports=Counter(state for state, _since in states),
        overdue=sum(reports.is_overdue(state, since, now, hours()) for state, since in states),
    )  # fmt: skip


def _newest(found: Interest | TurnedAway) -> tuple[str, datetime]:
    moves: list[InterestMove | TurnedAwayMove] = list(found.moves.all())
    newest = max(moves, key=lambda row: row.number)
    return newest.state, newest.moved_at
