"""Swaps: asked, taken or not by whoever was asked, never once the shift has begun; taken, the shifts follow."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from nightdesk.actions.rota_changes import stand_in
from nightdesk.actions.rota_swaps import accept_swap, ask_swap, decline_swap, withdraw_swap
from nightdesk.records.messages import Message
from nightdesk.records.rota import Shift, Swap
from nightdesk.rules.access import SYSTEM, AccessRefused
from nightdesk.rules.rota import RotaRefused
from tests.people import as_reader

HOUR = timedelta(hours=1)


def put_in(cast: Any, now: datetime, who: Any, hours: float) -> Shift:
    """Eight hours of `who` as first specialist, beginning in so many hours."""
    made = stand_in(
        actor=SYSTEM, at=now, unit=cast.unit_a, layer="soit", staff=who, starts_at=now + hours * HOUR,
        ends_at=now + (hours + 8) * HOUR,
    )  # fmt: skip
    return Shift.objects.standing().get(stand_in=made)


def ask(cast: Any, now: datetime, shift: Shift, **more: Any) -> Swap:
    return ask_swap(
        actor=as_reader(cast.sana), at=now, shift_id=shift.pk, **({"asked_of": cast.rae} | more)
    )


def on(cast: Any, at: datetime) -> set[str]:
    rows = Shift.objects.standing().filter(unit=cast.unit_a, layer="soit", starts_at__lte=at, ends_at__gt=at)
    return {row.staff.username for row in rows.exclude(stand_in=None)}


def test_a_shift_given_away_is_the_others_and_the_message_names_nobody(cast: Any, now: datetime) -> None:
    swap = ask(cast, now, put_in(cast, now, cast.sana, 24))
    told = Message.objects.get()
    assert (told.about, told.staff, told.page) == ("swap", cast.rae, None)
    assert "ana" not in told.body + told.subject.replace("Nightdesk", "")
    accept_swap(actor=as_reader(cast.rae), at=now + HOUR, swap_id=swap.pk)
    assert on(cast, now + 25 * HOUR) == {"rae"}


def test_two_shifts_change_hands(cast: Any, now: datetime) -> None:
    mine, theirs = put_in(cast, now, cast.sana, 24), put_in(cast, now, cast.rae, 48)
    swap = ask(cast, now, mine, back_shift_id=theirs.pk)
    accept_swap(actor=as_reader(cast.rae), at=now, swap_id=swap.pk)
    assert (on(cast, now + 25 * HOUR), on(cast, now + 49 * HOUR)) == ({"rae"}, {"sana"})


def test_anybody_of_the_unit_may_take_what_was_asked_of_all(cast: Any, now: datetime) -> None:
    swap = ask(cast, now, put_in(cast, now, cast.sana, 24), asked_of=None)
    decline_swap(actor=as_reader(cast.rae), at=now, swap_id=swap.pk)
    for stranger in (cast.kofi, cast.maud, cast.priya):  # of another unit; of the unit, but no specialist
        with pytest.raises(AccessRefused):
            accept_swap(actor=as_reader(stranger), at=now, swap_id=swap.pk)
    accept_swap(actor=as_reader(cast.rae), at=now, swap_id=swap.pk)
    assert on(cast, now + 25 * HOUR) == {"rae"}


@pytest.mark.parametrize("who", ["sana", "maud", "kofi", "alex"])
def test_only_whoever_was_asked_may_answer(cast: Any, now: datetime, who: str) -> None:
    swap = ask(cast, now, put_in(cast, now, cast.sana, 24))
    for answer in (accept_swap, decline_swap):
        with pytest.raises(AccessRefused, match="Only whoever was asked"):
            answer(actor=as_reader(getattr(cast, who)), at=now, swap_id=swap.pk)


def test_what_has_begun_was_answered_or_has_changed_is_not_swapped(cast: Any, now: datetime) -> None:
    shift = put_in(cast, now, cast.sana, 24)
    swap = ask(cast, now, shift)
    rae = as_reader(cast.rae)
    with pytest.raises(RotaRefused, match="has begun"):
        accept_swap(actor=rae, at=now + 24 * HOUR, swap_id=swap.pk)
    with pytest.raises(RotaRefused, match="already"):
        ask(cast, now, shift)
    Shift.objects.filter(pk=shift.pk).update(cancelled_at=now)
    with pytest.raises(RotaRefused, match="has changed"):
        accept_swap(actor=rae, at=now, swap_id=swap.pk)
    decline_swap(actor=rae, at=now, swap_id=swap.pk)
    with pytest.raises(RotaRefused, match="answered this already"):
        accept_swap(actor=rae, at=now, swap_id=swap.pk)
    with pytest.raises(RotaRefused, match="taken back"):
        withdraw_swap(actor=as_reader(cast.sana), at=now, swap_id=swap.pk)


def test_what_was_asked_can_be_taken_back_until_somebody_answers(cast: Any, now: datetime) -> None:
    swap = ask(cast, now, put_in(cast, now, cast.sana, 24))
    withdraw_swap(actor=as_reader(cast.sana), at=now, swap_id=swap.pk)
    assert Swap.objects.get().state == "withdrawn"
    with pytest.raises(RotaRefused):
        ask(cast, now, put_in(cast, now, cast.rae, 30))  # not hers
