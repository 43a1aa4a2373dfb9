"""link worker, evaluate: the process that compares every report, and how well that does where the truth is known."""

import argparse
import json
from pathlib import Path

from nightdesk.site import env
from nightdesk.site.cli_link_shared import engine, shown, weights
from nightdesk.site.cli_start import Refused, Words, start, stopped_by_signals, whole_number, word


def add_words(link: Words) -> None:
    """link worker, evaluate."""
    made = word(
        link,
        "worker",
        work,
        "Compare what comes in with everything that was told. Runs until it is ended; one is enough.",
    )
    made.add_argument("--once", action="store_true", help="compare what waits, then end")
    _evaluate_words(link)


def _evaluate_words(link: Words) -> None:
    made = word(
        link,
        "evaluate",
        evaluate,
        "Measure linkage on a file of reports whose truth is known. No database is read or written.",
    )
    made.add_argument("file", type=Path, metavar="FILE", help="one report a line, JSON, gzip or plain")
    made.add_argument(
        "--weights",
        choices=["train", "shipped"],
        default="train",
        help="learned from the file without its truth (default), or as shipped",
    )
    made.add_argument(
        "--queries", type=whole_number(1, 10**7), default=0, metavar="N", help="so many (4,000)"
    )
    made.add_argument("--seed", type=whole_number(0, 10**9), default=1, help="another number, other queries")
    made.add_argument("--no-batch", action="store_true", help="leave out the comparison of the whole file")
    made.add_argument("--json", action="store_true", help="for machines")


def work(given: argparse.Namespace) -> int:
    """Run the linkage worker; with --once one round, and exit code 1 when it could not be done."""
    start()
    from nightdesk.jobs.linkage import LinkageWorker

    worker = LinkageWorker(
        stopped_by_signals(),
        weights=weights(),
        progress=lambda held: print(f"{held} reports held", flush=True),
    )
    if given.once:
        return 0 if worker.try_round() else 1
    print("The linkage worker runs.", flush=True)
    worker.run()
    return 0


def evaluate(given: argparse.Namespace) -> int:
    """Print the figures of the protocol, then by whom they are, then those of the batch and its groups."""
    from nightdesk.jobs import linkage_evaluate as job
    from nightdesk.linkage.measures_told import told

    on = engine()
    try:
        reports = job.read_reports(given.file, env.text("NIGHTDESK_PACK", "england_wales"))
    except job.Unreadable as fault:
        raise Refused(str(fault)) from fault
    learned, seconds = job.weights_for(reports.extracts, given.weights, given.seed)
    queries = job.asked_of(len(reports.extracts), given.queries, given.seed)
    result, _ = job.retrieval(reports, learned, queries)
    result |= {"weights": learned.version, "seed": given.seed, "train_s": seconds}
    if not given.no_batch:
        result |= job.batched(reports, learned, on, shown)
    print(json.dumps(result) if given.json else "\n".join(told(result)))
    return 0
