"""What a counter sees of a disclosure: the newest basics, what triage proposed and why, and who was told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from nightdesk.records.disclosures import BasicsVersion, Disclosure
from nightdesk.records.messages import Heartbeat, Message
from nightdesk.records.referrals import Page, Referral
from nightdesk.rules import referral as referral_rule
from nightdesk.rules.access import Reader
from nightdesk.rules.basics import GO_ON_HOURS, Basics, may_go_on
from nightdesk.rules.on_the_way import is_overdue
from nightdesk.rules.ways import SCREEN

ALIVE_SECONDS = 25  # a worker beats every few seconds; older than this, the counter is told whom to ring


@dataclass(frozen=True)
class Row:
    """A line of the counter's list: no names, nothing of what was said."""

    reference: str
    opened_at: datetime
    channel: str
    state: str  # draft, left, no_referral, or a state of the referral


@dataclass(frozen=True)
class Proposed:
    """What one version of triage proposed, as kept: levels, proposals with their words, what people added or set aside."""

    levels: Mapping[str, str]
    proposals: tuple[Mapping[str, Any], ...]
    overrides: tuple[Mapping[str, Any], ...]
    urgency: str


@dataclass(frozen=True)
class Told:
    """Somebody who was told: name, layer of cover, when, and whether they answered."""

    name: str
    layer: str
    told_at: datetime
    answered_at: datetime | None
    sent: bool
    let_go: str = ""  # "declined" or "expired", when the answer is none (any more)


@dataclass(frozen=True)
class Paging:
    """Where the referral stands, for the counter: who was told, when the next is told, whom to ring, is the pager alive."""

    state: str
    told: tuple[Told, ...]
    next_step_at: datetime | None
    loud: bool
    ring: str
    pager_alive: bool
    answered_by: str = ""
    set_off_at: datetime | None = None  # on the way since then
    overdue: bool = False  # and not there in the time of the policy


@dataclass(frozen=True)
class Taken:
    """A disclosure as the counter that took it may see it."""

    reference: str
    sender_key: str
    channel: str
    opened_at: datetime
    accepted_at: datetime | None
    left_at: datetime | None
    number: int
    basics: Basics
    proposed: Proposed | None
    referred: bool


def at_station(reader: Reader, now: datetime) -> list[Row]:
    """What this counter (or, for a SOIT or supervisor, this unit) took within a shift, newest first."""
    since = now - timedelta(hours=GO_ON_HOURS)
    found = (
        Disclosure.objects.filter(_own(reader), opened_at__gte=since)
        .select_related("referral")
        .order_by("-opened_at")[:100]
    )
    return [Row(d.reference, d.opened_at, d.channel, _state(d)) for d in found]


def _own(reader: Reader) -> Q:
    """What may_go_on calls own. A reader without a station or a unit owns nothing by it: "" must never match "none"."""
    own = Q(station_id=reader.station) if reader.station else Q(pk__in=[])
    if reader.role in ("soit", "supervisor"):
        own |= Q(taken_by_id=reader.id)
        if reader.unit:
            own |= Q(station__unit_id=reader.unit)
    return own


def _state(disclosure: Disclosure) -> str:
    if hasattr(disclosure, "referral"):
        return disclosure.referral.state
    if disclosure.left_at is not None:
        return "left"
    return "no_referral" if disclosure.accepted_at is not None else "draft"


def _found(reader: Reader, reference: str, now: datetime) -> Disclosure | None:
    """The disclosure, if this reader may go on with it."""
    found = (
        Disclosure.objects.select_related("vault", "station", "referral__unit")
        .filter(reference=reference)
        .first()
    )
    if found is None:
        return None
    unit = found.station.unit_id if found.station else None
    allowed = may_go_on(
        role=reader.role,
        own_station=bool(reader.station) and str(found.station_id) == reader.station,
        own_unit=(bool(reader.unit) and str(unit) == reader.unit) or str(found.taken_by_id) == reader.id,
        opened_at=found.opened_at,
        now=now,
    )
    return found if allowed else None


def may_see(reader: Reader, reference: str, now: datetime) -> bool:
    """Whether there is such a disclosure that this reader may go on with; "no such" and "not yours" look alike."""
    return _found(reader, reference, now) is not None


