"""The reports of linkage for its worker: what stands, and what changed since. Opens seals; the run has a journal line."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from nightdesk.queries.link_sources import place_of
from nightdesk.records.link_reports import COMPARED, READ, LinkReport
from nightdesk.records.sealed import SealBroken
from nightdesk.rules.access import Reader

CHUNK = 2000
ALL = 2**63 - 1  # no number of the journal is above it


@dataclass(frozen=True)
class Kept:
    """A report as it is kept. `source`: of the disclosure or death it is from; `plain` is None when gone or unreadable."""

    id: UUID
    source: UUID
    kind: str
    reported_at: datetime
    seq: int
    plain: dict[str, Any] | None


def compared_up_to(reader: Reader) -> int:
    """How far what was made of the journal was compared."""
    return place_of(reader, COMPARED)


def reports_since(reader: Reader, seq: int, most: int = CHUNK) -> list[Kept]:
    """What was made, changed or ended after `seq` of the journal, in that order; never a part of what has one number."""
    rows = list(_rows().filter(seq__gt=seq).order_by("seq", "id")[:most])
    if len(rows) == most:
        rows += _rows().filter(seq=rows[-1].seq, id__gt=rows[-1].id).order_by("id")
    return [_kept(row) for row in rows]


def made_up_to(reader: Reader) -> int:
    """How far the journal was read: every report that was made or changed up to here is there, and no other will come."""
    return place_of(reader, READ)


def standing_reports(reader: Reader, after: int = -1, upto: int = ALL) -> Iterator[list[Kept]]:
    """What stands and was made or changed after a number of the journal and up to another, some thousand at a time."""
    rows = _rows().filter(gone_at=None, seq__gt=after, seq__lte=upto).order_by("seq", "id")
    batch: list[Kept] = []
    for row in rows.iterator(chunk_size=CHUNK):
        batch.append(_kept(row))
        if len(batch) == CHUNK:
            yield batch
            batch = []
    if batch:
        yield batch


def _rows() -> Any:
    return LinkReport.objects.select_related("vault")


def _kept(row: LinkReport) -> Kept:
    plain: dict[str, Any] | None = None
    if row.gone_at is None:
        try:
            plain = row.opened("extract")
        except SealBroken:
            plain = None
    source = row.disclosure_id or row.death_id
    assert source is not None  # noqa: S101 - the database sees to it
    return Kept(row.pk, source, row.kind, row.reported_at, row.seq, plain)
