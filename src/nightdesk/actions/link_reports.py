"""The reports of linkage, as the linkage worker made them of what changed, sealed under keys of linkage's own.

Its place in the journal moves on in the transaction that keeps what was made, so a worker that is killed has kept all of it
or none; another worker that was first has kept it already. A report that did not change is left alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from nightdesk.actions._entry import entry
from nightdesk.actions._link_blocks import spoil_blocks
from nightdesk.actions._link_place import locked_place
from nightdesk.actions._series_rows import withdrawn
from nightdesk.records.link_candidates import LinkCandidate, LinkMove
from nightdesk.records.link_groups import GROUPED, LinkGroup
from nightdesk.records.link_reports import READ, VAULT, LinkReport
from nightdesk.records.sealed import SealBroken, Vault
from nightdesk.records.series import SeriesMember
from nightdesk.rules.access import SYSTEM, Reader

Plain = dict[str, Any]


@dataclass(frozen=True)
class SourceReports:
    """The reports of one disclosure or death: who → kind and comparison forms; None: its key is gone."""

    id: UUID
    is_death: bool
    reported_at: datetime
    reports: Mapping[str, tuple[str, Plain]] | None

    @property
    def column(self) -> dict[str, UUID]:
        """Where a report says what it is of."""
        return {"death_id" if self.is_death else "disclosure_id": self.id}


@dataclass(frozen=True)
class Made:
    """What one go came to; `more`: the journal may go on."""

    more: bool
    new: int = 0
    changed: int = 0
    gone: int = 0
    sealed: int = 0


@transaction.atomic
def keep_link_reports(
    *, at: datetime, after: int, seq: int, more: bool, sources: Sequence[SourceReports]
) -> Made:
    """Keep what was made of the journal between `after` and `seq`, unless another worker has kept it meanwhile."""
    if seq == after:
        return Made(more=False)
    place = locked_place(READ, at)
    if place.seq != after:
        return Made(more=True)
    place.seq, place.at = seq, at
    place.save()
    counts, touched = {"new": 0, "changed": 0, "gone": 0, "sealed": 0}, list[int]()
    for source in sources:
        _keep(source, at, seq, counts, touched)
    spoil_blocks(touched, at)
    made = Made(more, **counts)
    if sources:  # seals were opened, whatever came of it
        with entry(
            "linkage_read", actor=SYSTEM, at=at, why="changes", new=made.new, changed=made.changed, gone=made.gone,
            sealed=made.sealed,
        ):  # fmt: skip
            pass
    return made


def destroy_link_reports(*, at: datetime, reference: str) -> int:
    """Destroy the reports of a disclosure or death for good, by their key, as when its own key is destroyed; how many.

    What was found between them and others goes too, and the grounds of what analysts answered; that they did stays. The
    worker reads the line and lets go of what it holds. Blocks that hold them go in the same transaction.
    """
    rows = LinkReport.objects.filter(Q(disclosure__reference=reference) | Q(death__reference=reference))
    found = LinkCandidate.objects.filter(Q(new__in=rows) | Q(earlier__in=rows))
    groups = LinkGroup.objects.filter(members__report__in=rows)
    with entry("linkage_destroyed", actor=SYSTEM, at=at, subject=reference, count=rows.count()):
        locked_place(READ, at)  # no block is being made meanwhile
        locked_place(GROUPED, at)  # no batch may keep what it found of them meanwhile
        spoil_blocks(rows.values_list("seq", flat=True), at)
        withdrawn(list(rows.values_list("pk", flat=True)), at)  # before the keys go: a move is sealed too
        later = (  # what was written of them after an earlier destruction has a key of its own
            LinkMove.objects.filter(candidate__in=found), SeriesMember.objects.filter(report__in=rows),
        )  # fmt: skip
        keys = {pk for each in (rows, found, groups, *later) for pk in each.values_list("vault", flat=True)}
        Vault.objects.filter(pk__in=keys).update(wrapped=None, destroyed_at=at)
    return rows.count()


def note_reports_held(*, at: datetime, count: int) -> None:
    """A worker that began has opened every report that stands: one line for all."""
    with entry("linkage_begun", actor=SYSTEM, at=at, count=count):
        pass


def note_reports_opened(*, actor: Reader, at: datetime, why: str, count: int) -> None:
    """Every report that stands is about to be opened: written before, so that it is there whatever ends the work."""
    with entry("linkage_opened", actor=actor, at=at, why=why, count=count):
        pass


def _keep(source: SourceReports, at: datetime, seq: int, counts: dict[str, int], touched: list[int]) -> None:
    """Put the reports of one source right; the numbers that changed or ended ones had are added to `touched`."""
    rows = {row.who: row for row in LinkReport.objects.filter(**source.column).select_related("vault")}
    stands = [row for row in rows.values() if row.gone_at is None]
    dead = [row for row in stands if row.vault.wrapped is None]
    counts["gone"] += _end(dead, at, seq, touched)
    if source.reports is None or dead:
        counts["sealed"] += source.reports is None
        return
    vault = next((row.vault for row in rows.values()), None)
    for who, (kind, plain) in source.reports.items():
        if who not in rows:
            vault = vault or _vault(at)
            LinkReport(
                vault=vault, kind=kind, who=who, reported_at=source.reported_at, made_at=at, seq=seq, extract=plain,
                **source.column,
            ).save(force_insert=True)  # fmt: skip
            counts["new"] += 1
        elif rows[who].gone_at is not None or not _says(rows[who], plain):
            touched.append(rows[who].seq)
            _change(rows[who], plain, seq, at)
            counts["changed"] += 1
    ended = [row for row in stands if row.who not in source.reports]
    counts["gone"] += _end(ended, at, seq, touched)


def _vault(at: datetime) -> Vault:
    vault = Vault.new(at=at, purpose=VAULT)
    vault.save(force_insert=True)
    return vault


def _says(row: LinkReport, plain: Plain) -> bool:
    """Whether the report says this already; one whose key is gone says nothing and is not made again."""
    try:
        return bool(row.opened("extract") == plain)
    except SealBroken:
        return True


def _change(row: LinkReport, plain: Plain, seq: int, at: datetime) -> None:
    row.extract, row.seq, row.made_at, row.gone_at = plain, seq, at, None
    row.version += 1
    row.save()


def _end(rows: Sequence[LinkReport], at: datetime, seq: int, touched: list[int]) -> int:
    touched += [row.seq for row in rows]
    return LinkReport.objects.filter(pk__in=[row.pk for row in rows]).update(gone_at=at, seq=seq)
