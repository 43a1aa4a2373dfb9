"""What an imported calendar comes to: who is on when, or why an entry can't be used. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Entry:
    """One occurrence in a calendar: its uid (with the moment, for one that repeats), words that may name who is on."""

    uid: str
    line: int
    names: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Rejected:
    """An entry that can't be used: its uid, the line of the file on which it begins (1 is the first), and why."""

    uid: str
    line: int
    why: str


@dataclass(frozen=True)
class OnByCalendar:
    """Somebody is on by an entry of the calendar."""

    uid: str
    staff: str
    starts_at: datetime
    ends_at: datetime


def who_is_on(
    entries: Iterable[Entry], accounts: Mapping[str, str], now: datetime
) -> tuple[list[OnByCalendar], list[Rejected]]:
    """Entries still to come or under way, with the account each names. `accounts`: user name or e-mail in lower case → id.

    An entry that names nobody known, or two different people, is rejected with its reason, never left out silently.
    """
    on: list[OnByCalendar] = []
    rejected: list[Rejected] = []
    for entry in entries:
        if entry.ends_at <= now:
            continue
        found = {
            accounts[name] for name in (text.strip().casefold() for text in entry.names) if name in accounts
        }
        if len(found) == 1:
            on.append(OnByCalendar(entry.uid, found.pop(), entry.starts_at, entry.ends_at))
        else:
            why = "names two people of this force" if found else "names nobody of this force"
            rejected.append(Rejected(entry.uid, entry.line, why))
    return on, rejected
