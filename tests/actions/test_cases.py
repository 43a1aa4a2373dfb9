"""A case has one owner or none, and every change of hands is a row."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from nightdesk.actions.cases import follow_clock, give_back, take_on
from nightdesk.actions.clocks import start_clock
from nightdesk.records.cases import Case
from nightdesk.records.journal import JournalLine
from nightdesk.rules.basics import Basics
from tests.actions.paging import raise_one
from tests.people import as_reader
from tests.records.taking import take

pytestmark = pytest.mark.usefixtures("plain_triage")


def lines(kind: str) -> int:
    """How many lines of a kind there are."""
    return JournalLine.objects.filter(kind=kind).count()


def test_a_case_waits_in_the_unit_without_an_owner(cast: Any, now: datetime) -> None:
    """Opened with the referral, with the clock that runs."""
    told = raise_one(cast, now)
    case = Case.objects.get()
    assert (case.disclosure, case.unit, case.owner, case.opened_at) == (told, cast.unit_a, None, now)
    assert [(s.state, s.by) for s in case.statuses.all()] == [("open", cast.priya)]
    assert case.first_window_ends_at == told.clocks.get().first_ends_at


def test_a_case_changes_hands_by_rows(cast: Any, now: datetime) -> None:
    """Sana, then Rae, then nobody: nothing is overwritten but who has it now."""
    told = raise_one(cast, now)
    for hour, who in enumerate((cast.sana, cast.rae), start=1):
        take_on(actor=as_reader(who), at=now + timedelta(hours=hour), disclosure=told)
        assert Case.objects.get().owner == who
    give_back(actor=as_reader(cast.rae), at=now + timedelta(hours=3), disclosure=told)
    assert Case.objects.get().owner is None
    rows = Case.objects.get().statuses.order_by("id").values_list("state", "by__username")
    assert list(rows) == [("open", "priya"), ("with_soit", "sana"), ("with_soit", "rae"), ("open", "rae")]
    assert (lines("case_taken_on"), lines("case_released")) == (2, 1)


def test_giving_back_what_nobody_has_changes_nothing(cast: Any, now: datetime) -> None:
    """No row, no line."""
    told = raise_one(cast, now)
    give_back(actor=as_reader(cast.sana), at=now, disclosure=told)
    assert Case.objects.get().statuses.count() == 1
    assert lines("case_released") == 0


def test_a_nearer_time_moves_the_case_up_the_queue(cast: Any, now: datetime) -> None:
    """The newest clock counts, also when it is earlier than the first."""
    told = raise_one(cast, now)
    for hours, late in ((1, 40), (2, 10)):
        basics = Basics(what="raped", latest_at=now - timedelta(hours=late))
        priya, at = as_reader(cast.priya), now + timedelta(hours=hours)
        clock = start_clock(actor=priya, at=at, disclosure=told, basics=basics)
        assert Case.objects.get().first_window_ends_at == clock.first_ends_at


def test_a_disclosure_without_a_case_has_nothing_to_follow(cast: Any, now: datetime) -> None:
    """And nothing fails."""
    follow_clock(disclosure=take(cast, now, Basics(what="my phone is gone")), first_ends_at=now)
    assert not Case.objects.exists()
