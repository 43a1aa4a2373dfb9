"""The shield as it may be seen: that it exists and who opened it; and its content, once, right after it was opened."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from nightdesk.outside.current import pack
from nightdesk.queries.cases import may_work_on
from nightdesk.records.cases import Case
from nightdesk.records.shield import Shield, ShieldEntry, ShieldOpening, Stand
from nightdesk.rules.access import Reader
from nightdesk.rules.case import may_open_without_reason
from nightdesk.rules.pack_windows import drug_windows
from nightdesk.rules.shield import (
    FOR_CASE,
    FOR_MEDICAL,
    DrugAnswer,
    Until,
    answer_of,
    may_open,
    samples_until,
)
from nightdesk.rules.terms import AUDITOR

AT_ONCE: Final = timedelta(minutes=1)  # an opening is for what is read now; later needs another


@dataclass(frozen=True)
class Version:
    """That something was sealed: which version, when, by whom, how it came. Nothing of it."""

    number: int
    entered_at: datetime
    by: str
    channel: str
    edition: str


@dataclass(frozen=True)
class Opening:
    """That it was opened: when, by whom, for what, and the code of the reason."""

    opened_at: datetime
    by: str
    purpose: str
    reason: str


@dataclass(frozen=True)
class ShieldSeen:
    """The shield of a disclosure from outside, newest first, and what this reader may open it for."""

    reference: str
    versions: tuple[Version, ...]
    openings: tuple[Opening, ...]
    may_open: bool
    may_open_medical: bool


@dataclass(frozen=True)
class Read:
    """One version, opened. For the medical hand-over it holds substance, time and route, and nothing else."""

    number: int
    entered_at: datetime
    by: str
    answer: DrugAnswer
    until: tuple[Until, ...]


def kept(reader: Reader, reference: str, now: datetime) -> int | None:
    """How many versions are sealed, for whoever may add one; None for anybody else. Never what they say."""
    if not may_work_on(reader, reference, now):
        return None
    return ShieldEntry.objects.filter(shield__disclosure__reference=reference).count()


def shield(reader: Reader, reference: str) -> ShieldSeen | None:
    """That it exists and who opened it: for whoever works the case, and the auditor. None for others, or without a case."""
    case = Case.objects.filter(disclosure__reference=reference).first()
    stand = Stand.of(case, reader.id, reader.unit)
    works = may_open_without_reason(role=reader.role, own=stand.own, own_unit=stand.own_unit)
    if case is None or not (works or reader.role == AUDITOR):
        return None
    entries = ShieldEntry.objects.filter(shield__disclosure__reference=reference).select_related("entered_by")
    openings = ShieldOpening.objects.filter(shield__disclosure__reference=reference).select_related(
        "opened_by"
    )
    return ShieldSeen(
        reference=reference,
        versions=tuple(
            Version(e.number, e.entered_at, e.entered_by.name, e.channel, e.edition) for e in entries.order_by("-number")
        ),
        openings=tuple(
            Opening(o.opened_at, o.opened_by.name, o.purpose, o.reason) for o in openings.order_by("-opened_at")
        ),
        may_open=_may(reader, stand, FOR_CASE), may_open_medical=_may(reader, stand, FOR_MEDICAL),
    )  # fmt: skip


def _may(reader: Reader, stand: Stand, purpose: str) -> bool:
    return may_open(purpose=purpose, role=reader.role, own=stand.own, own_unit=stand.own_unit)


def content(reader: Reader, opening: UUID, now: datetime) -> tuple[Read, ...]:
    """What it says, newest version first: only for the opening that this reader has just made, and for its purpose."""
    row = ShieldOpening.objects.filter(
        pk=opening, opened_by=UUID(reader.id), opened_at__gte=now - AT_ONCE
    ).first()
    if row is None:
        return ()
    holder = Shield.objects.select_related("vault").get(pk=row.shield_id)
    found = []
    for entry in (
        holder.entries.select_related("entered_by").filter(number__lte=row.versions).order_by("-number")
    ):
        entry.vault = holder.vault
        found.append(_read(entry, now, medical=row.purpose == FOR_MEDICAL))
    return tuple(found)


def _read(entry: ShieldEntry, now: datetime, *, medical: bool) -> Read:
    rest = {"given_by": "", "words": ""}
    answer = answer_of(entry.opened("medical"), rest if medical else entry.opened("rest"))
    windows = [window for drug in pack().drugs for window in drug_windows(drug)]
    until = samples_until(answer, windows, told_at=entry.entered_at, now=now)
    return Read(entry.number, entry.entered_at, entry.entered_by.name, answer, until)
