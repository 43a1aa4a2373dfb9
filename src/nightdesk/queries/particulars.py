"""Particulars of a case: each with its versions, who changed what and why, and its links."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nightdesk.records.disclosures import BasicsVersion
from nightdesk.records.particular_marks import offers, taken_marks
from nightdesk.records.particulars import Particular, ParticularLink, ParticularVersion
from nightdesk.rules.access import Reader
from nightdesk.rules.basics import Basics
from nightdesk.rules.particular_account import Part
from nightdesk.rules.particular_field import Answer, Values
from nightdesk.rules.particular_kinds import POLE


@dataclass(frozen=True)
class VersionSeen:
    """One version: what it says, by whom, when, and why it was corrected ("" for the first)."""

    number: int
    at: datetime
    by: str
    values: dict[str, Answer]
    why: str


@dataclass(frozen=True)
class ParticularSeen:
    """One entry with its versions, oldest first; `withdrawn` with who, when and why."""

    id: UUID
    kind: str
    role: str
    from_account: bool
    versions: tuple[VersionSeen, ...]
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
    withdrawn_why: str = ""

    @property
    def newest(self) -> VersionSeen:
        """What holds now."""
        return self.versions[-1]

    @property
    def seen(self) -> int:
        """The number of the newest version."""
        return self.newest.number

    def values_of(self, number: int) -> Values:
        """What version `number` says; nothing for 0 or for one that is not there."""
        return next((one.values for one in self.versions if one.number == number), {})


@dataclass(frozen=True)
class LinkSeen:
    """Two entries that belong together, by their ids; taken back with who, when and why."""

    id: UUID
    kind: str
    one: UUID
    other: UUID
    basis: str
    made_at: datetime
    made_by: str
    taken_back_at: datetime | None
    taken_back_by: str
    why: str


def particulars_of(
    reader: Reader, reference: str, kinds: Iterable[str] | None = None
) -> tuple[ParticularSeen, ...]:
    """Every entry of a case, of these kinds, in the order they were made. Opens seals: the page has journalled it."""
    rows = Particular.objects.filter(case__disclosure__reference=reference)
    rows = rows if kinds is None else rows.filter(kind__in=list(kinds))
    found = {row.pk: row for row in rows.select_related("vault", "withdrawn_by")}
    vaults = {row.vault_id: row.vault for row in found.values()}  # one of a case: its key is unwrapped once
    versions: dict[UUID, list[ParticularVersion]] = {key: [] for key in found}
    # By their keys, as for duties: a subquery of cases is planned badly by a PostgreSQL that has not counted its tables.
    told = ParticularVersion.objects.filter(particular__in=list(found)).select_related("by")
    for row in found.values():
        row.vault = vaults[row.vault_id]
    for version in told.order_by("number"):
        version.vault = vaults[version.vault_id]
        versions[version.particular_id].append(version)
    seen = [_seen(row, versions[row.pk]) for row in found.values()]
    return tuple(sorted(seen, key=lambda one: (one.versions[0].at, str(one.id))))


def _seen(row: Particular, versions: list[ParticularVersion]) -> ParticularSeen:
    return ParticularSeen(
        id=row.pk, kind=row.kind, role=row.role, from_account=row.taken_from is not None,
        versions=tuple(
            VersionSeen(one.number, one.at, one.by.name, one.said(), one.opened("why")) for one in versions
        ),
        withdrawn_at=row.withdrawn_at, withdrawn_by=row.withdrawn_by.name if row.withdrawn_by else "",
        withdrawn_why=row.opened("withdrawn_why"),
    )  # fmt: skip


def particular(reader: Reader, reference: str, key: UUID) -> ParticularSeen | None:
    """One entry of a case; None when it has no such. Opens seals: the page has journalled it."""
    return next((one for one in particulars_of(reader, reference) if one.id == key), None)


def only(reader: Reader, reference: str, kind: str) -> ParticularSeen | None:
    """The one of a kind of which a case has one; None before the first. Opens seals: the page has journalled it."""
    return next(iter(particulars_of(reader, reference, (kind,))), None)


def links_of(reader: Reader, reference: str) -> tuple[LinkSeen, ...]:
    """Every link of a case, oldest first. Opens seals: the page has journalled it."""
    rows = ParticularLink.objects.filter(case__disclosure__reference=reference)
    rows = rows.select_related("vault", "made_by", "taken_back_by").order_by("made_at", "pk")
    return tuple(
        LinkSeen(
            row.pk, row.kind, row.one_id, row.other_id, row.basis, row.made_at, row.made_by.name, row.taken_back_at,
            row.taken_back_by.name if row.taken_back_by else "", row.opened("why"),
        )
        for row in rows
    )  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """(kind, role) → how many entries stand; how many parts of the first account can be taken over; all there ever were."""

    standing: dict[tuple[str, str], int]
    offered: int
    ever: int


def counted(reader: Reader, reference: str, basics: Basics) -> Counted:
    """What the case page says of its particulars, with the newest `basics`. One statement, no seal is opened."""
    rows = Particular.objects.filter(
        case__disclosure__reference=reference, kind__in=[kind.code for kind in POLE]
    )
    found = list(rows.values_list("kind", "role", "withdrawn_at", "taken_from"))
    standing = [(kind, role) for kind, role, withdrawn, _mark in found if withdrawn is None]
    taken = {bytes(mark) for _kind, _role, withdrawn, mark in found if mark is not None and withdrawn is None}
    return Counted(dict(Counter(standing)), len(offers(basics, taken)), len(found))


def offered(reader: Reader, reference: str) -> tuple[int, tuple[Part, ...]]:
    """The number of the newest basics, and what they offer to take over. Opens seals: the page has journalled it."""
    rows = BasicsVersion.objects.filter(disclosure__reference=reference).select_related("vault")
    newest = rows.latest("number")
    return newest.number, tuple(part for part, _mark in offers(newest.basics(), taken_marks(reference)))
