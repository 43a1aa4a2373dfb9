"""What each reader may know of the shield: that it exists, what it says once, which views are in, and how many."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nightdesk.queries import interest as interests
from nightdesk.queries import turned_away as reports
from nightdesk.queries.shield import content, kept, shield
from nightdesk.queries.shield_figures import shield_figures
from tests.actions.shield import asked, case_of_sana, entered, moved, opened, reported, said, senior
from tests.actions.test_turned_away import step
from tests.people import as_reader


@pytest.fixture
def case(cast: Any, now: datetime) -> str:
    """The reference of Sana's case, with one sealed version from the counter."""
    reference = case_of_sana(cast, now)
    entered(cast.priya, now, reference)
    return reference


def test_the_content_is_there_once_for_the_case(cast: Any, now: datetime, case: str) -> None:
    """All of it; a minute later the same opening shows nothing, and nobody else can use it."""
    opening = opened(cast.sana, now, case)
    (read,) = content(as_reader(cast.sana), opening.pk, now)
    assert (read.number, read.by, read.answer) == (1, "Priya", said(now))
    assert {until.drug for until in read.until} == {"ghb"}
    assert content(as_reader(cast.sana), opening.pk, now + timedelta(minutes=2)) == ()
    assert content(as_reader(cast.rae), opening.pk, now) == ()
    assert content(as_reader(cast.maud), opening.pk, now) == ()


def test_the_medical_sheet_holds_substance_time_and_route_alone(cast: Any, now: datetime, case: str) -> None:
    opening = opened(cast.rae, now, case, "medical")
    (read,) = content(as_reader(cast.rae), opening.pk, now)
    assert (read.answer.substances, read.answer.other, read.answer.routes) == (
        ("ghb",),
        "SHIELDOTHER",
        ("drunk",),
    )
    assert (read.answer.words, read.answer.given_by) == ("", "")


def test_what_was_sealed_after_the_opening_is_not_in_it(cast: Any, now: datetime, case: str) -> None:
    opening = opened(cast.sana, now, case)
    entered(cast.priya, now, case, words="later")
    assert len(content(as_reader(cast.sana), opening.pk, now)) == 1


@pytest.mark.parametrize(
    ("name", "knows", "opens", "medical"),
    [
        ("sana", True, True, True), ("rae", True, False, True), ("maud", True, False, False), ("odile", True, False, False),
        ("kofi", False, False, False), ("priya", False, False, False), ("idris", False, False, False),
        ("wen", False, False, False), ("ben", False, False, False), ("alex", False, False, False),
    ],
)  # fmt: skip
def test_who_knows_that_it_exists(
    cast: Any, now: datetime, case: str, name: str, knows: bool, opens: bool, medical: bool
) -> None:
    opened(cast.sana, now, case)
    seen = shield(as_reader(getattr(cast, name)), case)
    assert (seen is not None) == knows
    if seen is not None:
        assert (seen.may_open, seen.may_open_medical) == (opens, medical)
        assert [(o.by, o.purpose, o.reason) for o in seen.openings] == [("Sana", "case", "samples")]
        assert [v.number for v in seen.versions] == [1]


def test_the_counter_knows_how_many_and_nothing_else(cast: Any, now: datetime, case: str) -> None:
    assert kept(as_reader(cast.priya), case, now) == 1
    assert kept(as_reader(cast.tom), case, now) is None
    assert kept(as_reader(cast.priya), case, now + timedelta(hours=13)) is None


def test_views_are_hidden_from_each_other_and_from_the_officer(cast: Any, now: datetime, case: str) -> None:
    """Before both are in: that somebody gave one, never which. After: for those who decided, and the officer."""
    dina, row = senior("dina", now, cast.unit_b), asked(cast.sana, now, case, against=True)
    moved(cast.maud, now, row, "vote", against=True)
    for who in (dina, cast.idris, cast.sana):
        seen = interests.interest(as_reader(who), row.reference, words=True)
        assert seen is not None
        assert [(view.by, view.against, view.reasons) for view in seen.views] == [("Maud", None, "")]
    own = interests.interest(as_reader(cast.maud), row.reference, words=True)
    assert own is not None
    assert own.views[0].against is True
    moved(dina, now + timedelta(minutes=1), row, "vote", against=False)
    for who, views in (
        (cast.maud, [True, False]),
        (dina, [True, False]),
        (cast.sana, [True, False]),
        (cast.idris, [None] * 2),
    ):
        seen = interests.interest(as_reader(who), row.reference, words=True)
        assert seen is not None
        assert [view.against for view in seen.views] == views


