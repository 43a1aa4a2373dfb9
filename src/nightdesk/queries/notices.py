"""What is on somebody's desk because it is overdue: what they were told, or will be, and what is still so."""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, Final
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from nightdesk.outside.current import pack
from nightdesk.records.notice_facts import SOURCES, asked
from nightdesk.records.notices import NoticeRow
from nightdesk.rules.access import Reader
from nightdesk.rules.notice import OFFICER
from nightdesk.rules.pack_notices import CONSENT_OVER, FLAG, KINDS, OFFER, PROMISE, TURNED_AWAY
from nightdesk.rules.queue import A_PAGE, page_of

STATELESS: Final = (
    PROMISE,
    CONSENT_OVER,
)  # no state marks them as owed: all that there ever were are looked at


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
    mine = NoticeRow.objects.filter(staff_id=reader.id, dropped_at=None)
    rows = mine.filter(reduce(or_, (Q(pk__in=_still_so(mine, kind, at)) for kind in KINDS)))
    count = rows.count()
    number, pages = page_of(page, count, most=count)
    start = (number - 1) * A_PAGE
    found = rows.order_by("due_at", "reference", "kind", "pk")[start : start + A_PAGE]
    things = tuple(
        OnDesk(row.kind, row.reference, row.due_at, row.told_at, row.kind == OFFER and row.level == OFFICER)
        for row in found
    )
    return Desk(things, count, number, pages)


def _still_so(mine: QuerySet[NoticeRow], kind: str, at: datetime) -> QuerySet[Any]:
    """The keys of those of `mine` whose thing is still overdue since the same time; what was told to an officer, while it
    is theirs. By the few things that are owed now, not by all that somebody was ever told.
    """
    due = "due_at__date" if kind == FLAG else "due_at"  # a day is kept as its noon
    told = mine.filter(kind=kind, about=OuterRef("n_about"), **{due: OuterRef("n_due")})
    if kind != TURNED_AWAY:  # there is no officer of those
        told = told.filter(~Q(level=OFFICER) | Q(staff_id=OuterRef("n_officer")))
    rows = SOURCES[kind](asked(pack(), kind, at))
    if kind in STATELESS:
        rows = rows.filter(n_about__in=mine.filter(kind=kind).values("about"))
    keys: QuerySet[Any] = rows.annotate(n_row=Subquery(told.values("pk")[:1])).filter(n_row__isnull=False)
    return keys.values("n_row")
