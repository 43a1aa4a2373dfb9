"""Everything that happened in a case, from the journal: newest first, a page at a time, in a flat number of statements.

Lines hold codes, references and counts; nothing is opened here.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, QuerySet

from nightdesk.records.cases import Case
from nightdesk.records.journal import JournalLine
from nightdesk.records.staff import Staff
from nightdesk.rules.access import Reader
from nightdesk.rules.terms import SUPERVISOR

A_PAGE: Final = 50
OF_STAFF: Final = ("owner", "to")  # facts that are the id of somebody: shown by their name


@dataclass(frozen=True)
class Happened:
    """One line: when, the kind, who did it ("" for the system), and its facts, people in them by name."""

    seq: int
    at: datetime
    kind: str
    who: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Timeline:
    """One page, newest first; how many lines there are of each kind; which page of how many."""

    lines: tuple[Happened, ...]
    counts: Mapping[str, int]
    page: int
    pages: int


def may_see_who_looked(reader: Reader, reference: str) -> bool:
    """Whether the reader is shown who opened the case: its owner, and the supervisor of its unit."""
    case = Case.objects.filter(disclosure__reference=reference).only("owner_id", "unit_id").first()
    if case is None:
        return False
    return str(case.owner_id) == reader.id or (
        reader.role == SUPERVISOR and bool(reader.unit) and str(case.unit_id) == reader.unit
    )


def timeline(
    reader: Reader, reference: str, kinds: Collection[str], counted: Collection[str], page: int = 1
) -> Timeline:
    """A page of the lines of `kinds`, with how many there are of each of `counted`. Three statements.

    The caller has asked whether this reader works on the case, and gives only kinds that they may see.
    """
    counts = dict(
        _lines(reference, {*kinds, *counted}).order_by().values_list("kind").annotate(number=Count("seq"))
    )
    total = sum(number for kind, number in counts.items() if kind in kinds)
    pages = max(1, -(-total // A_PAGE))
    page = min(max(1, page), pages)
    found = _lines(reference, kinds).order_by("-seq")[(page - 1) * A_PAGE : page * A_PAGE]
    return Timeline(_happened(found), counts, page, pages)


def newest(reader: Reader, reference: str, kinds: Collection[str], most: int) -> tuple[Happened, ...]:
    """The newest lines of `kinds`, for the case's own page. Two statements."""
    return _happened(_lines(reference, kinds).order_by("-seq")[:most])


def _lines(reference: str, kinds: Collection[str]) -> QuerySet[JournalLine]:
    return JournalLine.objects.filter(subject=reference, kind__in=sorted(kinds))


def _happened(rows: Iterable[JournalLine]) -> tuple[Happened, ...]:
    lines = list(rows)
    people = {line.actor for line in lines} | {
        str(line.facts[key]) for line in lines for key in OF_STAFF if line.facts.get(key)
    }
    keys = {key for key in map(_key, people) if key}
    names = {str(key): name for key, name in Staff.objects.filter(pk__in=keys).values_list("pk", "name")}
    return tuple(
        Happened(line.seq, line.at, line.kind, names.get(line.actor, ""), _named(line.facts, names))
        for line in lines
    )


def _named(facts: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """The facts with people by name; "" for an account that is not there."""
    return {key: names.get(str(value), "") if key in OF_STAFF else value for key, value in facts.items()}


def _key(text: str) -> UUID | None:
    """The id of a member of staff; the system has none."""
    try:
        return UUID(text)
    except ValueError:
        return None
