"""How a case stands and how it ended: every closing with its look, outcomes, reopening; and what waits for a supervisor."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from nightdesk.outside.current import pack
from nightdesk.records.cases import Case
from nightdesk.records.closing_facts import OfPack, standing_of
from nightdesk.records.closings import CaseOutcome, Closing
from nightdesk.rules import closing as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.case import ASKED
from nightdesk.rules.closing import Standing
from nightdesk.rules.terms import SUPERVISOR

OFFER: Final = "answer"  # duties that are met by the answer to an offer
MOST: Final = 200


@dataclass(frozen=True)
class OutcomeSeen:
    """One outcome: the newest counts. Codes of the pack, and the grounds opened."""

    number: int
    outcome: str
    suspect: str
    prosecutors_on: date | None
    grounds: str
    at: datetime
    by: str


@dataclass(frozen=True)
class LookSeen:
    """What was decided about a closing, with its words."""

    verdict: str
    at: datetime
    by: str
    words: str


@dataclass(frozen=True)
class ReopeningSeen:
    """That a closed case was opened again, and why."""

    ground: str
    at: datetime
    by: str
    words: str


@dataclass(frozen=True)
class ClosingSeen:
    """One closing as it was asked for, opened. `row` holds its plain codes and times."""

    row: Closing
    by: str
    words: str
    said_to: str
    present_who: str
    grounds: str
    tries_where: str
    look: LookSeen | None
    outcomes: tuple[OutcomeSeen, ...]  # newest first
    reopening: ReopeningSeen | None


@dataclass(frozen=True)
class Ended:
    """One case with its closings, newest first, and what speaks against closing it now."""

    state: str
    owner: str
    told_at: datetime
    since: datetime
    closings: tuple[ClosingSeen, ...]
    standing: Standing
    may_look: bool
    looks: bool  # this reader could look, or could have looked, at the newest closing
    mine: bool  # this reader asked for the newest closing

    @property
    def newest(self) -> ClosingSeen | None:
        """What counts now."""
        return self.closings[0] if self.closings else None


@dataclass(frozen=True)
class Short:
    """A line on the case: the newest closing's codes, the outcome that counts, and how it was decided; no words."""

    ending: str
    outcome: str
    asked_at: datetime
    asked_by: str
    verdict: str


@dataclass(frozen=True)
class Waiting:
    """A closing that waits for a supervisor: no words of anybody. `mine`: this reader asked for it or has the case."""

    reference: str
    number: int
    ending: str
    outcome: str
    asked_at: datetime
    asked_by: str
    owner: str
    against: int
    present: str
    mine: bool


def ended(reader: Reader, reference: str, at: datetime) -> Ended | None:
    """A case with how it ended. Opens seals: the page has journalled it."""
    found = (
        Case.objects.select_related("owner", "disclosure__vault", "disclosure__referral")
        .filter(disclosure__reference=reference)
        .first()
    )
    if found is None:
        return None
    rows = list(_rows().filter(case=found).prefetch_related("outcomes__by"))
    for row in rows:
        row.vault = found.disclosure.vault
    newest = rows[0] if rows else None
    looks = newest is not None and _may_look(reader, found, newest)
    today = timezone.localtime(at).date()
    since = found.statuses.order_by("-id").values_list("at", flat=True).first() or found.opened_at
    return Ended(
        state=found.state, owner=found.owner.name if found.owner else "", since=since,
        told_at=found.disclosure.opened_at,
        closings=tuple(_seen(row) for row in rows), standing=standing_of(found, _codes(), at=at, today=today),
        may_look=looks and found.state == ASKED, looks=looks,
        mine=newest is not None and str(newest.asked_by_id) == reader.id,
    )  # fmt: skip


def _codes() -> OfPack:
    return OfPack(
        offers=[duty.id for duty in pack().duties if duty.met_by == OFFER],
        reached=[outcome.id for outcome in pack().contact_outcomes if outcome.reached],
    )


def _rows() -> "QuerySet[Closing]":
    return Closing.objects.select_related("asked_by", "look__by", "reopening__by").order_by("-number")


def _may_look(reader: Reader, case: Case, row: Closing) -> bool:
    return rule.may_look(
        role=reader.role, own_unit=bool(reader.unit) and str(case.unit_id) == reader.unit,
        asked=str(row.asked_by_id) == reader.id, owner=str(case.owner_id) == reader.id,
    )  # fmt: skip


def _seen(row: Closing) -> ClosingSeen:
    look, back = getattr(row, "look", None), getattr(row, "reopening", None)
    for part in (look, back):
        if part is not None:
            part.vault = row.vault
    return ClosingSeen(
        row=row, by=row.asked_by.name, words=row.opened("words"), said_to=row.opened("said_to"),
        present_who=row.opened("present_who"), grounds=row.opened("grounds"),
        tries_where=row.opened("tries_where") or "",
        look=LookSeen(look.verdict, look.at, look.by.name, look.opened("words")) if look else None,
        outcomes=tuple(_outcome(row, one) for one in sorted(row.outcomes.all(), key=lambda one: -one.number)),
        reopening=ReopeningSeen(back.ground, back.at, back.by.name, back.opened("words")) if back else None,
    )  # fmt: skip


def _outcome(row: Closing, one: Any) -> OutcomeSeen:
    one.vault = row.vault
    return OutcomeSeen(
        one.number, one.outcome, one.suspect, one.prosecutors_on, one.opened("grounds"), one.at, one.by.name
    )


def newest_of(reader: Reader, reference: str) -> Short | None:
    """The newest closing of a case, for its page: one statement, no seal opened. None when nobody ever asked."""
    counts = CaseOutcome.objects.filter(closing=OuterRef("pk")).order_by("-number").values("outcome")[:1]
    rows = Closing.objects.select_related("asked_by", "look").annotate(counts=Subquery(counts))
    row = rows.filter(case__disclosure__reference=reference).order_by("-number").first()
    if row is None:
        return None
    look = getattr(row, "look", None)
    return Short(
        row.ending, row.counts or row.outcome, row.asked_at, row.asked_by.name, look.verdict if look else ""
    )


def waiting(reader: Reader, most: int = MOST) -> tuple[Waiting, ...]:
    """What waits for a supervisor of the reader's unit, the longest waiting first. Opens nothing."""
    rows = (
        _waiting(reader)
        .select_related("asked_by", "case__owner", "case__disclosure")
        .order_by("asked_at", "pk")
    )
    return tuple(
        Waiting(
            reference=row.case.disclosure.reference, number=row.number, ending=row.ending, outcome=row.outcome,
            asked_at=row.asked_at, asked_by=row.asked_by.name, owner=row.case.owner.name if row.case.owner else "",
            against=len(row.against), present=row.present, mine=not _may_look(reader, row.case, row),
        )
        for row in rows[:most]
    )  # fmt: skip


def how_many_wait(reader: Reader) -> int:
    """How many lines `waiting` has, counted by the same conditions."""
    return _waiting(reader).count()


def _waiting(reader: Reader) -> "QuerySet[Closing]":
    """By the state of the case first: that is indexed, and few are in it."""
    if not reader.unit or reader.role != SUPERVISOR:
        return Closing.objects.none()
    return Closing.objects.filter(case__unit_id=reader.unit, case__state=ASKED, look=None)
