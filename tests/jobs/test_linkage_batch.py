"""The whole database in groups to look at: what is proposed, what replaces what, and what does not come back."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from nightdesk.actions.link_groups import set_aside, take_up
from nightdesk.actions.link_reports import destroy_link_reports
from nightdesk.jobs.linkage_batch import propose_groups
from nightdesk.linkage.weights import shipped
from nightdesk.queries.clock import database_now
from nightdesk.records.journal import JournalLine
from nightdesk.records.link_candidates import LinkCandidate
from nightdesk.records.link_groups import LinkBatch, LinkGroup
from nightdesk.rules import link_group as rule
from nightdesk.rules.access import SYSTEM
from tests.linkage_rows import DEN, analyst, answered, report_row, told_to
from tests.people import as_reader, make_cast

WEIGHTS = shipped().without_ethnicity()
DAY = timedelta(days=1)


@pytest.fixture
def at() -> datetime:
    return database_now()


@pytest.fixture
def people(db: None, at: datetime) -> Any:
    return make_cast(at)


def another(people: Any, at: datetime, days: int, **more: Any) -> Any:
    """A report of the same man, told so many days ago."""
    act = (at - (days + 1) * DAY).date().isoformat()
    when = at - days * DAY
    return report_row(told_to(people.priya, when), when, DEN | {"act_on": act} | more)


def groups() -> list[set[Any]]:
    """The reports of each group that waits to be looked at."""
    rows = LinkGroup.objects.filter(decision="", replaced_at=None)
    return [{one.report_id for one in row.members.all()} for row in rows]


def run(at: datetime) -> dict[str, int]:
    """One comparison of everything."""
    return propose_groups(actor=SYSTEM, clock=lambda: at, weights=WEIGHTS).counts


def test_reports_of_one_man_are_proposed_with_their_evidence_and_one_line(people: Any, at: datetime) -> None:
    """Strangers are not; the facts of the build are kept, and each pair reads as a candidate would."""
    his = [another(people, at, days) for days in (90, 60, 30)]
    report_row(
        told_to(people.tom, at),
        at,
        {"id": "x", "handle": "slow_heron", "platform": "app_b", "lat": 54.9, "lon": -3},
    )
    phases: set[str] = set()
    done = propose_groups(
        actor=SYSTEM, clock=lambda: at, weights=WEIGHTS, progress=lambda phase, one, of: phases.add(phase)
    )
    assert done.counts == {"new": 1, "renewed": 0, "replaced": 0, "left": 0}
    row = LinkGroup.objects.get()
    assert groups() == [{one.pk for one in his}]
    assert (row.acts, row.full, row.batch.reports, row.batch.model) == (3, False, 4, "shipped-2")
    assert (row.batch.engine, row.batch.ethnicity) == ("duckdb", False)
    links = row.opened("links")
    assert [one["holds"] for one in links] == [True, True, False]
    assert [one["rank"] > 0 for one in links] == [True, True, False]
    assert "account" in {piece["comparison"] for piece in links[0]["evidence"]["found"]}
    assert {"opened", "counting", "comparing", "explained"} <= phases
    line = JournalLine.objects.get(kind="groups_proposed")
    assert line.facts == {"reports": 4, "ethnicity": False, "new": 1, "renewed": 0, "replaced": 0, "left": 0}


def test_the_place_is_that_in_the_list_of_the_later_report(people: Any, at: datetime) -> None:
    """As the worker finds it: two that are nearly as like it stand one after the other, not both at the top."""
    first = another(people, at, 90, age=25)
    second = another(people, at, 85, age=45, drug=None)
    later = another(people, at, 30, age=None)
    run(at)
    holds = [one for one in LinkGroup.objects.get().opened("links") if one["holds"]]
    assert {one["new"] for one in holds} == {str(later.pk)}
    assert {one["earlier"]: one["rank"] for one in holds} == {str(first.pk): 1, str(second.pk): 2}


def test_that_all_is_opened_is_written_before_it_is(people: Any, at: datetime) -> None:
    """Broken off at the first report, the line is there; it says who, why and how many."""
    another(people, at, 30)

    def broken(phase: str, one: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        propose_groups(actor=as_reader(people.wen), clock=lambda: at, weights=WEIGHTS, progress=broken)
    line = JournalLine.objects.get(kind="linkage_opened")
    assert (line.actor, line.facts) == (as_reader(people.wen).id, {"why": "batch", "count": 1})


def test_the_same_again_is_renewed_and_what_is_found_no_more_is_replaced(people: Any, at: datetime) -> None:
    """Its address stays while it is the same; a report that joins makes it another group."""
    his = [another(people, at, days) for days in (60, 30)]
    run(at)
    first = LinkGroup.objects.get()
    assert run(at) == {"new": 0, "renewed": 1, "replaced": 0, "left": 0}
    assert LinkGroup.objects.get().pk == first.pk
    joined = another(people, at, 5)
    assert run(at) == {"new": 1, "renewed": 0, "replaced": 1, "left": 0}
    assert groups() == [{*(one.pk for one in his), joined.pk}]
    first.refresh_from_db()
    assert (first.replaced_at, first.opened("links")) == (at, [])
    assert LinkBatch.objects.count() == 3


def test_a_group_that_waits_stays_when_larger_ones_come(
    people: Any, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was found again, so nobody is told that it was not; a new one behind the last place waits its turn."""
    monkeypatch.setattr(rule, "MOST_KEPT", 1)

    def men(handle: str, lat: float, *days: int) -> set[Any]:
        said = {"handle": handle, "phone": f"07700 9{len(handle):02}{int(lat):03}", "lat": lat}
        return {another(people, at, each, **said).pk for each in days}

    first = men("fox_den", 51.5, 90, 60)
    run(at)
    larger = men("cold_newt", 54.9, 80, 50, 20)
    men("wet_badger", 58.2, 70, 40)
    assert run(at) == {"new": 1, "renewed": 1, "replaced": 0, "left": 1}
    assert sorted(groups(), key=len) == [first, larger]


