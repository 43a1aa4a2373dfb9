"""journal verify, pack check, keys make: what is checked and prepared."""

import argparse
import re
import time
from pathlib import Path

from nightdesk.site.cli_start import Refused, Words, actor, group, start, whole_number, word

HEAD = re.compile(r"([1-9]\d*):([0-9a-f]{64})")


def add_words(words: Words) -> None:
    """The three words."""
    journal = group(words, "journal", "The record of every write and reading.")
    made = word(
        journal,
        "verify",
        verify_journal,
        "Check that no line is missing, changed or moved. Exit code 1 when one is.",
    )
    made.add_argument(
        "--from",
        dest="from_seq",
        type=whole_number(1, 10**15),
        default=1,
        metavar="SEQ",
        help="begin at this line",
    )
    made.add_argument(
        "--head",
        metavar="SEQ:HASH",
        help="a head that an earlier check printed: also finds newest lines taken away",
    )
    pack = group(words, "pack", "The reviewed content of a jurisdiction.")
    made = word(pack, "check", check_pack, "Say what is wrong in a pack, and what its owners should look at.")
    made.add_argument("name", nargs="?", help="which pack (default: the one this site runs on)")
    keys = group(words, "keys", "The keys that seal records.")
    word(
        keys,
        "make",
        make_keys,
        "Make keysets where NIGHTDESK_KEYS says. Keysets that are there stay as they are.",
    )


def verify_journal(given: argparse.Namespace) -> int:
    """Check the journal, and print its head for keeping elsewhere."""
    start()
    from nightdesk.queries import journal

    kept = HEAD.fullmatch(given.head or "")
    if given.head and not kept:
        raise Refused(
            "A head is written as the number, a colon and the hash, as an earlier check printed it."
        )
    began = time.perf_counter()
    found = journal.verify_journal(
        actor(), from_seq=given.from_seq, kept_head=(int(kept[1]), kept[2]) if kept else None
    )
    print(f"{found.lines:,} lines checked in {time.perf_counter() - began:.1f} seconds.")
    if not found.guarded:
        print("THE GUARD IS MISSING: the database does not refuse changes to the journal. Tell the auditor.")
    if found.broken_at is not None:
        print(
            f"BROKEN at line {found.broken_at}. {journal.SENTENCES[found.why]} Tell the auditor; change nothing."
        )
    if found.whole:
        print("Every line follows from the one before, and the database refuses changes.")
    if found.whole and found.head:
        print(f"Head, to keep elsewhere: {found.head}:{found.head_hash}")
    return 0 if found.whole else 1


def check_pack(given: argparse.Namespace) -> int:
    """Check one pack: exit code 1 when it can't be used."""
    start()
    from django.conf import settings

    from nightdesk.outside import packs
    from nightdesk.queries.clock import database_now

    name = given.name or settings.NIGHTDESK_PACK
    report = packs.check_pack(name, database_now().date())
    for heading, lines in (("Wrong", report.errors), ("To look at", report.warnings)):
        for line in lines:
            print(f"{heading}: {line}")
    state = "can be used" if report.usable else "CAN’T BE USED"
    print(f"Pack {name} {state}: {len(report.errors)} errors, {len(report.warnings)} things to look at.")
    return 0 if report.usable else 1


def make_keys(given: argparse.Namespace) -> int:
    """Make the keysets of this site."""
    start()
    from django.conf import settings

    from nightdesk.outside.keys import make_key_files

    if settings.NIGHTDESK_KEYS == "environment":
        raise Refused(
            "The keys come from the environment here. Set NIGHTDESK_KEYS to a folder to make keys in it."
        )
    folder = Path(settings.NIGHTDESK_KEYS)
    before = {path.name for path in folder.glob("*.json")}
    try:
        make_key_files(folder)
    except OSError as fault:
        raise Refused(
            f"The key folder can’t be written ({fault.strerror}). Check NIGHTDESK_KEYS: {folder}"
        ) from fault
    made = sorted({path.name for path in folder.glob("*.json")} - before)
    print(
        f"Made {', '.join(made)} in {folder}. Keep a copy apart from the database: without keys no record opens."
        if made
        else f"The keysets are there already in {folder}; nothing was changed."
    )
    return 0
