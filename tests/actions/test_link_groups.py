"""Groups: kept in place of older ones, taken up or set aside once, each with one line; and whole when something fails."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nightdesk.actions import link_groups as actions
from nightdesk.actions.link_reports import destroy_link_reports
from nightdesk.actions.refusals import NotFound
from nightdesk.outside.current import pack, packs_in_force
from nightdesk.records.journal import JournalLine
from nightdesk.records.link_candidates import LinkCandidate
from nightdesk.records.link_groups import LinkBatch, LinkGroup
from nightdesk.records.link_reports import READ, LinkReport
from nightdesk.rules.access import AccessRefused
from nightdesk.rules.link_group import LinkGroupRefused
from tests.group_rows import group_of, kept, reports_of
from tests.linkage_rows import analyst, answered
from tests.people import Cast, as_reader


@pytest.fixture
def found(cast: Cast, now: datetime) -> Any:
    """A group of three that waits to be looked at."""
    kept(now, group_of(reports_of(cast, now)))
    return LinkGroup.objects.get()


def lines(*kinds: str) -> list[tuple[str, dict[str, Any]]]:
    return [(one.kind, one.facts) for one in JournalLine.objects.filter(kind__in=kinds)]


def take_up(cast: Cast, found: Any, at: datetime) -> dict[str, int]:
    return actions.take_up(actor=as_reader(cast.wen), at=at, group=found.pk)


def test_the_pairs_that_hold_it_become_candidates_once(cast: Cast, found: Any, now: datetime) -> None:
    """Sent twice, it counts once; one line, and none of candidates raised by nobody."""
    assert take_up(cast, found, now) == {"raised": 2}
    assert take_up(cast, found, now) == {}
    facts = {"group": str(found.pk), "raised": 2, "again": 0, "renewed": 0}
    assert lines("group_raised", "candidates_raised") == [("group_raised", facts)]
    rows = LinkCandidate.objects.order_by("new__reported_at")
    assert [(one.why, one.state, one.model, one.bits, one.prior) for one in rows] == [
        ("batch", "waiting", "shipped-2", 16.0, -10.0)
    ] * 2
    found.refresh_from_db()
    assert (found.decision, found.decided_by) == ("raised", cast.wen)


def test_what_stands_side_by_side_already_is_left_as_it_is(cast: Cast, found: Any, now: datetime) -> None:
    """A pair that was decided is not asked about again by a group."""
    links = found.opened("links")
    reports = {str(one.pk): one for one in LinkReport.objects.all()}
    from tests.linkage_rows import candidate_row

    pair = candidate_row(reports[links[0]["new"]], reports[links[0]["earlier"]], now)
    for one in (cast.wen, analyst("ines", now)):
        answered(one, now, pair, "not_linked")
    assert take_up(cast, found, now) == {"left": 1, "raised": 1}
    pair.refresh_from_db()
    assert pair.state == "not_linked"


def test_set_aside_keeps_the_reason_sealed(cast: Cast, found: Any, now: datetime) -> None:
    """Sent twice, it counts once; sent again with another reason, that is not dropped in silence."""
    for _time in range(2):
        actions.set_aside(
            actor=as_reader(cast.wen), at=now, group=found.pk, why="Two flatmates share the account."
        )
    with pytest.raises(LinkGroupRefused, match="You have decided"):
        actions.set_aside(actor=as_reader(cast.wen), at=now, group=found.pk, why="Again")
    found.refresh_from_db()
    assert (found.decision, found.opened("why")) == ("aside", "Two flatmates share the account.")
    assert lines("group_dismissed") == [("group_dismissed", {"group": str(found.pk)})]


def test_two_forms_at_once_count_once(
    cast: Cast, found: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second waits for the first, so it looks again once it has the group."""
    locked, order = actions._locked, list[str]()

    def first_the_other(group: Any) -> Any:
        monkeypatch.setattr(actions, "_locked", locked)
        order.append("group")
        row = locked(group)
        actions._decide(row, "raised", as_reader(cast.wen), now)
        return locked(group)

    def placed(name: str, at: datetime) -> Any:
        order.append(name)

    monkeypatch.setattr(actions, "locked_place", placed)
    monkeypatch.setattr(actions, "_locked", first_the_other)
    assert take_up(cast, found, now) == {}
    assert order == [READ, "group"]  # a destruction takes that place first too, so the two can't cross
    assert not lines("group_raised")


def test_what_was_compared_with_ethnicity_is_not_taken_up_once_that_is_off(cast: Cast, now: datetime) -> None:
    """The line of the batch says that it was."""
    kept(now, group_of(reports_of(cast, now)), ethnicity=True)
    assert [facts["ethnicity"] for _kind, facts in lines("groups_proposed")] == [True]
    found = LinkGroup.objects.get()
    with pytest.raises(LinkGroupRefused, match="switched off"):
        take_up(cast, found, now)
    assert not LinkCandidate.objects.exists()
    switch = replace(pack().link_switches["ethnicity"], on=True)
    on = replace(pack(), link_switches=type(pack().link_switches)([switch]))
    with packs_in_force(lambda: on):
        assert take_up(cast, found, now)["raised"] == 2


