"""The journal checked from end to end: no line missing, changed or moved, and its guard in place.

Lines come in pieces by their number, so that a million of them need no more memory than a thousand and no writer waits.
What a check cannot see alone is the loss of the newest lines: keep the head (number and hash) elsewhere and give it back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from nightdesk.records import guard
from nightdesk.records.journal import JournalLine
from nightdesk.rules.access import AccessRefused, Reader
from nightdesk.rules.journal import FIRST_HASH, Line, line_hash
from nightdesk.rules.terms import AUDITOR

PIECE: Final = 5_000  # lines read at a time
COLUMNS: Final = ("seq", "at", "kind", "actor", "role", "subject", "facts", "previous", "digest")

GAP: Final = "gap"
CHANGED_LINE: Final = "changed_line"
CHANGED_HASH: Final = "changed_hash"
HEAD_GONE: Final = "head_gone"
SENTENCES: Final = {
    GAP: "A line is missing before this one.",
    CHANGED_LINE: "The content of this line was changed: it no longer gives its hash.",
    CHANGED_HASH: "This line does not follow from the one before: a hash was changed, or lines were moved.",
    HEAD_GONE: "The newest line that was kept elsewhere is not here with its hash: lines were taken away or made anew.",
}


@dataclass(frozen=True)
class Verification:
    """What a check found: `lines` read, `broken_at` the number of the first line that is wrong (None: none) and `why`
    (a key of SENTENCES), whether the database still refuses changes, and the head: number and hash of the newest line."""

    lines: int
    broken_at: int | None
    why: str
    guarded: bool
    head: int
    head_hash: str

    @property
    def whole(self) -> bool:
        """True when nothing is wrong."""
        return self.broken_at is None and self.guarded


def verify_journal(
    reader: Reader, *, from_seq: int = 1, kept_head: tuple[int, str] | None = None
) -> Verification:
    """Check every line from `from_seq` on; `kept_head` is a head (number, hash in hex) of an earlier check.

    Raises AccessRefused for a reader other than the auditor or the system.
    """
    if reader.role not in (AUDITOR, "system"):
        raise AccessRefused(
            "The journal is checked by the auditor, or with the nightdesk command. Ask the auditor."
        )
    guarded, lines, head, newest = guard.is_set(connection), 0, from_seq - 1, _hash_before(from_seq)
    if newest is None:
        return Verification(0, from_seq, GAP, guarded, 0, "")
    kept_seen = kept_head is None or (0 < kept_head[0] < from_seq)
    for row in _rows(from_seq):
        lines += 1
        why = _fault(row, expected=head + 1, newest=newest)
        head, newest = row[0], bytes(row[-1])
        if not why and kept_head and head == kept_head[0]:
            kept_seen = newest.hex() == kept_head[1]
            why = "" if kept_seen else HEAD_GONE
        if why:
            return Verification(lines, head, why, guarded, head, newest.hex())
    if kept_head and not kept_seen:
        return Verification(lines, kept_head[0], HEAD_GONE, guarded, head, newest.hex())
    return Verification(lines, None, "", guarded, head, newest.hex())


def demo_made_at(reader: Reader) -> datetime | None:
    """When the fictional force of this database was finished; None when there is none."""
    return JournalLine.objects.filter(kind="demo_made").order_by("-seq").values_list("at", flat=True).first()


def _hash_before(seq: int) -> bytes | None:
    """The hash that line `seq` builds on; None when the line before it is not there."""
    if seq <= 1:
        return FIRST_HASH
    found = JournalLine.objects.filter(seq=seq - 1).values_list("digest", flat=True).first()
    return None if found is None else bytes(found)


def _rows(from_seq: int) -> Iterator[tuple[Any, ...]]:
    """The lines from a number on, as plain tuples of COLUMNS."""
    after = from_seq - 1
    while piece := list(
        JournalLine.objects.filter(seq__gt=after).order_by("seq").values_list(*COLUMNS)[:PIECE]
    ):
        yield from piece
        after = piece[-1][0]


def _fault(row: tuple[Any, ...], *, expected: int, newest: bytes) -> str:
    """Why this line is wrong, or nothing."""
    seq, at, kind, actor, role, subject, facts, previous, digest = row
    if seq != expected:
        return GAP
    if bytes(previous) != newest:
        return CHANGED_HASH
    line = Line(seq, at, kind, actor, role, subject, facts)
    return "" if line_hash(line, newest) == bytes(digest) else CHANGED_LINE


def journal_is_guarded() -> bool:
    """Whether the database refuses to change or delete lines. There is no reader: nothing is read."""
    return guard.is_set(connection)
