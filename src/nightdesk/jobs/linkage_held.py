"""The reports that the linkage worker holds: in memory only, as columns, gone with its process."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from nightdesk.linkage.block import extract_at, rows_at
from nightdesk.linkage.extract import Extract
from nightdesk.linkage.growing import Growing
from nightdesk.linkage.index import Index
from nightdesk.linkage.plain import from_plain
from nightdesk.linkage.rows import Rows
from nightdesk.linkage.uuids import Uuids
from nightdesk.linkage.weights import Weights
from nightdesk.queries.link_held import Kept

MOST_DROPPED: Final = 0.1  # share of rows that no longer stand, above which the index is built anew
FIRST: Final = datetime(1970, 1, 1, tzinfo=UTC)
STEP: Final = timedelta(microseconds=1)


@dataclass(frozen=True)
class Held:
    """One report that stands: its row in the index, its forms, where it is from, when it was told, which change it is of."""

    id: UUID
    row: int
    extract: Extract
    source: UUID
    reported_at: datetime
    seq: int

    @property
    def order(self) -> tuple[datetime, UUID]:
        """Which of two reports is the earlier one."""
        return self.reported_at, self.id


class Reports:
    """The index and what stands in it. A changed report gets a new row; its old one is found no more."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._begin()

    def _begin(self) -> None:
        self._ids, self._sources = Uuids(), Uuids()
        self.index = Index(self.weights.behaviours, self._ids)
        self._told, self._seqs = Growing(np.int64), Growing(np.int64)  # microseconds; numbers of the journal
        self._stands = Growing(np.bool_)

    def __len__(self) -> int:
        return len(self.index) - len(self.index.dropped)

    def get(self, report: UUID) -> Held | None:
        """A report that stands."""
        rows = self._ids.rows_of([report]).get(report)
        return self.at(rows[0]) if rows else None

    def at(self, row: int) -> Held:
        """The report of a row that stands; its forms are made again out of the columns."""
        told = FIRST + int(self._told.array[row]) * STEP
        source, seq = self._sources.key(row), int(self._seqs.array[row])
        return Held(self._ids.key(row), row, extract_at(self.index, row), source, told, seq)

    def since(self, at: datetime) -> list[UUID]:
        """What was told since."""
        rows = np.flatnonzero(self._stands.array & (self._told.array >= (at - FIRST) // STEP))
        return [self._ids.key(row) for row in rows.tolist()]

    def seqs(self) -> NDArray[Any]:
        """The numbers of the journal of all that stands."""
        return np.asarray(self._seqs.array[self._stands.array])

    def take(self, kept: Iterable[Kept], *, first: bool = False) -> None:
        """Hold these as they are now; what is held in a newer form already is left alone. `first`: none is held yet."""
        told = list(kept)
        held = {} if first else self._ids.rows_of([one.id for one in told])
        fresh: list[tuple[Kept, Extract]] = []
        for one in told:
            for row in held.get(one.id, ()):
                if self._seqs.array[row] >= one.seq:
                    break
                self._drop(row)
            else:
                if one.plain is not None:
                    fresh.append((one, from_plain(one.plain, str(one.id))))
        self.index.add([extract for _one, extract in fresh])
        self._beside(
            [one.source for one, _extract in fresh],
            [(one.reported_at - FIRST) // STEP for one, _extract in fresh],
            [one.seq for one, _extract in fresh],
        )
        if len(self.index.dropped) > MOST_DROPPED * len(self.index) + 100:
            self._build_anew()

    def take_rows(self, rows: Rows) -> None:
        """Hold rows of a block; none of them is held yet. Raises KeyError, before anything changed, where a column lacks."""
        beside = (rows.beside["sources"], rows.beside["told"], rows.beside["seqs"])
        self.index.take(rows)
        self._beside(*beside)

    def _beside(self, sources: Any, told: Any, seqs: Any) -> None:
        self._sources.extend(sources)
        self._told.extend(told)
        self._seqs.extend(seqs)
        self._stands.extend(np.ones(len(seqs), dtype=np.bool_))

    def within(self, after: int, upto: int) -> tuple[set[tuple[UUID, int]], Rows]:
        """What stands in a span of the journal: report and number of each, and all of them as rows."""
        seqs = self._seqs.array
        rows = np.flatnonzero(self._stands.array & (seqs > after) & (seqs <= upto))
        holds = {
            (self._ids.key(row), seq) for row, seq in zip(rows.tolist(), seqs[rows].tolist(), strict=True)
        }
        return holds, self._rows(rows)

    def _rows(self, rows: NDArray[Any]) -> Rows:
        sources, told, seqs = self._sources.at(rows), self._told.array[rows], self._seqs.array[rows]
        return rows_at(self.index, rows, self._ids.at(rows), {"sources": sources, "told": told, "seqs": seqs})

    def beside(self, one: Held) -> list[int]:
        """The rows that are not compared with a report: itself and other men of its source."""
        rows = self._sources.rows_of([one.source])[one.source]
        return [row for row in rows if self._stands.array[row]]

    @contextmanager
    def uncounted(self, one: Held) -> Iterator[None]:
        """Inside, a report makes nothing that it says itself more common: what it shares is as rare as without it."""
        self.index.count(one.row, -1)
        try:
            yield
        finally:
            self.index.count(one.row, 1)

    def _drop(self, row: int) -> None:
        self.index.drop(row)
        self._stands.array[row] = False

    def _build_anew(self) -> None:
        standing = self._rows(np.flatnonzero(self._stands.array))
        self._begin()
        self.take_rows(standing)
