"""The choices the counter and the public form offer, as pack entries.

Ids are stored with a disclosure and never change meaning; words may be rewritten. Nothing here is a required
answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from types import MappingProxyType
from typing import Final, Literal

from nightdesk.rules.pack_entries import WordedEntry

NOW: Final = "now"
DAYS: Final = MappingProxyType({"yesterday": -1, "today": 0})
WEEKS: Final = MappingProxyType({"last": -1, "this": 0, "next": 1})
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WAYS: Final = (
    '"now", "yesterday 18:00", "today 06:00" or "last friday 18:00" (last, this or next; Monday to Sunday)'
)


@dataclass(frozen=True, kw_only=True)
class Choice(WordedEntry):
    """One answer on offer."""


@dataclass(frozen=True, kw_only=True)
class QuickTime(Choice):
    """A quick answer to *when*: a range counted back from the moment of telling, in hours, or a range of local times.

    An end that is not known is None: "I don't know" has neither, "more than a week ago" has no earliest. Local times are
    written as `WAYS` says; where they stand, `latest_local` left out means until now.
    """

    earliest_hours_ago: float | None = None
    latest_hours_ago: float | None = None
    earliest_local: str = ""
    latest_local: str = ""


@dataclass(frozen=True, kw_only=True)
class SafeContact(Choice):
    """A way to reach the person; `care` tells staff what to watch for before using it."""

    care: str
    needs_detail: bool = True  # whether a number, an address or a name has to be written down


@dataclass(frozen=True, kw_only=True)
class SpokenLanguage(Choice):
    """A language a person may ask for; `code` as in IETF tags, `kind` signed for BSL and the like."""

    code: str
    own_name: str
    kind: Literal["spoken", "signed"] = "spoken"


@dataclass(frozen=True, kw_only=True)
class Platform(Choice):
    """An app or site where people meet or write; `also` are other ways its name is written."""

    kind: Literal["dating", "messages", "social", "other"]
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class LocalMark:
    """A clock time on a day counted from today, or on a weekday of a week counted from this one (Monday to Sunday)."""

    days: int
    weekday: int | None  # 0 is Monday; None: `days` counts from today, else from the Monday of this week
    clock: time


def local_mark(text: str) -> LocalMark | None:
    """The mark written as `text` in a pack; None for "now". Raises ValueError, saying how to write one."""
    if text == NOW:
        return None
    *day, clock = text.split(" ")
    try:
        at = time.fromisoformat(clock).replace(tzinfo=None)
        if len(day) == 1:
            return LocalMark(DAYS[day[0]], None, at)
        week, weekday = day
        return LocalMark(7 * WEEKS[week], WEEKDAYS.index(weekday), at)
    except (KeyError, ValueError) as fault:
        raise ValueError(f'"{text}" is not a local time; write {WAYS}.') from fault


def refuse_if_unreadable(choice: QuickTime) -> None:
    """Raise ValueError, saying how to mend it, when hours and local times are mixed, or a mark can't be read.

    The two ends of one answer count from the same thing: a weekday range moves by weeks, a day range does not.
    """
    if not (choice.earliest_local or choice.latest_local):
        return
    if choice.earliest_hours_ago is not None or choice.latest_hours_ago is not None:
        raise ValueError("give either hours ago or local times, not both.")
    if not choice.earliest_local:
        raise ValueError('"latest_local" needs "earliest_local".')
    first, last = local_mark(choice.earliest_local), local_mark(choice.latest_local or NOW)
    if first is None:
        raise ValueError('"earliest_local" must lie before now.')
    if last and (first.weekday is None) != (last.weekday is None):
        raise ValueError("give both ends as days from today, or both as weekdays.")
    if last and _order(first) >= _order(last):
        raise ValueError('"earliest_local" must lie before "latest_local".')


def _order(mark: LocalMark) -> tuple[int, time]:
    return mark.days + (mark.weekday or 0), mark.clock
