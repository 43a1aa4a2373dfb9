"""The reports that the linkage worker holds: in memory only, gone with its process."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from nightdesk.linkage.extract import Extract
from nightdesk.linkage.index import Index
from nightdesk.linkage.plain import from_plain
from nightdesk.linkage.weights import Weights
from nightdesk.queries.link_held import Kept

MOST_DROPPED: Final = 0.1  # share of rows that no longer stand, above which the index is built anew


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
        self.index = Index(weights.behaviours)
        self.by_id: dict[UUID, Held] = {}
        self._of_source: dict[UUID, set[UUID]] = {}

    def __len__(self) -> int:
        return len(self.by_id)

    def take(self, kept: Iterable[Kept]) -> None:
        """Hold these as they are now; what was held in a newer form already is left alone."""
        fresh: list[tuple[Kept, Extract]] = []
        for one in kept:
            before = self.by_id.get(one.id)
            if before is not None and before.seq >= one.seq:
                continue
            if before is not None:
                self._drop(before)
            if one.plain is not None:
                fresh.append((one, from_plain(one.plain, str(one.id))))
        start = len(self.index)
        self.index.add([extract for _one, extract in fresh])
        for row, (one, extract) in enumerate(fresh, start=start):
            self.by_id[one.id] = Held(one.id, row, extract, one.source, one.reported_at, one.seq)
            self._of_source.setdefault(one.source, set()).add(one.id)
        if len(self.index.dropped) > MOST_DROPPED * len(self.index) + 100:
            self._build_anew()

    def beside(self, one: Held) -> list[int]:
        """The rows that are not compared with a report: itself and other men of its source."""
        return [self.by_id[key].row for key in self._of_source.get(one.source, ())]

    @contextmanager
    def uncounted(self, one: Held) -> Iterator[None]:
        """Inside, a report makes nothing that it says itself more common: what it shares is as rare as without it."""
        self.index.count(one.row, -1)
        try:
            yield
        finally:
            self.index.count(one.row, 1)

    def _drop(self, one: Held) -> None:
        self.index.drop(one.row)
        del self.by_id[one.id]
        self._of_source[one.source].discard(one.id)

    def _build_anew(self) -> None:
        standing = sorted(self.by_id.values(), key=lambda one: one.row)
        self.index = Index(self.weights.behaviours)
        self.index.add([one.extract for one in standing])
        self.by_id = {one.id: replace(one, row=row) for row, one in enumerate(standing)}