@pytest.mark.parametrize(
    ("name", "sees", "reads"),
    [
        ("sana", True, True), ("maud", True, True), ("idris", True, True), ("rae", True, False), ("odile", True, False),
        ("kofi", False, False), ("priya", False, False), ("wen", False, False), ("ben", False, False),
        ("alex", False, False),
    ],
)  # fmt: skip
def test_grounds_are_for_whoever_asked_and_whoever_decides(
    cast: Any, now: datetime, case: str, name: str, sees: bool, reads: bool
) -> None:
    row = asked(cast.sana, now, case)
    seen = interests.interest(as_reader(getattr(cast, name)), row.reference, words=True)
    assert (
        (seen is not None) == sees == (interests.about(as_reader(getattr(cast, name)), row.reference) == case)
    )
    if seen is not None:
        assert (seen.grounds, seen.may_read) == ("SHIELDGROUNDS" if reads else "", reads)
        looked = interests.interest(as_reader(getattr(cast, name)), row.reference, words=False)
        assert looked is not None
        assert (looked.grounds, looked.may_read, looked.reads_words) == ("", reads, False)


def test_an_officer_outside_finds_what_waits_and_keeps_what_they_took(
    cast: Any, now: datetime, case: str
) -> None:
    row = asked(cast.sana, now, case, "more_serious")
    kofi = as_reader(cast.kofi)
    assert [(r.reference, r.mine) for r in interests.waiting(kofi)] == [(row.reference, True)]
    assert grounds(cast.kofi, row) == ""  # to be able to take it is not to have taken it
    moved(cast.kofi, now, row, "take")
    assert grounds(cast.kofi, row) == "SHIELDGROUNDS"
    assert [r.mine for r in interests.waiting(kofi)] == [True]
    assert interests.waiting(as_reader(cast.rae))[0].mine is False
    moved(cast.kofi, now, row, "leave")
    assert [r.state for r in interests.waiting(kofi)] == ["not_in_interest"]


def test_a_decision_that_is_over_is_read_by_those_who_made_it(cast: Any, now: datetime, case: str) -> None:
    """And by whoever asked and the officer of the case; no senior officer of the force reads it ever after."""
    row, dina = asked(cast.rae, now, case, "supply_for_gain"), senior("dina", now, cast.unit_b)
    moved(cast.kofi, now, row, "take")
    moved(cast.kofi, now, row, "leave")
    for who in (cast.kofi, cast.rae, cast.sana):
        assert grounds(who, row) == "SHIELDGROUNDS"
    for who in (dina, cast.maud, cast.idris, cast.odile):
        assert grounds(who, row) == ""


def test_what_is_open_is_never_behind_what_was_decided_since(cast: Any, now: datetime, case: str) -> None:
    """However much the rest of the force decided: the limit is for what is over, and for what this reader may see."""
    kofi, maud, hour = as_reader(cast.kofi), as_reader(cast.maud), timedelta(hours=1)
    old = asked(cast.sana, now, case)
    taken = asked(cast.rae, now + hour, case, "more_serious")
    moved(cast.kofi, now + hour, taken, "take")
    moved(cast.kofi, now + hour, taken, "leave")
    newer = asked(cast.sana, now + 2 * hour, case, "social_supply")
    moved(cast.maud, now + 2 * hour, newer, "confirm")
    assert [row.reference for row in interests.waiting(maud, most=1)] == [old.reference, newer.reference]
    assert [row.reference for row in interests.waiting(kofi, most=1)] == [taken.reference]


def grounds(who: Any, row: Any) -> str:
    """The grounds as this member of staff reads them; "" for nothing."""
    seen = interests.interest(as_reader(who), row.reference, words=True)
    assert seen is not None
    return seen.grounds


