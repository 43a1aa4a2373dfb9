"""The register as the auditor sees it: all units, counts, chains, corrections, destructions, holds and faults.

No person, no description and no value that was corrected: codes, staff by name as in the journal, and times. An auditor
looks at how exhibits were kept, not at what they are of.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from nightdesk.queries import custody
from nightdesk.queries.custody import LinkSeen
from nightdesk.queries.exhibits import is_overdue
from nightdesk.queries.stores import faulty_now
from nightdesk.records.chain import chain_of, ends_astray, newest_links
from nightdesk.records.exhibits import Custody, Destruction, Exhibit, Hold, StoreFault
from nightdesk.rules import custody as rule
from nightdesk.rules.access import Reader, refuse_unless_may_open
from nightdesk.rules.custody import DESTROYED, PERSON, PLACES

PAGE_ROWS: Final = 50


@dataclass(frozen=True)
class AuditRow:
    """One exhibit: its code and kind, where it is (kind of holder, name of staff or store) and since when."""

    code: str
    kind: str
    reference: str
    holder: str
    holder_name: str
    since: datetime
    links: int


@dataclass(frozen=True)
class AuditRegister:
    """One page of the exhibits that were asked for, and how many there are of everything."""

    rows: tuple[AuditRow, ...]
    total: int
    counts: dict[str, int]
    page: int
    pages: int


@dataclass(frozen=True)
class Step:
    """What somebody did beside the chain: a code of what, a code of why or which, by whom, when."""

    what: str
    which: str
    by: str
    at: datetime


@dataclass(frozen=True)
class ExhibitAudited:
    """The chain of one exhibit with whoever noted each link, whether it is sound, and what else was done, oldest first."""

    code: str
    kind: str
    reference: str
    links: tuple[LinkSeen, ...]
    breaks: tuple[str, ...]
    steps: tuple[Step, ...]
    faults: tuple[tuple[str, str, datetime, datetime | None], ...]


STATES: Final = (
    "with_staff",
    "in_store",
    "out",
    "returned",
    "destroyed",
    "overdue",
    "corrected",
    "asked",
    "held",
)


def _states(now: datetime) -> dict[str, Q]:
    asked = Destruction.objects.filter(exhibit=OuterRef("exhibit"), decided_at=None)
    held = Hold.objects.filter(disclosure=OuterRef("exhibit__disclosure"), lifted_at=None)
    corrected = Exhibit.objects.filter(pk=OuterRef("exhibit"), corrections__isnull=False)
    return {
        "with_staff": Q(staff__isnull=False), "in_store": Q(store__isnull=False), "out": Q(outside__in=PLACES),
        "returned": Q(outside=PERSON), "destroyed": Q(outside=DESTROYED), "overdue": is_overdue(now),
        "corrected": Q(Exists(corrected)), "asked": Q(Exists(asked)), "held": Q(Exists(held)),
    }  # fmt: skip


def audit_register(
    reader: Reader, now: datetime, *, text: str = "", state: str = "", page: int = 1
) -> AuditRegister:
    """Newest first. `text`: a code or a case reference, or its beginning. Raises AccessRefused for anybody else."""
    refuse_unless_may_open("exhibits_audit", reader.role)
    states, found = _states(now), _sought(text)
    counted = found.aggregate(
        whole=Count("pk"), **{name: Count("pk", filter=q) for name, q in states.items()}
    )
    faults = StoreFault.objects.count()
    counts = {name: counted[name] for name in STATES} | {"": counted["whole"]}
    counts |= {"links": Custody.objects.count(), "faults": faults, "faulty": len(faulty_now(now))}
    total = counts[state if state in STATES else ""]
    pages = max(1, -(-total // PAGE_ROWS))
    page = min(max(1, page), pages)
    listed = found.filter(states[state]) if state in STATES else found
    listed = listed.select_related("exhibit__disclosure", "staff", "store").order_by(
        "-exhibit__taken_at", "exhibit__code"
    )
    rows = tuple(_row(link) for link in listed[(page - 1) * PAGE_ROWS : page * PAGE_ROWS])
    return AuditRegister(rows, total, counts, page, pages)


def _sought(text: str) -> QuerySet[Custody]:
    plain = text.strip().upper()
    if not plain:
        return newest_links()
    starts = Q(exhibit__code__startswith=plain) | Q(exhibit__disclosure__reference__startswith=plain)
    return newest_links().filter(starts)


def _row(link: Custody) -> AuditRow:
    holder = "staff" if link.staff else "store" if link.store else link.outside
    name = link.staff.name if link.staff else link.store.name if link.store else ""
    exhibit = link.exhibit
    return AuditRow(
        exhibit.code, exhibit.kind, exhibit.disclosure.reference, holder, name, link.at, link.number
    )  # fmt: skip


def audit_exhibit(reader: Reader, code: str, now: datetime) -> ExhibitAudited | None:
    """One exhibit as the auditor sees it; None when there is none. Raises AccessRefused for anybody else."""
    refuse_unless_may_open("exhibit_audit", reader.role)
    row = Exhibit.objects.select_related("disclosure").filter(code=code).first()
    if row is None:
        return None
    links = list(row.custody.select_related("staff", "store", "noted_by").order_by("number"))
    return ExhibitAudited(
        row.code, row.kind, row.disclosure.reference, tuple(custody.links_seen(row, links)),
        (*rule.breaks(chain_of(links)), *ends_astray(links)), tuple(sorted(_steps(row), key=lambda step: step.at)),
        tuple(custody.faults_met(links, now)),
    )  # fmt: skip


def _steps(row: Exhibit) -> list[Step]:
    """Corrections (which fact, never its value), destructions asked and decided, holds placed and lifted."""
    found = [
        Step("corrected", c.fact, c.corrected_by.name, c.corrected_at)
        for c in row.corrections.select_related("corrected_by")
    ]
    for asked in row.destructions.select_related("asked_by", "decided_by"):
        found.append(Step("asked", asked.reason, asked.asked_by.name, asked.asked_at))
        if asked.decided_by and asked.decided_at:
            said = "allowed" if asked.allowed else "not_allowed"
            found.append(Step(said, asked.reason, asked.decided_by.name, asked.decided_at))
    for hold in row.disclosure.holds.select_related("placed_by", "lifted_by"):
        found.append(Step("held", hold.reason, hold.placed_by.name, hold.placed_at))
        if hold.lifted_by and hold.lifted_at:
            found.append(Step("lifted", hold.reason, hold.lifted_by.name, hold.lifted_at))
    return found
