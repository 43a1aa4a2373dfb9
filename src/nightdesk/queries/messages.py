"""The demo's message page: what would have been sent. Exists in demo mode only."""

from dataclasses import dataclass
from datetime import datetime

from nightdesk.records.messages import Message
from nightdesk.records.referrals import Page
from nightdesk.rules.access import Reader
from nightdesk.rules.referral import HELD, ON_THE_WAY, WAITING


@dataclass(frozen=True)
class Shown:
    """A message as its receiver would see it."""

    to: str
    channel: str
    address: str
    subject: str
    body: str
    made_at: datetime
    sent_at: datetime | None
    waits: bool  # its turn comes if nobody answers by then
    token: str
    answered: bool


def newest_messages(reader: Reader | None, most: int = 30) -> list[Shown]:
    """The newest messages, newest first. The reader is not looked at: the page is served in demo mode only."""
    found = Message.objects.select_related("staff", "page__staff", "page__referral").order_by(
        "-made_at", "due_at"
    )
    return [
        Shown(
            m.staff.name if m.staff else "", m.channel, m.address, m.subject, m.body, m.made_at, m.sent_at,
            m.attempts == 0, m.page.token if m.page else "", bool(m.page and not _open_to(m.page)),
        )
        for m in found[:most]
    ]  # fmt: skip


def _open_to(page: Page) -> bool:
    """Whether whoever was told by this page can still answer it."""
    return page.referral.state in WAITING or page.referral.meant_for_id == page.staff_id


@dataclass(frozen=True)
class PageSeen:
    """What the link in a page shows: station, reference, urgency, whether somebody has it. Nothing more."""

    station: str
    reference: str
    urgency: str
    waiting: bool
    by_me: bool
    offered: bool  # a colleague has it, and asks whoever was told to take it over
    declined: bool  # whoever was told said that they can't
    on_the_way: bool = False  # they have it, and said that they set off


def page_by_token(token: str) -> PageSeen | None:
    """The page behind a link, or None. There is no reader: the token is the key, and nothing personal is shown."""
    page = (
        Page.objects.select_related("referral__disclosure__station", "referral__unit")
        .filter(token=token)
        .first()
    )
    if page is None:
        return None
    referral = page.referral
    station = referral.disclosure.station
    waiting = _open_to(page)
    answer = referral.moves.filter(move__in=("acknowledge", "take_over")).order_by("-id").first()
    by_me = not waiting and answer is not None and answer.by_id == page.staff_id
    return PageSeen(
        station=station.name if station else referral.unit.name, reference=referral.disclosure.reference,
        urgency=referral.urgency, waiting=waiting,
        by_me=by_me, on_the_way=by_me and referral.state == ON_THE_WAY,
        offered=waiting and referral.state in HELD, declined=page.declined_at is not None,
    )  # fmt: skip
