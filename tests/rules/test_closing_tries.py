"""Lost contact: what the log says since the person was last reached, with what stands beside it; tables and properties."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.outside.packs import load_pack
from nightdesk.rules.case import CaseRefused
from nightdesk.rules.closing import Standing
from nightdesk.rules.closing_concerns import concerns
from nightdesk.rules.closing_said import Said, Times, refuse_if_incomplete
from nightdesk.rules.closing_tries import (
    Attempt,
    Beside,
    Tried,
    all_tries,
    missing,
    refuse_if_reached_since,
    tried_since_reached,
)

PACK = load_pack()
LIMITS = {limit.id: limit.amount for limit in PACK.closing_limits}
LONDON = ZoneInfo("Europe/London")
START = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)
TODAY = date(2027, 1, 21)
LOGGED = Tried(5, ("phone_call", "text"), date(2027, 1, 1), date(2027, 1, 15), reached_on=date(2026, 12, 20))
BESIDE = Beside(2, ("letter",), date(2027, 1, 5), date(2027, 1, 19), "In the ISVA’s notes")


def attempt(day: int, way: str = "phone_call", **more: bool) -> Attempt:
    """A call so many days after the report that nobody answered, or as `more` says."""
    return Attempt(
        START + timedelta(days=day), way, **({"outgoing": True, "noted": True, "reached": False} | more)
    )


IN = {"outgoing": False, "reached": True}


@pytest.mark.parametrize(
    ("contacts", "expected"),
    [
        ([], (0, (), None, None, None, 0)),
        ([attempt(1)], (1, ("phone_call",), 1, 1, None, 0)),
        ([attempt(9, "text"), attempt(3), attempt(5)], (3, ("phone_call", "text"), 3, 9, None, 0)),
        ([attempt(1), attempt(2, reached=True), attempt(4, "text")], (1, ("text",), 4, 4, 2, 0)),
        ([attempt(1), attempt(2, **IN)], (0, (), None, None, 2, 0)),
        ([attempt(2, outgoing=False), attempt(3)], (1, ("phone_call",), 3, 3, None, 0)),
        ([attempt(1), attempt(2, noted=False)], (1, ("phone_call",), 1, 1, None, 1)),
        ([attempt(1, noted=False), attempt(2, reached=True)], (0, (), None, None, 2, 0)),
        ([attempt(2), attempt(2, reached=True)], (0, (), None, None, 2, 0)),
    ],
)  # fmt: skip
def test_the_log_is_counted_since_the_person_was_last_reached(
    contacts: list[Attempt], expected: tuple[Any, ...]
) -> None:
    """Outgoing and noted; whoever gets in touch is reached; somebody who gets in touch for them is not the person."""

    def day(number: int | None) -> date | None:
        return None if number is None else (START + timedelta(days=number)).date()

    count, ways, first, last, reached, unnoted = expected
    assert tried_since_reached(contacts, LONDON) == Tried(
        count, ways, day(first), day(last), day(reached), unnoted
    )


def test_days_are_those_on_the_wall() -> None:
    """Half past eleven in summer time, by UTC, is the next day."""
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    found = tried_since_reached([replace(attempt(0), begun_at=late)], LONDON)
    assert (found.first_on, found.last_on) == (date(2026, 7, 2), date(2026, 7, 2))


MOMENTS = st.integers(0, 60 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))
CONTACTS = st.lists(
    st.builds(
        Attempt, MOMENTS, st.sampled_from(("phone_call", "text")), outgoing=st.booleans(), noted=st.just(True),
        reached=st.booleans(),
    ),
    unique_by=lambda one: one.begun_at,
)  # fmt: skip


@given(CONTACTS)
def test_nobody_who_was_reached_after_the_tries_has_been_lost(contacts: list[Attempt]) -> None:
    """In whatever order the rows come: no counted try is before the day they were last reached."""
    found = tried_since_reached(contacts, LONDON)
    assert found == tried_since_reached(contacts[::-1], LONDON)
    assert found.count <= sum(one.outgoing and not one.reached for one in contacts)
    assert not (found.first_on and found.reached_on) or found.first_on >= found.reached_on
    refuse_if_reached_since(found.first_on, found.count, found)


@pytest.mark.parametrize(
    ("change", "short"),
    [
        ({}, ()), ({"count": 4}, ("tries",)), ({"ways": ("text",)}, ("try_ways",)),
        ({"last_on": date(2027, 1, 14)}, ("try_days",)),
        ({"count": 0, "ways": (), "first_on": None, "last_on": None}, ("tries", "try_ways", "try_days")),
    ],
)  # fmt: skip
def test_what_is_still_too_little(change: dict[str, Any], short: tuple[str, ...]) -> None:
    """Five tries, two ways, fourteen days: the limits of the pack."""
    assert missing(replace(LOGGED, **change), LIMITS) == short


def refused(logged: Tried, beside: Beside, **more: Any) -> str:
    """What a closing of lost contact is refused about; "" when it is not."""
    said = Said(
        more_tries=beside.count, more_ways=beside.ways, more_first_on=beside.first_on, more_last_on=beside.last_on,
        more_where=beside.where, suspect="no", grounds="All of it was tried.",
    )  # fmt: skip
    try:
        refuse_if_incomplete(
            "lost_contact", PACK.outcomes["no_suspect"], replace(said, **more), standing=Standing(tried=logged),
            times=Times(START, START + timedelta(days=60), START.date(), TODAY), limits=LIMITS,
        )  # fmt: skip
    except CaseRefused as refusal:
        return refusal.about
    return ""


@pytest.mark.parametrize(
    ("logged", "beside", "about"),
    [
        (LOGGED, {}, ""),
        (replace(LOGGED, count=4), {}, "tries"),
        (replace(LOGGED, ways=("text",)), {}, "try_ways"),
        (replace(LOGGED, last_on=date(2027, 1, 14)), {}, "try_days"),
        (Tried(), {}, "tries"),
    ],
)
def test_the_log_alone(logged: Tried, beside: dict[str, Any], about: str) -> None:
    """Nothing is typed: it is enough, or it is not."""
    assert refused(logged, Beside(**beside)) == about


@pytest.mark.parametrize(
    ("change", "about"),
    [
        ({}, ""), ({"where": " "}, "more_where"), ({"where": "x" * 8001}, "more_where"), ({"count": 0}, "more_tries"),
        ({"ways": ()}, "more_ways"), ({"ways": ("letter", "email", "text")}, "more_ways"),
        ({"first_on": None}, "more_last_on"), ({"last_on": None}, "more_last_on"),
        ({"first_on": date(2027, 1, 20)}, "more_last_on"), ({"last_on": date(2027, 1, 22)}, "more_last_on"),
        ({"count": 1}, "more_last_on"), ({"first_on": date(2026, 12, 19)}, "more_first_on"),
    ],
)  # fmt: skip
def test_tries_beside_the_log_say_where_they_are_written_down(change: dict[str, Any], about: str) -> None:
    """With their number, ways and days, none before the person was last reached."""
    assert refused(LOGGED, replace(BESIDE, **change)) == about


def test_tries_beside_the_log_count_with_it() -> None:
    """Three in the log and two beside it; before the report nothing counts."""
    logged = replace(LOGGED, count=3, ways=("text",), last_on=date(2027, 1, 3))
    assert refused(logged, Beside()) == "tries"
    assert refused(logged, BESIDE) == ""
    found = all_tries(logged, BESIDE)
    assert (found.count, found.ways, found.first_on, found.last_on) == (
        5, ("text", "letter"), date(2027, 1, 1), date(2027, 1, 19)
    )  # fmt: skip
    never = replace(logged, reached_on=None)
    assert refused(never, replace(BESIDE, first_on=START.date() - timedelta(days=1))) == "more_first_on"
    assert refused(never, replace(BESIDE, first_on=START.date())) == ""
    assert refused(LOGGED, Beside(), grounds="") == "grounds"


def test_whoever_was_reached_since_is_not_lost() -> None:
    """A closing that rests on earlier tries can’t be approved; what was before them does not matter."""
    there, first = LOGGED.count, date(2027, 1, 1)
    refuse_if_reached_since(first, there, LOGGED)
    refuse_if_reached_since(None, 0, LOGGED)
    refuse_if_reached_since(first, there, replace(LOGGED, reached_on=None))
    with pytest.raises(CaseRefused, match="Send it back"):
        refuse_if_reached_since(first, there, replace(LOGGED, reached_on=date(2027, 1, 16)))
    with pytest.raises(CaseRefused, match="Send it back"):
        refuse_if_reached_since(first, there + 1, replace(LOGGED, reached_on=first))


def test_a_supervisor_looks_twice_at_tries_beside_the_log() -> None:
    """Of that ending only."""
    facts = {"opened_at": START, "suspect_known": False, "clock_runs": False}
    said = Said(more_tries=1, present="alone", support="before")
    assert concerns("lost_contact", said, **facts) == ("tries_beside_log",)
    assert concerns("lost_contact", replace(said, more_tries=0), **facts) == ()
    assert concerns("outcome", said, **facts) == ()
