"""How well linkage finds earlier reports about the same man, and how fast.

bench linkage FILE [--weights train|shipped] [--ranks ID,ID] [--queries N] [--seed N] [--engine duckdb|spark] [--no-batch]
[--quick] [--without-ethnicity] [--json]
FILE holds one report a line (JSON, gzip or plain), in order of coming, with the truth as `suspect`: read for counting only.
"""

import argparse
import json
import os
import platform
import resource
import sys
from pathlib import Path
from typing import Any

from nightdesk.jobs.linkage_evaluate import (
    CLOCKS,
    LARGE,
    Reports,
    Unreadable,
    asked_of,
    batched,
    read_reports,
    retrieval,
    weights_for,
)
from nightdesk.jobs.splink_engines import engine
from nightdesk.linkage.dialects import ENGINES
from nightdesk.linkage.measures_told import told
from nightdesk.linkage.protocol import Outcome, run
from nightdesk.linkage.scan import scan
from nightdesk.linkage.weights import Weights

NO_BATCH = {"batch_s": None, "batch_pairs": None}


def main(argv: list[str]) -> int:
    """Print a table, or with --json one object."""
    asked = _arguments(argv)
    try:
        reports = read_reports(asked.file)
    except Unreadable as problem:
        raise SystemExit(str(problem)) from None
    weights, train_s = weights_for(reports.extracts, asked.weights, asked.seed)
    weights = weights.without_ethnicity() if asked.without_ethnicity else weights
    count = len(reports.extracts)
    queries = asked_of(count, asked.queries, asked.seed)
    result, outcomes = retrieval(reports, weights, queries, baselines=count < LARGE or not asked.quick)
    result["ranks"] = _ranks(asked.ranks, reports, weights, outcomes["scan"])
    result["train_s"] = train_s
    result |= NO_BATCH if asked.no_batch else batched(reports, weights, engine(asked.engine), _shown)
    result |= {"weights": weights.version, "seed": asked.seed, "ethnicity": weights.ethnicity}
    result |= _machine()
    print(json.dumps(result) if asked.json else "\n".join(told(result)))
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
    asked.add_argument("--engine", choices=ENGINES, default=ENGINES[0], help="where the batch runs")
    asked.add_argument("--no-batch", action="store_true", help="leave the batch out")
    asked.add_argument("--quick", action="store_true", help="leave the baselines out")
    asked.add_argument("--without-ethnicity", action="store_true")
    asked.add_argument("--json", action="store_true")
    return asked.parse_args(argv)


def _ranks(ids: str, reports: Reports, weights: Weights, ours: Outcome) -> dict[str, float | None]:
    """The rank of the best earlier relative of each report asked for; None without one or for an unknown id."""
    wanted = [each for each in ids.split(",") if each]
    rows = {each.id: row for row, each in enumerate(reports.extracts)}
    more = sorted({rows[each] for each in wanted if each in rows and rows[each] > 0} - set(ours.ranks))
    ranks = {**ours.ranks}
    if more:
        ranks |= run(reports.extracts, reports.suspects, weights, more, {"scan": scan}, CLOCKS)["scan"].ranks
    return {each: ranks.get(rows.get(each, -1)) for each in wanted}


def _machine() -> dict[str, Any]:
    return {
        "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}",
        "load": round(os.getloadavg()[0], 1),
    }


def _shown(phase: str, done: int, of: int) -> None:
    """How far a long step is, on standard error."""
    if of > 1:
        print(f"{phase}: {done} of {of}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
