"""Kits as each reader may see them, and who holds what, by kind only."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from nightdesk.actions import kits as actions
from nightdesk.queries import kits
from nightdesk.records.exhibits import Custody, Exhibit, Store
from nightdesk.rules.kit import DECLINED, DONE
from nightdesk.rules.kit_tracking import Holder
from tests.people import as_reader
from tests.records.taking import take

MINUTE = timedelta(minutes=1)


@pytest.fixture
def told(cast: Any, now: datetime) -> str:
    """The reference of a disclosure that Priya took and unit A works on, with a kit in which two steps were answered."""
    reference, priya = take(cast, now).reference, as_reader(cast.priya)
    common: dict[str, Any] = {"actor": priya, "reference": reference, "number": kits.DEMO_NUMBER}
    actions.open_kit(at=now, **common)
    actions.note_step(at=now + MINUTE, step="first_urine", outcome=DECLINED, seen=0, **common)
    actions.note_step(at=now + 2 * MINUTE, step="first_urine", outcome=DONE, seen=1, done_at=now, **common)
    return reference


def test_the_newest_answer_holds_and_every_answer_is_there(cast: Any, now: datetime, told: str) -> None:
    """With who and when."""
    (seen,) = kits.kits_of(as_reader(cast.priya), told, now + 3 * MINUTE)
    assert (seen.number, seen.begun_at, seen.begun_by) == (kits.DEMO_NUMBER, now, "Priya")
    assert (seen.closed_at, seen.closed_by, seen.card_mark) == (None, "", "")
    assert [row.outcome for row in seen.noted] == [DECLINED, DONE]
    assert seen.outcomes() == {"first_urine": DONE}
    newest = seen.newest()["first_urine"]
    assert (newest.done_at, newest.noted_at, newest.by) == (now, now + 2 * MINUTE, "Priya")


@pytest.mark.parametrize(
    ("who", "hours", "seen"),
    [
        ("priya", 1, 1), ("priya", 13, 0),  # the counter, within its shift
        ("sana", 1, 1), ("sana", 500, 1), ("rae", 500, 1), ("maud", 500, 1),  # the unit of the case
        ("tom", 1, 0), ("kofi", 1, 0), ("idris", 1, 0), ("odile", 1, 0), ("ben", 1, 0), ("alex", 1, 0),
    ],
)  # fmt: skip
def test_need_to_know_is_that_of_the_counter_and_of_the_case(
    cast: Any, now: datetime, told: str, who: str, hours: int, seen: int
) -> None:
    """Everybody else sees nothing, and an unknown reference looks the same."""
    reader, at = as_reader(getattr(cast, who)), now + timedelta(hours=hours)
    assert len(kits.kits_of(reader, told, at)) == seen
    assert kits.may_work_on(reader, told, at) == bool(seen)
    assert kits.kits_of(reader, "ZZZZ-ZZZZ", at) == ()


def test_the_newest_kit_comes_first(cast: Any, now: datetime, told: str) -> None:
    """Closed, then another."""
    priya = as_reader(cast.priya)
    actions.close_kit(actor=priya, at=now + 3 * MINUTE, reference=told, number=kits.DEMO_NUMBER)
    second = actions.open_kit(actor=priya, at=now + 4 * MINUTE, reference=told)
    numbers = [seen.number for seen in kits.kits_of(priya, told, now + 5 * MINUTE)]
    assert numbers == [second.number, kits.DEMO_NUMBER]


def test_a_card_fits_only_with_its_own_words_and_for_who_may_work_on_it(
    cast: Any, now: datetime, told: str
) -> None:
    """In any spelling; not before there is one; not for a stranger."""
    priya, tom = as_reader(cast.priya), as_reader(cast.tom)
    number = kits.DEMO_NUMBER
    assert not kits.card_fits(priya, told, number, "", now)
    made = actions.make_card(actor=priya, at=now, reference=told, number=number, key=uuid4(), before="")
    assert kits.card_fits(priya, told, number, " ".join(made).upper(), now)
    assert not kits.card_fits(priya, told, number, " ".join(reversed(made)), now)
    assert not kits.card_fits(tom, told, number, " ".join(made), now)
    assert not kits.card_fits(priya, told, "ZZZZ", " ".join(made), now)


def test_the_newest_link_says_who_holds_it_by_kind(cast: Any, now: datetime, told: str) -> None:
    """Staff, store, or outside: no name comes out."""
    exhibit = Exhibit.objects.get()
    assert kits.holders(None, kits.DEMO_NUMBER) == (Holder("staff"),)
    store = Store.objects.create(
        station=cast.harrow_lane, code="HL1", name="Fridge", kind="fridge", capacity=9
    )
    common: dict[str, Any] = {"exhibit": exhibit, "at": now, "noted_at": now, "noted_by": cast.priya}
    exhibit.custody.filter(until=None).update(until=now)
    Custody.objects.create(number=2, what="stored", store=store, **common)
    assert kits.holders(None, kits.DEMO_NUMBER) == (Holder("store"),)
    exhibit.custody.filter(until=None).update(until=now)
    Custody.objects.create(number=3, what="sent", outside="laboratory", **common)
    assert kits.holders(None, kits.DEMO_NUMBER) == (Holder("laboratory"),)
    assert kits.holders(None, "ZZZZ") == ()


def test_the_demos_card_is_given_away_in_the_demo_alone(
    cast: Any, now: datetime, told: str, settings: Any
) -> None:
    """And only the one that the demo made."""
    settings.DEMO = True
    assert kits.demo_card(None) is None
    common: dict[str, Any] = {
        "actor": as_reader(cast.priya),
        "at": now,
        "reference": told,
        "number": kits.DEMO_NUMBER,
    }
    words = actions.make_card(key=kits.DEMO_KEY, before="", **common)
    assert kits.demo_card(None) == (kits.DEMO_NUMBER, " ".join(words))
    settings.DEMO = False
    assert kits.demo_card(None) is None
    settings.DEMO = True
    mark = kits.kits_of(common["actor"], told, now)[0].card_mark
    actions.make_card(key=UUID(int=5), before=mark, **common)
    assert kits.demo_card(None) is None
