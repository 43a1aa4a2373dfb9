"""Figures from what a run of the protocol noted: quality, for whom, and groups; shares with the interval they may lie in."""

import math
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nightdesk.linkage.extract import Extract
from nightdesk.linkage.protocol import Outcome, without_shared_identifier

Z = 1.96  # of the normal curve: 95 in 100
OPEN = 3.69  # so many may be expected where none was seen (Poisson, 95 in 100)
NOT_RECORDED = "not recorded"
Truth = NDArray[np.int64]


def quality(
    extracts: Sequence[Extract], suspects: Truth, asked: Sequence[int], outcomes: Mapping[str, Outcome]
) -> dict[str, Any]:
    """The figures of the protocol."""
    ours = outcomes["scan"]
    apart = without_shared_identifier(extracts, suspects, list(ours.ranks))
    deaths = {query for query in ours.ranks if extracts[query].kind == "death"}
    found = {
        "n": len(extracts),
        "queries": len(ours.ranks),
        "asked": len(asked),
        "hit_at_1": ours.hit(1),
        "hit_at_10": ours.hit(10),
        "hit_at_10_no_shared_identifier": ours.hit(10, apart),
        "median_rank": float(np.median(list(ours.ranks.values()))) if ours.ranks else None,
        "auc": ours.auc(),
        "auprc": ours.auprc(),
        "death_queries": len(deaths),
        "death_hit_at_10": ours.hit(10, deaths),
        "pairwise_precision_at_shown": round(ours.shown_right / ours.shown, 4) if ours.shown else None,
        **_times(ours),
    }
    for name in ("exact", "jaccard"):
        found[f"{name}_hit_at_10"] = outcomes[name].hit(10) if name in outcomes else None
    return found


def _times(outcome: Outcome) -> dict[str, float]:
    """How long one query took, by the clock and of the processor."""
    kinds = (("scan", outcome.times_ms), ("scan_cpu", outcome.cpu_ms))
    parts = ((50, 0.5), (99, 0.99))
    return {
        f"{name}_p{part}_ms": round(float(np.quantile(times, share)), 2)
        for name, times in kinds
        for part, share in parts
        if times
    }


def by_group(outcome: Outcome, group_of: Mapping[int, str]) -> dict[str, dict[str, Any]]:
    """For each group of queries: is the earlier relative found, and how many innocent men come up, per 100 reports."""
    found = {}
    for name in sorted(set(group_of.values())):
        mine = {query for query in outcome.wrong if group_of[query] == name}
        ranks = [rank for query, rank in outcome.ranks.items() if query in mine]
        hits = sum(rank <= 10 for rank in ranks)
        wrong, between = per_hundred([outcome.wrong[query] for query in mine])
        found[name] = {
            "reports": len(mine),
            "queries": len(ranks),
            "hit_at_10": round(hits / len(ranks), 4) if ranks else None,
            "hit_at_10_interval": wilson(hits, len(ranks)),
            "false_per_100": wrong,
            "false_per_100_interval": between,
        }
    return found


def wilson(hits: int, of: int) -> tuple[float, float] | None:
    """Between what the true share of hits may lie, 95 in 100 (Wilson); None where nothing was asked."""
    if not of:
        return None
    share, square = hits / of, Z * Z / of
    middle = (share + square / 2) / (1 + square)
    half = Z * math.sqrt(share * (1 - share) / of + square / of / 4) / (1 + square)
    return round(max(middle - half, 0.0), 4), round(min(middle + half, 1.0), 4)


def per_hundred(counts: Sequence[int]) -> tuple[float | None, tuple[float, float] | None]:
    """The mean for 100 reports and between what it may lie; a few reports make most, so their spread counts.

    None seen does not mean none: the upper end is never under what so few reports leave open.
    """
    if not counts:
        return None, None
    mean, spread = float(np.mean(counts)), float(np.std(counts, ddof=1)) if len(counts) > 1 else 0.0
    half = Z * spread / math.sqrt(len(counts))
    high = max(mean + half, (sum(counts) + OPEN) / len(counts))
    return round(100 * mean, 2), (round(100 * max(mean - half, 0.0), 2), round(100 * high, 2))


def recorded(extracts: Sequence[Extract], queries: Sequence[int]) -> dict[int, str]:
    """The ethnicity that each query records."""
    return {query: extracts[query].ethnicity or NOT_RECORDED for query in queries}


def of_groups(groups: Sequence[Sequence[int]], suspects: Truth, name: str = "groups") -> dict[str, Any]:
    """How pure groups of two or more are, how large, and what part of their pairs, and of all true pairs, is right."""
    large = [group for group in groups if len(group) > 1]
    pure = [len({int(suspects[row]) for row in group}) == 1 for group in large]
    within = sum(_pairs(len(group)) for group in large)
    right = sum(_same([int(suspects[row]) for row in group]) for group in large)
    true = _same(suspects.tolist())
    return {
        name: len(large),
        f"{name}_pure": round(sum(pure) / len(large), 4) if large else None,
        f"{name}_largest": max(map(len, large), default=0),
        f"{name}_pair_precision": round(right / within, 4) if within else None,
        f"{name}_pair_recall": round(right / true, 4) if true else None,
    }


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _same(values: Sequence[Hashable]) -> int:
    """Pairs with the same value."""
    return sum(_pairs(count) for count in Counter(values).values())