def test_what_was_set_aside_comes_back_only_with_another_report(people: Any, at: datetime) -> None:
    for days in (60, 30):
        another(people, at, days)
    run(at)
    set_aside(actor=as_reader(people.wen), at=at, group=LinkGroup.objects.get().pk, why="Two flatmates.")
    assert run(at)["left"] == 1
    assert groups() == []
    another(people, at, 5)
    assert run(at)["new"] == 1
    assert [len(one) for one in groups()] == [3]


def test_taken_up_its_pairs_are_decided_blind_and_their_series_does_not_come_back(
    people: Any, at: datetime
) -> None:
    """From the batch to a series of three, by two analysts; what they decided apart stays apart."""
    his = [another(people, at, days) for days in (90, 60, 30)]
    run(at)
    assert take_up(actor=as_reader(people.wen), at=at, group=LinkGroup.objects.get().pk)["raised"] == 2
    assert run(at)["left"] == 1
    ines = analyst("ines", at)
    for pair in LinkCandidate.objects.all():
        assert pair.why == "batch"
        for one in (people.wen, ines):
            answered(one, at, pair, "linked")
    assert {one.memberships.get().series.reference for one in his} == {
        his[0].memberships.get().series.reference
    }
    assert run(at) == {"new": 0, "renewed": 0, "replaced": 0, "left": 1}


def test_two_whom_analysts_told_apart_and_two_men_of_one_report_are_no_group(
    people: Any, at: datetime
) -> None:
    """A third report that is like both brings at most one of them: two that stand side by side alone are left out anyhow."""
    first, second = (another(people, at, days) for days in (60, 30))
    run(at)
    take_up(actor=as_reader(people.wen), at=at, group=LinkGroup.objects.get().pk)
    pair = LinkCandidate.objects.get()
    for one in (people.wen, analyst("ines", at)):
        answered(one, at, pair, "not_linked")
    third = another(people, at, 5)
    told = told_to(people.tom, at)
    two_men = [report_row(told, at, DEN | {"lat": 53.4, "handle": "cold_newt"}, who=who) for who in "12"]
    run(at)
    assert any(third.pk in group for group in groups())
    for apart in ({first.pk, second.pk}, {one.pk for one in two_men}):
        assert not any(apart <= group for group in groups())


def test_a_report_that_was_destroyed_is_in_no_batch_and_takes_what_was_found_with_it(
    people: Any, at: datetime
) -> None:
    his = [another(people, at, days) for days in (90, 60, 30)]
    run(at)
    row = LinkGroup.objects.get()
    destroy_link_reports(at=at, reference=his[1].disclosure.reference)
    row.vault.refresh_from_db()
    assert row.vault.wrapped is None
    assert run(at) == {"new": 1, "renewed": 0, "replaced": 1, "left": 0}
    assert groups() == [{his[0].pk, his[2].pk}]


def test_an_empty_database_proposes_nothing(people: Any, at: datetime) -> None:
    assert run(at) == {"new": 0, "renewed": 0, "replaced": 0, "left": 0}