def test_reports_go_to_who_may_follow_them_up(cast: Any, now: datetime) -> None:
    here = reported(now, station=cast.harrow_lane.code)
    lead = reported(now, station=cast.harrow_lane.code, about_lead=True)
    nowhere, there = reported(now), reported(now, station=cast.mill_road.code)
    numbers = {
        name: {r.number for r in reports.queue(as_reader(getattr(cast, name)), now).rows}
        for name in ("maud", "idris", "sana", "odile")
    }
    assert numbers["maud"] == {here.number}
    assert numbers["idris"] == {row.number for row in (here, lead, nowhere, there)}
    assert numbers["sana"] == numbers["odile"] == set()
    seen = reports.report(as_reader(cast.maud), here.number, now)
    assert seen is not None
    assert (seen.told[:10], seen.answer, seen.may) == ("SHIELDTOLD", "SHIELDANSWER", ("look",))
    assert reports.report(as_reader(cast.maud), lead.number, now) is None


def test_overdue_comes_first_and_closed_last(cast: Any, now: datetime) -> None:
    old, closed, new = (reported(now, station=cast.harrow_lane.code) for _ in range(3))
    for move in ("look", "learn", "close"):
        step(cast.idris, now, closed, move)
    step(cast.maud, now + timedelta(hours=25), new, "look")
    found = reports.queue(as_reader(cast.maud), now + timedelta(hours=25, minutes=1))
    assert [(row.number, row.overdue) for row in found.rows] == [
        (old.number, True), (new.number, False), (closed.number, False),
    ]  # fmt: skip
    assert (found.waiting, found.closed) == (2, 1)


def test_what_anybody_can_send_fills_no_list_without_end(cast: Any, now: datetime) -> None:
    """However many come in: of what is open those that wait longest, what is overdue before all; the rest is counted."""
    slow = [reported(now, station=cast.harrow_lane.code, client="") for _ in range(2)]
    for row in slow:
        step(cast.maud, now, row, "look")
    for _ in range(3):
        reported(now + timedelta(hours=30), station=cast.harrow_lane.code, client="")
    at = now + timedelta(hours=55)  # a day for a look is over, three for talking are not
    for most, overdue in ((2, [True] * 2), (4, [True, True, True, False]), (9, [True] * 3 + [False] * 2)):
        found = reports.queue(as_reader(cast.maud), at, most=most)
        assert [row.overdue for row in found.rows] == overdue
        assert (found.waiting, found.closed) == (5, 0)


def test_the_figures_count_and_a_supervisor_counts_their_unit(cast: Any, now: datetime, case: str) -> None:
    opened(cast.sana, now, case)
    row = asked(cast.sana, now, case)
    moved(cast.maud, now, row, "confirm")
    reported(now, station=cast.harrow_lane.code)
    reported(now)
    own, whole = (shield_figures(as_reader(who), now + timedelta(days=2)) for who in (cast.maud, cast.odile))
    for found in (own, whole):
        assert (found.records, found.versions) == (1, 1)
        assert dict(found.openings) == {("case", "samples"): 1}
        assert dict(found.decisions) == {("own_use", "not_in_interest"): 1}
    assert (dict(own.reports), dict(whole.reports)) == ({"received": 1}, {"received": 2})
    assert (own.overdue, whole.overdue) == (1, 2)
    elsewhere = shield_figures(as_reader(senior("dina", now, cast.unit_b)), now)
    assert (elsewhere.records, elsewhere.openings, elsewhere.decisions, elsewhere.reports) == (0, {}, {}, {})


def test_lists_ask_the_database_a_fixed_number_of_times(cast: Any, now: datetime, case: str) -> None:
    """However many there are."""
    counts = []
    for _round in range(2):
        for kind in ("own_use", "social_supply"):
            moved(cast.maud, now, asked(cast.sana, now, case, kind), "confirm")
            reported(now, station=cast.harrow_lane.code, client="")
        with CaptureQueriesContext(connection) as captured:
            interests.waiting(as_reader(cast.maud))
            reports.queue(as_reader(cast.maud), now)
            shield_figures(as_reader(cast.maud), now)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 15
