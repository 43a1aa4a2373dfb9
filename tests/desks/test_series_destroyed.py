"""A report that was destroyed, or is gone, stays in its series and takes nothing else with it: every page still reads."""

import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from nightdesk.actions.link_reports import destroy_link_reports
from nightdesk.queries.clock import database_now
from nightdesk.records.link_candidates import LinkCandidate
from nightdesk.records.link_reports import LinkReport
from nightdesk.records.series import Series, SeriesMember
from tests.linkage_rows import DEN, OTHER, analyst, answered, candidate_row, listed, report_row, told_to
from tests.people import make_cast, signed_in

RULE = "by the retention rule"
GONE = "It is no longer there"


class Three:
    """Three linked reports, two analysts; the second of them is the one that goes."""

    def __init__(self) -> None:
        self.at = database_now()
        self.cast = make_cast(self.at)
        self.ines = analyst("ines", self.at)
        days = (60, 40, 20)
        self.reports = [
            report_row(told_to(self.cast.priya, self.at), self.at - timedelta(days=day), told)
            for day, told in zip(days, (DEN, OTHER | {"name_used": "GONEMARK"}, OTHER), strict=True)
        ]
        first, goes, last = self.reports
        self.links = [candidate_row(goes, first, self.at), candidate_row(last, first, self.at)]
        for link in self.links:
            answered(self.cast.wen, self.at, link, "linked", "Grounds of Wen.")
            answered(self.ines, self.at, link, "linked", "Grounds of Ines.")
        self.number = Series.objects.get().reference
        self.goes = goes

    def destroy(self) -> str:
        """As the retention rule does; the day of it in words."""
        destroy_link_reports(at=self.at, reference=self.goes.disclosure.reference)
        return f"{self.at.day} {self.at:%B %Y}"

    def got(self, name: str, *args: Any) -> str:
        """What a page says to Wen."""
        answer = signed_in(Client(), self.cast.wen).get(reverse(name, args=args))
        assert answer.status_code == 200, (name, answer.status_code)
        return str(answer.content.decode()).replace("&#x27;", "'")


@pytest.fixture
def three(db: None) -> Three:
    """A series of three."""
    return Three()


