"""Questions of analysts: each sees their own of this shift, and nobody else any; the linkage worker reads what waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from nightdesk.queries.link_men import Men, men_of
from nightdesk.records.explorations import Exploration
from nightdesk.records.link_reports import LinkReport
from nightdesk.records.sealed import SealBroken
from nightdesk.rules import exploration as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.terms import ANALYST

MOST: Final = 50  # on one page


@dataclass(frozen=True)
class Asked:
    """One question as listed: nothing of what was asked."""

    id: UUID
    asked_at: datetime
    ends_at: datetime
    answered_at: datetime | None
    fault: str


@dataclass(frozen=True)
class Found:
    """One report of an answer: of which source, its bits, and (comparison, level, bits) for and against.

    `man`: which of how many, where its source tells of several.
    """

    id: UUID
    man: tuple[int, int] | None
    kind: str
    reference: str
    reported_at: datetime
    bits: float
    reasons: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True)
class ExplorationSeen:
    """One question, opened, with what was found, best first."""

    asked: Asked
    reason: str
    facts: Mapping[str, Any]
    found: tuple[Found, ...]


def explorations(reader: Reader, now: datetime) -> list[Asked]:
    """The reader's own questions of this shift, the newest first."""
    return [_asked(row) for row in _mine(reader, now)[:MOST]]


def asked(reader: Reader, key: UUID, now: datetime) -> Asked | None:
    """Where one question of the reader stands; None for another's, or one that is over. Opens nothing."""
    return next((_asked(row) for row in _mine(reader, now).filter(pk=key)), None)


def exploration(reader: Reader, key: UUID, now: datetime) -> ExplorationSeen | None:
    """One question of the reader with its answer. Opens seals: the page notes the reading first."""
    row = _mine(reader, now).select_related("vault").filter(pk=key).first()
    if row is None:
        return None
    return ExplorationSeen(
        asked=_asked(row), reason=row.opened("reason"), facts=row.opened("facts"),
        found=_found(reader, row.opened("result")),
    )  # fmt: skip


def waiting(reader: Reader, most: int) -> list[tuple[UUID, Mapping[str, Any]]]:
    """What the linkage worker has to answer, the longest waiting first: id and facts. Nothing for anybody else."""
    if reader.role != "system":
        return []
    rows = Exploration.objects.select_related("vault").filter(answered_at=None, vault__destroyed_at=None)
    return [(row.pk, facts) for row in rows.order_by("asked_at")[:most] if (facts := _facts(row)) is not None]


def _facts(row: Exploration) -> Mapping[str, Any] | None:
    """What is asked; None when its key has just gone."""
    try:
        facts: Mapping[str, Any] = row.opened("facts")
    except SealBroken:
        return None
    return facts


def _mine(reader: Reader, now: datetime) -> Any:
    rows = Exploration.objects.filter(asked_at__gt=now - rule.SHIFT, vault__destroyed_at=None)
    if reader.role != ANALYST:
        return rows.none()
    return rows.filter(asked_by=UUID(reader.id)).order_by("-asked_at", "pk")


def _asked(row: Exploration) -> Asked:
    return Asked(row.pk, row.asked_at, rule.ends_at(row.asked_at), row.answered_at, row.fault)


def _found(reader: Reader, result: list[Any]) -> tuple[Found, ...]:
    """The reports that still stand, in the order of the answer."""
    rows = LinkReport.objects.filter(
        pk__in=[one[0] for one in result], gone_at=None, vault__destroyed_at=None
    )
    there = {str(row.pk): row for row in rows.select_related("disclosure", "death")}
    men = men_of(reader, there.values())
    return tuple(_one(there[one[0]], one, men) for one in result if one[0] in there)


def _one(row: LinkReport, kept: list[Any], men: Men) -> Found:
    source = row.death if row.death is not None else row.disclosure
    reasons = tuple((str(name), str(level), float(bits)) for name, level, bits in kept[2])
    reference = source.reference if source else ""
    return Found(row.pk, men.get(row.pk), row.kind, reference, row.reported_at, float(kept[1]), reasons)
