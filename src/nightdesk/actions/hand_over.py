"""A case goes to somebody else: offered by whoever has it, or reassigned by a supervisor when they fell ill.

Source: IOPC learning, October 2024 (cases left with officers who were not there). Nobody is left with nothing: offered, a
case stays with its owner until the colleague takes it over; reassigned, it waits for an answer like any other referral. Once
the person was handed over nobody is called out for it any more: a supervisor too can only ask a colleague by name.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final
from uuid import UUID

from nightdesk.actions import cases
from nightdesk.actions._away import note_reassigned
from nightdesk.actions._entry import entry, together
from nightdesk.actions._referral_rows import locked_referral, make_move, new_page, tell_page
from nightdesk.actions._rows import staff_id
from nightdesk.actions.messages import tell
from nightdesk.actions.referrals import note_move_refused
from nightdesk.records.cases import Case
from nightdesk.records.contacts import ways_of
from nightdesk.records.referrals import Page, Referral
from nightdesk.records.rota import Shift
from nightdesk.records.staff import Staff
from nightdesk.rules import referral as rule
from nightdesk.rules.access import Reader
from nightdesk.rules.case import CLOSED
from nightdesk.rules.messages import offer_notice, page_notice, reassigned_notice
from nightdesk.rules.terms import SUPERVISOR, WORKS_CASES
from nightdesk.rules.ways import can_be_told

# Cases whose person somebody has met already come to the duty officers one by one: forty pages in one moment wake everybody
# and are answered by nobody.
APART: Final = timedelta(minutes=1)
MOST: Final = 200  # in one go


class HandOverRefused(Exception):
    """A case can't go to somebody else as asked; the sentence says what to do."""


def offer_case(*, actor: Reader, at: datetime, reference: str, to: UUID, address: str) -> Referral:
    """Ask a colleague, who is on duty and can be told, to take a case over. Until they do, its owner has it.

    Offered to another, the earlier offer ends. Raises HandOverRefused, MoveRefused (kept), NotFound.
    """
    try:
        return _offer(actor, at, reference, to, address)
    except rule.MoveRefused:
        note_move_refused(actor=actor, at=at, reference=reference, move="offer")
        raise


@together
def _offer(actor: Reader, at: datetime, reference: str, to: UUID, address: str) -> Referral:
    referral = locked_referral(reference)
    owner = _owner_if_theirs(actor, referral)
    rule.next_state(referral.state, "offer")
    colleague = _reachable(referral.unit_id, [to], at).get(to)
    if colleague is None or colleague.pk == owner:
        raise HandOverRefused("Choose a colleague of this unit who is on duty now and can be told.")
    if referral.meant_for_id == colleague.pk:
        return referral  # sent twice
    page = _offered(actor, at, referral, colleague)
    tell_page(at=at, page=page, address=address, notice=offer_notice)
    return referral


def _offered(actor: Reader, at: datetime, referral: Referral, colleague: Staff) -> Page:
    """One case that its owner keeps until the colleague takes it over: the page that asks them."""
    with entry(
        "case_offered", actor=actor, at=at, subject=referral.disclosure.reference, to=str(colleague.pk)
    ):
        make_move(referral, "offer", at=at, by=staff_id(actor), to=colleague.pk)
        page = _ask(referral, colleague, at)
        page.save(force_insert=True)
    return page


@together
def take_back_offer(*, actor: Reader, at: datetime, reference: str) -> Referral:
    """The owner keeps the case after all. Nothing when it was not offered (any more)."""
    referral = locked_referral(reference)
    _owner_if_theirs(actor, referral)
    if referral.meant_for_id is None or referral.state not in rule.OWNED:
        return referral
    with entry("referral_moved", actor=actor, at=at, subject=reference) as line:
        make_move(referral, "take_back", at=at, by=staff_id(actor))
        line.facts = {"move": "take_back", "state": referral.state}
    return referral


def _owner_if_theirs(actor: Reader, referral: Referral) -> UUID | None:
    """The owner of the case. Raises HandOverRefused unless that is the actor, or the actor supervises the unit; and when it
    is closed."""
    case = Case.objects.filter(disclosure_id=referral.disclosure_id).first()
    owner = case.owner_id if case else None
    supervises = actor.role == SUPERVISOR and actor.unit == str(referral.unit_id)
    if str(owner) != actor.id and not supervises:
        raise HandOverRefused(
            "Only whoever has this case, or a supervisor of its unit, can give it to a colleague."
        )
    if case and case.state == CLOSED:
        raise HandOverRefused("This case is closed. Open it again first, then give it to a colleague.")
    return owner


def _ask(referral: Referral, colleague: Staff, at: datetime) -> Page:
    """A page to one person, in between the steps of the policy: it has a number of its own, and no step is left out."""
    page = new_page(referral, colleague, rule.NAMED, at=at, step=referral.step)
    referral.step += 1
    referral.first_step += 1
    referral.save(update_fields=["step", "first_step"])
    return page


