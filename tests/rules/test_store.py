"""Stores: what may be put in, faults from readings, and what lay inside during one."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.rules import store as rule
from nightdesk.rules.custody import CustodyRefused, Holder, Link
from nightdesk.rules.store import Fault, Limits, Reading, Room, faults_from, inside_during

START = datetime(2026, 11, 22, 0, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LIMITS = Limits(20, 80, timedelta(minutes=15), timedelta(hours=6))


def readings(*pairs: tuple[float, int]) -> list[Reading]:
    """(minutes after START, tenths)."""
    return [Reading(START + minutes * MINUTE, tenths) for minutes, tenths in pairs]


def at(minutes: float) -> datetime:
    """Minutes after START."""
    return START + minutes * MINUTE


@pytest.mark.parametrize(
    ("pairs", "now", "faults"),
    [
        ((), 60, []),
        (((0, 40), (30, 80), (60, 20)), 60, []),
        (((0, 40), (30, 95), (40, 50)), 60, []),  # ten minutes: a door
        (((0, 40), (30, 95), (60, 50)), 60, [("too_warm", 30, 60)]),
        (((0, 40), (30, 95), (60, 90)), 90, [("too_warm", 30, None)]),
        (((0, 40), (30, 95)), 40, []),  # not long enough yet
        (((0, 10), (30, 95), (60, 50)), 60, [("too_cold", 0, 30), ("too_warm", 30, 60)]),
        (((0, 40), (361, 40)), 361, [("no_readings", 0, 361)]),
        (((0, 40), (360, 40)), 360, []),
        (((0, 40),), 361, [("no_readings", 0, None)]),
        (
            ((0, 95), (400, 95)),
            900,
            [("no_readings", 0, 400), ("too_warm", 0, None), ("no_readings", 400, None)],
        ),
    ],
)
def test_faults_of_readings(
    pairs: tuple[tuple[float, int], ...], now: float, faults: list[tuple[str, float, float | None]]
) -> None:
    """Limits themselves are fine; a fault lasts from the first reading outside to the first one back."""
    expected = [Fault(kind, at(starts), None if ends is None else at(ends)) for kind, starts, ends in faults]
    assert list(faults_from(readings(*pairs), LIMITS, at(now))) == expected


def test_a_store_that_is_not_measured_has_no_faults_by_readings() -> None:
    """Neither limits nor readings."""
    unmeasured = Limits(None, None, LIMITS.outside, LIMITS.silent)
    assert faults_from(readings((0, 900)), unmeasured, at(9000)) == ()


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(-300, 400)), unique_by=lambda pair: pair[0]))
def test_every_reading_far_outside_for_long_is_in_a_fault_and_no_good_one_is(
    pairs: list[tuple[int, int]],
) -> None:
    """Faults of one kind never overlap; no reading within the limits lies inside too warm or too cold."""
    listed = readings(*sorted(pairs))
    found = faults_from(listed, LIMITS, at(5001))
    for kind in rule.BY_READINGS:
        own = [fault for fault in found if fault.kind == kind]
        for earlier, later in pairwise(own):
            assert earlier.ends_at is not None
            assert earlier.ends_at <= later.starts_at
    for reading in listed:
        outside = [fault for fault in found if fault.kind != "no_readings" and fault.starts_at <= reading.at]
        inside = [fault for fault in outside if fault.ends_at is None or reading.at < fault.ends_at]
        if 20 <= reading.tenths <= 80:
            assert not inside
        assert len(inside) <= 1


def room(**changes: object) -> Room:
    """Fridge 1 with one place left."""
    return Room(
        **({"name": "Fridge 1", "kind": "fridge", "capacity": 10, "held": 9, "closed": False} | changes)
    )  # type: ignore[arg-type]


def test_the_last_place_may_be_taken() -> None:
    """Nine of ten."""
    rule.refuse_if_no_room(room(), ("fridge", "freezer"))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"held": 10}, "Fridge 1 is full: 10 of 10."),
        ({"capacity": 0, "held": 0}, "Fridge 1 is full: 0 of 0."),
        ({"closed": True}, "Fridge 1 is closed."),
        ({"kind": "dry"}, "Fridge 1 is the wrong kind of store"),
        ({"broken": True}, "Fridge 1 has a fault now."),
    ],
)
def test_what_does_not_fit_is_refused_with_where_it_can_go(changes: dict[str, object], sentence: str) -> None:
    """And whom to ask when there is nowhere."""
    with pytest.raises(CustodyRefused, match=sentence) as refused:
        rule.refuse_if_no_room(room(**changes), ("fridge",), ("Fridge 2", "Fridge 3"))
    assert str(refused.value).endswith("Free now: Fridge 2, Fridge 3.")
    with pytest.raises(CustodyRefused, match="Ask your supervisor"):
        rule.refuse_if_no_room(room(**changes), ("fridge",))


@pytest.mark.parametrize(
    ("starts", "ends", "inside"),
    [
        (0, 9, False), (0, 10, False), (0, 11, True), (10, 20, True), (19, 25, True), (20, 25, False), (12, None, True),
        (25, None, False),
    ],
)  # fmt: skip
def test_what_lay_inside_during_a_fault(starts: int, ends: int | None, inside: bool) -> None:
    """In the fridge from minute 10 until minute 20."""
    fridge, sana = Holder("store", "f1"), Holder("staff", "sana")
    chain = [
        Link(number, what, at(minute), holder, at(minute))
        for number, (what, minute, holder) in enumerate(
            (("taken", 5, sana), ("stored", 10, fridge), ("received", 20, sana)), start=1
        )
    ]
    fault = Fault("too_warm", at(starts), None if ends is None else at(ends))
    assert inside_during(chain, "f1", fault, at(60)) is inside
    assert not inside_during(chain, "f2", fault, at(60))
    assert inside_during(chain[:2], "f1", Fault("broken", at(30), None), at(60))
