"""What is overdue, kind by kind, as rows of the same shape. Each is one look into an index, however many cases there are."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, UUIDField, Value

from nightdesk.records.away import AwayNote, away_at
from nightdesk.records.closings import Closing
from nightdesk.records.contact_log import ContactNote
from nightdesk.records.duties import Duty
from nightdesk.records.flags import CaseFlag
from nightdesk.records.notice_shape import WINDOW, Asked, shaped
from nightdesk.records.notice_words import words
from nightdesk.records.notices import NoticeRow
from nightdesk.records.referrals import Referral, ReferralMove
from nightdesk.records.sharing import Consent, SharedPack, SharedPackMove
from nightdesk.records.staff import Staff
from nightdesk.records.tasks import Task
from nightdesk.records.turned_away import TurnedAwayMove
from nightdesk.rules import duty, flag, referral, shared_pack, task
from nightdesk.rules import pack_notices as kinds
from nightdesk.rules.case import ASKED, CLOSED
from nightdesk.rules.notice import ASKER, OFFICER, SENIOR, due_since
from nightdesk.rules.pack_shape import Pack


def asked(pack: Pack, kind: str, at: datetime, *, by: datetime | None = None) -> Asked:
    """What a source is asked to find what was due by `by`; without that, all that is still so, however long.

    What is told before its time is looked for as far ahead.
    """
    since = by and by - WINDOW
    if by is None:
        by = (due_since(pack.notice_kinds[kind], OFFICER, at) or at) if kind == kinds.DUTY_SOON else at
    reached = tuple(outcome.id for outcome in pack.contact_outcomes if outcome.reached)
    return Asked(by, at, reached, {step.id: step.hours for step in pack.follow_ups}, since)


@dataclass(frozen=True)
class Owed:
    """One thing that is overdue. `officer`: whose it is ("" nobody's); `not_for`: who may not look at it themselves;
    `asker`: who asked the officer."""

    kind: str
    about: UUID
    due_at: datetime
    unit: Any
    officer: Any
    not_for: Any
    reference: str
    asker: Any


def _since(rows: QuerySet[Any], asked: Asked, due: str) -> QuerySet[Any]:
    return rows if asked.since is None else rows.filter(**{f"{due}__gt": asked.since})


def _tasks(asked: Asked) -> QuerySet[Any]:
    rows = Task.objects.filter(state=task.OPEN, due_at__lte=asked.by)
    return shaped(rows, F("due_at"), "case__", "for_whom_id")


def _promises(asked: Asked) -> QuerySet[Any]:
    """The promise that stands, as rules/contact.promised says: nobody was reached, and nothing promised, since."""
    newer = ContactNote.objects.filter(contact=OuterRef("contact"), number__gt=OuterRef("number"))
    settled = ContactNote.objects.filter(
        Q(outcome__in=asked.reached) | Q(next_by_at__isnull=False),
        contact__case=OuterRef("contact__case"), contact__begun_at__gt=OuterRef("contact__begun_at"),
    ).exclude(Exists(newer))  # fmt: skip
    rows = _since(ContactNote.objects.filter(next_by_at__lte=asked.by), asked, "next_by_at")
    rows = rows.exclude(Exists(newer)).exclude(Exists(settled))
    return shaped(rows, F("next_by_at"), "contact__case__", "contact__case__owner_id", about="contact_id")


def _soon(asked: Asked) -> QuerySet[Any]:
    rows = Duty.objects.filter(state__in=duty.RUNNING, due_at__lte=asked.by, due_at__gt=asked.at)
    return shaped(rows, F("due_at"), "case__", "case__owner_id")


def _missed(asked: Asked) -> QuerySet[Any]:
    rows = Duty.objects.filter(state=duty.MISSED, due_at__lte=asked.by)
    return shaped(rows, F("due_at"), "case__", "case__owner_id")


def _to_stop(asked: Asked) -> QuerySet[Any]:
    moves = SharedPackMove.objects.filter(pack=OuterRef("pk"), move="owe_stop").order_by("-number")
    rows = SharedPack.objects.filter(state=shared_pack.STOP_OWED)
    found = shaped(rows, Subquery(moves.values("at")[:1]), "recipient__case__", "recipient__case__owner_id")
    return found.filter(n_due__lte=asked.by)


def _consents(asked: Asked) -> QuerySet[Any]:
    """Run out, with nothing in its place, and a pack is still with them."""
    sent = SharedPack.objects.filter(recipient=OuterRef("recipient"), state=shared_pack.SENT)
    rows = _since(Consent.objects.filter(until_at__lte=asked.by), asked, "until_at")
    rows = rows.filter(Exists(sent), end=None, replaced_by_answer=None)
    return shaped(rows, F("until_at"), "recipient__case__", "recipient__case__owner_id")


def _closings(asked: Asked) -> QuerySet[Any]:
    rows = Closing.objects.filter(case__state=ASKED, look=None, asked_at__lte=asked.by)
    return shaped(rows, F("asked_at"), "case__", "", "asked_by_id")


def _flags(asked: Asked) -> QuerySet[Any]:
    rows = CaseFlag.objects.filter(state=flag.RAISED, review_on__lte=asked.by.date())
    case, rows = "disclosure__case__", rows.filter(disclosure__case__isnull=False)
    found = shaped(rows, F("review_on"), case, f"{case}owner_id")
    return found.annotate(n_ref=F("disclosure__reference"))


def _away(asked: Asked) -> QuerySet[Any]:
    running = away_at(asked.at).filter(pk=OuterRef("absence"))
    rows = AwayNote.objects.filter(
        Exists(running), seen_at=None, noted_at__lte=asked.by, owner=F("case__owner"), case__in_queue=True
    )
    return shaped(rows, F("noted_at"), "case__")


def _turned_away(asked: Asked) -> QuerySet[Any]:
    """The newest move of each report that stands too long in its state. Its unit is none when the commander has it."""
    late = Q(pk__in=[])
    for state, hours in asked.hours.items():
        late |= Q(state=state, moved_at__lte=asked.by - timedelta(hours=hours))
    newer = TurnedAwayMove.objects.filter(report=OuterRef("report"), number__gt=OuterRef("number"))
    rows = TurnedAwayMove.objects.filter(late).exclude(Exists(newer))
    return rows.annotate(
        n_about=F("report_id"), n_due=F("moved_at"), n_unit=F("report__station__unit_id"), n_officer=F("state"),
        n_not_for=F("report__about_lead"), n_ref=F("report__number"),
        n_asker=Value(None, output_field=CharField(null=True)),
    )  # fmt: skip


def _offers(asked: Asked) -> QuerySet[Any]:
    """Who was asked to take a case over and has not answered: the officer of it; who asked them is beside it."""
    newest = ReferralMove.objects.filter(referral=OuterRef("pk"), move="offer").order_by("-id")
    rows = Referral.objects.filter(meant_for__isnull=False, state__in=referral.OWNED)
    rows = rows.filter(disclosure__case__isnull=False).exclude(disclosure__case__state=CLOSED)
    found = shaped(rows, Subquery(newest.values("at")[:1]), "disclosure__case__", "meant_for_id")
    asker = Subquery(newest.values("by")[:1], output_field=UUIDField())  # SQLite has no such type of its own
    found = found.annotate(n_unit=F("unit_id"), n_ref=F("disclosure__reference"), n_asker=asker)
    return found.filter(n_due__lte=asked.by)


SOURCES: Final[Mapping[str, Callable[[Asked], QuerySet[Any]]]] = {
    kinds.TASK: _tasks,
    kinds.PROMISE: _promises,
    kinds.DUTY_SOON: _soon,
    kinds.DUTY_MISSED: _missed,
    kinds.STOP: _to_stop,
    kinds.CONSENT_OVER: _consents,
    kinds.CLOSING: _closings,
    kinds.FLAG: _flags,
    kinds.AWAY: _away,
    kinds.TURNED_AWAY: _turned_away,
    kinds.OFFER: _offers,
    kinds.WORD: words,
}


COLUMNS: Final = ("n_about", "n_due", "n_unit", "n_officer", "n_not_for", "n_ref", "n_asker")


def owed(
    kind: str,
    asked: Asked,
    *,
    untold: tuple[str, ...] = (),
    only: Collection[UUID] | None = None,
    most: int = 500,
) -> list[Owed]:
    """What is overdue of a kind, the longest first: what nobody was told of at the levels `untold`, or `only` these keys."""
    rows = SOURCES[kind](asked)
    rows = rows if only is None else rows.filter(n_about__in=list(only))
    rows = rows.exclude(_told(kind, untold, asked.at)) if untold else rows
    found = rows.order_by("n_due", "pk").values_list(*COLUMNS)[: most if only is None else None]
    return [Owed(kind, about, _at(due), *rest) for about, due, *rest in found]


def _told(kind: str, levels: tuple[str, ...], at: datetime) -> Exists:
    """Whether it was told at one of these levels. An officer who is there has to be told themselves: also who is back, or
    took over, since others were told in their place.

    A flag is due on a day, at noon of which it is kept.
    """
    due = {"due_at__date" if kind == kinds.FLAG else "due_at": OuterRef("n_due")}
    told = NoticeRow.objects.filter(about=OuterRef("n_about"), kind=kind, dropped_at=None, level__in=levels)
    if OFFICER in levels and kind != kinds.TURNED_AWAY:  # there is no officer of those
        officer = OuterRef(OuterRef("n_officer"))
        away = away_at(at).filter(staff=OuterRef("pk"))
        there = Staff.objects.filter(pk=officer, is_active=True).exclude(Exists(away))
        in_place = Q(level__in=(ASKER, SENIOR)) & ~Q(Exists(there))
        told = told.filter(in_place | Q(staff_id=OuterRef("n_officer")))
    return Exists(told.filter(**due))


def _at(due: datetime | date) -> datetime:
    """A day is kept as its noon."""
    return due if isinstance(due, datetime) else datetime.combine(due, time(12), UTC)
