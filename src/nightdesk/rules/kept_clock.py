"""A computed clock keeps the edition that gave it: its windows as plain rows, and back.

The rows hold ALL windows of the edition, of every site and every drug, so that the list gives nothing of the act away;
which of them matter is worked out when the sealed facts are opened. For the same reason the queue's first end goes by
every site and by no drug: it never moves because of something sealed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeVar
from uuid import UUID

from nightdesk.rules.evidence_clock import in_utc, soonest, specimen_windows
from nightdesk.rules.pack_entries import Words
from nightdesk.rules.pack_windows import DrugWindow, HealthWindow, SpecimenWindow, TimedEntry

# Not the source's title nor its owner: the pack of that edition names them.
KEPT: Final = (
    "id", "label", "advice", "edition", "order", "hours", "from_hours", "best_hours", "before_all", "source_label", "signed",
)  # fmt: skip
OF_SPECIMENS: Final = ("kind", "specimen", "sites", "drug")
FIGURES: Final = ("hours", "from_hours", "best_hours", "edition")
Row = Mapping[str, Any]
T = TypeVar("T", bound=TimedEntry)


def figures(entries: Iterable[TimedEntry]) -> list[dict[str, Any]]:
    """The entries as rows for JSON, the shortest window first: what an edition says, the same for everybody.

    What was said in words is kept in English; the pack of the same edition has the translations.
    """
    return [_row(entry) for entry in sorted(entries, key=_shortest)]


def from_time(rows: Iterable[Row], runs_from: datetime) -> list[dict[str, Any]]:
    """The rows of an edition with their `opens_at` and `ends_at` (ISO 8601, UTC; None: no limit), counted from `runs_from`
    (the latest possible time, aware)."""
    start = in_utc(runs_from, "runs_from")
    return [
        {
            **row,
            "opens_at": (start + timedelta(hours=row["from_hours"])).isoformat(),
            "ends_at": None if row["hours"] is None else (start + timedelta(hours=row["hours"])).isoformat(),
        }
        for row in rows
    ]


def edition_key(windows: Sequence[Row], health: Sequence[Row]) -> UUID:
    """The key of these figures: the same figures have the same key, wherever and whenever they are kept."""
    text = json.dumps(
        [list(windows), list(health)], sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return UUID(bytes=hashlib.sha256(text.encode()).digest()[:16])


def _shortest(entry: TimedEntry) -> tuple[bool, float, int, str]:
    return (entry.hours is None, entry.hours or 0, entry.order, entry.id)


def _row(entry: TimedEntry) -> dict[str, Any]:
    row = {name: getattr(entry, name) for name in KEPT}
    row |= {name: getattr(entry, name) for name in OF_SPECIMENS if hasattr(entry, name)}
    if isinstance(entry, SpecimenWindow):
        row["sites"] = list(entry.sites)
    if isinstance(entry, HealthWindow):
        row |= {"for_whom": entry.for_whom, "say": entry.say.en}
    return row | {"review_on": entry.review_on.isoformat()}


def kept_specimens(rows: Iterable[Row]) -> tuple[SpecimenWindow, ...]:
    """The specimen windows of a kept edition."""
    return tuple(
        DrugWindow(**_common(row), **_specimen(row), drug=row["drug"])
        if row.get("drug")
        else SpecimenWindow(**_common(row), **_specimen(row))
        for row in rows
    )


def kept_health(rows: Iterable[Row]) -> tuple[HealthWindow, ...]:
    """The health windows of a kept edition, with what to say in English."""
    return tuple(
        HealthWindow(**_common(row), for_whom=row["for_whom"], say=Words(row["say"])) for row in rows
    )


def _common(row: Row) -> dict[str, Any]:
    named = {"review_on": date.fromisoformat(row["review_on"]), "source": "", "owner": ""}
    return {name: row[name] for name in KEPT} | named


def _specimen(row: Row) -> dict[str, Any]:
    return {"kind": row["kind"], "specimen": row["specimen"], "sites": tuple(row["sites"])}


def differs(rows: Sequence[Row], entries: Iterable[TimedEntry]) -> bool:
    """Whether today's pack gives other figures or another edition than those kept."""
    kept = {row["id"]: tuple(row[name] for name in FIGURES) for row in rows}
    today = {entry.id: tuple(getattr(entry, name) for name in FIGURES) for entry in entries}
    return kept != today


def overdue_since(entries: Iterable[TimedEntry], today: date) -> date | None:
    """The earliest review date that has passed: the edition is still used, with a banner. None when all are in date."""
    return min((entry.review_on for entry in entries if entry.review_on < today), default=None)


def next_end(rows: Iterable[Row], now: datetime) -> datetime | None:
    """As `first_end`, from kept rows: when the next window that runs at `now` ends, by every site and no drug."""
    ends = (
        datetime.fromisoformat(row["ends_at"])
        for row in rows
        if row["ends_at"] and not row.get("drug") and datetime.fromisoformat(row["opens_at"]) <= now
    )
    return min((end for end in ends if end >= now), default=None)


def first_end(windows: Iterable[SpecimenWindow], runs_from: datetime, at: datetime) -> datetime | None:
    """When the first window that runs at `at` ends, by every site and no drug; None when none with a limit runs."""
    first = soonest(specimen_windows(windows, latest_at=runs_from, now=at))
    return first.ends_at if first else None
