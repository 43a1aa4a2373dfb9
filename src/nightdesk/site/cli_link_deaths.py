"""link deaths, link fairness: a coroner's file read in; figures of fairness measured and kept."""

import argparse
import gzip
import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from nightdesk.site.cli_start import Refused, Words, actor, group, start, whole_number, word


def add_words(words: Words) -> Words:
    """link deaths, fairness. Returns the words of link, for more."""
    link = group(words, "link", "Linkage: what is compared with everything that was told.")
    made = word(
        link,
        "deaths",
        import_deaths,
        "Read a coroner’s file of deaths in. The same file again changes nothing.",
    )
    made.add_argument(
        "file", metavar="FILE", help="CSV with a heading; number and unit are needed (docs/deaths.md)"
    )
    made.add_argument("--dry-run", action="store_true", help="only say what would change")
    made = word(
        link,
        "fairness",
        measure_fairness,
        "Measure fairness over reports whose truth is known, and keep the figures.",
    )
    made.add_argument(
        "file", metavar="FILE", help="one report a line (JSON, gzip or plain), in order of coming"
    )
    made.add_argument(
        "--every", type=whole_number(1, 1000), default=1, help="ask only every so-manieth report"
    )
    return link


def import_deaths(given: argparse.Namespace) -> int:
    """Exit code 1 when a line was not taken, each said with its number; nothing of a line is printed."""
    start()
    from django.conf import settings

    from nightdesk.outside.current import pack
    from nightdesk.rules.deaths_file import read_deaths
    from nightdesk.rules.readings_file import Unreadable

    try:
        raw = Path(given.file).read_bytes()
        lines, rejects = read_deaths(raw, ZoneInfo(settings.TIME_ZONE), pack().death_markers.ids())
    except OSError as fault:
        raise Refused(f"The file can’t be read ({fault.strerror}): {given.file}") from fault
    except Unreadable as fault:
        raise Refused(str(fault)) from fault
    told = [(reject.line, reject.why) for reject in rejects]
    counts = dict.fromkeys(("entered", "corrected", "same"), 0)
    for line in lines:
        outcome, why = _import(line, dry_run=given.dry_run)
        if why:
            told.append((line.line, why))
        else:
            counts[outcome] += 1
    for number, why in sorted(told):
        print(f"Line {number}: {why}")
    print(
        f"{counts['entered']} deaths {'would be ' if given.dry_run else ''}entered, {counts['corrected']} corrected, "
        f"{counts['same']} as before, {len(told)} lines not taken."
    )
    return 1 if told else 0


def _import(line: Any, *, dry_run: bool) -> tuple[str, str]:
    """What was done with a line, or why it was not taken."""
    from nightdesk.actions.deaths import import_death
    from nightdesk.queries.clock import database_now
    from nightdesk.queries.force import unit_by_code
    from nightdesk.rules.death import DeathRefused

    unit = unit_by_code(actor(), line.unit)
    if unit is None:
        return "", "There is no unit with this code. Add it first, or correct the code."
    try:
        return (
            import_death(
                actor=actor(), at=database_now(), number=line.number, unit=unit, values=line.values, dry_run=dry_run
            ),
            "",
        )  # fmt: skip
    except DeathRefused as refusal:
        return "", str(refusal)


def measure_fairness(given: argparse.Namespace) -> int:
    """Each report of the later half against all earlier ones; a line for each group, small numbers hidden."""
    start()
    from nightdesk.actions.link_evaluations import keep_evaluation
    from nightdesk.jobs.linkage_fairness import measure
    from nightdesk.linkage.weights import shipped
    from nightdesk.queries.clock import database_now

    told, weights = _told(Path(given.file)), shipped()
    try:
        counts = measure(told, weights, every=given.every)
    except KeyError as fault:
        raise Refused(f"A report of the file has no {fault}: without it nothing can be counted.") from fault
    of = Path(given.file).name
    keep_evaluation(
        actor=actor(), at=database_now(), model=weights.version, of=of, reports=len(told), counts=counts
    )
    print(
        f"{len(told)} reports read, {len(counts)} groups counted. The figures are on the page “Fairness of linkage”."
    )
    return 0


def _told(path: Path) -> list[dict[str, Any]]:
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except OSError as fault:
        raise Refused(f"The file can’t be read ({fault.strerror}): {path}") from fault
    except ValueError as fault:
        raise Refused("A line of the file is no JSON. One report a line is needed.") from fault