def brief_words(three: Three) -> str:
    """The words of the brief on paper."""
    paper = signed_in(Client(), three.cast.wen).get(reverse("series_brief", args=[three.number]))
    assert paper.status_code == 200
    pages = PdfReader(io.BytesIO(paper.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_destroyed_report_stays_in_its_series_and_everything_else_reads_on(three: Three) -> None:
    """The board says when it was destroyed; the other two are on the map, with what they share; nothing of it is left."""
    day = three.destroy()
    page = three.got("series", three.number)
    assert f"It was destroyed on {day} {RULE}." in page
    assert page.count('<article class="se-card') == 3
    assert page.count('<circle class="se-chart__ring"') == 2
    assert "Both name the account fox_den" in page
    assert "What they shared was destroyed with one of them." in page
    assert "of 2</td>" in page  # what is known by how many counts those that are there
    assert "of 3</td>" not in page
    for name in ("series", "series_history"):
        assert "GONEMARK" not in three.got(name, three.number)


def test_the_brief_of_a_series_with_a_destroyed_report_is_still_made(three: Three) -> None:
    """With the sentence in the place of its day."""
    before = brief_words(three)
    assert RULE not in before
    three.destroy()
    after = brief_words(three)
    assert f"{RULE}" in after
    assert three.goes.disclosure.reference in after
    assert "Both name the account fox_den" in after


def test_the_candidate_of_a_destroyed_report_still_says_who_answered_what(three: Three) -> None:
    """On its page and in its history; the grounds and the evidence are gone and said to be."""
    day = three.destroy()
    page = three.got("candidate", three.links[0].pk)
    assert f"It was destroyed on {day} {RULE}." in page
    assert "What was found between the two was destroyed with one of them." in page
    assert "For and against" not in page
    assert "not known" not in page.split("Side by side")[1].split("</table>")[0]
    for text in (page, three.got("candidate_history", three.links[0].pk)):
        assert text.count("The grounds were destroyed with one of the reports.") == 2
        assert "Wen, answer 1 of round 1" in text
        assert "Grounds of" not in text
    assert "Grounds of Wen." in three.got("candidate", three.links[1].pk)


def test_a_destroyed_report_leaves_no_gap_in_the_lists(three: Three) -> None:
    """Its own page says that it was destroyed; the list of another has it apart, with the candidate that linked them."""
    first, goes, last = three.reports
    listed(first, three.at, [goes, last])
    listed(goes, three.at, [first, last])
    listed(last, three.at, [goes, first])
    day = three.destroy()
    own = three.got("link_report", goes.pk)
    assert f"It was destroyed on {day} {RULE}." in own
    assert '<li class="se-card">' not in own
    for row in (first, last):
        page = three.got("link_report", row.pk)
        assert page.count('<li class="se-card">') == 1
        assert ("Linked, and no longer there" in page) == (row is first)
    assert reverse("candidate", args=[three.links[0].pk]) in three.got("link_report", first.pk)


def test_a_report_that_is_gone_is_said_to_be_and_no_longer_read(three: Three, at: datetime) -> None:
    """Taken back or corrected: its words count for nothing any more, and the link of people stays."""
    LinkReport.objects.filter(pk=three.goes.pk).update(gone_at=at)
    page = three.got("series", three.number)
    assert GONE in page
    assert RULE not in page
    assert page.count('<circle class="se-chart__ring"') == 2
    assert GONE in brief_words(three)
    assert GONE in three.got("candidate", three.links[0].pk)
    assert "GONEMARK" not in page


def test_a_destroyed_report_is_taken_out_with_a_reason_that_a_second_analyst_reads(three: Three) -> None:
    """What people write later is kept, under a key of its own."""
    three.destroy()
    member = SeriesMember.objects.get(report=three.goes)
    wen = signed_in(Client(), three.cast.wen)
    sent = wen.post(
        reverse("series_take_out", args=[three.number]), {"member": str(member.pk), "why": "LATERMARK"}
    )
    assert sent.status_code == 302
    assert LinkCandidate.objects.get(pk=three.links[0].pk).state == "unlinked"
    assert "a second analyst has not looked" in three.got("series", three.number)
    assert "LATERMARK" in three.got("series_history", three.number)
    three.destroy()  # done again, it takes that too
    history = three.got("series_history", three.number)
    assert "LATERMARK" not in history
    assert "left; why was destroyed with it" in history
    assert "was taken out</h2>" not in history
    assert "LATERMARK" not in three.got("candidate_history", three.links[0].pk)
    assert three.number in three.got("all_series")


def test_two_series_become_one_though_a_report_of_the_younger_was_destroyed(three: Three) -> None:
    """The deciding answer is taken, and all reports go on in the older series."""
    others = [report_row(told_to(three.cast.tom, three.at), three.at, DEN) for _one in range(2)]
    younger = candidate_row(others[1], others[0], three.at)
    joins = candidate_row(others[0], three.reports[0], three.at)
    later = three.at + timedelta(minutes=1)
    for staff in (three.cast.wen, three.ines):
        answered(staff, later, younger, "linked")
    destroy_link_reports(at=three.at, reference=others[1].disclosure.reference)
    for staff in (three.cast.wen, three.ines):
        answered(staff, later, joins, "linked")
    assert SeriesMember.objects.filter(series__reference=three.number, left_at=None).count() == 5
    assert three.got("series", three.number).count('<article class="se-card') == 5


def test_an_answer_sent_again_after_the_destruction_is_the_one_that_was_kept(three: Three) -> None:
    """The sender gets where the candidate stands, not a page that is gone."""
    row = three.links[1]
    mark = LinkCandidate.objects.get(pk=row.pk).seen_mark()
    destroy_link_reports(at=three.at, reference=three.reports[2].disclosure.reference)
    sent = signed_in(Client(), three.cast.wen).post(
        reverse("candidate_answer", args=[row.pk]),
        {"answer": "linked", "grounds": "Grounds of Wen.", "seat": "blind", "seen": mark},
    )
    assert sent.status_code == 302


@pytest.fixture
def at() -> datetime:
    """By the machine's own clock, as pages go by the database's."""
    return database_now()
