"""Swaps: asked, taken or not by whoever was asked, never once the shift has begun; taken, the shifts follow."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from nightdesk.actions.rota import add_shifts
from nightdesk.actions.rota_changes import note_absence, stand_in
from nightdesk.actions.rota_swaps import accept_swap, ask_swap, decline_swap, withdraw_swap
from nightdesk.actions.staff import add_staff
from nightdesk.records.journal import JournalLine
from nightdesk.records.messages import Message
from nightdesk.records.rota import Shift, Swap
from nightdesk.records.staff import Staff
from nightdesk.rules.access import SYSTEM, AccessRefused
from nightdesk.rules.rota import RotaRefused
from nightdesk.rules.strain import StrainUnanswered
from tests.actions.together import at_once
from tests.people import PASSWORD, as_reader, make_cast

HOUR = timedelta(hours=1)


def put_in(cast: Any, now: datetime, who: Any, hours: float) -> Shift:
    """Eight hours of `who` as first specialist, beginning in so many hours."""
    made = stand_in(
        actor=SYSTEM, at=now, unit=cast.unit_a, layer="soit", staff=who, starts_at=now + hours * HOUR,
        ends_at=now + (hours + 8) * HOUR,
    )  # fmt: skip
    return Shift.objects.standing().get(stand_in=made)


def ask(cast: Any, now: datetime, shift: Shift, **more: Any) -> Swap:
    return ask_swap(actor=as_reader(cast.sana), at=now, shift_id=shift.pk, **({"asked_of": cast.rae} | more))


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


def messages(about: str = "swap") -> set[tuple[str, str]]:
    return {
        (row.staff.username, row.subject)
        for row in Message.objects.filter(about=about).select_related("staff")
    }


def test_asked_of_anybody_those_who_could_take_it_are_told_once(cast: Any, now: datetime) -> None:
    """Rae is free; of three more specialists one is away, one is on elsewhere, one has no account any more."""
    away, busy, closed = (specialist(cast, now, name) for name in ("ada", "bo", "cy"))
    note_absence(
        actor=SYSTEM, at=now, staff=away, kind="sick", starts_at=now + 30 * HOUR, ends_at=now + 40 * HOUR
    )
    add_shifts(
        actor=SYSTEM, at=now, unit=cast.unit_b, shifts=[(busy, "second", now + 31 * HOUR, now + 33 * HOUR)]
    )  # another unit, another layer
    Staff.objects.filter(pk=closed.pk).update(is_active=False)
    shift = put_in(cast, now, cast.sana, 24)
    swap = ask(cast, now, shift, asked_of=None)
    assert messages() == {("rae", "A colleague asks who can take a shift")}
    with pytest.raises(RotaRefused, match="already"):
        ask(cast, now, shift, asked_of=None)
    assert Message.objects.count() == 1
    accept_swap(actor=as_reader(cast.rae), at=now, swap_id=swap.pk)
    assert ("sana", "Somebody takes the shift you asked about") in messages()
    assert Message.objects.count() == 2
    assert not [row for row in Message.objects.all() if "rae" in (row.subject + row.body).casefold()]


def test_nobody_who_could_take_it_is_said_aloud(cast: Any, now: datetime) -> None:
    put_in(cast, now, cast.rae, 25)
    shift = put_in(cast, now, cast.sana, 24)
    with pytest.raises(RotaRefused, match="Nobody of this unit"):
        ask(cast, now, shift, asked_of=None)
    assert not Swap.objects.exists()
    assert not Message.objects.exists()


def test_a_swap_turned_down_is_told_to_whoever_asked(cast: Any, now: datetime) -> None:
    swap = ask(cast, now, put_in(cast, now, cast.sana, 24))
    decline_swap(actor=as_reader(cast.rae), at=now, swap_id=swap.pk)
    assert ("sana", "A swap you asked for was turned down") in messages()


def test_two_questions_at_once_are_one(journey_db: None, now: datetime) -> None:
    cast = make_cast(now)
    shift = put_in(cast, now, cast.sana, 24)
    found = at_once(*[lambda: ask(cast, now, shift, asked_of=None)] * 3)
    assert sum(isinstance(one, RotaRefused) for one in found) == 2
    assert (Swap.objects.count(), Message.objects.count()) == (1, 1)


def test_too_little_rest_is_asked_about_and_then_taken(cast: Any, now: datetime) -> None:
    put_in(cast, now, cast.rae, 33)  # an hour after the one that she would take
    swap, rae = ask(cast, now, put_in(cast, now, cast.sana, 24)), as_reader(cast.rae)
    with pytest.raises(StrainUnanswered) as asked:
        accept_swap(actor=rae, at=now, swap_id=swap.pk)
    assert [(one.why, one.rest) for one in asked.value.strains] == [("tired", HOUR)]
    assert Swap.objects.get().state == "asked"
    put_in(cast, now, cast.rae, 12)  # meanwhile: what was shown is not what it would be now
    with pytest.raises(StrainUnanswered) as again:
        accept_swap(actor=rae, at=now, swap_id=swap.pk, answered=asked.value.token)
    accept_swap(actor=rae, at=now, swap_id=swap.pk, answered=again.value.token)
    assert on(cast, now + 25 * HOUR) == {"rae"}
    assert JournalLine.objects.get(kind="short_rest_noted").facts == {
        "unit": "A",
        "username": "rae",
        "count": 2,
    }


def test_whoever_asks_for_a_shift_in_return_is_asked_about_their_own_rest(cast: Any, now: datetime) -> None:
    mine, theirs = put_in(cast, now, cast.sana, 24), put_in(cast, now, cast.rae, 33)
    put_in(cast, now, cast.sana, 43)
    with pytest.raises(StrainUnanswered) as asked:
        ask(cast, now, mine, back_shift_id=theirs.pk)
    assert [one.other_starts_at for one in asked.value.strains] == [now + 43 * HOUR]  # not the one given up
    swap = ask(cast, now, mine, back_shift_id=theirs.pk, answered=asked.value.token)
    accept_swap(actor=as_reader(cast.rae), at=now, swap_id=swap.pk)  # hers is given up: nothing is too close


def specialist(cast: Any, now: datetime, name: str) -> Any:
    return add_staff(
        actor=SYSTEM, at=now, username=name, name=name.title(), role="soit", email=f"{name}@force.test",
        password=PASSWORD, unit=cast.unit_a,
    )  # fmt: skip
