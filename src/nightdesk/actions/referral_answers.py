"""Answers that are none: somebody who was told can't, or whoever answered has not set off."""

from datetime import datetime

from nightdesk.actions import cases
from nightdesk.actions._entry import entry, together
from nightdesk.actions._referral_rows import is_offered, locked_page, make_move, reader_of
from nightdesk.records.referrals import Page, Referral
from nightdesk.rules import referral as rule
from nightdesk.rules.access import SYSTEM


def expire_answer(*, at: datetime, referral: Referral) -> None:
    """Whoever answered has not set off: the next step is due at once, and the case is nobody's. The row is locked."""
    with entry("referral_moved", actor=SYSTEM, at=at, subject=referral.disclosure.reference) as line:
        referral.pages.filter(answered_at__isnull=False, declined_at=None).update(expired_at=at)
        make_move(referral, "expire", at=at, by=None)
        line.facts = {"move": "expire", "state": referral.state}
    cases.give_back(actor=SYSTEM, at=at, disclosure=referral.disclosure)


@together
def decline_page(*, at: datetime, token: str, reason: str) -> Referral:
    """Whoever was told can't, and says so: when nobody else who was told could still answer, the next step is due at once.

    Said twice, or when somebody has answered, it changes nothing. Raises MoveRefused without a reason, NotFound for an
    unknown token.
    """
    page, referral = locked_page(token)
    offered = is_offered(page, referral)
    if page.declined_at is not None or (referral.state not in rule.WAITING and not offered):
        return referral
    move = "turn_down" if offered else "decline"
    rule.refuse_if_reason_missing(move, reason)
    due = referral.next_step_at
    actor = reader_of(page.staff)
    with entry("referral_moved", actor=actor, at=at, subject=referral.disclosure.reference) as line:
        Page.objects.filter(pk=page.pk).update(declined_at=at)
        make_move(referral, move, at=at, by=page.staff_id, step=page.step, reason=reason)
        others = referral.pages.filter(step=referral.step - 1, declined_at=None, answered_at=None)
        if not offered and others.exists():
            Referral.objects.filter(pk=referral.pk).update(next_step_at=due)
        line.facts = {"move": move, "state": referral.state}
    return referral
