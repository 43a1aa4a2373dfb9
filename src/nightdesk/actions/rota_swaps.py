"""Swaps: one officer asks another to take a shift, perhaps against one of the other's; taken, it is two stand-ins."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings

from nightdesk.actions._entry import entry, together
from nightdesk.actions._strain import pass_over_strain, strains_of
from nightdesk.actions.messages import tell
from nightdesk.actions.rota_changes import stand_in
from nightdesk.records.rota import Absence, Shift, Swap
from nightdesk.records.staff import Staff
from nightdesk.rules.access import AccessRefused, Reader
from nightdesk.rules.messages import swap_declined_notice, swap_notice, swap_open_notice, swap_taken_notice
from nightdesk.rules.rota import RotaRefused, Span
from nightdesk.rules.rota_rights import is_free, may_answer_swap

__all__ = ["AccessRefused", "RotaRefused"]

MY_SHIFTS: Final = "/staff/rota/mine/"


@together
def ask_swap(
    *, actor: Reader, at: datetime, shift_id: UUID, asked_of: Staff | None, back_shift_id: UUID | None = None,
    answered: str = "",
) -> Swap:  # fmt: skip
    """The actor asks `asked_of` (None: anybody of the unit) to take their shift, perhaps against one of theirs.

    Whoever is asked is told; of a unit, everybody who could take it. Raises RotaRefused when a shift is not theirs, has
    begun, or is asked about already, and when nobody could take it; StrainUnanswered for too little rest by the one taken
    in return.
    """
    shift, back = _coming(shift_id, actor.id, at), None
    if back_shift_id is not None:
        if asked_of is None:
            raise RotaRefused("Choose whose shift you would take, or ask without taking one back.")
        back = _coming(back_shift_id, str(asked_of.pk), at)
    _refuse_if_asked(shift)
    if asked_of is not None and (str(asked_of.pk) == actor.id or not asked_of.is_active):
        raise RotaRefused("Choose a colleague with an open account.")
    if back is not None:
        found = strains_of(_turn(back, actor.id), given_up=[_turn(shift, actor.id)])
        pass_over_strain(actor=actor, at=at, unit=shift.unit, found=found, answered=answered)
    swap = Swap(
        unit=shift.unit, layer=shift.layer, asked_by=shift.staff, asked_of=asked_of, starts_at=shift.starts_at,
        ends_at=shift.ends_at, back_starts_at=back.starts_at if back else None,
        back_ends_at=back.ends_at if back else None, asked_at=at, state="asked",
    )  # fmt: skip
    with entry("swap_asked", actor=actor, at=at, unit=shift.unit.code, layer=shift.layer):
        swap.save(force_insert=True)
        _tell_who_is_asked(swap, at)
    return swap


def _refuse_if_asked(shift: Shift) -> None:
    """Raise RotaRefused when this shift is asked about already: nobody is told twice of one."""
    asked = Swap.objects.filter(asked_by=shift.staff_id, state="asked", unit=shift.unit, layer=shift.layer)
    if asked.filter(starts_at=shift.starts_at, ends_at=shift.ends_at).exists():
        raise RotaRefused(
            "You have asked about this shift already. Take that back first, or wait for the answer."
        )


def _tell_who_is_asked(swap: Swap, at: datetime) -> None:
    """One notice to each, once. Raises RotaRefused when there is nobody."""
    told = [swap.asked_of] if swap.asked_of is not None else _who_could_take(swap)
    if not told:
        raise RotaRefused(
            "Nobody of this unit in your role is free in this time. Ask somebody by name, or ask your supervisor."
        )
    link = f"{settings.NIGHTDESK_ADDRESS}{MY_SHIFTS}"
    notice = swap_open_notice(link=link) if swap.asked_of is None else swap_notice(link=link)
    for staff in told:
        tell(at=at, staff=staff, about="swap", notice=notice)


def _who_could_take(swap: Swap) -> list[Staff]:
    """Of the unit and in the role of whoever asks, those who are neither away nor on somewhere in that time."""
    own = Staff.objects.filter(unit=swap.unit, role=swap.asked_by.role, is_active=True)
    people = list(own.exclude(pk=swap.asked_by_id).order_by("username"))
    when = {"staff__in": people, "starts_at__lt": swap.ends_at, "ends_at__gt": swap.starts_at}
    taken: dict[UUID, list[tuple[datetime, datetime]]] = {person.pk: [] for person in people}
    for rows in (Shift.objects.standing(), Absence.objects.filter(withdrawn_at=None)):
        for staff, starts_at, ends_at in rows.filter(**when).values_list("staff_id", "starts_at", "ends_at"):
            taken[staff].append((starts_at, ends_at))
    return [person for person in people if is_free(swap.starts_at, swap.ends_at, taken[person.pk])]


@together
def accept_swap(*, actor: Reader, at: datetime, swap_id: UUID, answered: str = "") -> None:
    """The actor takes the shift (and gives theirs): the rota follows at once, and whoever asked is told.

    Raises RotaRefused, AccessRefused; StrainUnanswered when it leaves the actor too little rest, until `answered` is its
    token. Whoever asked has answered for their own rest when they asked.
    """
    swap = _open(actor, swap_id, at)
    taker = Staff.objects.get(pk=actor.id)
    _refuse_if_gone(swap, taker)
    times = [(taker, swap.asked_by, swap.starts_at, swap.ends_at)]
    given_up = []
    if swap.back_starts_at and swap.back_ends_at:
        times.append((swap.asked_by, taker, swap.back_starts_at, swap.back_ends_at))
        given_up.append(Span(actor.id, swap.layer, swap.back_starts_at, swap.back_ends_at))
    found = strains_of(Span(actor.id, swap.layer, swap.starts_at, swap.ends_at), given_up=given_up)
    pass_over_strain(actor=actor, at=at, unit=swap.unit, found=found, answered=answered)
    with entry("swap_accepted", actor=actor, at=at, unit=swap.unit.code, layer=swap.layer):
        _answer(swap, "accepted", actor, at)
        _tell_who_asked(swap, at)
    for staff, instead_of, starts_at, ends_at in times:
        stand_in(
            actor=actor, at=at, unit=swap.unit, layer=swap.layer, staff=staff, instead_of=instead_of,
            starts_at=starts_at, ends_at=ends_at, swap=swap,
        )  # fmt: skip


def decline_swap(*, actor: Reader, at: datetime, swap_id: UUID) -> None:
    """The actor does not take it, and whoever asked is told. Asked of anybody, it stays open for the others.

    Raises RotaRefused, AccessRefused.
    """
    with entry("swap_declined", actor=actor, at=at) as line:
        swap = _open(actor, swap_id, at)
        line.facts = {"unit": swap.unit.code, "layer": swap.layer}
        if swap.asked_of_id is not None:
            _answer(swap, "declined", actor, at)
            _tell_who_asked(swap, at)


def _tell_who_asked(swap: Swap, at: datetime) -> None:
    made = swap_taken_notice if swap.state == "accepted" else swap_declined_notice
    notice = made(link=f"{settings.NIGHTDESK_ADDRESS}{MY_SHIFTS}")
    tell(at=at, staff=swap.asked_by, about="swap", notice=notice)


def withdraw_swap(*, actor: Reader, at: datetime, swap_id: UUID) -> None:
    """Whoever asked takes it back, as long as nobody has answered. Raises RotaRefused."""
    with entry("swap_withdrawn", actor=actor, at=at) as line:
        swap = _locked(swap_id)
        if str(swap.asked_by_id) != actor.id or swap.state != "asked":
            raise RotaRefused("This can’t be taken back: somebody has answered, or it is not yours.")
        line.facts = {"unit": swap.unit.code, "layer": swap.layer}
        _answer(swap, "withdrawn", actor, at)


def _turn(shift: Shift, staff: str) -> Span:
    """The time of a shift as a turn of `staff`."""
    return Span(staff, shift.layer, shift.starts_at, shift.ends_at)


def _coming(shift_id: UUID, staff: str, at: datetime) -> Shift:
    """A shift of this person that is still to come, locked, so that two questions about it are one. Raises RotaRefused."""
    rows = Shift.objects.standing().select_for_update(of=("self",), no_key=True)
    coming = rows.filter(pk=shift_id, staff_id=staff, starts_at__gt=at)
    found = coming.select_related("unit", "staff").first()
    if found is None:
        raise RotaRefused("That shift is not in the rota any more, or has begun. Choose another one.")
    return found


def _locked(swap_id: UUID) -> Swap:
    rows = Swap.objects.select_for_update(of=("self",), no_key=True).select_related("unit", "asked_by")
    swap = rows.filter(pk=swap_id).first()
    if swap is None:
        raise RotaRefused("Nobody asks this any more. Open the page again.")
    return swap


def _open(actor: Reader, swap_id: UUID, at: datetime) -> Swap:
    """The swap, if this reader may answer it and it can still be answered."""
    swap = _locked(swap_id)
    ids = {
        "asked_by": str(swap.asked_by_id),
        "asked_of": str(swap.asked_of_id or ""),
        "unit": str(swap.unit_id),
        "role": swap.asked_by.role,
    }
    if not may_answer_swap(actor, **ids):
        raise AccessRefused("Only whoever was asked can answer this. Ask your supervisor to change the rota.")
    if swap.state != "asked":
        raise RotaRefused(
            "Somebody has answered this already. Open the page again to see how the rota stands."
        )
    if min(swap.starts_at, swap.back_starts_at or swap.starts_at) <= at:
        raise RotaRefused("That shift has begun, so it can’t be swapped any more. Ask your supervisor.")
    return swap


def _refuse_if_gone(swap: Swap, taker: Staff) -> None:
    """Raise RotaRefused when one of the two shifts is not there any more as it was when this was asked."""
    wanted = [(swap.asked_by_id, swap.starts_at, swap.ends_at)]
    if swap.back_starts_at and swap.back_ends_at:
        wanted.append((taker.pk, swap.back_starts_at, swap.back_ends_at))
    for staff, starts_at, ends_at in wanted:
        own = Shift.objects.standing().filter(unit=swap.unit, layer=swap.layer, staff_id=staff)
        if not own.filter(starts_at=starts_at, ends_at=ends_at).exists():
            raise RotaRefused(
                "The rota has changed since this was asked. Ask again with the shifts as they are now."
            )


def _answer(swap: Swap, state: str, actor: Reader, at: datetime) -> None:
    swap.state, swap.answered_at, swap.answered_by_id = state, at, UUID(actor.id)
    swap.save(update_fields=["state", "answered_at", "answered_by"])
