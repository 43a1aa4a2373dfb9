"""Referrals: raised, paged, answered, moved."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from nightdesk.actions import cases
from nightdesk.actions._entry import entry, together
from nightdesk.actions._referral_rows import (
    is_offered,
    locked_page,
    locked_referral,
    make_move,
    new_page,
    reader_of,
)
from nightdesk.actions._rows import reference_or_nothing, staff_id, unit_for
from nightdesk.outside.current import pack
from nightdesk.records.clocks import ClockStart
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.referrals import Page, Referral, ReferralMove
from nightdesk.records.staff import Staff, Unit
from nightdesk.rules import referral as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.on_the_way import KEPT as ON_THE_WAY
from nightdesk.rules.on_the_way import Reminders, with_reminders


@together
def refer(
    *, actor: Reader, at: datetime, disclosure: Disclosure, because: Sequence[str], urgency: str,
    unit: Unit | None = None, clock: ClockStart | None = None, is_new: bool = False,
) -> bool:  # fmt: skip
    """Ask for a specialist and open the case, unless that was done before. True when it was done now.

    `unit` is whom unit_for names and `clock` the newest one, if the caller has them at hand; `is_new`: the caller has just
    made the disclosure. Asked again with more urgency, the referral that was raised becomes as urgent, never less.
    """
    raised = Referral.objects.filter(disclosure=disclosure)
    if not is_new and raised.exists():
        if urgency == "now":
            raised.update(urgency=urgency)
        return False
    unit = unit or unit_for(actor=actor, station_id=disclosure.station_id)
    make_referral(
        actor=actor, at=at, disclosure=disclosure, unit_id=unit.pk, unit_code=unit.code, because=because,
        urgency=urgency,
    )  # fmt: skip
    clock = clock or disclosure.clocks.order_by("-started_at").first()
    cases.open_case(
        actor=actor, at=at, disclosure=disclosure, unit_id=unit.pk, unit_code=unit.code,
        first_ends_at=clock.first_ends_at if clock else None,
    )  # fmt: skip
    return True


def make_referral(
    *,
    actor: Reader,
    at: datetime,
    disclosure: Disclosure,
    unit_id: Any,
    unit_code: str,
    because: Sequence[str],
    urgency: str,
) -> Referral:
    """Ask for a specialist of a unit. The paging policy of today is frozen in; the worker takes the first step at once."""
    steps = [(step.layer, step.after_minutes) for step in pack().escalation]
    policy = rule.frozen_policy(steps, pack().edition, pack().holds["answer"].minutes)
    told = pack().reminders[ON_THE_WAY]
    policy = with_reminders(policy, Reminders(told.after_minutes, told.every_minutes, told.times))
    referral = Referral(
        disclosure=disclosure, unit_id=unit_id, raised_at=at, raised_by_id=staff_id(actor), because=list(because),
        urgency=urgency, policy=policy, state=rule.RAISED, step=0, next_step_at=at,
    )  # fmt: skip
    with entry(
        "referral_made", actor=actor, at=at, subject=disclosure.reference,
        unit=unit_code, because=list(because), urgency=urgency,
    ):  # fmt: skip
        referral.save(force_insert=True)
    return referral


def page_step(
    *, actor: Reader, at: datetime, referral: Referral, on_duty: Sequence[tuple[Staff, str]]
) -> list[Page]:
    """Take the step that is due: note who is told and when the next step is due. The caller holds the row locked.

    `on_duty` are the staff of the step's layers, each with theirs. Nobody there: the next step follows at once, until the
    last, loud one.
    """
    place = referral.step - referral.first_step
    step = rule.step_due(referral.policy, place)
    state = rule.next_state(referral.state, "page") if on_duty else referral.state
    pages = [
        new_page(referral, staff, layer, at=at, step=referral.step) for staff, layer in on_duty
    ]  # fmt: skip
    began_at = referral.round_at or referral.raised_at
    following = rule.next_step_at(referral.policy, place + 1, began_at, at)
    loud = rule.is_loud(referral.policy, place)
    with entry(
        "referral_paged", actor=actor, at=at, subject=referral.disclosure.reference,
        step=referral.step, layer=step.layer, told=len(pages),
    ):  # fmt: skip
        Page.objects.bulk_create(pages)
        ReferralMove.objects.create(referral=referral, move="page", state=state, at=at, step=referral.step)
        referral.state, referral.step = state, referral.step + 1
        referral.next_step_at = following if on_duty or loud else at
        referral.save(update_fields=["state", "step", "next_step_at"])
    return pages


@together
def acknowledge_page(*, at: datetime, token: str) -> Referral:
    """Whoever holds the token answers the page: the first answer takes the case on. A second tap changes nothing.

    Asked by name to take a case over, an answer does that. Raises NotFound for an unknown token.
    """
    page, referral = locked_page(token)
    offered = is_offered(page, referral)
    if referral.state not in rule.WAITING and not offered:
        return referral
    actor = reader_of(page.staff)
    with entry(
        "referral_acknowledged", actor=actor, at=at, subject=referral.disclosure.reference, step=page.step
    ):
        move = "take_over" if offered else "acknowledge"
        make_move(referral, move, at=at, by=page.staff_id, step=page.step)
        Page.objects.filter(pk=page.pk).update(answered_at=at, declined_at=None, expired_at=None)
    cases.take_on(actor=actor, at=at, disclosure=referral.disclosure)
    return referral


def move_referral(*, actor: Reader, at: datetime, reference: str, move: str, reason: str = "") -> Referral:
    """On the way, with the person, handed over, or declined with a reason (then the next is told at once, and the case is
    nobody's until somebody answers).

    Raises MoveRefused when the table does not allow the move (that it was tried is kept), NotFound for an unknown reference.
    """
    try:
        return _move_referral(actor, at, reference, move, reason)
    except rule.MoveRefused:
        note_move_refused(actor=actor, at=at, reference=reference, move=move)
        raise


def note_move_refused(*, actor: Reader, at: datetime, reference: str, move: str) -> None:
    """Somebody tried what the table does not allow."""
    known = any(move in moves for moves in rule.MOVES.values())
    subject = reference_or_nothing(reference)
    with entry("move_refused", actor=actor, at=at, subject=subject, move=move if known else "unknown"):
        pass


@together
def _move_referral(actor: Reader, at: datetime, reference: str, move: str, reason: str) -> Referral:
    rule.refuse_if_reason_missing(move, reason)
    referral = locked_referral(reference)
    rule.next_state(referral.state, move)
    rule.refuse_unless_by_hand(move)
    with entry("referral_moved", actor=actor, at=at, subject=reference) as line:
        make_move(referral, move, at=at, by=staff_id(actor), reason=reason)
        line.facts = {"move": move, "state": referral.state}
    if move == "decline":
        referral.pages.filter(staff=staff_id(actor)).update(declined_at=at)
        cases.give_back(actor=actor, at=at, disclosure=referral.disclosure)
    return referral
