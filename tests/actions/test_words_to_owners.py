"""The officers of both cases are told that analysts linked them, or took it back: once, by day, by code and link only."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from nightdesk.actions.notices import raise_notices
from nightdesk.actions.reading import note_reading
from nightdesk.actions.referrals import acknowledge_page
from nightdesk.actions.series import take_out
from nightdesk.actions.worker import take_due_step
from nightdesk.jobs.notices import tell_overdue
from nightdesk.queries.notices import on_desk
from nightdesk.queries.series_told import told_to_owner
from nightdesk.records.cases import Case
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.journal import JournalLine
from nightdesk.records.messages import Message
from nightdesk.records.notices import NoticeRow
from nightdesk.records.referrals import Page
from nightdesk.records.series import SeriesMember
from nightdesk.rules.notice import OFFICER
from nightdesk.rules.pack_notices import WORD
from tests.actions.paging import ADDRESS
from tests.actions.shield import case_of_sana
from tests.actions.test_away import away
from tests.linkage_rows import OTHER, analyst, answered, candidate_row, report_row, told_to
from tests.people import as_reader

pytestmark = pytest.mark.usefixtures("plain_triage")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Desk:
    """A report of Sana’s case beside one of Kofi’s, each in a unit of its own; two analysts."""

    def __init__(self, cast: Any, now: datetime) -> None:
        self.cast, self.now, self.night = cast, now, now + DAY  # nobody is on a shift at night
        self.ines = analyst("ines", now)
        self.of_sana = case_of_sana(cast, now)
        told = told_to(cast.tom, now, "raped")
        take_due_step(at=now, address=ADDRESS)
        acknowledge_page(at=now, token=Page.objects.get(referral__disclosure=told, staff=cast.kofi).token)
        self.of_kofi = told.reference
        self.reports = [
            report_row(Disclosure.objects.get(reference=self.of_sana), now),
            report_row(told, now, OTHER),
        ]
        self.pair = candidate_row(self.reports[1], self.reports[0], now)

    def decide(self, at: datetime, answer: str = "linked", pair: Any = None) -> None:
        """Both analysts answer the same."""
        for staff in (self.cast.wen, self.ines):
            answered(staff, at, pair or self.pair, answer)

    def out(self, at: datetime) -> None:
        """Wen takes Kofi’s report out of the series."""
        member = SeriesMember.objects.select_related("series").get(report=self.reports[1], left_at=None)
        given = {"series": member.series.reference, "member": member.pk, "why": "Another man."}
        take_out(actor=as_reader(self.cast.wen), at=at, **given)

    def opened(self, staff: Any, reference: str, at: datetime) -> None:
        """The officer opens the page of the case."""
        note_reading(actor=as_reader(staff), at=at, reference=reference, what="case")


@pytest.fixture
def desk(cast: Any, now: datetime, monkeypatch: Any) -> Desk:
    """Nobody has answered yet, and nothing else is overdue."""
    monkeypatch.setattr("nightdesk.jobs.notices.KINDS", (WORD,))
    return Desk(cast, now)


@pytest.fixture
def told() -> Callable[[], list[tuple[str, str]]]:
    """Who was told what by mail, what is new since it was last asked."""
    seen: set[Any] = set()

    def found() -> list[tuple[str, str]]:
        rows = [one for one in Message.objects.filter(about="notice", channel="email") if one.pk not in seen]
        seen.update(one.pk for one in rows)
        return sorted((one.staff.username, one.subject) for one in rows if one.staff)

    return found


def test_both_officers_are_told_once_and_only_when_two_have_decided(desk: Desk, told: Any) -> None:
    """Not when it was raised, nor after one answer; at seven, not at night; the message has a code and a link."""
    answered(desk.cast.wen, desk.night, desk.pair, "linked")
    tell_overdue(desk.night + 10 * HOUR)
    assert told() == []
    answered(desk.ines, desk.night + DAY, desk.pair, "linked")
    tell_overdue(desk.night + DAY + HOUR)
    assert told() == []
    assert [
        on_desk(as_reader(one), desk.night + DAY + HOUR).count for one in (desk.cast.sana, desk.cast.kofi)
    ] == [1, 1]
    for hours in (5, 6, 30, 100):
        tell_overdue(desk.night + DAY + hours * HOUR)
    label = "Something to read on the case"
    assert told() == [("kofi", f"{label}: {desk.of_kofi}"), ("sana", f"{label}: {desk.of_sana}")]
    body = Message.objects.get(channel="email", staff=desk.cast.sana, about="notice").body
    for word in ("link", "serie", "match", "analyst", desk.of_kofi, "fox", "Unit"):
        assert word not in body.replace(f"{desk.of_sana}.", "").casefold(), word


@pytest.mark.parametrize("answer", ["not_linked", "need_more"])
def test_nobody_is_told_that_there_is_nothing(desk: Desk, told: Any, answer: str) -> None:
    desk.decide(desk.night, answer)
    tell_overdue(desk.night + 10 * HOUR)
    assert told() == []


def test_no_line_of_it_stands_under_a_case(desk: Desk, told: Any) -> None:
    """Whoever reads the case, or its lines, does not learn from them that anything matched."""
    before = JournalLine.objects.filter(subject__in=(desk.of_sana, desk.of_kofi)).count()
    desk.decide(desk.night)
    tell_overdue(desk.night + 10 * HOUR)
    assert len(told()) == 2
    assert JournalLine.objects.filter(subject__in=(desk.of_sana, desk.of_kofi)).count() == before
    lines = JournalLine.objects.filter(kind="notice_told")
    assert [(line.subject, line.facts["notice"]) for line in lines] == [("", WORD)] * 2


def test_what_was_linked_and_taken_back_is_told_again_and_says_so(desk: Desk, told: Any) -> None:
    """Once each; an officer who learnt that something may be so learns that it is not."""
    desk.decide(desk.night)
    tell_overdue(desk.night + 10 * HOUR)
    assert len(told()) == 2
    assert told_to_owner(as_reader(desk.cast.sana), desk.of_sana) == "ring"
    desk.out(desk.night + 11 * HOUR)
    for hours in (12, 13):
        tell_overdue(desk.night + hours * HOUR)
    assert [who for who, _subject in told()] == ["kofi", "sana"]
    for staff, reference in ((desk.cast.sana, desk.of_sana), (desk.cast.kofi, desk.of_kofi)):
        assert told_to_owner(as_reader(staff), reference) == "over"


def test_an_old_link_that_was_taken_back_hides_no_later_look_from_the_officer(desk: Desk, told: Any) -> None:
    """Whoever was told in the officer’s place never learns that an analyst looks."""
    desk.decide(desk.night)
    desk.out(desk.night + HOUR)
    third = report_row(told_to(desk.cast.priya, desk.night), desk.night, OTHER)
    candidate_row(third, desk.reports[0], desk.night, state="one_in")
    assert told_to_owner(as_reader(desk.cast.sana), desk.of_sana) == "looks"
    away(desk.cast.sana, desk.now, days=4)
    tell_overdue(desk.night + 10 * HOUR)
    assert told_to_owner(as_reader(desk.cast.maud), desk.of_sana) == "over"


def test_a_second_link_of_the_same_case_is_one_message_more_and_those_of_a_night_are_one(
    desk: Desk, told: Any
) -> None:
    """What gathered before anybody was told is one event; a report that is no case yet has nobody to be told."""
    third = report_row(told_to(desk.cast.priya, desk.night), desk.night, OTHER)
    more = candidate_row(third, desk.reports[0], desk.night)
    desk.decide(desk.night)
    desk.decide(desk.night + HOUR, pair=more)
    tell_overdue(desk.night + 10 * HOUR)
    found = [who for who, _subject in told()]
    assert found.count("sana") == found.count("kofi") == 1


def test_whoever_opened_the_case_since_has_read_it(desk: Desk, told: Any) -> None:
    """They are told nothing more of it, and it leaves their desk; the other one is."""
    desk.decide(desk.night)
    desk.opened(desk.cast.sana, desk.of_sana, desk.night + HOUR)
    desk.opened(
        desk.cast.maud, desk.of_kofi, desk.night + HOUR
    )  # somebody else’s reading is not the officer’s
    tell_overdue(desk.night + 10 * HOUR)
    assert [who for who, _subject in told()] == ["kofi"]
    assert on_desk(as_reader(desk.cast.kofi), desk.night + 11 * HOUR).count == 1
    desk.opened(desk.cast.kofi, desk.of_kofi, desk.night + 12 * HOUR)
    assert on_desk(as_reader(desk.cast.kofi), desk.night + 13 * HOUR).count == 0


def test_an_officer_who_is_away_is_told_when_they_are_back_and_a_supervisor_at_once(
    desk: Desk, told: Any
) -> None:
    """The supervisor reads the same on the case, and no other supervisor does; they are told once."""
    away(desk.cast.sana, desk.now, days=4)
    desk.decide(desk.night)
    for hours in (10, 11, 34):
        tell_overdue(desk.night + hours * HOUR)
    assert [who for who, _subject in told()] == ["kofi", "maud"]
    assert told_to_owner(as_reader(desk.cast.maud), desk.of_sana) == "ring"
    assert told_to_owner(as_reader(desk.cast.maud), desk.of_kofi) == ""
    for hours in (10, 11):
        tell_overdue(desk.night + 4 * DAY + hours * HOUR)
    assert [who for who, _subject in told()] == ["sana"]


def test_whoever_takes_the_case_over_is_told_too(desk: Desk, told: Any) -> None:
    """It is theirs to ring now."""
    desk.decide(desk.night)
    tell_overdue(desk.night + 10 * HOUR)
    told()
    Case.objects.filter(disclosure__reference=desk.of_sana).update(owner=desk.cast.rae)
    for hours in (11, 12):
        tell_overdue(desk.night + hours * HOUR)
    assert [who for who, _subject in told()] == ["rae"]


def test_two_cases_of_one_officer_are_one_message_with_a_count(desk: Desk, told: Any) -> None:
    """And each stands on the desk by itself."""
    Case.objects.filter(disclosure__reference=desk.of_kofi).update(owner=desk.cast.sana)
    desk.decide(desk.night)
    tell_overdue(desk.night + 10 * HOUR)
    assert told() == [("sana", "2 things wait on your desk")]
    assert {row.reference for row in on_desk(as_reader(desk.cast.sana), desk.night + 11 * HOUR).things} == {
        desk.of_sana, desk.of_kofi
    }  # fmt: skip


def test_what_is_a_month_old_is_told_to_nobody_new(desk: Desk) -> None:
    desk.decide(desk.night)
    assert raise_notices(at=desk.night + 31 * DAY, kind=WORD, level=OFFICER) == 0
    assert not NoticeRow.objects.exists()
