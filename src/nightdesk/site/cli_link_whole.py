"""link batch, train: the whole database in groups to look at; weights learned anew, as a file that nobody uses yet."""

import argparse
from pathlib import Path

from nightdesk.site.cli_link_shared import engine, shown, weights
from nightdesk.site.cli_start import Refused, Words, actor, start, whole_number, word
from nightdesk.site.new_files import new_files, write_whole

NOT_WRITTEN = (
    "{out} can’t be written ({why}). Nothing was kept; make room or give another place, and try again."
)


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
    from nightdesk.jobs.linkage_batch import propose_groups
    from nightdesk.queries.clock import database_now

    done = propose_groups(
        actor=actor(), clock=database_now, weights=weights(), engine=engine(), progress=shown
    )
    counts = done.counts
    print(
        f"{done.reports} reports, {done.compared} pairs compared. Groups to look at: {counts['new']} new, "
        f"{counts['renewed']} as before; {counts['replaced']} no more, {counts['left']} not shown."
    )
    return 0


def learn(given: argparse.Namespace) -> int:
    """The weights in FILE, what would change beside it and on the screen."""
    if given.out.name in ("", ".."):
        raise Refused(f"“{given.out}” is no name for a file. Give a new name for the weights.")
    report = given.out.with_name(given.out.name + ".changes.txt")
    start()
    from nightdesk.jobs.linkage_learn import NotLearned, learn_anew
    from nightdesk.linkage.weights import written
    from nightdesk.queries.clock import database_now

    current = weights()
    with new_files(report, given.out) as (changes, learned):  # before the long work, not after it
        try:
            found = learn_anew(
                actor=actor(), clock=database_now, current=current, seed=given.seed, progress=shown
            )
        except NotLearned as fault:
            raise Refused(str(fault)) from fault
        try:
            write_whole(changes, found.report + "\n")
            write_whole(learned, written(found.weights))
        except OSError as fault:
            raise Refused(NOT_WRITTEN.format(out=given.out, why=fault.strerror)) from fault
    print(found.report)
    print(f"Weights: {given.out}. What changes: {report}. NIGHTDESK_LINK_WEIGHTS says which file is used.")
    return 0