def test_only_the_reports_of_the_groups_are_looked_up(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few at a time, while others wait for the place."""
    monkeypatch.setattr(actions, "CHUNK", 2)
    reports = reports_of(cast, now)
    with CaptureQueriesContext(connection) as asked:
        assert actions._standing({one.pk for one in reports}) == {one.pk for one in reports}
    assert [" IN (" in each["sql"] for each in asked.captured_queries] == [True, True]


def test_another_analyst_learns_that_it_is_decided(cast: Cast, found: Any, now: datetime) -> None:
    actions.set_aside(actor=as_reader(cast.wen), at=now, group=found.pk, why="Flatmates")
    other = as_reader(analyst("ines", now))
    with pytest.raises(LinkGroupRefused, match="has decided"):
        actions.take_up(actor=other, at=now, group=found.pk)
    with pytest.raises(LinkGroupRefused, match="has decided"):
        actions.set_aside(actor=other, at=now, group=found.pk, why="Mine")
    assert not LinkCandidate.objects.exists()


def test_only_analysts_decide_and_a_reason_is_needed(cast: Cast, found: Any, now: datetime) -> None:
    with pytest.raises(AccessRefused):
        actions.take_up(actor=as_reader(cast.maud), at=now, group=found.pk)
    with pytest.raises(AccessRefused):
        actions.set_aside(actor=as_reader(cast.sana), at=now, group=found.pk, why="x")
    with pytest.raises(LinkGroupRefused, match="Say why"):
        actions.set_aside(actor=as_reader(cast.wen), at=now, group=found.pk, why=" ")
    with pytest.raises(NotFound):
        actions.take_up(actor=as_reader(cast.wen), at=now, group=uuid4())
    assert not lines("group_raised", "group_dismissed")


def test_a_report_that_changed_since_is_not_made_a_candidate_by_what_it_said(
    cast: Cast, found: Any, now: datetime
) -> None:
    """The worker has compared it anew; with all of them changed there is nothing to take up."""
    first = LinkReport.objects.order_by("reported_at").first()
    assert first is not None
    LinkReport.objects.filter(pk=first.pk).update(seq=2)
    assert take_up(cast, found, now)["raised"] == 1
    assert not LinkCandidate.objects.filter(earlier=first).exists()


def test_with_every_report_changed_it_is_refused_and_nothing_is_kept(
    cast: Cast, found: Any, now: datetime
) -> None:
    LinkReport.objects.update(seq=2)
    with pytest.raises(LinkGroupRefused, match="destroyed or has changed"):
        take_up(cast, found, now)
    found.refresh_from_db()
    assert (found.decision, lines("group_raised")) == ("", [])


def test_a_destroyed_report_takes_the_evidence_with_it(cast: Cast, found: Any, now: datetime) -> None:
    """Neither taken up nor set aside with words that nothing could seal."""
    told = LinkReport.objects.order_by("reported_at").first()
    assert told is not None
    assert told.disclosure is not None
    destroy_link_reports(at=now, reference=told.disclosure.reference)
    with pytest.raises(LinkGroupRefused, match="destroyed"):
        take_up(cast, found, now)
    with pytest.raises(LinkGroupRefused, match="destroyed"):
        actions.set_aside(actor=as_reader(cast.wen), at=now, group=found.pk, why="Flatmates")
    found.refresh_from_db()
    assert found.decision == ""


def test_a_batch_that_saw_less_than_the_one_kept_changes_nothing(
    cast: Cast, found: Any, now: datetime
) -> None:
    """Two at once: the one that began later holds, whichever ends first."""
    later = now + timedelta(hours=1)
    assert kept(later, seq=5) == {"new": 0, "renewed": 0, "left": 0, "replaced": 1}
    reports = list(LinkReport.objects.order_by("reported_at"))
    assert kept(later, group_of(reports[:2]), seq=4) == {"new": 0, "renewed": 0, "left": 1, "replaced": 0}
    assert LinkBatch.objects.count() == 2
    with pytest.raises(LinkGroupRefused, match="newer comparison"):
        take_up(cast, found, later)


def test_a_report_that_went_during_the_batch_is_in_no_group(cast: Cast, now: datetime) -> None:
    reports = reports_of(cast, now, 2)
    destroy_link_reports(at=now, reference=reports[0].disclosure.reference)
    assert kept(now, group_of(reports))["left"] == 1
    assert not LinkGroup.objects.exists()
