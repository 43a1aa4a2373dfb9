"""What lay in a store: all of it a page at a time, what lay there in a time, and only what a reader may know of by name."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from nightdesk.queries.store_history import PAGE_ROWS, store_history
from nightdesk.queries.stores import lay_inside
from nightdesk.records.chain import chain_of
from nightdesk.records.exhibits import Custody, Exhibit, Store
from nightdesk.rules.store import Fault, inside_during
from tests.actions.exhibits import enter, fridge, move
from tests.actions.paging import raise_one
from tests.people import as_reader

pytestmark = pytest.mark.usefixtures("plain_triage")
HOUR = timedelta(hours=1)
NO_TIME: dict[str, Any] = {"since": None, "until": None}


@pytest.fixture
def store(cast: Any, now: datetime) -> Store:
    """One exhibit came and went twice, one lies there, one never did."""
    made, told = fridge(cast, now), raise_one(cast, now)
    first, second, _never = (enter(cast, now, told=told) for _ in range(3))
    for hours in (1, 3):
        move(first, cast.priya, "stored", now + hours * HOUR, made.code)
        move(first, cast.priya, "received", now + (hours + 1) * HOUR)
    move(second, cast.priya, "stored", now + 3 * HOUR, made.code)
    return made


def test_every_stay_is_listed_newest_first(store: Store, cast: Any, now: datetime) -> None:
    """What lies there has no end; no such store, nothing."""
    seen = store_history(as_reader(cast.priya), store.code, now, **NO_TIME)
    assert seen
    assert [(stay.court_ref, stay.since - now, stay.until and stay.until - now) for stay in seen.stays] == [
        ("P/2", 3 * HOUR, None), ("P/1", 3 * HOUR, 4 * HOUR), ("P/1", 1 * HOUR, 2 * HOUR),
    ]  # fmt: skip
    assert store_history(as_reader(cast.priya), "HL-F9", now, **NO_TIME) is None


def test_of_other_cases_only_the_times_are_shown(store: Store, cast: Any, now: datetime) -> None:
    """Kofi is of another unit."""
    seen = store_history(as_reader(cast.kofi), store.code, now, **NO_TIME)
    assert seen
    assert {(stay.code, stay.court_ref, stay.kind) for stay in seen.stays} == {("", "", "")}
    assert len(seen.stays) == seen.total == 3


def test_what_has_left_is_not_seen_because_it_once_lay_there(store: Store, cast: Any, now: datetime) -> None:
    """Tom's station never had it; Priya's colleague at the same counter sees what lies there now, not what has gone."""
    move(Exhibit.objects.get(court_ref="P/1"), cast.priya, "sent", now + 5 * HOUR, "laboratory")
    nell = as_reader(cast.priya)
    other = type(nell)(id="0" * 8 + "-0000-4000-8000-" + "0" * 12, role="counter", station=nell.station)
    seen = store_history(other, store.code, now, **NO_TIME)
    assert seen
    assert [stay.court_ref for stay in seen.stays] == ["P/2", "", ""]


@pytest.mark.parametrize("starts", range(-1, 6))
@pytest.mark.parametrize("lasts", [1, 2, 9])
def test_the_search_and_the_rule_say_the_same(store: Store, now: datetime, starts: int, lasts: int) -> None:
    """Which exhibits lay there during a fault: every beginning, several lengths, against the rule on whole chains."""
    fault = Fault("power_cut", now + starts * HOUR, now + (starts + lasts) * HOUR)
    found = lay_inside(store, fault.starts_at, fault.ends_at or now).values_list("exhibit", flat=True)
    wanted = {
        exhibit.pk
        for exhibit in Exhibit.objects.all()
        if inside_during(chain_of(exhibit.custody.all()), str(store.pk), fault, now + 9 * HOUR)
    }
    assert set(found) == wanted


def test_a_long_history_comes_in_pages(store: Store, cast: Any, now: datetime) -> None:
    """The last page has the oldest; a page too far is the last."""
    first = Custody.objects.get(number=2, exhibit__court_ref="P/1")
    for number in range(10, 10 + PAGE_ROWS):
        Custody.objects.create(
            exhibit=first.exhibit, number=number, what="stored", at=first.at, until=first.at, store=store,
            noted_at=now, noted_by=cast.priya,
        )  # fmt: skip
    seen = store_history(as_reader(cast.priya), store.code, now, **NO_TIME, page=99)
    assert seen
    assert (seen.total, seen.page, seen.pages, len(seen.stays)) == (PAGE_ROWS + 3, 2, 2, 3)
