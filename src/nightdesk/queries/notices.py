"""What is on somebody's desk because it is overdue: what they were told, or will be, and what is still so."""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from nightdesk.outside.current import pack
from nightdesk.records.notice_facts import SOURCES, asked
from nightdesk.records.notices import NoticeRow
from nightdesk.rules.access import Reader
from nightdesk.rules.notice import OFFICER
from nightdesk.rules.pack_notices import FLAG, KINDS, OFFER, TURNED_AWAY
from nightdesk.rules.queue import A_PAGE, page_of


@dataclass(frozen=True)
class OnDesk:
    """One thing that is overdue: its kind, its reference, when it was due; nothing of what anybody said.

    `to_answer`: the reader was asked to take a case over, and is the one who answers.
    """

    kind: str
    reference: str
    due_at: datetime
    told_at: datetime | None
    to_answer: bool


@dataclass(frozen=True)
class Desk:
    """One page of it, how many there are in all, and which page of how many it is."""

    things: tuple[OnDesk, ...]
    count: int
    page: int
    pages: int


def waiting_staff(reader: Reader) -> list[UUID]:
    """Who has something that they were not told yet."""
    rows = NoticeRow.objects.filter(told_at=None, dropped_at=None)
    return sorted(rows.values_list("staff_id", flat=True).distinct())


def on_desk(reader: Reader, at: datetime, page: str = "1") -> Desk:
    """What is still so of all that was noted for the reader, the longest overdue first; counted and cut in the database."""
    rows = NoticeRow.objects.filter(staff_id=reader.id, dropped_at=None).filter(_still_so(at))
    count = rows.count()
    number, pages = page_of(page, count, most=count)
    start = (number - 1) * A_PAGE
    found = rows.order_by("due_at", "reference", "kind", "pk")[start : start + A_PAGE]
    things = tuple(
        OnDesk(row.kind, row.reference, row.due_at, row.told_at, row.kind == OFFER and row.level == OFFICER)
        for row in found
    )
    return Desk(things, count, number, pages)


def _still_so(at: datetime) -> Q:
    """Rows whose thing is still overdue since the same time; what was told to an officer, while it is theirs."""
    return reduce(or_, (Q(kind=kind) & _still_so_of(kind, at) for kind in KINDS))


def _still_so_of(kind: str, at: datetime) -> Q:
    due = "due_at__date" if kind == FLAG else "due_at"  # a day is kept as its noon
    rows = SOURCES[kind](asked(pack(), kind, at)).filter(n_about=OuterRef("about"), n_due=OuterRef(due))
    if kind == TURNED_AWAY:
        return Q(Exists(rows))
    theirs = Q(Exists(rows.filter(n_officer=OuterRef("staff_id"))), level=OFFICER)
    return theirs | (~Q(level=OFFICER) & Q(Exists(rows)))
