"""Learn anew, and say what that changes. Nothing goes live here: a person reads the report and decides."""

from collections.abc import Sequence
from dataclasses import dataclass

from nightdesk.jobs.linkage_training import train
from nightdesk.linkage.changes import Changes, Rank, compare, ranks_of
from nightdesk.linkage.edges import Progress, silent
from nightdesk.linkage.extract import Extract
from nightdesk.linkage.weights import Weights


@dataclass(frozen=True)
class Retrained:
    """New weights, hardened, and what they change."""

    weights: Weights
    changes: Changes


def retrain(
    extracts: Sequence[Extract],
    current: Weights,
    confirmed: Sequence[tuple[str, str]],
    *,
    seed: int,
    version: str,
    progress: Progress = silent,
) -> Retrained:
    """Weights from these reports, given in order of coming. `confirmed`: the ids of pairs that people have linked.

    Whether ethnicity is compared stays as the force has it. Raises what training raises: the current weights then stay.
    """
    progress("training", 0, 3)
    new = train(extracts, seed=seed, version=version)
    new = new if current.ethnicity else new.without_ethnicity()
    rows = {each.id: row for row, each in enumerate(extracts)}
    pairs = [(rows[one], rows[two]) for one, two in confirmed if one in rows and two in rows]
    pairs = [(min(pair), max(pair)) for pair in pairs]
    progress("ranking", 1, 3)
    before = ranks_of(extracts, current, pairs)
    progress("ranking", 2, 3)
    after = ranks_of(extracts, new, pairs)
    progress("ranking", 3, 3)
    ranks = [
        Rank(extracts[earlier].id, extracts[later].id, old, now)
        for (earlier, later), old, now in zip(pairs, before, after, strict=True)
    ]
    return Retrained(new, compare(current, new, ranks, len(confirmed) - len(pairs)))
