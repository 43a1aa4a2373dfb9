"""How fair linkage is, measured: each report against all earlier ones, with and without ethnicity, counted by group.

The truth (`suspect`) is read for counting only. What a report says of ethnicity is what one person thought of another, and
that nothing was recorded is a group of its own.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nightdesk.linkage.extract import Extract, extract
from nightdesk.linkage.index import Index
from nightdesk.linkage.scan import scan
from nightdesk.linkage.weights import Weights, chance
from nightdesk.outside.nicknames import load_nicknames
from nightdesk.rules.fairness import NOT_RECORDED, SHOWN, Asked, Counted, counted

EVEN: Final = 0.5


def measure(told: Sequence[Mapping[str, Any]], weights: Weights, *, every: int = 1) -> list[Counted]:
    """Counts by reporter and by group, without ethnicity and with it, of every so-manieth report of the later half.

    `told` is in order of coming. Raises KeyError for a report without its truth.
    """
    extracts = [extract(one, load_nicknames()) for one in told]
    suspects = np.unique([str(one["suspect"]) for one in told], return_inverse=True)[1]
    asked = range(len(told) // 2, len(told), every)
    found: list[Counted] = []
    for ethnicity, model in ((False, weights.without_ethnicity()), (True, weights)):
        rows = _asked(told, extracts, suspects, model, asked)
        found += counted(rows, ethnicity=ethnicity)
    return found


def _asked(
    told: Sequence[Mapping[str, Any]],
    extracts: Sequence[Extract],
    suspects: NDArray[np.int64],
    weights: Weights,
    asked: Sequence[int],
) -> list[Asked]:
    """Each of them against exactly what came before it."""
    index, found = Index(weights.behaviours), []
    for query in asked:
        index.add(extracts[len(index) : query])
        bits = scan(extracts[query], index, weights)
        same = suspects[:query] == suspects[query]
        found.append(
            Asked(
                str(told[query].get("reporter") or NOT_RECORDED), str(told[query].get("ethnicity") or NOT_RECORDED),
                _rank(bits, same), _wrong(bits, same, weights),
            )
        )  # fmt: skip
    return found


def _rank(bits: NDArray[np.float32], same: NDArray[np.bool_]) -> float | None:
    """The rank of the best about the same man; ties count half."""
    if not same.any():
        return None
    best, others = bits[same].max(), bits[~same]
    return 1 + float((others > best).sum()) + float((others == best).sum()) / 2


def _wrong(bits: NDArray[np.float32], same: NDArray[np.bool_], weights: Weights) -> bool:
    """Whether another man's report stands at even odds or better among the first ten."""
    if not len(bits):
        return False
    first = np.argsort(-bits, kind="stable")[:SHOWN]
    prior = weights.prior_bits(len(bits))
    return any(not same[row] and chance(float(bits[row]), prior) >= EVEN for row in first)
