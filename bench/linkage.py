"""How well linkage finds earlier reports about the same man, and how fast.

bench linkage FILE [--weights train|shipped] [--ranks ID,ID] [--queries N] [--seed N] [--no-batch] [--quick] [--json]
FILE holds one report a line (JSON, gzip or plain), in order of coming, with the truth as `suspect`: read for counting only.
"""

import argparse
import gzip
import json
import os
import platform
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench._linkage_protocol import Outcome, exact, jaccard, run, sample, without_shared_identifier
from nightdesk.linkage.extract import Extract, extract
from nightdesk.linkage.scan import scan
from nightdesk.linkage.weights import Weights, shipped
from nightdesk.outside.nicknames import load_nicknames

LARGE = 300_000  # from here on fewer queries are asked and the file is too large to learn from all of it
TRAIN_ON = 60_000
BATCH_BITS = 0.0


def main(argv: list[str]) -> int:
    """Print a table, or with --json one object."""
    asked = _arguments(argv)
    extracts, suspects = read(asked.file)
    weights, train_s = _weights(extracts, asked)
    queries = sample(len(extracts), asked.queries or (300 if len(extracts) >= LARGE else 4000), asked.seed)
    scorers = (
        {"scan": scan}
        if len(extracts) >= LARGE and asked.quick
        else {"scan": scan, "exact": exact, "jaccard": jaccard}
    )
    outcomes = run(extracts, suspects, weights, queries, scorers)
    result = _figures(extracts, suspects, queries, outcomes)
    result["ranks"] = _ranks(asked.ranks, extracts, suspects, weights, outcomes["scan"])
    result |= {"train_s": train_s, **_batch(extracts, weights, run_it=not asked.no_batch)}
    result["peak_rss_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    result |= {"weights": weights.version, "seed": asked.seed, "ethnicity": weights.ethnicity}
    result |= {
        "machine": f"{os.cpu_count()} cores, {platform.machine()}",
        "load": round(os.getloadavg()[0], 1),
    }
    _print(result, as_json=asked.json)
    return 0


def _arguments(argv: list[str]) -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="bench linkage", description=(__doc__ or "").splitlines()[0])
    asked.add_argument("file", type=Path)
    asked.add_argument("--weights", choices=["train", "shipped"], default="train")
    asked.add_argument(
        "--ranks", default="", help="ids, with commas: the rank of the best earlier relative of each"
    )
    asked.add_argument("--queries", type=int, default=0)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--no-batch", action="store_true", help="leave the batch out")
    asked.add_argument("--quick", action="store_true", help="leave the baselines out")
    asked.add_argument("--without-ethnicity", action="store_true")
    asked.add_argument("--json", action="store_true")
    return asked.parse_args(argv)


def read(path: Path) -> tuple[list[Extract], NDArray[np.int64]]:
    """Extracts and, apart, who it was. Raises SystemExit with the line that cannot be read."""
    nicknames = load_nicknames()
    extracts: list[Extract] = []
    numbers: dict[str, int] = {}
    suspects: list[int] = []
    zipped = path.suffix == ".gz"
    try:
        with gzip.open(path, "rt", encoding="utf-8") if zipped else path.open(encoding="utf-8") as lines:
            for line in lines:
                told = json.loads(line)
                suspects.append(numbers.setdefault(told.pop("suspect"), len(numbers)))
                extracts.append(extract(told, nicknames))
    except (ValueError, KeyError, TypeError) as problem:
        where = f"{path}, line {len(extracts) + 1}"
        raise SystemExit(f"{where}: not a report with an id and a suspect ({problem!r})") from None
    except OSError as problem:
        raise SystemExit(f"{path} cannot be read: {problem.strerror}") from None
    if not extracts:
        raise SystemExit(f"{path} holds no reports")
    return extracts, np.array(suspects, dtype=np.int64)


