"""The runs that look back, and how far each is: counts, never content."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count

from nightdesk.records.flags import CaseFlag, LookBack
from nightdesk.rules.access import Reader
from nightdesk.rules.flag import PROPOSED

SHOWN: Final = 20


@dataclass(frozen=True)
class RunSeen:
    """A run: what it looks for, how far it is, and what it found. `still` of its proposals nobody has decided yet."""

    id: UUID
    since_at: datetime
    codes: tuple[str, ...]
    dry_run: bool
    begun_at: datetime
    begun_by: str
    ended_at: datetime | None
    total: int
    read: int
    sealed: int
    empty: int
    waiting: int
    decided: int
    proposed: Mapping[str, int]
    still: int

    @property
    def looked_at(self) -> int:
        """How many disclosures are behind it: read, sealed or empty."""
        return self.read + self.sealed + self.empty

    @property
    def percent(self) -> int:
        """How far it is."""
        return 100 if self.ended_at else min(99, 100 * self.looked_at // max(self.total, 1))


def runs(reader: Reader) -> list[RunSeen]:
    """The newest runs, newest first."""
    rows = list(LookBack.objects.select_related("begun_by").order_by("-begun_at")[:SHOWN])
    counted = (
        CaseFlag.objects.filter(run__in=rows, state=PROPOSED).values_list("run").annotate(count=Count("pk"))
    )
    still = dict(counted.order_by("run"))
    return [_seen(row, still.get(row.pk, 0)) for row in rows]


def _seen(row: LookBack, still: int) -> RunSeen:
    return RunSeen(
        id=row.pk, since_at=row.since_at, codes=tuple(row.codes), dry_run=row.dry_run, begun_at=row.begun_at,
        begun_by=row.begun_by.name if row.begun_by else "", ended_at=row.ended_at, total=row.total, read=row.read,
        sealed=row.sealed, empty=row.empty, waiting=row.waiting, decided=row.decided, proposed=dict(row.proposed),
        still=still,
    )  # fmt: skip


def unfinished(reader: Reader) -> UUID | None:
    """A run that is not at its end, the oldest first: what a worker goes on with."""
    return LookBack.objects.filter(ended_at=None).order_by("begun_at").values_list("pk", flat=True).first()