def _reachable(unit_id: UUID, wanted: Iterable[UUID], at: datetime) -> dict[UUID, Staff]:
    """Those of `wanted` who work cases, are on duty in the unit and can be told."""
    shifts = Shift.objects.on_at(at).filter(
        unit_id=unit_id, staff__in=set(wanted), staff__role__in=WORKS_CASES
    )
    on = {shift.staff_id: shift.staff for shift in shifts.select_related("staff")}
    ways = ways_of(on.values())
    return {key: staff for key, staff in on.items() if can_be_told(ways[key])}


@together
def reassign_cases(
    *, actor: Reader, at: datetime, owner: UUID, to: Mapping[str, UUID | None], address: str
) -> int:
    """Take the cases with these references from `owner`, who is away: each is asked of a named colleague, or (None) of
    whoever is on duty, as if raised anew. One whose person was handed over is offered to the colleague, and stays with its
    owner until then. All of them or none; returns how many.

    One that `owner` does not have any more (it was answered, closed, or reassigned a moment ago) is left alone. Raises
    HandOverRefused.
    """
    if len(to) > MOST:
        raise HandOverRefused(f"Choose at most {MOST} cases at once.")
    if actor.role != SUPERVISOR or not actor.unit:
        raise HandOverRefused("Only a supervisor can reassign cases, and only those of their unit.")
    unit = UUID(actor.unit)
    named = {staff for staff in to.values() if staff is not None}
    reachable = _reachable(unit, named, at)
    if owner in named or named - set(reachable):
        raise HandOverRefused("Choose only colleagues of your unit who are on duty now and can be told.")
    held = Case.objects.filter(owner_id=owner, unit_id=unit, disclosure__reference__in=list(to)).exclude(
        state=CLOSED
    )
    in_order = held.order_by("first_window_ends_at", "opened_at").values_list(
        "disclosure__reference", flat=True
    )
    taken: list[tuple[Page | None, bool]] = []
    for reference in list(in_order):
        referral = locked_referral(reference)
        if referral.state not in rule.OWNED or not held.filter(disclosure_id=referral.disclosure_id).exists():
            continue
        met = referral.moves.filter(move="arrive").exists()
        begins_at = at + APART * sum(met_before for _, met_before in taken) if met else at
        key = to[reference]
        colleague = None if key is None else reachable[key]
        taken.append((_given(actor, at, referral, colleague, begins_at), met))
    _tell_named([(page, met) for page, met in taken if page is not None], at, address)
    return len(taken)


def _given(
    actor: Reader, at: datetime, referral: Referral, colleague: Staff | None, begins_at: datetime
) -> Page | None:
    """Reassigned while somebody is still to come or there; offered to the colleague once the person was handed over."""
    if referral.state != rule.HANDED_OVER:
        return _reassign(actor, at, referral, colleague, begins_at)
    if colleague is None:
        raise HandOverRefused(
            "Choose a colleague for each case that was handed over: nobody is called out for it."
        )
    if referral.meant_for_id == colleague.pk:
        return None  # asked already
    return _offered(actor, at, referral, colleague)


def _reassign(
    actor: Reader, at: datetime, referral: Referral, colleague: Staff | None, begins_at: datetime
) -> Page | None:
    """One case: its owner's no more; the policy begins anew at `begins_at`, after the colleague's time if one is named."""
    reference = referral.disclosure.reference
    to = colleague.pk if colleague else None
    referral.first_step = referral.step
    referral.round_at = begins_at + rule.patience(referral.policy) if colleague else begins_at
    with entry("case_reassigned", actor=actor, at=at, subject=reference, to=str(to or "")):
        note_reassigned(referral.disclosure_id, actor=actor, at=at)
        make_move(referral, "reassign", at=at, by=staff_id(actor), to=to)
        page = _ask(referral, colleague, at) if colleague else None
        if page is not None:
            page.save(force_insert=True)
        referral.next_step_at = referral.round_at
        referral.save(update_fields=["first_step", "round_at", "next_step_at"])
    cases.give_back(actor=actor, at=at, disclosure=referral.disclosure)
    return page


def _tell_named(taken: list[tuple[Page, bool]], at: datetime, address: str) -> None:
    """Nobody met the person yet: a page each, answered with one tap. For all the others one message that says how many."""
    for page, met in taken:
        if not met:
            tell_page(at=at, page=page, address=address, notice=page_notice)
    rest = sorted((page for page, met in taken if met), key=lambda page: str(page.staff_id))
    for _staff, group in groupby(rest, key=lambda page: page.staff_id):
        pages = list(group)
        notice = reassigned_notice(count=len(pages), link=f"{address}/staff/call-outs/")
        tell(at=at, staff=pages[0].staff, about="reassigned", notice=notice)
