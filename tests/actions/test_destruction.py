"""Destroying: one asks, another allows, and a legal hold stops it whatever was decided."""

from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from nightdesk.actions.destruction import (
    ask_for_destruction,
    decide_destruction,
    destroy_exhibit,
    lift_hold,
    place_hold,
)
from nightdesk.actions.refusals import NotFound
from nightdesk.records.exhibits import Destruction, Exhibit, Hold
from nightdesk.records.journal import JournalLine
from nightdesk.rules.custody import CustodyRefused
from tests.actions.exhibits import enter, fridge, hand, journey_of, move, number_of
from tests.actions.together import at_once, whole_journal
from tests.people import as_reader, make_cast

pytestmark = pytest.mark.usefixtures("plain_triage")


def with_sana(cast: Any, now: datetime) -> Exhibit:
    """Sana has it."""
    return enter(cast, now, by=cast.sana)


def ask(exhibit: Exhibit, who: Any, now: datetime, reason: str = "spoilt") -> Destruction:
    """The request."""
    return ask_for_destruction(actor=as_reader(who), at=now, code=exhibit.code, reason=reason)


def decide(exhibit: Exhibit, who: Any, now: datetime, *, allowed: bool = True) -> None:
    """The answer."""
    decide_destruction(actor=as_reader(who), at=now, code=exhibit.code, allowed=allowed)


def destroy(exhibit: Exhibit, who: Any, now: datetime) -> None:
    """The act."""
    destroy_exhibit(actor=as_reader(who), at=now, code=exhibit.code, number=number_of(exhibit))


def test_asked_by_one_allowed_by_another_and_done(cast: Any, now: datetime) -> None:
    """The last link; nothing follows."""
    made = with_sana(cast, now)
    asked = ask(made, cast.sana, now)
    assert ask(made, cast.sana, now).pk == asked.pk
    for _twice in range(2):
        decide(made, cast.maud, now)
    for _twice in range(2):
        destroy_exhibit(actor=as_reader(cast.sana), at=now, code=made.code, number=1)
    assert journey_of(made)[-1] == (2, "destroyed", "destroyed")
    with pytest.raises(CustodyRefused, match="not with the police any more"):
        ask(made, cast.sana, now)
    kinds = ("destruction_asked", "destruction_decided", "custody_noted")
    assert [JournalLine.objects.filter(kind=kind).count() for kind in kinds] == [1, 1, 2]


def test_nothing_is_destroyed_before_it_was_allowed(cast: Any, now: datetime) -> None:
    """Not asked, not decided, not allowed; by whoever does not have it."""
    made = with_sana(cast, now)
    with pytest.raises(CustodyRefused, match="Ask for the destruction first"):
        destroy(made, cast.sana, now)
    ask(made, cast.sana, now)
    with pytest.raises(CustodyRefused, match="not decided yet"):
        destroy(made, cast.sana, now)
    decide(made, cast.maud, now, allowed=False)
    with pytest.raises(CustodyRefused, match="was not allowed"):
        destroy(made, cast.sana, now)
    ask(made, cast.sana, now)
    decide(made, cast.maud, now)
    with pytest.raises(CustodyRefused, match="Sana has it"):
        destroy(made, cast.rae, now)
    with pytest.raises(CustodyRefused, match="allowed already"):
        ask(made, cast.rae, now)
    assert number_of(made) == 1


