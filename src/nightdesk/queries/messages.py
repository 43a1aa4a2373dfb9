"""The demo's message page: what would have been sent. Exists in demo mode only."""

from dataclasses import dataclass
from datetime import datetime

from nightdesk.records.messages import Message
from nightdesk.records.referrals import Page
from nightdesk.rules.access import Reader


@dataclass(frozen=True)
class Shown:
    """A message as its receiver would see it."""

    to: str
    address: str
    subject: str
    body: str
    made_at: datetime
    sent_at: datetime | None
    token: str
    answered: bool


def newest_messages(reader: Reader | None, most: int = 30) -> list[Shown]:
    """The newest messages, newest first. The reader is not looked at: the page is served in demo mode only."""
    found = Message.objects.select_related("page__staff", "page__referral").order_by("-made_at")[:most]
    return [
        Shown(
            m.page.staff.name, m.address, m.subject, m.body, m.made_at, m.sent_at, m.page.token,
            m.page.referral.next_step_at is None,
        )
        for m in found
        if m.page
    ]  # fmt: skip


@dataclass(frozen=True)
class PageSeen:
    """What the link in a page shows: station, reference, urgency, whether somebody has it. Nothing more."""

    station: str
    reference: str
    urgency: str
    waiting: bool
    by_me: bool


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
    waiting = referral.next_step_at is not None
    answer = referral.moves.filter(move="acknowledge").order_by("-id").first()
    return PageSeen(
        station=station.name if station else referral.unit.name, reference=referral.disclosure.reference,
        urgency=referral.urgency, waiting=waiting,
        by_me=not waiting and answer is not None and answer.by_id == page.staff_id,
    )  # fmt: skip
