"""The demo's message page: what would have been sent. Exists in demo mode only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from nightdesk.records.messages import Message
from nightdesk.records.prepared_rows import PreparedColumns, given
from nightdesk.records.referrals import Page, ReferralMove
from nightdesk.rules.access import Reader
from nightdesk.rules.case import CLOSED
from nightdesk.rules.referral import HANDED_OVER, ON_THE_WAY, OWNED, WAITING


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
    found = Message.objects.select_related(
        "staff", "page__staff", "page__referral__disclosure__case"
    ).order_by("-made_at", "due_at")
    return [
        Shown(
            m.staff.name if m.staff else "", m.channel, m.address, m.subject, m.body, m.made_at, m.sent_at,
            m.attempts == 0, m.page.token if m.page else "", bool(m.page and not _open_to(m.page)),
        )
        for m in found[:most]
    ]  # fmt: skip


def _open_to(page: Page) -> bool:
    """Whether whoever was told by this page can still answer it."""
    referral = page.referral
    return _is_open(referral.state, referral.meant_for_id, page.staff_id, referral.disclosure.case.state)


def _is_open(state: str, meant_for: UUID | None, staff: UUID, case: str) -> bool:
    """A closed case is nobody's to take over, though it was offered before."""
    return state in WAITING or (meant_for == staff and case != CLOSED)


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
    with_them: bool = False  # somebody was with the person already: nobody waits for them at a counter


_SEEN: Final = (
    "staff_id", "declined_at", "referral_id", "referral__state", "referral__meant_for_id", "referral__urgency",
    "referral__unit__name", "referral__disclosure__reference", "referral__disclosure__station__name",
    "referral__disclosure__case__state",
)  # fmt: skip

_PAGE: Final = PreparedColumns(lambda: Page.objects.filter(token=given("token")).values_list(*_SEEN))
_ANSWERED: Final = PreparedColumns(
    lambda: (
        ReferralMove.objects.filter(referral_id=given("referral"), move__in=("acknowledge", "take_over"))
        .order_by("-id")
        .values_list("by_id")[:1]
    )
)


def page_by_token(token: str) -> PageSeen | None:
    """The page behind a link, or None. There is no reader: the token is the key, and nothing personal is shown."""
    found = _PAGE.rows(token=token)
    if not found:
        return None
    page = dict(zip(_SEEN, found[0], strict=True))
    state, staff = page["referral__state"], page["staff_id"]
    case = page["referral__disclosure__case__state"]
    waiting = _is_open(state, page["referral__meant_for_id"], staff, case)
    by_me = not waiting and _ANSWERED.rows(referral=page["referral_id"]) == [(staff,)]
    return PageSeen(
        station=page["referral__disclosure__station__name"] or page["referral__unit__name"],
        reference=page["referral__disclosure__reference"], urgency=page["referral__urgency"], waiting=waiting,
        by_me=by_me, on_the_way=by_me and state == ON_THE_WAY, with_them=by_me and state == HANDED_OVER,
        offered=waiting and state in OWNED, declined=page["declined_at"] is not None,
    )  # fmt: skip
