"""Being turned away: anybody says so, it is sealed, followed up, closed by the commander, and a flood is only slowed."""

from datetime import datetime, timedelta
from functools import partial
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest

from nightdesk.actions import turned_away as actions
from nightdesk.actions.refusals import NotFound
from nightdesk.actions.turned_away import (
    NOBODY,
    Report,
    ReportRefused,
    WaitFirst,
    link_report,
    move_report,
    receive_report,
)
from nightdesk.records.turned_away import TurnedAway, TurnedAwayMove
from tests.actions.shield import facts, reported, senior
from tests.actions.together import at_once, whole_journal, without_faults
from tests.people import as_reader
from tests.records.taking import take

pytestmark = pytest.mark.usefixtures("plain_triage")


def step(who: Any, at: datetime, report: TurnedAway, move: str, words: str = "A word.", **more: Any) -> str:
    """`who` makes the next step, knowing every earlier one."""
    given = {"seen": report.moves.count(), **more}
    return move_report(actor=as_reader(who), at=at, number=report.number, move=move, words=words, **given)


def test_anybody_reports_without_a_name(cast: Any, now: datetime) -> None:
    """A vault of its own, a number that names nobody, no reference in the line but the number."""
    report = reported(now, station=cast.harrow_lane.code, answer="")
    row = TurnedAway.objects.select_related("vault").get()
    assert (row.received_by, row.station, row.opened("answer")) == (None, cast.harrow_lane, "")
    assert row.vault.purpose == "turned_away"
    assert len(report.number) == 9
    assert facts("turned_away_received") == [
        {"by_staff": False, "what": "both", "about_lead": False, "attempt": 1}
    ]


def test_staff_write_it_down_for_a_person(cast: Any, now: datetime) -> None:
    report = receive_report(
        actor=as_reader(cast.tom),
        at=now,
        key=uuid4(),
        report=Report("threatened", "He said so.", cast.harrow_lane.code),
    )
    assert report.received_by == cast.tom
    assert facts("turned_away_received")[0]["by_staff"]


def test_sent_twice_it_is_one_report_and_costs_nothing(cast: Any, now: datetime) -> None:
    send = partial(
        receive_report, actor=NOBODY, at=now, key=uuid4(), report=Report("other", "x"), client="10.0.0.9"
    )
    assert len({send().number for _ in range(20)}) == 1


def test_a_double_tap_gets_one_number(
    journey_db: None, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have looked before either is kept: the second gets the receipt of the first, and no fault."""
    both = Barrier(2)
    monkeypatch.setattr(actions, "count_try", lambda *_: 1 + 0 * both.wait(20))
    send = partial(
        receive_report, actor=NOBODY, at=now, key=uuid4(), report=Report("other", "x"), client="10.0.0.9"
    )
    first, second = without_faults(at_once(send, send))
    assert first.number == second.number == TurnedAway.objects.get().number
    whole_journal()


def test_a_flood_is_slowed_and_nobody_is_turned_away(cast: Any, now: datetime) -> None:
    """Six at once from one place: the sixth waits a few seconds and then goes through; another place never waits."""
    for _ in range(5):
        reported(now)
    with pytest.raises(WaitFirst) as wait:
        reported(now)
    assert wait.value.seconds <= 60
    reported(now, client="10.0.0.2")
    reported(now + timedelta(seconds=wait.value.seconds))
    assert TurnedAway.objects.count() == 7


def test_what_is_no_report_is_refused_and_does_not_count(cast: Any, now: datetime) -> None:
    for _ in range(9):
        with pytest.raises(ReportRefused):
            reported(now, told="")
    reported(now)


def test_followed_up_and_closed_by_the_commander(cast: Any, now: datetime) -> None:
    """The supervisor can't close what is about their own station."""
    report = reported(now, station=cast.harrow_lane.code)
    assert step(cast.maud, now, report, "look", "") == "looked_at"
    assert step(cast.maud, now, report, "talk") == "talked_to"
    assert step(cast.maud, now, report, "learn") == "learned"
    with pytest.raises(ReportRefused, match="own station"):
        step(cast.maud, now, report, "close")
    assert step(cast.idris, now, report, "look_again") == "looked_at"
    assert step(cast.maud, now, report, "learn") == "learned"
    assert step(cast.idris, now, report, "close") == "closed"
    assert [m["move"] for m in facts("turned_away_moved")] == [
        "look", "talk", "learn", "look_again", "learn", "close",
    ]  # fmt: skip


def test_a_report_about_whoever_leads_there_is_the_commanders(cast: Any, now: datetime) -> None:
    for report in (reported(now, station=cast.harrow_lane.code, about_lead=True), reported(now)):
        with pytest.raises(NotFound):
            step(cast.maud, now, report, "look")
        assert step(cast.idris, now, report, "look") == "looked_at"


@pytest.mark.parametrize("name", ["priya", "sana", "kofi", "wen", "odile", "ben", "alex"])
def test_nobody_else_follows_it_up(cast: Any, now: datetime, name: str) -> None:
    report = reported(now, station=cast.harrow_lane.code)
    with pytest.raises(NotFound):
        step(getattr(cast, name), now, report, "look")
    with pytest.raises(NotFound):
        link_report(actor=as_reader(getattr(cast, name)), at=now, number=report.number, reference="K7M2-Q9XR")
    assert TurnedAwayMove.objects.count() == 1


def test_a_step_sent_twice_counts_once_and_an_old_page_is_told(cast: Any, now: datetime) -> None:
    report = reported(now, station=cast.harrow_lane.code)
    assert step(cast.maud, now, report, "look", seen=1) == "looked_at"
    assert step(cast.maud, now, report, "look", seen=1) == "looked_at"
    assert TurnedAwayMove.objects.count() == 2
    with pytest.raises(ReportRefused, match="Look again"):
        step(cast.idris, now, report, "look", seen=1)


def test_it_is_linked_once(cast: Any, now: datetime) -> None:
    """By whoever follows it up; a second link is refused, an unknown reference told."""
    report, told = reported(now, station=cast.harrow_lane.code), take(cast, now)
    link = partial(link_report, actor=as_reader(cast.maud), at=now, number=report.number)
    with pytest.raises(ReportRefused, match="no disclosure"):
        link(reference="NONE-NONE")
    link(reference=told.reference)
    with pytest.raises(ReportRefused, match="linked already"):
        link(reference=told.reference)
    report.refresh_from_db()
    assert (report.disclosure, report.linked_by) == (told, cast.maud)


def test_a_supervisor_links_to_a_disclosure_of_their_unit_alone(cast: Any, now: datetime) -> None:
    """Another unit's and none at all look alike, and each try is noted; the commander sees the whole force."""
    here, told = reported(now, station=cast.mill_road.code), take(cast, now)  # told at Harrow Lane, unit A
    dina = senior("dina", now, cast.unit_b)
    link = partial(link_report, at=now, number=here.number)
    said = []
    for reference in (told.reference, "NONE-NONE"):
        with pytest.raises(ReportRefused) as refusal:
            link(actor=as_reader(dina), reference=reference)
        said.append(str(refusal.value))
    assert said[0] == said[1]
    assert facts("access_refused") == [{"what": "turned_away_link"}] * 2
    assert facts("turned_away_linked_in") == []
    link(actor=as_reader(cast.idris), reference=told.reference)
    here.refresh_from_db()
    assert here.disclosure == told
