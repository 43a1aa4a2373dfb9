"""For the fairness page: the newest figures over reports whose truth is known. Counts only (live work: link_audits.py)."""

from dataclasses import dataclass
from datetime import datetime

from nightdesk.records.link_evaluations import LinkEvaluation
from nightdesk.rules.access import Reader
from nightdesk.rules.fairness import Counted, from_plain


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
