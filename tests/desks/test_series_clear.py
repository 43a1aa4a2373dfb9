"""What analysts read at a glance: which man of which report, one number over no other, where a link led to."""

import re
from datetime import datetime
from typing import Any

import pytest

from nightdesk.actions.series import take_out
from nightdesk.desks.series.charts_map import places
from nightdesk.desks.series.words_codes import value_words
from nightdesk.desks.series.words_evidence import sentence
from nightdesk.queries.clock import database_now
from nightdesk.records.link_candidates import LinkCandidate
from nightdesk.records.series import Series, SeriesMember
from nightdesk.rules.candidate_evidence import Found
from tests.desks.test_series_pages import got
from tests.linkage_rows import DEN, OTHER, analyst, answered, candidate_row, listed, report_row, told_to
from tests.people import as_reader, make_cast


@pytest.fixture
def at() -> datetime:
    """By the machine’s own clock, as pages go by the database’s."""
    return database_now()


@pytest.fixture
def people(db: None, at: datetime) -> Any:
    """The cast, on duty now."""
    return make_cast(at)


@pytest.fixture
def men(people: Any, at: datetime) -> list[Any]:
    """A report about one man, and the two men of another, both of them linked to the first."""
    both, first = told_to(people.tom, at), report_row(told_to(people.priya, at), at, DEN)
    rows = [report_row(both, at, OTHER, who=f"told-{number}") for number in (1, 2)]
    pairs = [candidate_row(row, first, at) for row in rows]
    ines = analyst("ines", at)
    for pair in pairs:
        for staff in (people.wen, ines):
            answered(staff, at, pair, "linked")
    return [first, *rows, *pairs]


def test_two_men_of_one_report_are_told_apart_wherever_they_stand(people: Any, men: list[Any]) -> None:
    """In the queue, beside another report, on the board and on paper; a report about one man has its reference alone."""
    _first, one, two, *pairs = men
    reference = one.disclosure.reference
    queue = got(people.wen, "candidates", show="linked")
    for number, (row, pair) in enumerate(zip((one, two), pairs, strict=True), 1):
        name = f"{reference}, man {number} of 2"
        assert f"{name} beside {men[0].disclosure.reference}<" in queue
        assert name in got(people.wen, "candidate", pair.pk)
        assert name in got(people.wen, "candidate_history", pair.pk)
        assert name in got(people.wen, "link_report", row.pk)
        assert name in got(people.wen, "series", Series.objects.get().reference)
        assert name in got(people.wen, "series_history", Series.objects.get().reference)
    assert f"{men[0].disclosure.reference}, man" not in queue


def test_a_series_with_two_men_of_one_report_says_that_they_were_told_apart(
    people: Any, men: list[Any]
) -> None:
    """Whoever told of two men did not mean one."""
    assert f"Two men of {men[1].disclosure.reference} are in this series." in got(
        people.wen, "series", Series.objects.get().reference
    )


def test_a_candidate_that_was_linked_leads_to_its_series_and_asks_for_nothing(
    people: Any, men: list[Any], at: datetime
) -> None:
    """It is due no more, nobody looks after it, and nothing would settle it."""
    page = got(people.wen, "candidate", men[3].pk)
    assert f'/staff/series/{Series.objects.get().reference}/"' in page
    for words in ("Due ", "looks after it", "What would settle it"):
        assert words not in page, words
    open_one = candidate_row(report_row(told_to(people.priya, at), at, DEN), men[0], at)
    page = got(people.wen, "candidate", open_one.pk)
    assert "Both are in series" not in page
    for words in ("Due ", "Nobody looks after it yet", "What would settle it"):
        assert words in page, words


def test_that_nothing_is_shown_before_two_answered_is_said_once(people: Any, at: datetime) -> None:
    """To whoever may answer, and to whoever has."""
    first = report_row(told_to(people.priya, at), at, DEN)
    pair = candidate_row(report_row(told_to(people.tom, at), at, OTHER), first, at)
    page = got(people.wen, "candidate", pair.pk)
    assert "No answer is shown before two are in." not in page
    assert page.count("You answer blind") == 1
    answered(people.wen, at, pair, "linked")
    assert got(people.wen, "candidate", pair.pk).count("No answer is shown before two are in.") == 1


def test_the_queue_says_what_kinds_of_report_stand_side_by_side(people: Any, at: datetime) -> None:
    first = report_row(told_to(people.priya, at), at, DEN)
    pair = candidate_row(report_row(told_to(people.tom, at), at, OTHER), first, at)
    assert "Disclosure · A report came in" in re.sub(r"\s+", " ", got(people.wen, "candidates"))
    assert LinkCandidate.objects.get().pk == pair.pk


