"""Groups to look at in pages: who sees them, what they say, what is done with them, and what is left out."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nightdesk.actions.link_reports import destroy_link_reports
from nightdesk.actions.series_desk import name_reader
from nightdesk.queries import link_groups
from nightdesk.queries.clock import database_now
from nightdesk.queries.link_groups import EACH, group
from nightdesk.records.journal import JournalLine
from nightdesk.records.link_candidates import LinkCandidate
from nightdesk.records.link_groups import LinkGroup
from nightdesk.records.link_reports import LinkReport
from tests.group_rows import group_of, kept, link, reports_of
from tests.linkage_rows import FOUND, analyst, candidate_row, evidence, report_row, told_to
from tests.people import as_reader, make_cast, signed_in


@pytest.fixture
def at() -> datetime:
    """By the machine's own clock, as pages go by the database's."""
    return database_now()


@pytest.fixture
def people(db: None, at: datetime) -> Any:
    """The cast, on duty now."""
    return make_cast(at)


@pytest.fixture
def found(people: Any, at: datetime) -> Any:
    """A group of three."""
    kept(at, group_of(reports_of(people, at), acts=2))
    return LinkGroup.objects.get()


def got(staff: Any, name: str, *args: Any, **query: Any) -> str:
    """What a page says to somebody."""
    answer = signed_in(Client(), staff).get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.status_code
    return " ".join(str(answer.content.decode()).split())


def post(staff: Any, name: str, found: Any, **given: str) -> Any:
    """A form of a group."""
    return signed_in(Client(), staff).post(reverse(name, args=[found.pk]), given, follow=True)


def test_the_list_says_how_large_how_strong_of_which_units_and_when(people: Any, found: Any) -> None:
    page = got(people.wen, "link_groups")
    for words in (
        "3 reports, 2 acts",
        "Fair group",
        "Unit A, Unit B",
        "20000 reports were compared",
        "To look at (1)",
    ):
        assert words in page
    assert "fox_den" not in page  # a list opens nothing
    for name in ("candidates", "all_series"):
        assert reverse("link_groups") in got(people.wen, name)


def test_without_a_batch_the_list_says_so_in_words(people: Any) -> None:
    page = got(people.wen, "link_groups")
    for words in ("There is no group to look at.", "has not been compared yet"):
        assert words in page
    assert "No group was set aside." in got(people.wen, "link_groups", show="aside")
    assert "There is no group to look at." in got(people.wen, "link_groups", show="nonsense", page="x")


def test_a_group_shows_its_reports_what_holds_and_what_contradicts(people: Any, found: Any) -> None:
    page = got(people.wen, "link_group", found.pk)
    before, _, against = page.partition("What contradicts")
    assert "Both name the account fox_den" in before
    assert before.count("se-card") == 5  # three reports, two pairs
    assert "One says that he is called Jim, the other Casimir." in against
    assert "The 2 pairs that hold it together and do not stand side by side yet become candidates." in against
    for report in LinkReport.objects.all():
        assert reverse("link_report", args=[report.pk]) in page
    line = JournalLine.objects.filter(kind="series_desk_read").last()
    assert line is not None
    assert line.facts == {"what": "link_group", "about": str(found.pk)}


def test_what_was_found_with_a_report_that_has_changed_is_left_out(people: Any, found: Any) -> None:
    """It may be what it no longer says."""
    first = LinkReport.objects.order_by("reported_at").first()
    assert first is not None
    LinkReport.objects.filter(pk=first.pk).update(seq=2)
    page = got(people.wen, "link_group", found.pk)
    assert page.count("se-card") == 4  # three reports, one pair
    assert page.count("Has changed since it was compared") == 1
    assert page.count("What was found between it and the others is left out.") == 1
    assert "The 1 pair that holds it together" in page


def test_ethnicity_is_left_out_once_it_is_switched_off(people: Any, at: datetime) -> None:
    one, two = reports_of(people, at, 2)
    said = {"comparison": "ethnicity", "level": "same", "bits": 3.0, "rarity": 0.0, "mine": "white_north",
            "theirs": "white_north", "others": None}  # fmt: skip
    links = [link(one, two, evidence=evidence(found=(*FOUND, said)))]
    kept(at, group_of([one, two], links=links), ethnicity=True)
    found = LinkGroup.objects.get()
    seen = group(as_reader(people.wen), found.pk)
    assert seen is not None
    assert seen.switched_off
    assert [each.comparison for each in seen.links[0].evidence.found] == [
        each["comparison"] for each in FOUND
    ]
    page = got(people.wen, "link_group", found.pk)
    assert "white_north" not in page
    assert "compared with ethnicity, which the force has switched off" in page
    assert "Make its pairs candidates" not in page
    assert post(people.wen, "link_group_raise", found).status_code == 409


def test_which_man_of_a_report_is_said(people: Any, at: datetime) -> None:
    told = told_to(people.priya, at)
    men = [report_row(told, at, who=who) for who in "12"]
    kept(at, group_of([men[0], report_row(told_to(people.tom, at), at)]))
    page = got(people.wen, "link_group", LinkGroup.objects.get().pk)
    assert f"{told.reference}, man 1 of 2" in page


def test_a_group_that_went_a_moment_ago_is_not_found(
    people: Any, found: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link_groups, "group", lambda *_given: None)
    answer = signed_in(Client(), people.wen).get(reverse("link_group", args=[found.pk]))
    assert answer.status_code == 404


def test_taken_up_it_links_its_candidates_and_cannot_be_taken_again(
    people: Any, found: Any, at: datetime
) -> None:
    page = post(people.wen, "link_group_raise", found).content.decode()
    for row in LinkCandidate.objects.all():
        assert reverse("candidate", args=[row.pk]) in page
    assert "Make its pairs candidates" not in page
    assert post(people.wen, "link_group_raise", found).status_code == 200
    other = post(analyst("ines", at), "link_group_raise", found)
    assert (other.status_code, LinkCandidate.objects.count()) == (409, 2)
    assert "Another analyst has decided" in other.content.decode()
    assert "Made candidates (1)" in got(people.wen, "link_groups")


def test_pairs_that_stand_side_by_side_already_are_said_to(people: Any, found: Any, at: datetime) -> None:
    first, second, third = LinkReport.objects.order_by("reported_at")
    candidate_row(second, first, at)
    page = got(people.wen, "link_group", found.pk)
    assert (
        "The 1 pair that holds it together and does not stand side by side yet becomes a candidate." in page
    )
    assert "Nobody has answered" in page
    candidate_row(third, second, at)
    page = got(people.wen, "link_group", found.pk)
    assert "stand side by side already: this only takes the group from the list" in page
    assert "Leave it to its candidates" in page
    assert post(people.wen, "link_group_raise", found).status_code == 200
    assert LinkCandidate.objects.count() == 2


def test_set_aside_needs_a_reason_and_keeps_it(people: Any, found: Any, at: datetime) -> None:
    assert post(people.wen, "link_group_aside", found).status_code == 422
    long = post(people.wen, "link_group_aside", found, why="x" * 1001)
    assert (long.status_code, "x" * 1001 in long.content.decode()) == (422, True)
    assert "Flatmates." in post(people.wen, "link_group_aside", found, why="Flatmates.").content.decode()
    late = post(analyst("ines", at), "link_group_aside", found, why="What Ines wrote")
    assert (late.status_code, "Another analyst has decided" in late.content.decode()) == (409, True)
    assert "What Ines wrote</textarea>" in late.content.decode()
    assert "Set aside (1)" in got(people.wen, "link_groups", show="aside")


def test_whoever_slower_finds_it_set_aside_keeps_no_form_for_it(people: Any, found: Any) -> None:
    post(people.wen, "link_group_aside", found, why="Flatmates.")
    page = got(people.wen, "link_group", found.pk)
    assert "Set aside: Wen" in page
    assert "<textarea" not in page


def test_a_destroyed_report_is_left_out(people: Any, found: Any, at: datetime) -> None:
    """It is said that one is; what was found with it went too; with one left there is nothing to look at."""
    first, second, third = LinkReport.objects.order_by("reported_at")
    destroy_link_reports(at=at, reference=first.disclosure.reference)
    page = got(people.wen, "link_group", found.pk)
    assert "1 report of this group was destroyed" in page
    assert "went with the one that was destroyed" in page
    assert str(first.pk) not in page
    assert str(second.pk) in page
    assert "2 reports, 2 acts" in got(people.wen, "link_groups")
    destroy_link_reports(at=at, reference=second.disclosure.reference)
    assert "There is no group to look at." in got(people.wen, "link_groups")
    destroy_link_reports(at=at, reference=third.disclosure.reference)
    answer = signed_in(Client(), people.wen).get(reverse("link_group", args=[found.pk]))
    assert answer.status_code == 404


def test_a_report_that_does_not_stand_is_left_out_and_its_pairs_too(
    people: Any, found: Any, at: datetime
) -> None:
    first = LinkReport.objects.order_by("reported_at").first()
    assert first is not None
    LinkReport.objects.filter(pk=first.pk).update(gone_at=at)
    page = got(people.wen, "link_group", found.pk)
    assert (
        "The 1 pair that holds it together and does not stand side by side yet becomes a candidate." in page
    )
    assert "No two of its reports contradict the group." in page


def test_neither_a_named_reader_nor_a_supervisor_sees_groups(people: Any, found: Any, at: datetime) -> None:
    """Whoever is named reads what people have decided; the engine's proposals are for analysts."""
    name_reader(actor=as_reader(people.maud), at=at, username="sana")
    for staff in (people.sana, people.maud, people.priya, people.alex):
        client = signed_in(Client(), staff)
        for name, args in (("link_groups", []), ("link_group", [found.pk])):
            assert client.get(reverse(name, args=args)).status_code in (403, 404)
        assert client.post(reverse("link_group_raise", args=[found.pk])).status_code in (403, 404)
    assert "Groups to look at" not in got(people.sana, "candidates") + got(people.sana, "all_series")
    assert not LinkCandidate.objects.exists()


def test_many_groups_come_on_several_pages(people: Any, at: datetime) -> None:
    told = told_to(people.priya, at)
    reports = [report_row(told, at, who=str(place)) for place in range(2 * EACH + 2)]
    kept(at, *(group_of(reports[place : place + 2]) for place in range(0, len(reports), 2)))
    first, second = (got(people.wen, "link_groups", page=page) for page in (1, 2))
    assert (first.count("se-card"), second.count("se-card")) == (EACH, 1)
    assert "?show=open&amp;page=2" in first
