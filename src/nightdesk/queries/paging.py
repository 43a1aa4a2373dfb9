"""What somebody is asked to answer now, and the whole record of how a referral was paged. Names of staff only."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, UUIDField
from django.db.models.functions import Coalesce

from nightdesk.queries.cases import needs_reason
from nightdesk.queries.disclosures import may_see
from nightdesk.records.cases import Case
from nightdesk.records.contacts import ways_of
from nightdesk.records.messages import Message
from nightdesk.records.referrals import Page, Referral
from nightdesk.records.rota import Shift
from nightdesk.records.staff import Staff
from nightdesk.rules.access import Reader
from nightdesk.rules.case import CLOSED
from nightdesk.rules.referral import OWNED, WAITING
from nightdesk.rules.terms import AUDITOR, WORKS_CASES
from nightdesk.rules.ways import SCREEN, UNDER_WAY, can_be_told

MOST: Final = 50


@dataclass(frozen=True)
class CallOut:
    """What the reader is asked to answer: station, reference, urgency, and the key to answering."""

    reference: str
    station: str
    urgency: str
    token: str
    told_at: datetime
    offered: bool
    shown: bool  # a page said that it showed it, or there is no message to the screen


def call_outs(reader: Reader) -> list[CallOut]:
    """The pages of the reader that somebody still has to answer, newest first: one for each referral."""
    me = UUID(reader.id)
    open_ones = Referral.objects.filter(Q(state__in=WAITING) | Q(meant_for=me)).values("pk")
    # By the few referrals that wait. Asked for by the reader's own id, a database that has not counted its tables takes
    # the index of that, and reads everything that they were ever told; no index answers this expression.
    pages = (
        Page.objects.annotate(told_to=Coalesce("staff_id", "staff_id", output_field=UUIDField()))
        .filter(told_to=me, referral__in=open_ones, declined_at=None, answered_at=None)
        .select_related("referral__disclosure__station", "referral__disclosure__case", "referral__unit")
        .annotate(
            unseen=Exists(Message.objects.filter(page=OuterRef("pk"), channel=SCREEN, delivered_at=None))
        )
        .order_by("-told_at", "-step")[: 4 * MOST]
    )
    found: dict[UUID, CallOut] = {}
    for page in pages:
        referral = page.referral
        if referral.state not in WAITING and referral.disclosure.case.state == CLOSED:
            continue  # offered before it was closed: nobody's to take
        place = referral.disclosure.station or referral.unit
        call = CallOut(
            referral.disclosure.reference, place.name, referral.urgency, page.token, page.told_at, referral.state in OWNED,
            not page.unseen,
        )  # fmt: skip
        found.setdefault(referral.pk, call)
    return list(found.values())[:MOST]


@dataclass(frozen=True)
class Sent:
    """One way in which somebody was told: channel, attempts that failed with their codes, left, delivered, receipt."""

    channel: str
    faults: tuple[tuple[datetime, str], ...]
    attempts: int
    sent_at: datetime | None
    delivered_at: datetime | None
    receipt: str
    given_up: bool
    waits: bool
    to: str = ""  # of a reminder: whom


@dataclass(frozen=True)
class Event:
    """One line of the history: when, what (a move, or “raised” or “told”), who, and how."""

    at: datetime
    what: str
    who: str = ""
    layer: str = ""
    step: int | None = None
    reason: str = ""
    to: str = ""
    sent: tuple[Sent, ...] = field(default=())


def history(reader: Reader, reference: str, now: datetime) -> list[Event] | None:
    """How a referral was paged, oldest first; None when there is none that this reader may know of."""
    known = (
        reader.role == AUDITOR or may_see(reader, reference, now) or needs_reason(reader, reference) is False
    )
    referral = Referral.objects.filter(disclosure__reference=reference).select_related("raised_by").first()
    if referral is None or not known:
        return None
    events = [Event(referral.raised_at, "raised", referral.raised_by.name if referral.raised_by else "")]
    pages = referral.pages.select_related("staff").prefetch_related(
        "messages__tries", "messages__staff", "messages__way"
    )
    told_at_step = set()
    for page in pages.order_by("step", "staff__name"):
        told_at_step.add(page.step)
        sent = _all_sent(page.messages.all())
        events.append(Event(page.told_at, "told", page.staff.name, page.layer, page.step, sent=sent))
    moves = referral.moves.select_related("by", "to").prefetch_related(
        "messages__tries", "messages__staff", "messages__way"
    )
    for move in moves.order_by("id"):
        if move.move == "page" and move.step in told_at_step:
            continue
        events.append(
            Event(
                move.at, "nobody" if move.move == "page" else move.move, move.by.name if move.by else "",
                step=move.step if move.move == "page" else None, reason=move.reason,
                to=move.to.name if move.to else "", sent=_all_sent(move.messages.all()),
            )
        )  # fmt: skip
    return sorted(events, key=lambda event: event.at)  # stable: within one moment as it was written


def _all_sent(messages: Iterable[Message]) -> tuple[Sent, ...]:
    """In the order of a person's ways; of a reminder, which goes to several, person by person."""
    return tuple(_sent(message) for message in sorted(messages, key=_turn))