def _weights(extracts: Sequence[Extract], asked: argparse.Namespace) -> tuple[Weights, float | None]:
    """Learned from this very file, without its truth; or those that are shipped."""
    started = time.perf_counter()
    if asked.weights == "shipped":
        weights, seconds = shipped(), None
    else:
        from nightdesk.jobs.linkage_training import train

        step = max(len(extracts) // TRAIN_ON, 1)
        weights = train(extracts[::step], seed=asked.seed, version="trained on the file")
        seconds = round(time.perf_counter() - started, 1)
    return (weights.without_ethnicity() if asked.without_ethnicity else weights), seconds


def _figures(
    extracts: Sequence[Extract],
    suspects: NDArray[np.int64],
    queries: Sequence[int],
    outcomes: dict[str, Outcome],
) -> dict[str, Any]:
    """The figures of the protocol."""
    ours = outcomes["scan"]
    apart = without_shared_identifier(extracts, suspects, list(ours.ranks))
    deaths = {query for query in ours.ranks if extracts[query].kind == "death"}
    found = {
        "n": len(extracts),
        "queries": len(ours.ranks),
        "asked": len(queries),
        "hit_at_1": ours.hit(1),
        "hit_at_10": ours.hit(10),
        "hit_at_10_no_shared_identifier": ours.hit(10, apart),
        "median_rank": float(np.median(list(ours.ranks.values()))) if ours.ranks else None,
        "auc": ours.auc(),
        "auprc": ours.auprc(),
        "death_queries": len(deaths),
        "death_hit_at_10": ours.hit(10, deaths),
        "pairwise_precision_at_shown": round(ours.shown_right / ours.shown, 4) if ours.shown else None,
        "scan_p50_ms": round(float(np.quantile(ours.times_ms, 0.5)), 2),
        "scan_p99_ms": round(float(np.quantile(ours.times_ms, 0.99)), 2),
        "scan_cpu_p50_ms": round(float(np.quantile(ours.cpu_ms, 0.5)), 2),
        "scan_cpu_p99_ms": round(float(np.quantile(ours.cpu_ms, 0.99)), 2),
    }
    for name in ("exact", "jaccard"):
        found[f"{name}_hit_at_10"] = outcomes[name].hit(10) if name in outcomes else None
    return found


def _ranks(
    ids: str, extracts: Sequence[Extract], suspects: NDArray[np.int64], weights: Weights, ours: Outcome
) -> dict[str, float | None]:
    """The rank of the best earlier relative of each report asked for; None without one or for an unknown id."""
    wanted = [each for each in ids.split(",") if each]
    rows = {each.id: row for row, each in enumerate(extracts)}
    more = sorted({rows[each] for each in wanted if each in rows and rows[each] > 0} - set(ours.ranks))
    ranks = {**ours.ranks}
    if more:
        ranks |= run(extracts, suspects, weights, more, {"scan": scan})["scan"].ranks
    return {each: ranks.get(rows.get(each, -1)) for each in wanted}


def _batch(extracts: Sequence[Extract], weights: Weights, *, run_it: bool) -> dict[str, Any]:
    """The whole file at once through Splink."""
    if not run_it:
        return {"batch_s": None, "batch_pairs": None}
    from nightdesk.jobs.splink_batch import compare_all, hold

    started = time.perf_counter()
    edges = compare_all(hold(extracts, weights, progress=_shown), BATCH_BITS, _shown)
    return {"batch_s": round(time.perf_counter() - started, 1), "batch_pairs": len(edges)}


def _shown(phase: str, done: int, of: int) -> None:
    """How far a long step is, on standard error."""
    if of > 1:
        print(f"{phase}: {done} of {of}", file=sys.stderr, flush=True)


def _print(result: dict[str, Any], *, as_json: bool) -> None:
    """One object, or a row for each figure."""
    if as_json:
        print(json.dumps(result))
        return
    for key, value in result.items():
        print(f"{key:32} {value}")