def test_what_a_board_shares_is_in_the_order_of_its_numbers(
    people: Any, men: list[Any], at: datetime
) -> None:
    """However late two of them were linked."""
    LinkCandidate.objects.filter(pk=men[4].pk).update(raised_at=at.replace(year=2020))
    page = got(people.wen, "series", Series.objects.get().reference)
    named = [(int(one), int(other)) for one, other in re.findall(r">(\d+) and (\d+)</a>", page)]
    assert len(named) == 2
    assert named == sorted(named)


def test_places_that_lie_over_each_other_have_one_label() -> None:
    """Every number is still written once."""
    here, far = {"lat": 55.43, "lon": 2.15, "precision": 1}, {"lat": 55.6, "lon": 1.86, "precision": 2}
    made = places([(1, here), (2, far), (3, dict(here)), (4, dict(far)), (5, {})])
    assert made is not None
    assert [number["said"] for number in made["numbers"]] == ["1, 3", "2, 4"]


@pytest.mark.parametrize(
    ("about", "value", "said"),
    [("phone", "447700900734", "+447700900734"), ("phone", "0734", "0734"), ("phone", "900734", "900734"),
     ("name", "will", "Will"), ("account", "fox_den", "fox_den"), ("phone", "", ""), ("name", "", "")],
)  # fmt: skip
def test_numbers_and_names_read_as_people_write_them(about: str, value: str, said: str) -> None:
    assert value_words(about, value) == said


def test_how_many_say_the_same_is_said_only_where_both_say_one_thing() -> None:
    """Of two days what is alike is how far apart they are."""
    for level, theirs in (("within 90 days", "739040"), ("within 1 days", "739000")):
        assert "other report" not in sentence(Found("time", level, 2.0, 0.0, "739000", theirs, 2))
    assert "other report" not in sentence(Found("name", "similar", 2.0, 0.0, "will", "bill", 2))
    assert sentence(Found("name", "same", 2.0, 0.0, "will", "will", 2)) == (
        "Both say that he is called Will. 2 other reports do."
    )


def test_a_list_shows_ten_at_once_and_every_pair_that_was_put_side_by_side(people: Any, at: datetime) -> None:
    """The rest is one tap away; that it was not weighed is said once."""
    new = report_row(told_to(people.tom, at), at, OTHER)
    rows = [report_row(told_to(people.priya, at), at, DEN, who=str(place)) for place in range(14)]
    listed(new, at, rows)
    page = got(people.wen, "link_report", new.pk)
    first, rest = page.split("4 more, ever less alike")
    assert (first.count('<li class="se-card">'), rest.count('<li class="se-card">')) == (10, 4)
    assert page.count("were not put side by side") == 1
    assert '<ol class="se-ranked" start="11">' in rest
    candidate_row(new, rows[11], at, bits=-20.0)
    page = got(people.wen, "link_report", new.pk)
    assert "more, ever less alike" not in page
    assert page.count('<li class="se-card">') == 14


def test_the_desk_that_somebody_is_at_is_marked_on_all_of_its_pages(people: Any, men: list[Any]) -> None:
    """Also on a series and on the list of a report; the page of who may read is another desk."""
    number = Series.objects.get().reference
    for name, args in (
        ("candidates", []), ("candidate", [men[3].pk]), ("link_report", [men[0].pk]), ("all_series", []),
        ("series", [number]), ("series_history", [number]),
    ):  # fmt: skip
        page = got(people.wen, name, *args)
        assert re.findall(r'aria-current="page">([^<]+)</a></li>', page.split("<main")[0]) == [
            "Series desk"
        ], name
    people_page = got(people.maud, "series_people").split("<main")[0]
    assert re.findall(r'aria-current="page">([^<]+)</a></li>', people_page) == ["Series readers"]


def test_what_was_taken_out_says_which_man(people: Any, men: list[Any], at: datetime) -> None:
    """Where a second analyst looks at it, too."""
    series = Series.objects.get()
    member = SeriesMember.objects.get(report=men[2])
    take_out(
        actor=as_reader(people.wen), at=at, series=series.reference, member=member.pk, why="Another man."
    )
    page = got(people.wen, "series_history", series.reference)
    assert page.count(f"{men[2].disclosure.reference}, man 2 of 2 was taken out") == 2
