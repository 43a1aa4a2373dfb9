"""flags look-back: today's rules over what was told before."""

import argparse
from datetime import UTC, date, datetime, time
from typing import Any

from nightdesk.site.cli_start import Refused, Words, actor, group, start, word


def add_words(words: Words) -> None:
    """flags look-back."""
    flags = group(words, "flags", "Flags on cases.")
    made = word(
        flags,
        "look-back",
        look_back,
        "Read what was told before by today's rules, and propose flags for people to decide.",
    )
    made.add_argument(
        "--since", required=True, type=_day, metavar="YYYY-MM-DD", help="everything told from this day on"
    )
    made.add_argument(
        "--flag", action="append", default=[], metavar="CODE", help="look for this one only; may be repeated"
    )
    made.add_argument("--dry-run", action="store_true", help="only count: propose nothing")


def look_back(given: argparse.Namespace) -> int:
    """Go through to the end, showing how far it is. Cut off, the same command (or a worker) goes on where it was."""
    start()
    from nightdesk.actions.look_backs import begin_look_back, read_batch
    from nightdesk.queries.clock import database_now
    from nightdesk.rules.flag import FlagRefused

    try:
        run = begin_look_back(
            actor=actor(),
            at=database_now(),
            since_at=_since_at(given.since),
            codes=given.flag,
            dry_run=given.dry_run,
        )
    except FlagRefused as refusal:
        raise Refused(str(refusal)) from refusal
    shown = -1
    while run.ended_at is None:
        run = read_batch(actor=actor(), at=database_now(), run=run.pk)
        done = run.read + run.sealed + run.empty
        if (percent := 100 * done // max(run.total, 1)) // 10 > shown // 10:
            print(f"{done} of {run.total}", flush=True)
            shown = percent
    _say(run)
    return 0


def _say(run: Any) -> None:
    """The figures: what was read, what was not, and what came of it."""
    found = ", ".join(f"{code} {number}" for code, number in run.proposed.items()) or "none"
    print(
        f"Read {run.read} of {run.total} disclosures. {run.sealed} were sealed: their key is gone. {run.empty} were empty.\n"
        f"{'Would be proposed' if run.dry_run else 'Proposed'}: {found}.\n"
        f"Passed over: {run.waiting} proposed or raised already, {run.decided} decided on the same words."
    )


def _since_at(day: date) -> datetime:
    from django.utils import timezone

    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone()).astimezone(UTC)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise argparse.ArgumentTypeError(f"“{text}” is no day. Write it like 2026-01-31.") from fault
