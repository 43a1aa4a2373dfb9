"""Temperature readings as a file gives them, weighed against what is kept: taken, taken before, or told why not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Row:
    """One reading: line of the file (from 1), code of the store as written, moment (aware UTC), tenths of a degree."""

    line: int
    store: str
    at: datetime
    tenths: int


@dataclass(frozen=True)
class Reject:
    """A line that was not taken, and why."""

    line: int
    why: str


def is_ahead(row: Row, now: datetime) -> bool:
    """Whether the logger's clock is ahead of ours by more than a few minutes: then its other times are wrong too."""
    return row.at > now + timedelta(minutes=5)


@dataclass(frozen=True)
class Weighed:
    """What a file would change: rows to keep, how many are kept already, and the lines that were not taken."""

    fresh: tuple[Row, ...]
    repeated: int
    rejects: tuple[Reject, ...]


def weigh(
    rows: Iterable[Row], rejects: Iterable[Reject], kept: Mapping[str, Mapping[datetime, int]], now: datetime
) -> Weighed:
    """Each row against what is kept (store code → moment → tenths; a store that is not in it is unknown).

    The same reading again changes nothing; another one for the same moment is told and the first one stays.
    """
    fresh: list[Row] = []
    refused, repeated = list(rejects), 0
    seen: dict[tuple[str, datetime], int] = {}
    for row in rows:
        known = kept.get(row.store)
        earlier = seen.get((row.store, row.at), known.get(row.at) if known else None)
        if known is None:
            refused.append(Reject(row.line, "There is no store with this code. Check the first column."))
        elif is_ahead(row, now):
            refused.append(Reject(row.line, "This time lies ahead. Check the clock of the logger."))
        elif earlier is None:
            fresh.append(row)
            seen[row.store, row.at] = row.tenths
        elif earlier == row.tenths:
            repeated += 1
        else:
            refused.append(
                Reject(row.line, f"Another reading is kept for this moment: {earlier / 10:.1f} °C. It stays.")
            )
    return Weighed(tuple(fresh), repeated, tuple(sorted(refused, key=lambda reject: reject.line)))