def test_whoever_asked_never_decides(cast: Any, now: datetime) -> None:
    """Nor a specialist, nor a supervisor of another unit; the database holds that too."""
    made = with_sana(cast, now)
    with pytest.raises(CustodyRefused, match="Nobody has asked"):
        decide(made, cast.maud, now)
    asked = ask(made, cast.maud, now)
    for who in (cast.maud, cast.sana):
        with pytest.raises(CustodyRefused, match="never whoever asked"):
            decide(made, who, now)
    with pytest.raises(NotFound):
        decide(made, cast.kofi, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Destruction.objects.filter(pk=asked.pk).update(decided_at=now, decided_by=cast.maud, allowed=True)


def test_the_slower_of_two_supervisors_hears_who_decided(cast: Any, now: datetime) -> None:
    """By name, and how."""
    made = with_sana(cast, now)
    ask(made, cast.sana, now)
    decide(made, cast.maud, now, allowed=False)
    with pytest.raises(CustodyRefused, match="Maud has decided already, and did not allow it"):
        decide(made, cast.rae, now)


def test_who_may_ask(cast: Any, now: datetime) -> None:
    """A specialist of the case, for one of the reasons of the pack; not the counter."""
    made = enter(cast, now)
    with pytest.raises(CustodyRefused, match="A specialist of the case asks"):
        ask(made, cast.priya, now)
    with pytest.raises(CustodyRefused, match="Choose why"):
        ask(made, cast.sana, now, "tidying up")
    move(made, cast.priya, "returned", now)
    with pytest.raises(CustodyRefused, match="not with the police"):
        ask(made, cast.sana, now)


def test_a_legal_hold_stops_everything(cast: Any, now: datetime) -> None:
    """Asking, allowing, and destroying what was allowed before; until it is lifted."""
    first, second = with_sana(cast, now), with_sana(cast, now)
    told, maud = first.disclosure, as_reader(cast.maud)
    second.disclosure = told
    Exhibit.objects.filter(pk=second.pk).update(disclosure=told, court_ref="S/2")
    ask(first, cast.sana, now)
    ask(second, cast.sana, now)
    decide(first, cast.maud, now)
    place_hold(actor=maud, at=now, reference=told.reference, reason="appeal")
    for refused in (
        lambda: destroy(first, cast.sana, now), lambda: decide(second, cast.maud, now),
        lambda: ask(with_hold(cast, told, now), cast.sana, now),
    ):  # fmt: skip
        with pytest.raises(CustodyRefused, match="legal hold"):
            refused()
    with pytest.raises(CustodyRefused, match="hold already"):
        place_hold(actor=maud, at=now, reference=told.reference, reason="court")
    lift_hold(actor=maud, at=now, reference=told.reference)
    destroy(first, cast.sana, now)
    assert journey_of(first)[-1][1] == "destroyed"
    assert Hold.objects.get().lifted_by == cast.maud


def with_hold(cast: Any, told: Any, now: datetime) -> Exhibit:
    """A third exhibit of the same case."""
    return enter(cast, now, told=told, by=cast.sana)


def test_only_a_supervisor_of_the_unit_holds_and_lifts(cast: Any, now: datetime) -> None:
    """With a reason of the pack; and there must be a hold to lift."""
    told = with_sana(cast, now).disclosure
    for who in (cast.sana, cast.priya, cast.kofi):
        with pytest.raises(NotFound):
            place_hold(actor=as_reader(who), at=now, reference=told.reference, reason="appeal")
    with pytest.raises(CustodyRefused, match="Choose why"):
        place_hold(actor=as_reader(cast.maud), at=now, reference=told.reference, reason="just so")
    with pytest.raises(CustodyRefused, match="no legal hold"):
        lift_hold(actor=as_reader(cast.maud), at=now, reference=told.reference)
    assert not Hold.objects.exists()
    assert not JournalLine.objects.filter(kind__startswith="hold").exists()


def test_what_lies_in_a_store_is_taken_out_first(cast: Any, now: datetime) -> None:
    """Somebody has it in hand when it is destroyed; what was being handed over is so no more."""
    from nightdesk.actions.custody import offer_exhibit
    from nightdesk.records.exhibits import HandOver

    made, store = enter(cast, now), fridge(cast, now)
    hand(made, cast.priya, cast.sana, now)
    at = made.custody.latest("number").at
    move(made, cast.sana, "stored", at, store.code)
    ask(made, cast.sana, at)
    decide(made, cast.maud, at)
    with pytest.raises(CustodyRefused, match="Take it out"):
        destroy(made, cast.sana, at)
    move(made, cast.sana, "received", at)
    offer_exhibit(actor=as_reader(cast.sana), at=at, code=made.code, number=number_of(made), username="rae")
    destroy(made, cast.sana, at)
    assert not HandOver.objects.filter(answered_at=None).exists()


def test_a_hold_placed_at_this_moment_is_not_overlooked(journey_db: None, now: datetime) -> None:
    """Either it was destroyed first, or the hold is there and it was not: never a hold on what is then destroyed."""
    cast = make_cast(now)
    made = with_sana(cast, now)
    ask(made, cast.sana, now)
    decide(made, cast.maud, now)
    results = at_once(
        lambda: destroy(made, cast.sana, now),
        lambda: place_hold(
            actor=as_reader(cast.maud), at=now, reference=made.disclosure.reference, reason="court"
        ),
    )
    order = list(
        JournalLine.objects.filter(kind__in=("hold_set", "custody_noted"))
        .order_by("-seq")
        .values_list("kind", flat=True)
    )[:2]
    if any(isinstance(result, CustodyRefused) for result in results):
        assert number_of(made) == 1
    else:
        assert order == ["hold_set", "custody_noted"]
        assert number_of(made) == 2
    assert Hold.objects.count() == 1
    whole_journal()
