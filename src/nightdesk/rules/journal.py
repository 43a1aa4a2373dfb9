"""Every kind of journal line: its exact keys, its sentence, and who is next to act. A missing or extra key stops the write.

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

FIRST_HASH: Final = bytes(32)


@dataclass(frozen=True)
class Kind:
    """A kind of line: the exact `keys` of its facts, the sentence shown, and the role that acts next ("" for nobody)."""

    keys: frozenset[str]
    sentence: str
    next_owner: str = ""


def _kind(sentence: str, *keys: str, next_owner: str = "") -> Kind:
    return Kind(frozenset(keys), sentence, next_owner)


KINDS: Final[Mapping[str, Kind]] = {
    "disclosure_taken": _kind(
        "A disclosure was opened by {channel}", "channel", "station", next_owner="counter"
    ),
    "basics_recorded": _kind(
        "Version {number} of the basics was kept", "number", "changed", next_owner="counter"
    ),
    "disclosure_accepted": _kind("The basics were sent on", "number", "missing", next_owner="counter"),
    "triage_recorded": _kind(
        "Triage proposed {proposed}", "proposed", "edition", "urgency", next_owner="soit"
    ),
    "proposal_overridden": _kind(
        "{label} was set to {level} by a person", "label", "level", next_owner="supervisor"
    ),
    "clock_started": _kind(
        "The evidence clock runs from {runs_from}", "runs_from", "edition", "windows", next_owner="soit"
    ),
    "referral_made": _kind(
        "A specialist was asked for: {because}", "unit", "because", "urgency", next_owner="soit"
    ),
    "referral_paged": _kind("Step {step}: {told} told ({layer})", "step", "layer", "told", next_owner="soit"),
    "referral_acknowledged": _kind("The page was answered", "step", next_owner="soit"),
    "referral_moved": _kind("Referral: {move}", "move", "state", next_owner="soit"),
    "person_left": _kind("The person left", "before_referral", next_owner="soit"),
    "case_opened": _kind("A case was opened", "unit", next_owner="soit"),
    "case_taken_on": _kind("The case was taken on", "owner", next_owner="soit"),
    "case_released": _kind("The case was given back to the unit’s queue", "owner", next_owner="soit"),
    "record_read": _kind("Read: {what}", "what", "reason"),
    "access_refused": _kind("Refused: {what}", "what"),
    "message_sent": _kind("A message left by {channel}", "channel", "attempt"),
    "message_failed": _kind("A message could not leave by {channel}", "channel", "attempt", "fault"),
    "staff_added": _kind("Staff account {username} was made as {role}", "username", "role"),
    "staff_changed": _kind("Staff account {username}: {changed}", "username", "changed"),
    "pin_set": _kind("A quick re-entry PIN was set", "username"),
    "desk_locked": _kind("The desk was locked: {how}", "how"),
    "desk_unlocked": _kind("The desk was unlocked", "how"),
    "signed_in": _kind("Signed in", "second_factor"),
    "sign_in_failed": _kind("A sign-in failed at the {what}", "what", "attempt"),
    "signed_out": _kind("Signed out"),
    "session_ended": _kind("A session ended: {how}", "how"),
    "second_factor_set": _kind("A second factor was set up for {username}", "username"),
    "second_factor_cleared": _kind("The second factor of {username} was cleared", "username"),
    "words_sealed": _kind("Words sent to a locked desk were sealed", "page"),
    "words_opened": _kind(
        "Words that were sealed while the desk was locked were opened by whoever typed them"
    ),
    "words_released": _kind("Words that were sealed while the desk was locked: {how}", "how"),
    "station_added": _kind("Station {code} was added", "code"),
    "unit_added": _kind("Unit {code} was added", "code"),
    "shift_added": _kind("{count} shifts were put in the rota of {unit}", "unit", "count"),
    "demo_made": _kind("The fictional force was made", "seed", "disclosures"),
}


class JournalRefused(Exception):
    """A line whose kind or keys are not declared: the write it belongs to is rolled back."""


def refuse_if_not_declared(kind: str, facts: Mapping[str, Any]) -> None:
    """Raise JournalRefused, naming what is wrong, unless `facts` has exactly the keys of `kind` and only plain values.

    Plain: text, whole numbers, yes or no, nothing, and lists and tables of these. Anything else (a fraction, a time, an id)
    may come back from the database in another form than the one that was hashed: give it as text.
    """
    if kind not in KINDS:
        raise JournalRefused(
            f"No journal kind “{kind}”. Declare it in rules/journal.py with its keys and sentence."
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
