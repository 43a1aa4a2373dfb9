"""Referrals: raised, paged, answered, moved."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from nightdesk.actions import cases
from nightdesk.actions._entry import entry, together
from nightdesk.actions._rows import staff_id
from nightdesk.actions.refusals import NotFound
from nightdesk.outside.current import pack
from nightdesk.records.clocks import ClockStart
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.referrals import Page, Referral, ReferralMove
from nightdesk.records.staff import Staff, Unit
from nightdesk.rules import referral as rule
from nightdesk.rules.access import Reader


@together
def refer(
    *,
    actor: Reader,
    at: datetime,
    disclosure: Disclosure,
    because: Sequence[str],
    urgency: str,
    clock: ClockStart | None = None,
) -> bool:
    """Ask for a specialist and open the case, unless that was done before. True when it was done now.

    `clock` is the newest one, if the caller has it at hand. Asked again with more urgency, the referral that was raised
    becomes as urgent, never less. Raises NotFound as `refuse_without_unit`.
    """
    raised = Referral.objects.filter(disclosure=disclosure)
    if raised.exists():
        if urgency == "now":
            raised.update(urgency=urgency)
        return False
    unit = _unit_for(actor, disclosure)
    make_referral(
        actor=actor,
        at=at,
        disclosure=disclosure,
        unit_id=unit.pk,
        unit_code=unit.code,
        because=because,
        urgency=urgency,
    )
    clock = clock or disclosure.clocks.order_by("-started_at").first()
    cases.open_case(
        actor=actor, at=at, disclosure=disclosure, unit_id=unit.pk, unit_code=unit.code,
        first_ends_at=clock.first_ends_at if clock else None,
    )  # fmt: skip
    return True


def refuse_without_unit(*, actor: Reader, disclosure: Disclosure) -> None:
    """Raise NotFound, saying whom to ring, when nobody would be asked.

    The unit is the station's; a disclosure without a station goes to the actor's own unit.
    """
    _unit_for(actor, disclosure)


def _unit_for(actor: Reader, disclosure: Disclosure) -> Unit:
    found = (
        Unit.objects.filter(stations=disclosure.station_id) if disclosure.station_id else Unit.objects.none()
    )
    own = Unit.objects.filter(pk=actor.unit) if actor.unit else Unit.objects.none()
    unit = found.first() or own.first()
    if unit is None:
        raise NotFound(
            "This desk belongs to no unit, so nobody could be told. Ring the control room, and tell the admin."
        )
    return unit


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
    policy = rule.frozen_policy(steps, pack().edition)
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


def page_step(*, actor: Reader, at: datetime, referral: Referral, on_duty: Sequence[Staff]) -> list[Page]:
    """Take the step that is due: note who is told and when the next step is due. The caller holds the row locked.

    `on_duty` are the staff of the step's layer. Nobody there: the next step follows at once, until the last, loud one.
    """
    step = rule.step_due(referral.policy, referral.step)
    state = rule.next_state(referral.state, "page") if on_duty else referral.state
    pages = [
        Page(
            referral=referral,
            step=step.number,
            layer=step.layer,
            staff=staff,
            told_at=at,
            token=secrets.token_urlsafe(32),
        )
        for staff in on_duty
    ]
    following = rule.next_step_at(referral.policy, step.number + 1, referral.raised_at, at)
    loud = rule.is_loud(referral.policy, step.number)
    with entry(
        "referral_paged", actor=actor, at=at, subject=referral.disclosure.reference,
        step=step.number, layer=step.layer, told=len(pages),
    ):  # fmt: skip
        Page.objects.bulk_create(pages)
        ReferralMove.objects.create(referral=referral, move="page", state=state, at=at, step=step.number)
        referral.state, referral.step = state, step.number + 1
        referral.next_step_at = following if on_duty or loud else at
        referral.save(update_fields=["state", "step", "next_step_at"])
    return pages


@together
def acknowledge_page(*, at: datetime, token: str) -> Referral:
    """Whoever holds the token answers the page: the first answer takes the case on. A second tap changes nothing.

    Raises NotFound for an unknown token.
    """
    page = Page.objects.select_related("staff").filter(token=token).first()
    if page is None:
        raise NotFound("This link is not known. Open the newest message, or sign in to see your queue.")
    rows = Referral.objects.select_related("disclosure").select_for_update(of=("self",), no_key=True)
    referral = rows.get(pk=page.referral_id)
    if referral.state not in rule.WAITING:
        return referral
    actor = Reader(
        id=str(page.staff_id), role=page.staff.role, name=page.staff.name, username=page.staff.username
    )
    with entry(
        "referral_acknowledged", actor=actor, at=at, subject=referral.disclosure.reference, step=page.step
    ):
        _move(referral, "acknowledge", at=at, by=page.staff_id, step=page.step)
        Page.objects.filter(pk=page.pk).update(answered_at=at)
    cases.take_on(actor=actor, at=at, disclosure=referral.disclosure)
    return referral


@together
def move_referral(*, actor: Reader, at: datetime, reference: str, move: str, reason: str = "") -> Referral:
    """On the way, with the person, handed over, or declined with a reason (then the next is told at once, and the case is
    nobody's until somebody answers).

    Raises MoveRefused when the table does not allow the move, NotFound for an unknown reference.
    """
    rule.refuse_if_reason_missing(move, reason)
    with entry("referral_moved", actor=actor, at=at, subject=reference) as line:
        referral = (
            Referral.objects.select_for_update(of=("self",), no_key=True)
            .select_related("disclosure")
            .filter(disclosure__reference=reference)
            .first()
        )
        if referral is None:
            raise NotFound("There is no referral with this reference.")
        _move(referral, move, at=at, by=staff_id(actor), reason=reason)
        line.facts = {"move": move, "state": referral.state}
    if move == "decline":
        cases.give_back(actor=actor, at=at, disclosure=referral.disclosure)
    return referral


def _move(
    referral: Referral, move: str, *, at: datetime, by: Any, step: int | None = None, reason: str = ""
) -> None:
    """One row, and the cursor: waiting states have a next step, others none."""
    referral.state = rule.next_state(referral.state, move)
    ReferralMove.objects.create(
        referral=referral, move=move, state=referral.state, at=at, by_id=by, step=step, reason=reason[:300]
    )
    referral.next_step_at = at if referral.state in rule.WAITING else None
    referral.save(update_fields=["state", "next_step_at"])
