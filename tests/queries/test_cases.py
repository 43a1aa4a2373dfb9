"""The queue: the unit's own, nearest running window first; and one case with everything in it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from nightdesk.actions.referrals import acknowledge_page, move_referral
from nightdesk.queries import cases
from nightdesk.queries.clocks import clock
from nightdesk.records.cases import Case
from nightdesk.records.duties import Duty
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.basics import Basics
from tests.actions.paging import MINUTE, raise_one, step, token_of
from tests.people import as_reader
from tests.records.taking import MARKED, take

HOUR = timedelta(hours=1)
FIRST_DUTY = 12 * HOUR  # the pack's shortest: to offer the SARC


def happened(hours: float, at: datetime) -> Basics:
    """Something that happened so long before `at`."""
    return Basics(what="raped", latest_at=at - hours * HOUR)


def all_met() -> None:
    """Nothing is owed any more, so that windows alone decide."""
    Duty.objects.update(state="met")
    Case.objects.update(next_duty_at=None)


def queue(staff: Any, at: datetime) -> list[str]:
    """References in the order of the page."""
    return [row.reference for row in cases.queue(as_reader(staff), at)]


def test_only_the_unit_sees_its_queue(cast: Any, now: datetime) -> None:
    """Everybody else's is empty."""
    told = raise_one(cast, now)
    for name, staff in cast.staff().items():
        of_unit_a = name in ("sana", "rae", "maud", "priya") and bool(as_reader(staff).unit)
        assert queue(staff, now) == ([told.reference] if of_unit_a else []), name


def test_the_shortest_running_window_comes_first(cast: Any, now: datetime) -> None:
    """What is nearest to being lost, whatever came in first."""
    taken = [take(cast, now, happened(hours, now)).reference for hours in (1, 40, 20, 100)]

    def nearest(reference: str) -> datetime:
        ends = [w.ends_at for w in clock(SYSTEM, reference, now).specimens if w.live and w.ends_at]
        return min(*ends, now + FIRST_DUTY)

    ends = [row.nearest_at for row in cases.queue(as_reader(cast.sana), now)]
    assert ends == sorted(map(nearest, taken))
    assert set(queue(cast.sana, now)) == set(taken)


@pytest.mark.parametrize("days", [1, 3, 8])
def test_a_window_that_has_passed_holds_no_place_at_the_top(cast: Any, now: datetime, days: int) -> None:
    """The next one that runs counts; a case without any running comes last."""
    long_ago = take(cast, now, happened(24 * 400, now)).reference
    waiting = take(cast, now, happened(1, now)).reference
    later = now + timedelta(days=days)
    new = take(cast, later, happened(1, later)).reference
    all_met()
    rows = cases.queue(as_reader(cast.sana), later)
    live = [row.first_window_ends_at for row in rows if row.first_window_ends_at]
    assert all(end > later for end in live)
    assert live == sorted(live)
    assert [row.reference for row in rows][-1] == long_ago
    assert {row.reference for row in rows} == {long_ago, waiting, new}


def test_the_queue_asks_the_database_for_the_time_when_nobody_gives_it(cast: Any, now: datetime) -> None:
    """As the page did before it could."""
    told = raise_one(cast, now)
    assert [row.reference for row in cases.queue(as_reader(cast.sana))] == [told.reference]


def test_what_was_handed_over_leaves_the_queue_when_nothing_is_owed(cast: Any, now: datetime) -> None:
    """And not before, nor while a duty is missed."""
    told = raise_one(cast, now)
    step(now)
    acknowledge_page(at=now, token=token_of(cast.sana))
    row = cases.queue(as_reader(cast.sana), now)[0]
    assert (row.owner, row.mine, row.state, row.station) == ("Sana", True, "acknowledged", "Harrow Lane")
    assert not cases.queue(as_reader(cast.rae), now)[0].mine
    for move in ("arrive", "hand_over"):
        assert queue(cast.sana, now) == [told.reference]
        move_referral(actor=as_reader(cast.sana), at=now, reference=told.reference, move=move)
    assert queue(cast.sana, now) == [told.reference]
    all_met()
    Duty.objects.filter(kind="needs_assessment").update(state="missed")
    assert queue(cast.sana, now) == [told.reference]
    all_met()
    assert queue(cast.sana, now) == []


def test_the_queue_carries_no_name_and_costs_the_same_for_one_and_for_many(
    cast: Any, now: datetime, django_assert_max_num_queries: Any
) -> None:
    """A flat number of questions to the database."""
    for hours in (1, 2, 24 * 300, 24 * 301, 24 * 302):
        take(cast, now, happened(hours, now))
    take(cast, now, MARKED)
    with django_assert_max_num_queries(7):
        rows = cases.queue(as_reader(cast.sana), now)
    assert len(rows) == 6
    assert "MARK" not in repr(rows)


def test_who_must_say_why_before_opening(cast: Any, now: datetime) -> None:
    """The owner and the unit's specialists need not; everybody else must; an unknown case is none."""
    told = raise_one(cast, now)
    needs = {
        name: cases.needs_reason(as_reader(staff), told.reference) for name, staff in cast.staff().items()
    }
    assert {name for name, must in needs.items() if not must} == {"sana", "rae", "maud"}
    assert cases.needs_reason(as_reader(cast.sana), "AAAA-AAAA") is None


def test_a_case_has_everything_that_a_specialist_needs(cast: Any, now: datetime) -> None:
    """Opened after the reading was journalled."""
    told = take(cast, now, MARKED)
    step(now)
    acknowledge_page(at=now + MINUTE, token=token_of(cast.sana))
    seen = cases.case(as_reader(cast.sana), told.reference, now + MINUTE)
    assert seen is not None
    assert (seen.basics, seen.station, seen.channel, seen.owner, seen.mine) == (
        MARKED,
        "Harrow Lane",
        "counter",
        "Sana",
        True,
    )
    assert seen.clock is not None
    assert (seen.versions, seen.clock.time_known, seen.clock.runs_from) == (((1, now, "Priya"),), False, now)
    assert [(m["move"], m["by"]) for m in seen.moves] == [("page", ""), ("acknowledge", "Sana")]
    assert seen.paging is not None
    assert seen.paging.answered_by == "Sana"
    assert seen.proposed is not None
    assert cases.case(as_reader(cast.sana), "AAAA-AAAA", now) is None
