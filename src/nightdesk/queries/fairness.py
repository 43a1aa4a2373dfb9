"""For the fairness page: the newest figures that were kept, and what became of candidates in live work. Counts only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import DateTimeField, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from nightdesk.records.link_candidates import LinkCandidate, LinkMove
from nightdesk.records.link_evaluations import LinkEvaluation
from nightdesk.rules.access import Reader
from nightdesk.rules.candidate import LINKED, NOT_LINKED, UNLINKED
from nightdesk.rules.fairness import Counted, Live, from_plain

DAYS: Final = 365
DEATH: Final = "death"
WITHOUT_STATION: Final = ""


@dataclass(frozen=True)
class EvaluationSeen:
    """One run of figures."""

    at: datetime
    model: str
    of: str
    reports: int
    counts: tuple[Counted, ...]


def newest(reader: Reader) -> EvaluationSeen | None:
    """The newest run that was kept; None while there is none."""
    row = LinkEvaluation.objects.order_by("-at", "-id").first()
    if row is None:
        return None
    return EvaluationSeen(row.at, row.model, row.of, row.reports, tuple(from_plain(row.figures)))


def live(reader: Reader, now: datetime) -> list[Live]:
    """Each candidate of the last year: how its new report came, whose unit it is, what was decided, after how long.

    One that was linked and unlinked later was accepted once: it counts as not linked, because that is what was found.
    """
    decided = LinkMove.objects.filter(candidate=OuterRef("pk"), state__in=(LINKED, NOT_LINKED))
    rows = LinkCandidate.objects.filter(raised_at__gt=now - timedelta(days=DAYS)).annotate(
        decided_at=Subquery(decided.order_by("number").values("at")[:1], output_field=DateTimeField()),
        channel=F("new__disclosure__channel"),
        unit=Coalesce(
            F("new__death__unit__name"), F("new__disclosure__case__unit__name"),
            F("new__disclosure__station__unit__name"),
        ),
    )  # fmt: skip
    kept = rows.filter(~Q(state="gone")).values("state", "raised_at", "decided_at", "channel", "unit")
    return [_live(row) for row in kept]


def _live(row: Mapping[str, Any]) -> Live:
    state, at = row["state"], row["decided_at"]
    linked = state == LINKED if state in (LINKED, NOT_LINKED, UNLINKED) else None
    hours = (at - row["raised_at"]).total_seconds() / 3600 if at and linked is not None else None
    return Live(row["channel"] or DEATH, row["unit"] or WITHOUT_STATION, linked, hours)
