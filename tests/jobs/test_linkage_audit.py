"""The linkage worker notes what it compares and counts live work: ages out of what is sealed, and only counts are kept."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from nightdesk.actions.deaths import enter_death
from nightdesk.actions.link_audits import note_switch
from nightdesk.actions.particulars import keep_particular
from nightdesk.jobs import linkage
from nightdesk.jobs.linkage_audit import count_live_work, note_switches
from nightdesk.outside.current import pack
from nightdesk.queries import link_audits as queries
from nightdesk.queries.clock import database_now
from nightdesk.records.journal import JournalLine
from nightdesk.records.link_audits import LinkAudit
from nightdesk.records.sealed import Vault
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.particular_field import TOLD, given
from tests.actions.shield import case_of_sana
from tests.jobs.test_linkage import told, worker
from tests.linkage_rows import candidate_row, report_row
from tests.people import Cast, as_reader, make_cast

DAY = timedelta(days=1)


@pytest.fixture
def people(db: None) -> Cast:
    return make_cast(database_now())


def raised(source: Any, earlier: Any, at: datetime, **more: Any) -> Any:
    """A candidate of a new report of this source."""
    return candidate_row(report_row(source, at), earlier, at, **more)


def died(people: Cast, at: datetime, **values: Any) -> Any:
    return enter_death(
        actor=as_reader(people.priya), at=at, key=uuid4(), source="counter", values={"drug": "ghb"} | values
    )


def ages(now: datetime) -> list[str]:
    return [one.age for one in queries.live(SYSTEM, now)]


def test_an_age_is_that_of_the_case_else_of_the_counter_else_of_the_death(people: Cast) -> None:
    """Of the person it happened to: never of the man, and not recorded where two are in the case."""
    now = database_now()
    earlier = report_row(told(people.priya), now - DAY)
    sources = (
        told(people.tom, under_18="no"), told(people.tom, under_18="yes"), told(people.tom), died(people, now, age="41"),
        died(people, now),
    )  # fmt: skip
    for seconds, source in enumerate(sources):
        raised(source, earlier, now + timedelta(seconds=seconds))
    assert ages(now) == ["adult", "under_18", "not_recorded", "35_to_44", "not_recorded"]


def test_an_age_that_was_told_later_is_that_of_the_case(people: Cast) -> None:
    from nightdesk.records.disclosures import Disclosure

    now = database_now()
    reference = case_of_sana(people, now)
    raised(Disclosure.objects.get(reference=reference), report_row(told(people.priya), now - DAY), now)

    def person(role: str, age: str) -> None:
        keep_particular(
            actor=as_reader(people.sana), at=now, reference=reference, key=uuid4(), seen=0, kind="person", role=role,
            why="told", values={"age": given(age, TOLD)},
        )  # fmt: skip

    person("suspect", "45_to_54")
    assert ages(now) == ["not_recorded"]
    person("victim", "18_to_24")
    assert ages(now) == ["18_to_24"]
    person("victim", "25_to_34")
    assert ages(now) == ["not_recorded"]


def test_a_key_that_is_gone_holds_up_no_other(people: Cast) -> None:
    now = database_now()
    earlier = report_row(told(people.priya), now - DAY)
    gone = told(people.tom, under_18="no")
    raised(gone, earlier, now - DAY)
    raised(told(people.tom, under_18="no"), earlier, now)
    Vault.objects.filter(pk=gone.vault_id).update(wrapped=None, destroyed_at=now)
    assert ages(now) == ["not_recorded", "adult"]


def test_nobody_but_the_worker_opens_an_age(people: Cast) -> None:
    now = database_now()
    raised(told(people.tom), report_row(told(people.priya), now - DAY), now)
    assert len(queries.live(SYSTEM, now)) == 1
    assert all(queries.live(as_reader(who), now) == [] for who in people.staff().values())


def test_a_report_that_comes_during_the_count_does_not_wait_for_it(people: Cast, monkeypatch: Any) -> None:
    """The worker counts by itself, and looks what came before every so many ages."""
    monkeypatch.setattr(queries, "AT_ONCE", 2)
    now, looked = database_now(), []
    earlier = report_row(told(people.priya), now - DAY)
    for _ in range(5):
        raised(told(people.tom), earlier, now)
    count_live_work(now, between=lambda: looked.append(LinkAudit.objects.count()))
    assert looked == [0, 0, 0]
    worked = worker()
    monkeypatch.setattr(worked, "_take_what_came", lambda: looked.append(-1))
    monkeypatch.setattr(linkage, "due_jobs", lambda *_at, **_jobs: [linkage.AUDIT])
    worked._do_what_is_due()
    assert looked == [0, 0, 0, -1, -1, -1]


def test_what_is_kept_has_no_small_number_and_the_line_has_counts(people: Cast) -> None:
    """Those that are gone and those of long ago are not counted."""
    now = database_now()
    earlier = report_row(told(people.priya), now - 400 * DAY)
    for number in range(9):
        raised(told(people.tom, under_18="no" if number < 7 else "yes"), earlier, now)
    raised(told(people.tom), earlier, now - 366 * DAY)
    raised(told(people.tom), earlier, now, state="gone")
    count_live_work(now)
    figures = LinkAudit.objects.get().figures
    assert {row["raised"] for row in figures if row["by"] == "age"} == {
        None
    }  # two alone give away the other seven
    assert [row["raised"] for row in figures if row["by"] == "unit"] == [9]
    line = JournalLine.objects.get(kind="live_work_counted")
    assert line.facts == {"candidates": 9, "days": 365}


def test_a_candidate_counts_as_the_switch_stood_when_it_was_raised(people: Cast) -> None:
    now = database_now()
    switch, earlier = pack().link_switches["ethnicity"], report_row(told(people.priya), now - 9 * DAY)
    raised(told(people.tom), earlier, now - 4 * DAY)
    note_switch(at=now - 3 * DAY, switch=replace(switch, on=True), edition="7")
    raised(told(people.tom), earlier, now - 2 * DAY)
    note_switch(at=now - DAY, switch=replace(switch, on=False), edition="8")
    raised(told(people.tom), earlier, now)
    assert [one.ethnicity for one in queries.live(SYSTEM, now)] == [False, True, False]


def test_a_switch_is_noted_once_and_says_since_when_it_is_so(people: Cast) -> None:
    """A new edition that leaves it as it was changes no date; the edition that made it so stays told."""
    now = database_now()
    switch = pack().link_switches["ethnicity"]
    assert queries.switch_seen(SYSTEM, "ethnicity") is None
    note_switches(now - 3 * DAY)
    note_switches(now - 2 * DAY)
    assert JournalLine.objects.filter(kind="link_switch_noted").count() == 1
    assert note_switch(at=now - DAY, switch=switch, edition="next")
    seen = queries.switch_seen(SYSTEM, "ethnicity")
    assert seen == queries.SwitchSeen(False, now - 3 * DAY, pack().about.edition)
    assert note_switch(at=now, switch=replace(switch, on=True), edition="on")
    assert queries.switch_seen(SYSTEM, "ethnicity") == queries.SwitchSeen(True, now, "on")
    line = JournalLine.objects.filter(kind="link_switch_noted").latest("seq")
    assert line.facts == {"switch": "ethnicity", "state": "on", "edition": "on"}


def test_the_worker_does_both_when_it_begins(people: Cast) -> None:
    one = worker()
    one.round()
    one.round()
    assert LinkAudit.objects.count() == 1
    assert queries.switch_seen(SYSTEM, "ethnicity") is not None
