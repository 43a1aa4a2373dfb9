"""The demo shows openings in every state, and somebody who searches more than is usual."""

from nightdesk.queries.searches import habits
from nightdesk.records.openings import CaseOpening, OpeningMove, OpeningSeen
from nightdesk.records.search import SearchKey, SearchMade
from nightdesk.records.staff import Staff
from nightdesk.rules.access import Reader
from nightdesk.rules.terms import AUDITOR
from tests.jobs.demo_made import NOW, force

__all__ = ["force"]


def test_openings_are_new_seen_asked_about_and_answered(force: None) -> None:
    openings, seen = CaseOpening.objects.count(), OpeningSeen.objects.count()
    assert openings >= 4
    assert 0 < seen < openings
    states = {
        row.moves.order_by("-number").values_list("state", flat=True).first()
        for row in CaseOpening.objects.all()
    }
    assert states == {None, "asked", "answered"}
    assert OpeningMove.objects.filter(move="answer").exists()


def test_somebody_is_pointed_out_and_search_finds_something(force: None) -> None:
    auditor = Reader(str(Staff.objects.get(role=AUDITOR).pk), AUDITOR)
    assert [one.many_searches for one in habits(auditor, NOW)].count(True) == 1
    assert SearchMade.objects.filter(found__gt=0).exists()
    assert SearchKey.objects.count() > 100
