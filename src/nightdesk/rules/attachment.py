"""Attachments of a case: what is known of a file, how it stands with the scanner, and what may be done with it."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

KINDS: Final = ("picture", "pdf", "sound", "film", "text", "chat", "document", "archive")
CHATS: Final = ("", "whatsapp", "telegram")

NOT_SCANNED: Final = "not_scanned"
CLEAN: Final = "clean"
FOUND: Final = "found"
SCANS: Final = (NOT_SCANNED, CLEAN, FOUND)
# what one try of the scanner came to; only the first two settle anything
OUTCOMES: Final = (CLEAN, FOUND, "no_answer", "error", "too_large", "off")

# why a file is better not opened on the machine of somebody who is in a hurry
RISKS: Final = ("", "active", "macros", "two_in_one", "locked")

WITHDRAWN_BECAUSE: Final = ("wrong_case", "twice", "asked_by_person", "not_needed", "other")
NEEDS_WORDS: Final = ("other",)

LONGEST_NAME: Final = 120
LONGEST_TITLE: Final = 200
LONGEST_WORDS: Final = 2000
PART_BYTES: Final = 256 * 1024
MEGABYTE: Final = 1_000_000

RETRY_MINUTES: Final = (5, 30, 120, 720)  # after the first try, the second, …; then each as the last

# Of an archive; more than any phone's export has, and far less than a disk.
MOST_ENTRIES: Final = 20_000
MOST_UNPACKED: Final = 2_000 * MEGABYTE
MOST_RATIO: Final = 200
SMALL_UNPACKED: Final = 50 * MEGABYTE  # below this a high ratio is only a boring text

_UNSHOWN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


class AttachmentRefused(Exception):
    """A file can't be kept, given out or withdrawn; the sentence says what to do."""


@dataclass(frozen=True)
class FileFacts:
    """What a file is by its content: media type, kind, neutral extension; `sha256` in hex, of the whole file as it came."""

    media_type: str
    kind: str
    extension: str
    size: int
    sha256: str
    risk: str = ""
    chat: str = ""


@dataclass(frozen=True)
class Entry:
    """One entry of an archive, as its directory has it."""

    name: str
    size: int
    packed: int
    locked: bool = False


def tidy_name(name: str) -> str:
    """The name a file came with, as one line without a path and without letters that turn the reading direction round."""
    last = re.split(r"[/\\]", name)[-1]
    shown = " ".join(_UNSHOWN.sub("", unicodedata.normalize("NFC", last)).split()).strip(". ")
    if len(shown) > LONGEST_NAME:
        stem, dot, ending = shown.rpartition(".")
        kept = f"{dot}{ending}" if dot and len(ending) <= 8 else ""
        shown = (stem if kept else shown)[: LONGEST_NAME - len(kept)] + kept
    return shown


def extension_of(name: str) -> str:
    """The ending of a name, in small letters and without its dot; "" for none."""
    stem, dot, ending = tidy_name(name).rpartition(".")
    return ending.lower() if dot and stem else ""


def download_name(reference: str, number: int, extension: str) -> str:
    """How a file is called outside: it tells nothing of what it shows or who sent it."""
    return f"{reference}-{number:02d}.{extension}"


def refuse_if_too_large(size: int, most: int) -> None:
    """Raise AttachmentRefused for an empty file, and for more than `most` bytes."""
    if size == 0:
        raise AttachmentRefused("This file is empty. Ask for it again, or choose another.")
    if size > most:
        raise AttachmentRefused(
            f"This file is larger than {most // MEGABYTE} MB. Put it in the force’s evidence system, and attach a "
            "note that says where it is; or attach the part that matters."
        )


def refuse_if_bomb(entries: Sequence[Entry]) -> None:
    """Raise AttachmentRefused for an archive that unpacks to far more than a phone ever exports."""
    unpacked, packed = sum(one.size for one in entries), sum(one.packed for one in entries)
    swells = unpacked > SMALL_UNPACKED and unpacked > MOST_RATIO * max(packed, 1)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or swells:
        raise AttachmentRefused(
            "This archive unpacks to far more than a phone exports, so it is not kept. "
            "Ask for the files in it one by one."
        )


def refuse_if_not_for_download(scan: str, *, withdrawn: bool, knows: bool) -> None:
    """Raise AttachmentRefused for a file in quarantine, one withdrawn, and one not scanned unless the reader `knows`."""
    if scan == FOUND:
        raise AttachmentRefused(
            "The scanner found something harmful in this file, so it can’t be downloaded. Ask your supervisor."
        )
    if withdrawn:
        raise AttachmentRefused("This file was withdrawn. If it belongs to the case after all, add it again.")
    if scan == NOT_SCANNED and not knows:
        raise AttachmentRefused(
            "This file was not scanned. Say that you know this, and open it where it can do no harm."
        )


def refuse_if_withdrawal_incomplete(because: str, words: str) -> None:
    """Raise AttachmentRefused without a known reason, or without words where the reason needs them."""
    if because not in WITHDRAWN_BECAUSE:
        raise AttachmentRefused("Choose why the file is withdrawn.")
    if because in NEEDS_WORDS and not words.strip():
        raise AttachmentRefused("Say in a few words why the file is withdrawn.")


def next_scan(scan: str, outcome: str) -> str:
    """How a file stands after one more try: what is settled stays."""
    return outcome if scan == NOT_SCANNED and outcome in (CLEAN, FOUND) else scan


def retry_minutes(tries: int) -> int:
    """Minutes until the next try after `tries` (one or more) that settled nothing."""
    return RETRY_MINUTES[min(max(tries, 1), len(RETRY_MINUTES)) - 1]


def signature_code(text: str) -> str:
    """The name the scanner gives to what it found, as a code: it comes from outside."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", text.strip())[:80]
