"""search rebuild: the keys under which cases are found, made anew."""

import argparse

from nightdesk.site.cli_start import Words, actor, group, start, word


def add_words(words: Words) -> None:
    """search rebuild."""
    search = group(words, "search", "Search across cases.")
    word(
        search,
        "rebuild",
        rebuild,
        "Make the keys of every case anew: after an upgrade, or when the pack's nicknames or shapes have changed.",
    )


def rebuild(given: argparse.Namespace) -> int:
    """Go through to the end, showing how far it is. Cut off, the same command goes on where it was; run again, it changes
    nothing. Search works meanwhile."""
    start()
    from nightdesk.actions.search import begin_rebuild, rebuild_batch
    from nightdesk.queries.clock import database_now

    run = begin_rebuild(actor=actor(), at=database_now())
    shown = -1
    while run.ended_at is None:
        run = rebuild_batch(actor=actor(), at=database_now(), run=run.pk)
        if (percent := 100 * run.read // max(run.total, 1)) // 10 > shown // 10:
            print(f"{run.read} of {run.total}", flush=True)
            shown = percent
    print(
        f"Read {run.read} disclosures; {run.sealed} could not be opened: their key is gone, and search does not "
        f"find them. {run.written} keys were written."
    )
    return 0
