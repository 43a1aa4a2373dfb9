"""link batch, train: the whole database in groups to look at; weights learned anew, as a file that nobody uses yet."""

import argparse
import sys
from pathlib import Path
from typing import Any

from nightdesk.site.cli_start import Refused, Words, actor, start, whole_number, word
from nightdesk.site.env_linkage import engine_and_master

NO_SPARK = "Spark is not here. Install the extra “spark” and Java 17, or set NIGHTDESK_LINKAGE_ENGINE=duckdb."


def add_words(link: Words) -> None:
    """link batch, train."""
    word(
        link,
        "batch",
        propose,
        "Compare the whole database and propose groups to analysts, in place of those before. Nothing follows by itself.",
    )
    made = word(
        link,
        "train",
        learn,
        "Learn the weights anew from the force’s own reports and say what would change. Nothing goes live by itself.",
    )
    made.add_argument("--out", type=Path, required=True, metavar="FILE", help="a new file for the weights")
    made.add_argument("--seed", type=whole_number(0, 10**9), default=1, help="another number, other pairs")


def propose(given: argparse.Namespace) -> int:
    """Progress on stderr, what came of it at the end."""
    start()
    from nightdesk.jobs.linkage import weights_in_force
    from nightdesk.jobs.linkage_batch import propose_groups
    from nightdesk.queries.clock import database_now

    done = propose_groups(
        actor=actor(), clock=database_now, weights=weights_in_force(), engine=engine(), progress=shown
    )
    counts = done.counts
    print(
        f"{done.reports} reports, {done.compared} pairs compared. Groups to look at: {counts['new']} new, "
        f"{counts['renewed']} as before; {counts['replaced']} no more, {counts['left']} not shown."
    )
    return 0


def engine() -> Any:
    """The engine of the settings. Raises Refused without Spark."""
    from nightdesk.jobs.splink_engines import engine as made

    try:
        return made(*engine_and_master())
    except ImportError as fault:
        raise Refused(NO_SPARK) from fault


def learn(given: argparse.Namespace) -> int:
    """The weights in FILE, what would change beside it and on the screen."""
    report = given.out.with_name(given.out.name + ".changes.txt")
    for path in (given.out, report):
        if path.exists():
            raise Refused(f"{path} is there already. Give a new name: weights in use are never written over.")
    if not given.out.parent.is_dir():
        raise Refused(f"There is no folder {given.out.parent}. Make it first.")
    start()
    from nightdesk.jobs.linkage import weights_in_force
    from nightdesk.jobs.linkage_learn import NotLearned, learn_anew
    from nightdesk.linkage.weights import save
    from nightdesk.queries.clock import database_now

    try:
        found = learn_anew(
            actor=actor(), clock=database_now, current=weights_in_force(), seed=given.seed, progress=shown
        )
        save(found.weights, given.out)
        report.write_text(found.report + "\n", encoding="utf-8")
    except NotLearned as fault:
        raise Refused(str(fault)) from fault
    except OSError as fault:
        raise Refused(f"{given.out} can’t be written ({fault.strerror}). Give another name.") from fault
    print(found.report)
    print(f"Weights: {given.out}. What changes: {report}. NIGHTDESK_LINK_WEIGHTS says which file is used.")
    return 0


def shown(phase: str, done: int, of: int) -> None:
    """How far a long step is, apart from what comes of it; of many small ones every hundredth."""
    if of > 1 and (done == of or done % max(of // 100, 1) == 0):
        print(f"{phase}: {done} of {of}", file=sys.stderr, flush=True)