def _turn(message: Message) -> tuple[datetime, str, bool, int]:
    """When it was made, for whom, and the place of the way; the address of the account comes last."""
    way, name = message.way, message.staff.name if message.staff else ""
    return message.made_at, name, way is None, way.place if way else 0


def _sent(message: Message) -> Sent:
    tries = sorted(message.tries.all(), key=lambda one: one.number)
    newest = message.attempts if message.sent_at is None else 0
    # One that is being made now is no fault; one whose worker died is seen as soon as a later one was begun.
    over = [one for one in tries if not (one.fault == UNDER_WAY and one.number == newest)]
    faults = tuple((one.at, one.fault) for one in over if not one.left)
    return Sent(
        channel=message.channel, faults=faults, attempts=message.attempts, sent_at=message.sent_at,
        delivered_at=message.delivered_at, receipt=message.receipt,
        given_up=message.sent_at is None and message.due_at is None, waits=message.attempts == 0,
        to=message.staff.name if message.move_id and message.staff else "",
    )  # fmt: skip


def colleagues(reader: Reader, reference: str, now: datetime) -> list[tuple[UUID, str]]:
    """Who of the case's unit is on duty, can be told, and does not have it: id and name."""
    case = Case.objects.filter(disclosure__reference=reference).first()
    return [] if case is None else reachable_now(case.unit_id, now, without=case.owner_id)


def reachable_now(unit: UUID, now: datetime, without: UUID | None = None) -> list[tuple[UUID, str]]:
    """Who works cases in `unit`, is on duty now and can be told: id and name, by name."""
    shifts = Shift.objects.standing().filter(
        unit_id=unit, starts_at__lte=now, ends_at__gt=now, staff__is_active=True, staff__role__in=WORKS_CASES
    )
    staff = {shift.staff_id: shift.staff for shift in shifts.select_related("staff")}
    if without is not None:
        staff.pop(without, None)
    ways = ways_of(staff.values())
    able = [person for person in staff.values() if can_be_told(ways[person.pk])]
    return [(person.pk, person.name) for person in sorted(able, key=lambda person: person.name)]


@dataclass(frozen=True)
class Held:
    """An open case of somebody: reference, station, urgency, where it stands."""

    reference: str
    station: str
    urgency: str
    state: str


def case_loads(reader: Reader) -> list[tuple[UUID, str, int]]:
    """Who of the reader's unit has open cases: id, name, how many; the most first."""
    if not reader.unit:
        return []
    counts: dict[tuple[UUID, str], int] = {}
    for case in _open_cases(reader).select_related("owner"):
        assert case.owner is not None  # noqa: S101 - filtered
        key = (case.owner.pk, case.owner.name)
        counts[key] = counts.get(key, 0) + 1
    return sorted(((*key, count) for key, count in counts.items()), key=lambda row: (-row[2], row[1]))


def held_by(reader: Reader, owner: UUID) -> tuple[str, list[Held]]:
    """The name of somebody of the reader's unit, and the open cases they have, the nearest window first."""
    if not reader.unit:
        return "", []
    name = Staff.objects.filter(pk=owner, unit_id=UUID(reader.unit)).values_list("name", flat=True).first()
    if not name:
        return "", []
    cases = (
        _open_cases(reader).filter(owner=owner).select_related("disclosure__station", "disclosure__referral")
    )
    rows = cases.order_by(F("first_window_ends_at").asc(nulls_last=True), "opened_at")
    return name, [
        Held(
            case.disclosure.reference, case.disclosure.station.name if case.disclosure.station else "",
            case.disclosure.referral.urgency, case.disclosure.referral.state,
        )
        for case in rows
    ]  # fmt: skip


def _open_cases(reader: Reader) -> QuerySet[Case]:
    return Case.objects.filter(
        unit_id=UUID(reader.unit), owner__isnull=False, disclosure__referral__state__in=OWNED
    ).exclude(state=CLOSED)
