"""Figures of how well linkage finds what belongs together are kept run by run. Counts only; nothing is ever changed."""

from collections.abc import Sequence
from datetime import datetime

from nightdesk.actions._entry import entry
from nightdesk.records.link_evaluations import LinkEvaluation
from nightdesk.rules.access import Reader
from nightdesk.rules.fairness import Counted, to_plain


def keep_evaluation(
    *, actor: Reader, at: datetime, model: str, of: str, reports: int, counts: Sequence[Counted]
) -> LinkEvaluation:
    """Keep one run: the `model`, `of` which reports in a word (never a path), how many, and the counts of each group."""
    with entry("evaluation_noted", actor=actor, at=at, of=of[:60], reports=reports):
        return LinkEvaluation.objects.create(
            at=at, model=model[:60], of=of[:60], reports=reports, figures=to_plain(counts)
        )
