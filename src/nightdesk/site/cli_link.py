"""link worker: the process that compares every report with all earlier ones."""

import argparse

from nightdesk.site.cli_start import Words, start, stopped_by_signals, word


def add_words(link: Words) -> None:
    """link worker."""
    made = word(
        link,
        "worker",
        work,
        "Compare what comes in with everything that was told. Runs until it is ended; one is enough.",
    )
    made.add_argument("--once", action="store_true", help="compare what waits, then end")


def work(given: argparse.Namespace) -> int:
    """Run the linkage worker; with --once one round, and exit code 1 when it could not be done."""
    start()
    from nightdesk.jobs.linkage import LinkageWorker

    worker = LinkageWorker(
        stopped_by_signals(), progress=lambda held: print(f"{held} reports held", flush=True)
    )
    if given.once:
        return 0 if worker.try_round() else 1
    print("The linkage worker runs.", flush=True)
    worker.run()
    return 0
