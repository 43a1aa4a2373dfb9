"""What several acts on a referral need: it and its pages locked, one move with the cursor, a new page and its message."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from nightdesk.actions.messages import tell
from nightdesk.actions.refusals import NotFound
from nightdesk.records.cases import Case
from nightdesk.records.messages import Message
from nightdesk.records.prepared_rows import PreparedRows, given
from nightdesk.records.referrals import Page, Referral, ReferralMove
from nightdesk.records.staff import Staff
from nightdesk.rules import referral as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.case import CLOSED
from nightdesk.rules.messages import Notice
from nightdesk.rules.on_the_way import first_reminder_at

_LOCKED = PreparedRows(
    lambda: (
        Referral.objects.select_for_update(of=("self",), no_key=True)
        .select_related("disclosure__station", "unit")
        .filter(disclosure__reference=given("reference"))
    )
)
_PAGE = PreparedRows(lambda: Page.objects.select_related("staff").filter(token=given("token")))
_OF_PAGE = PreparedRows(
    lambda: (
        Referral.objects.select_related("disclosure")
        .select_for_update(of=("self",), no_key=True)
        .filter(pk=given("pk"))
    )
)


def new_page(referral: Referral, staff: Staff, layer: str, *, at: datetime, step: int) -> Page:
    """Somebody is told at a step, with a key of their own to the answer. Not saved."""
    token = secrets.token_urlsafe(32)
    return Page(referral=referral, step=step, layer=layer, staff=staff, told_at=at, token=token)


def tell_page(*, at: datetime, page: Page, address: str, notice: Callable[..., Notice]) -> None:
    """Put what `notice` says of a page in the outbox of whoever is told."""
    referral = page.referral
    station = referral.disclosure.station
    said = notice(
        station=station.name if station else referral.unit.name, reference=referral.disclosure.reference,
        urgency=referral.urgency, link=f"{address}/staff/page/{page.token}/",
    )  # fmt: skip
    tell(at=at, staff=page.staff, about="page", notice=said, page=page)


def locked_page(token: str) -> tuple[Page, Referral]:
    """The page behind a key, and its referral locked for writing. Raises NotFound."""
    page = _PAGE.first(token=token)
    referral = _OF_PAGE.first(pk=page.referral_id) if page else None
    if page is None or referral is None:
        raise NotFound("This link is not known. Open the newest message, or sign in to see your queue.")
    return page, referral


def locked_referral(reference: str) -> Referral:
    """The referral for writing, locked until the transaction ends. Raises NotFound."""
    referral = _LOCKED.first(reference=reference)
    if referral is None:
        raise NotFound("There is no referral with this reference.")
    return referral


def is_offered(page: Page, referral: Referral) -> bool:
    """Whether whoever was told by `page` is asked to take the case over now. The referral is locked, and the case with it:
    one that was closed meanwhile is nobody's to take."""
    if referral.state not in rule.OWNED or referral.meant_for_id != page.staff_id:
        return False
    rows = Case.objects.select_for_update(no_key=True).filter(disclosure_id=referral.disclosure_id)
    return rows.get().state != CLOSED


def make_move(
    referral: Referral,
    move: str,
    *,
    at: datetime,
    by: Any,
    step: int | None = None,
    reason: str = "",
    to: Any = None,
) -> ReferralMove:
    """One row, and the cursor: what is due next is a step, the end of an answer, a reminder, or nothing.

    Called inside the entry that says why. Who was asked by name (`to`) is asked until somebody else has it.
    """
    before, referral.state = referral.state, rule.next_state(referral.state, move)
    made = ReferralMove.objects.create(
        referral=referral, move=move, state=referral.state, at=at, by_id=by, step=step, reason=reason[:300], to_id=to
    )  # fmt: skip
    if referral.state in rule.WAITING:
        referral.next_step_at = at
    elif referral.state in rule.MET:
        referral.next_step_at = None
    elif move in ("acknowledge", "take_over", "set_off"):
        met = referral.moves.filter(move="arrive").exists()
        runs_out = first_reminder_at if move == "set_off" else rule.answer_holds_until
        referral.next_step_at = runs_out(referral.policy, at, met=met)
    if move not in ("set_off", "arrive", "remind"):
        referral.meant_for_id = to
    referral.save(update_fields=["state", "next_step_at", "meant_for"])
    if referral.state in rule.MET and move != "offer":
        give_up_messages(referral)
    if before == rule.ON_THE_WAY and (move == "remind" or referral.state != before):
        give_up_reminders(referral)
    return made


def give_up_messages(referral: Referral) -> None:
    """Somebody is with the person: what was still to leave for its pages is not needed, whatever happens next.

    Until then it is: an answer can expire, and who was told by no way yet is told after all.
    """
    Message.objects.filter(page__referral=referral, due_at__isnull=False).update(due_at=None)


def give_up_reminders(referral: Referral) -> None:
    """They are there, or somebody else has it, or they are asked anew: an earlier reminder is not needed any more."""
    Message.objects.filter(move__referral=referral, due_at__isnull=False).update(due_at=None)


def reader_of(staff: Staff) -> Reader:
    """Who acts by the key in a message."""
    return Reader(id=str(staff.pk), role=staff.role, name=staff.name, username=staff.username)
