"""Contact with the person as the case shows it: every contact with its notes, and in one statement what matters now."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery

from nightdesk.outside.current import pack
from nightdesk.records.cases import Case
from nightdesk.records.contact_log import ContactNote, PersonContact
from nightdesk.records.tasks import Task
from nightdesk.rules.access import Reader
from nightdesk.rules.contact import Happened, promised
from nightdesk.rules.task import OPEN


@dataclass(frozen=True)
class NoteSeen:
    """One note on what came of a contact."""

    number: int
    outcome: str
    at: datetime
    by: str
    next_by_at: datetime | None
    words: str
    agreed: str


@dataclass(frozen=True)
class ContactSeen:
    """One contact with its notes, oldest first; the newest counts. `tasks`: how many came out of it."""

    id: UUID
    way: str
    direction: str
    begun_at: datetime
    noted_at: datetime
    by: str
    mine: bool
    plan: int
    warnings: tuple[str, ...]
    reason: str
    notes: tuple[NoteSeen, ...]
    tasks: int

    @property
    def seen(self) -> int:
        """How many notes a page that shows this knows of."""
        return len(self.notes)


@dataclass(frozen=True)
class ContactNow:
    """What of contact and tasks matters now, without a sealed word. `unnoted`: a contact of which nobody has said yet what
    came of it."""

    last_at: datetime | None
    last_way: str
    last_outcome: str
    promised_at: datetime | None
    unnoted: UUID | None
    tasks: int
    overdue: int
    next_task_at: datetime | None


def contacts_of(reader: Reader, reference: str) -> tuple[ContactSeen, ...]:
    """Every contact of a case, the newest first. Opens seals: the page has journalled the reading."""
    rows = list(
        PersonContact.objects.filter(case__disclosure__reference=reference).select_related("vault", "noted_by")
        .annotate(made=Count("tasks")).order_by("-begun_at", "-noted_at")
    )  # fmt: skip
    vaults = {row.vault_id: row.vault for row in rows}  # one of a case: its key is unwrapped once
    notes: dict[UUID, list[ContactNote]] = {}
    found = (
        ContactNote.objects.filter(contact__in=[row.pk for row in rows])
        if rows
        else ContactNote.objects.none()
    )
    for note in found.select_related("by").order_by("number"):
        note.vault = vaults[note.vault_id]
        notes.setdefault(note.contact_id, []).append(note)
    for row in rows:
        row.vault = vaults[row.vault_id]
    return tuple(
        ContactSeen(
            row.pk, row.way, row.direction, row.begun_at, row.noted_at, row.noted_by.name,
            str(row.noted_by_id) == reader.id, row.plan, tuple(row.warnings), row.opened("reason"),
            tuple(_noted(note) for note in notes.get(row.pk, ())), row.made,
        )
        for row in rows
    )  # fmt: skip


def _noted(note: ContactNote) -> NoteSeen:
    return NoteSeen(
        note.number, note.outcome, note.at, note.by.name, note.next_by_at, note.opened("words"), note.opened("agreed")
    )  # fmt: skip


def contact_of(reader: Reader, reference: str, key: UUID) -> ContactSeen | None:
    """One contact of a case; None when it has no such."""
    return next((row for row in contacts_of(reader, reference) if row.id == key), None)


def contact_now(reader: Reader, reference: str, now: datetime) -> ContactNow:
    """The last contact, the promise that stands, and the tasks of a case, in one statement. Opens nothing."""
    newest = ContactNote.objects.filter(contact=OuterRef("contacts__pk")).order_by("-number")
    open_ones = Task.objects.filter(case=OuterRef("pk"), state=OPEN)
    rows = list(
        Case.objects.filter(disclosure__reference=reference).order_by("-contacts__begun_at").values_list(
            "contacts__pk", "contacts__begun_at", "contacts__way", Subquery(newest.values("outcome")[:1]),
            Subquery(newest.values("next_by_at")[:1]), _counted(open_ones), _counted(open_ones.filter(due_at__lte=now)),
            Subquery(open_ones.order_by("due_at").values("due_at")[:1]),
        )
    )  # fmt: skip
    happened = [
        Happened(row[1], bool((entry := pack().contact_outcomes.get(row[3] or "")) and entry.reached), row[4])
        for row in rows if row[0]
    ]  # fmt: skip
    _key, at, way, outcome, _by, tasks, overdue, next_at = rows[0] if rows else (None,) * 8
    unnoted = next((row[0] for row in rows if row[0] and not row[3]), None)
    return ContactNow(
        at, way or "", outcome or "", promised(happened), unnoted, tasks or 0, overdue or 0, next_at
    )


def _counted(tasks: QuerySet[Task]) -> Subquery:
    """How many tasks there are of each case."""
    return Subquery(tasks.order_by().values("case").annotate(n=Count("pk")).values("n")[:1])
