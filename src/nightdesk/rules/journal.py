"""The journal's rules: a line is as its kind declares, and chained to the one before. A wrong key stops the write.

Lines hold codes, references and counts, never what a person said (safety.md promise 4). Names of staff are not kept here
either: the line has the actor's code and role, and the page looks the name up.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from nightdesk.rules.journal_kinds import KINDS

FIRST_HASH: Final = bytes(32)


class JournalRefused(Exception):
    """A line whose kind or keys are not declared: the write it belongs to is rolled back."""


def refuse_if_not_declared(kind: str, facts: Mapping[str, Any]) -> None:
    """Raise JournalRefused, naming what is wrong, unless `facts` has exactly the keys of `kind` and only plain values.

    Plain: text, whole numbers, yes or no, nothing, and lists and tables of these. Anything else (a fraction, a time, an id)
    may come back from the database in another form than the one that was hashed: give it as text.
    """
    if kind not in KINDS:
        raise JournalRefused(
            f"No journal kind “{kind}”. Declare it in rules/journal_kinds.py with its keys and sentence."
        )
    missing, extra = KINDS[kind].keys - facts.keys(), facts.keys() - KINDS[kind].keys
    if missing or extra:
        raise JournalRefused(
            f"Journal kind “{kind}”: missing {sorted(missing)}, not declared {sorted(extra)}."
        )
    if odd := sorted(key for key, value in facts.items() if not _comes_back(value)):
        raise JournalRefused(f"Journal kind “{kind}”: give {odd} as plain text or whole numbers.")


def _comes_back(value: Any) -> bool:
    """Whether both databases give `value` back exactly as it was hashed."""
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= character <= "\udfff" for character in value)
    if isinstance(value, Mapping):
        return all(isinstance(key, str) and _comes_back(key) and _comes_back(value[key]) for key in value)
    if isinstance(value, list | tuple):
        return all(map(_comes_back, value))
    return value is None or isinstance(value, int)


@dataclass(frozen=True)
class Line:
    """A line as it is chained: `seq` from 1, aware UTC `at`, subject is a public reference or empty."""

    seq: int
    at: datetime
    kind: str
    actor: str
    role: str
    subject: str
    facts: Mapping[str, Any]


def line_hash(line: Line, previous: bytes) -> bytes:
    """SHA-256 over the previous hash and the canonical JSON of the line (UTC, sorted keys, UTF-8, no spaces): 32 bytes."""
    at = line.at.astimezone(UTC).isoformat()
    body = [line.seq, at, line.kind, line.actor, line.role, line.subject, dict(line.facts)]
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(previous + text.encode()).digest()


def sentence(kind: str, facts: Mapping[str, Any]) -> str:
    """The line in words. A kind of another edition is shown by its code, and what a line of another edition lacks by “–”."""
    if kind not in KINDS:
        return kind
    shown = {
        key: ", ".join(map(str, value)) if isinstance(value, list) else value for key, value in facts.items()
    }
    return KINDS[kind].sentence.format_map(defaultdict(lambda: "–", shown))