def taken(reader: Reader, reference: str, now: datetime) -> Taken | None:
    """The disclosure with its newest basics and triage, or None. Opens seals: the page journals the reading first."""
    disclosure = _found(reader, reference, now)
    if disclosure is None:
        return None
    version = disclosure.versions.order_by("-number").first()
    return Taken(
        reference=disclosure.reference, sender_key=str(disclosure.sender_key), channel=disclosure.channel,
        opened_at=disclosure.opened_at, accepted_at=disclosure.accepted_at, left_at=disclosure.left_at,
        number=version.number if version else 0, basics=_basics(disclosure, version),
        proposed=proposed(disclosure), referred=hasattr(disclosure, "referral"),
    )  # fmt: skip


def _basics(disclosure: Disclosure, version: BasicsVersion | None) -> Basics:
    if version is None:
        return Basics()
    version.vault = disclosure.vault  # already read: no second query for the same key
    return version.basics()


def proposed(disclosure: Disclosure) -> Proposed | None:
    """What triage proposed for the newest version, with what people added or set aside; None before that was sent on."""
    newest = disclosure.triages.order_by("-version__number").first()
    if newest is None:
        return None
    newest.vault = disclosure.vault
    rows = disclosure.overrides.select_related("by", "vault").order_by("at")
    overrides = tuple(
        {"label": row.label, "level": row.level, "why": row.opened("why"), "by": row.by.name, "at": row.at}
        for row in rows
    )
    levels = dict(newest.levels) | {str(row["label"]): str(row["level"]) for row in overrides}
    return Proposed(levels, tuple(newest.opened("reasons")), overrides, newest.urgency)


def paging(reader: Reader, reference: str, now: datetime) -> Paging | None:
    """Where the referral stands, or None when there is none that this reader may see."""
    disclosure = _found(reader, reference, now)
    if disclosure is None or not hasattr(disclosure, "referral"):
        return None
    return paging_of(disclosure.referral, now)


def paging_of(referral: Referral, now: datetime) -> Paging:
    """Who was told and who answered; whom to ring when the last step was reached or no worker is alive."""
    pages = (
        referral.pages.select_related("staff").prefetch_related("messages").order_by("told_at", "staff__name")
    )
    told = tuple(
        Told(p.staff.name, p.layer, p.told_at, p.answered_at, _left(p.messages.all()), _let_go(p))
        for p in pages
    )
    answered = sorted((t.answered_at, t.name) for t in told if t.answered_at and not t.let_go)
    alive = pager_alive(now)
    waiting, place = referral.state in referral_rule.WAITING, referral.step - referral.first_step
    loud = waiting and (not alive or (place > 0 and referral_rule.is_loud(referral.policy, place - 1)))
    set_off_at, overdue = _on_the_way(referral, now)
    return Paging(
        state=referral.state, told=told, next_step_at=referral.next_step_at if waiting else None, loud=loud,
        set_off_at=set_off_at, overdue=overdue,
        ring=referral.unit.ring, pager_alive=alive, answered_by=answered[-1][1] if answered and not waiting else "",
    )  # fmt: skip


def _on_the_way(referral: Referral, now: datetime) -> tuple[datetime | None, bool]:
    """Since when somebody is on the way (None: nobody is), and whether they are not there though they should be."""
    if referral.state != referral_rule.ON_THE_WAY:
        return None, False
    moves = list(referral.moves.order_by("id").values_list("move", "at"))
    set_off_at = [at for move, at in moves if move == "set_off"][-1]
    met = any(move == "arrive" for move, _ in moves)
    return set_off_at, is_overdue(referral.policy, set_off_at, now, met=met)


def _left(messages: Iterable[Message]) -> bool:
    """Whether somebody could be told: a message left. What is only shown on a screen counts when there is nothing else."""
    ways = [m for m in messages if m.channel != SCREEN] or list(messages)
    return any(m.sent_at for m in ways)


def _let_go(page: Page) -> str:
    if page.declined_at:
        return "declined"
    return "expired" if page.expired_at else ""


def pager_alive(now: datetime) -> bool:
    """Whether a worker was seen within the last half minute."""
    beat = Heartbeat.objects.filter(name="worker").first()
    return beat is not None and now - beat.at < timedelta(seconds=ALIVE_SECONDS)
