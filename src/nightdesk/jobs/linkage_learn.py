"""Weights learned anew from the force's own reports: a file and a report of what it would change. Nothing goes live here."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from nightdesk.actions.link_reports import note_reports_opened
from nightdesk.actions.link_weights import FAILED, LEARNED, note_weights_learned
from nightdesk.jobs.linkage_batch import open_all
from nightdesk.jobs.linkage_retraining import Retrained, retrain
from nightdesk.linkage.changes import text
from nightdesk.linkage.edges import Progress, silent
from nightdesk.linkage.weights import Weights
from nightdesk.outside.current import pack
from nightdesk.queries.link_groups import pairs_decided, standing_count
from nightdesk.rules.access import SYSTEM, Reader
from nightdesk.rules.candidate import LINKED
from nightdesk.rules.pack_linkage import LEARN_FEWEST

TOO_FEW = (
    "There are {here} reports and {needed} are needed: weights learned from fewer find less than those in force. "
    "Nothing was read. The figure is “learn_fewest” in the pack."
)
TRAINING: Final = "training"
NOT_LEARNED = "Nothing could be learned from these reports ({fault}). The weights in force stay as they are."


class NotLearned(Exception):
    """No new weights; the sentence says why."""


@dataclass(frozen=True)
class Learned:
    """New weights, and what a person reads before they go live."""

    weights: Weights
    report: str


def learn_anew(
    *,
    actor: Reader,
    clock: Callable[[], datetime],
    current: Weights,
    seed: int,
    progress: Progress = silent,
) -> Learned:
    """Learn from every report that stands; a line before that, one before anything is shown. Raises NotLearned."""
    here, needed = standing_count(SYSTEM), pack().link_limits[LEARN_FEWEST].number
    if here < needed:
        raise NotLearned(TOO_FEW.format(here=here, needed=needed))
    at = clock()
    note_reports_opened(actor=actor, at=at, why=TRAINING, count=here)
    opened = open_all(progress)
    confirmed = pairs_decided(SYSTEM, LINKED)
    version = f"own {at:%Y-%m-%d}, {len(opened.ids)} reports, seed {seed}"
    try:
        found = retrain(opened.extracts, current, confirmed, seed=seed, version=version, progress=progress)
    except Exception as fault:  # whatever training raises, the weights in force stay
        _note(actor, clock(), len(opened.ids), len(confirmed), None)
        raise NotLearned(NOT_LEARNED.format(fault=type(fault).__name__)) from fault
    _note(actor, clock(), len(opened.ids), len(confirmed), found)
    # the file says how the field counts; whether it is compared is the pack's switch alone
    return Learned(replace(found.weights, ethnicity=True), text(found.changes))


def _note(actor: Reader, at: datetime, reports: int, confirmed: int, found: Retrained | None) -> None:
    note_weights_learned(
        actor=actor, at=at, reports=reports, confirmed=confirmed, outcome=LEARNED if found else FAILED,
        moved=len(found.changes.moved) if found else 0,
        not_learned=len(found.changes.not_learned) if found else 0,
    )  # fmt: skip
