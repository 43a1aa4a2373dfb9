"""How linkage is measured: each query against all earlier reports, ties count half.

The truth, who it was, is read for counting only. The bench and the command line share this.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from nightdesk.linkage.extract import Extract
from nightdesk.linkage.forms import generic_from
from nightdesk.linkage.index import Index
from nightdesk.linkage.weights import Weights, chance

LOW, STEP, BINS = (
    -100.0,
    0.02,
    11_000,
)  # bits, for curves over hundreds of millions of pairs without keeping them
SHOWN = 10  # a list has ten; what stands at even odds or above in it is shown as a likely link
Scorer = Callable[[Extract, Index, Weights], NDArray[np.float32]]
Clock = Callable[[], float]  # seconds


@dataclass
class Outcome:
    """What one scorer did over all queries."""

    ranks: dict[int, float] = field(default_factory=dict)
    times_ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(
        default_factory=list
    )  # of the thread: what is left on a machine that others use
    true: NDArray[np.int64] = field(default_factory=lambda: np.zeros(BINS + 1, np.int64))
    false: NDArray[np.int64] = field(default_factory=lambda: np.zeros(BINS + 1, np.int64))
    shown: int = 0
    shown_right: int = 0
    wrong: dict[int, int] = field(default_factory=dict)  # of each query: other men at even odds or above

    def hit(self, within: int, among: set[int] | None = None) -> float | None:
        """The part of the queries whose first earlier relative is among the first so many."""
        ranks = [rank for query, rank in self.ranks.items() if among is None or query in among]
        return round(sum(rank <= within for rank in ranks) / len(ranks), 4) if ranks else None

    def auc(self) -> float:
        """How often a true pair stands above a false one."""
        below = np.cumsum(self.false) - self.false / 2
        return round(float((self.true * below).sum() / max(self.true.sum() * self.false.sum(), 1)), 4)

    def auprc(self) -> float:
        """Average precision over all pairs of all queries."""
        right, wrong = np.cumsum(self.true[::-1]), np.cumsum(self.false[::-1])
        recall = right / max(right[-1], 1)
        return round(float((np.diff(recall, prepend=0.0) * right / np.maximum(right + wrong, 1)).sum()), 4)


def sample(rows: int, most: int, seed: int) -> list[int]:
    """Queries: at random from the last three quarters, in order of coming."""
    late = np.arange(rows // 4, rows)
    return sorted(np.random.default_rng(seed).choice(late, size=min(most, len(late)), replace=False).tolist())


def run(
    extracts: Sequence[Extract],
    suspects: NDArray[np.int64],
    weights: Weights,
    queries: Sequence[int],
    scorers: Mapping[str, Scorer],
    clocks: tuple[Clock, Clock],
) -> dict[str, Outcome]:
    """Every query by every scorer, the index holding exactly what came before it. `clocks`: of the wall, of the thread."""
    wall, thread = clocks
    index, outcomes = Index(weights.behaviours), {name: Outcome() for name in scorers}
    for query in queries:
        index.add(extracts[len(index) : query])
        same = suspects[:query] == suspects[query]
        for name, scorer in scorers.items():
            started, used = wall(), thread()
            bits = scorer(extracts[query], index, weights)
            outcomes[name].times_ms.append((wall() - started) * 1000)
            outcomes[name].cpu_ms.append((thread() - used) * 1000)
            _note(outcomes[name], query, bits, same, weights)
    return outcomes


def _note(
    outcome: Outcome, query: int, bits: NDArray[np.float32], same: NDArray[np.bool_], weights: Weights
) -> None:
    """Count one query."""
    bins = np.clip((bits - LOW) / STEP, 0, BINS).astype(np.int32)
    everything, true = (np.bincount(each, minlength=BINS + 1) for each in (bins, bins[same]))
    outcome.true += true
    outcome.false += everything - true
    if same.any():
        best = bits[same].max()
        others = bits[~same]
        outcome.ranks[query] = 1 + float((others > best).sum()) + float((others == best).sum()) / 2
    first = np.argpartition(bits, max(len(bits) - SHOWN, 0))[-SHOWN:]
    prior = weights.prior_bits(len(bits))
    likely = [row for row in first if chance(float(bits[row]), prior) >= 0.5]
    outcome.shown += len(likely)
    outcome.wrong[query] = int((bits[~same] >= -prior).sum())
    outcome.shown_right += int(same[likely].sum()) if likely else 0


def exact(query: Extract, index: Index, weights: Weights) -> NDArray[np.float32]:
    """The baseline of equal identifiers: how many of handle, phone ending and e-mail agree."""
    total = np.zeros(len(index), dtype=np.float32)
    for name, position, wanted in (
        ("account", 0, query.handle),
        ("phone", 2, query.phone4),
        ("email", 0, query.email),
    ):
        column = index.columns[name]
        equal = [
            bool(wanted) and value is not None and value[position] == wanted
            for value in column.vocabulary.values
        ]
        column.spread(np.array(equal, dtype=np.float32), total)
    return total


def jaccard(query: Extract, index: Index, weights: Weights) -> NDArray[np.float32]:
    """The baseline of the literature: shared behaviours as a part of all behaviours of the two."""
    mine = index.masks(query)
    done = mine[0] if mine else 0
    theirs = [value[0] if value else 0 for value in index.done.vocabulary.values]
    alike = [(done & each).bit_count() / max((done | each).bit_count(), 1) for each in theirs]
    total = np.zeros(len(index), dtype=np.float32)
    index.done.spread(np.array(alike, dtype=np.float32), total)
    return total


def without_shared_identifier(
    extracts: Sequence[Extract], suspects: NDArray[np.int64], queries: Sequence[int]
) -> set[int]:
    """Queries with no earlier report of the same man that has an equal handle (not a generic one), ending or address."""
    carried: dict[str, int] = {}
    for each in extracts:
        carried[each.handle] = carried.get(each.handle, 0) + 1
    most = generic_from(len(extracts))
    marks = [
        {
            mark
            for mark in (f"h{e.handle}" if carried[e.handle] <= most else "h", f"p{e.phone4}", f"e{e.email}")
            if len(mark) > 1
        }
        for e in extracts
    ]
    by_suspect: dict[int, list[int]] = {}
    for row, suspect in enumerate(suspects.tolist()):
        by_suspect.setdefault(suspect, []).append(row)
    return {
        query
        for query in queries
        if not any(marks[query] & marks[row] for row in by_suspect[int(suspects[query])] if row < query)
    }
