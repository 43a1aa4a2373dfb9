"""How well linkage does on a file of reports whose truth is known: for `nightdesk link evaluate` and the bench."""

import gzip
import json
import time
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nightdesk.jobs.linkage_groups import batch
from nightdesk.jobs.linkage_training import train
from nightdesk.jobs.splink_engines import Engine
from nightdesk.linkage.edges import Edges, Progress, silent
from nightdesk.linkage.extract import Extract, extract
from nightdesk.linkage.groups import connected
from nightdesk.linkage.index import Index
from nightdesk.linkage.measures import by_group, of_groups, quality, recorded
from nightdesk.linkage.protocol import Outcome, Scorer, exact, jaccard, run, sample
from nightdesk.linkage.scan import scan
from nightdesk.linkage.weights import Weights, shipped
from nightdesk.outside.nicknames import load_nicknames

LARGE = 300_000  # from here on fewer queries are asked and the file is too large to learn from all of it
TRAIN_ON = 60_000
BATCH_BITS = 0.0
QUERIES, FEW_QUERIES = 4000, 300
CLOCKS = (time.perf_counter, time.thread_time)
ANYBODY = "not said"


class Unreadable(ValueError):
    """The file is no file of reports; the sentence says where."""


@dataclass(frozen=True)
class Reports:
    """Reports in order of coming; apart from them who it was, as numbers, and who reported."""

    extracts: list[Extract]
    suspects: NDArray[np.int64]
    reporters: list[str]


def read_reports(path: Path, pack: str = "england_wales") -> Reports:
    """One report a line (JSON, gzip or plain). Raises Unreadable with the line that cannot be read."""
    try:
        nicknames = load_nicknames(pack)
    except OSError:
        raise Unreadable(f"There is no pack “{pack}” with nicknames. Check NIGHTDESK_PACK.") from None
    found = Reports([], np.zeros(0, np.int64), [])
    numbers: dict[str, int] = {}
    suspects: list[int] = []
    zipped = path.suffix == ".gz"
    try:
        with gzip.open(path) if zipped else path.open("rb") as lines:
            for line in lines:
                told = json.loads(line.decode())
                suspects.append(numbers.setdefault(told.pop("suspect"), len(numbers)))
                found.reporters.append(str(told.get("reporter") or ANYBODY))
                found.extracts.append(extract(told, nicknames))
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        where = f"{path}, line {len(found.extracts) + 1}"
        kind = type(problem).__name__  # never its words: they hold what the file says
        raise Unreadable(f"{where}: not a report with an id and a suspect ({kind})") from None
    except (OSError, EOFError, zlib.error) as problem:
        why = getattr(problem, "strerror", None) or "it is not whole"
        raise Unreadable(f"{path} cannot be read: {why}") from None
    if not found.extracts:
        raise Unreadable(f"{path} holds no reports")
    return Reports(found.extracts, np.array(suspects, dtype=np.int64), found.reporters)


def weights_for(extracts: Sequence[Extract], which: str, seed: int) -> tuple[Weights, float | None]:
    """Those that are shipped, or learned from these very reports without their truth, and how long that took."""
    if which == "shipped":
        return shipped(), None
    started = time.perf_counter()
    step = max(len(extracts) // TRAIN_ON, 1)
    weights = train(extracts[::step], seed=seed, version="trained on the file")
    return weights, round(time.perf_counter() - started, 1)


def asked_of(count: int, queries: int, seed: int) -> list[int]:
    """Which reports are queries."""
    return sample(count, queries or (FEW_QUERIES if count >= LARGE else QUERIES), seed)


def retrieval(
    reports: Reports, weights: Weights, queries: Sequence[int], *, baselines: bool = True
) -> tuple[dict[str, Any], dict[str, Outcome]]:
    """The figures of the protocol, by whom they are, and what was noted."""
    plain = partial(_by, weights=weights.without_ethnicity())
    scorers: dict[str, Scorer] = {"scan": scan, "without": lambda query, index, _: plain(query, index)}
    if baselines:
        scorers |= {"exact": exact, "jaccard": jaccard}
    outcomes = run(reports.extracts, reports.suspects, weights, queries, scorers, CLOCKS)
    found = quality(reports.extracts, reports.suspects, queries, outcomes)
    return found | {"fairness": fairness(reports, queries, outcomes)}, outcomes


def _by(query: Extract, index: Index, weights: Weights) -> NDArray[np.float32]:
    return scan(query, index, weights)


def fairness(
    reports: Reports, queries: Sequence[int], outcomes: Mapping[str, Outcome]
) -> dict[str, dict[str, Any]]:
    """By who reported and by recorded ethnicity, each with ethnicity compared and without."""
    groups = {
        "reporter": {query: reports.reporters[query] for query in queries},
        "ethnicity": recorded(reports.extracts, queries),
        "all": dict.fromkeys(queries, "all"),
    }
    ways = {"with_ethnicity": outcomes["scan"], "without_ethnicity": outcomes["without"]}
    return {
        name: {way: by_group(outcome, group_of) for way, outcome in ways.items()}
        for name, group_of in groups.items()
    }


def batched(
    reports: Reports, weights: Weights, engine: Engine | None = None, progress: Progress = silent
) -> dict[str, Any]:
    """The whole file at once: how long, how many pairs, how good its groups are beside what bare chains would join."""
    started = time.perf_counter()
    found = batch(reports.extracts, weights, least=BATCH_BITS, engine=engine, progress=progress)
    seconds = round(time.perf_counter() - started, 1)
    chains = _chains(found.edges.at_least(found.bar.start))
    return {
        "batch_s": seconds,
        "batch_pairs": len(found.edges),
        "batch_compared": found.edges.build.compared,
        "batch_left_out": dict(found.edges.build.left_out),
        "groups_bits": round(found.bar.start, 2),
        **of_groups([each.group.rows for each in found.groups], reports.suspects),
        **of_groups(chains, reports.suspects, "components"),
    }


def _chains(edges: Edges) -> list[list[int]]:
    """Connected components."""
    found: dict[int, list[int]] = {}
    for row, root in enumerate(connected(len(edges.ids), edges).tolist()):
        found.setdefault(root, []).append(row)
    return list(found.values())
