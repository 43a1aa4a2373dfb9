"""Who sees which opening, with how many statements; and who is pointed out."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nightdesk.actions.openings import see_openings
from nightdesk.actions.rota_changes import note_absence
from nightdesk.queries import openings
from nightdesk.queries.searches import habits
from nightdesk.records.search import SearchMade
from tests.actions.openings import moved, opened
from tests.actions.shield import case_of_sana, senior
from tests.people import Cast, as_reader

HOUR = timedelta(hours=1)


@pytest.fixture
def reference(cast: Cast, now: datetime) -> str:
    """A case of Sana's, unit A."""
    return case_of_sana(cast, now)


def test_those_not_seen_come_first_and_ones_own_are_not_there(
    cast: Cast, now: datetime, reference: str
) -> None:
    """Of one's own cases only."""
    first = opened(cast.kofi, now, reference)
    see_openings(actor=as_reader(cast.sana), at=now, openings=[first.pk])
    for hours in (9, 18):
        opened(cast.kofi, now + hours * HOUR, reference)
    rows = openings.mine(as_reader(cast.sana))
    assert [(row.seen, row.at) for row in rows] == [
        (False, now + 18 * HOUR), (False, now + 9 * HOUR), (True, now),
    ]  # fmt: skip
    assert openings.unseen(as_reader(cast.sana)) == 2
    assert openings.mine(as_reader(cast.rae)) == openings.mine(as_reader(cast.kofi)) == []


def test_an_opening_waits_with_the_supervisor_while_its_owner_is_away(
    cast: Cast, now: datetime, reference: str
) -> None:
    """By the rota; only with that of the case's unit, until it is seen or the owner is back."""
    maud, zora = as_reader(cast.maud), as_reader(senior("zora", now, cast.unit_b))
    row = opened(cast.kofi, now, reference)
    assert openings.ownerless(maud, now) == []
    note_absence(actor=maud, at=now, staff=cast.sana, kind="sick", starts_at=now, ends_at=now + 9 * HOUR)
    assert [one.id for one in openings.ownerless(maud, now)] == [row.pk]
    assert openings.ownerless(zora, now) == []
    assert [one.owner_away for one in openings.newest(zora, now)] == [True]
    assert openings.ownerless(maud, now + 9 * HOUR) == []
    see_openings(actor=maud, at=now, openings=[row.pk])
    assert openings.ownerless(maud, now) == []


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("maud", True),
        ("odile", True),
        ("sana", False),
        ("kofi", False),
        ("priya", False),
        ("idris", False),
        ("alex", False),
    ],
)
def test_the_watch_is_for_supervisors_of_either_unit_and_the_auditor(
    cast: Cast, now: datetime, reference: str, who: str, sees: bool
) -> None:
    """Everybody else gets nothing."""
    row = opened(cast.kofi, now, reference)
    moved(cast.sana, now, row, "ask")
    reader = as_reader(getattr(cast, who))
    assert bool(openings.asked_about(reader, now)) == bool(openings.newest(reader, now)) == sees
    assert bool(habits(reader, now)) == (who == "odile")  # Kofi is not of Maud's unit
    assert openings.newest(reader, now + 24 * 31 * HOUR) == []


def test_the_words_are_for_few_and_may_be_acted_on_by_fewer(
    cast: Cast, now: datetime, reference: str
) -> None:
    """Owner and supervisors ask, supervisors answer, the opener reads."""
    row = opened(cast.kofi, now, reference)
    moved(cast.sana, now, row, "ask")
    zora = senior("zora", now, cast.unit_b)
    for who, answers in ((cast.sana, False), (cast.maud, True), (zora, True), (cast.kofi, False)):
        (read,) = openings.of_case(as_reader(who), reference)
        assert "OPENINGWORDS" in read.words
        assert (read.may_ask, read.may_answer) == (False, answers)
        assert [move.words for move in read.moves] == ["OPENINGASK"]
    assert openings.of_case(as_reader(cast.rae), reference) == []
    assert not openings.may_see_any(as_reader(cast.rae), reference)


def test_the_section_of_the_case_is_one_statement_however_often_it_was_opened(
    cast: Cast, now: datetime, reference: str
) -> None:
    """For the unit; whoever opened it with a reason does not see who else did."""
    for days in range(5):
        opened(cast.kofi, now + days * 24 * HOUR, reference)
        with CaptureQueriesContext(connection) as asked:
            seen = openings.on_case(as_reader(cast.rae), reference)
        assert len(asked) == 1
        assert seen is not None
        assert (seen.count, seen.unseen, seen.may_read) == (days + 1, days + 1, False)
    assert len(seen.newest) == openings.ON_CASE
    assert openings.on_case(as_reader(cast.kofi), reference) is None


def test_who_searches_or_opens_much_comes_first(cast: Cast, now: datetime, reference: str) -> None:
    """Counted within the pack's hours; what lies further back is shown and not pointed out."""
    reader, old, new = as_reader(cast.odile), now - 30 * HOUR, now - HOUR
    for who, at, number in ((cast.rae, old, 40), (cast.sana, new, 31), (cast.kofi, new, 30)):
        SearchMade.objects.bulk_create(
            SearchMade(by=who, at=at, kinds=["name"], found=1, others=1) for _ in range(number)
        )
    found = habits(reader, now)
    assert [(one.name, one.unusual, one.searches) for one in found] == [
        ("Sana", True, 31), ("Rae", False, 40), ("Kofi", False, 30),
    ]  # fmt: skip
    for hours in range(6):
        case = case_of_sana_again(cast, now, hours)
        opened(cast.kofi, now, case)
    (first, *_) = habits(reader, now)
    assert (first.name, first.many_openings, first.openings) == ("Kofi", True, 6)


def case_of_sana_again(cast: Cast, now: datetime, hours: int) -> str:
    """A further case of unit A."""
    from tests.records.taking import take

    return str(take(cast, now + hours * HOUR).reference)


def test_the_watch_is_a_flat_number_of_statements(cast: Cast, now: datetime, reference: str) -> None:
    """One for each part, however much there is."""
    counts, reader = [], as_reader(cast.odile)
    for number in (1, 4):
        for days in range(number):
            opened(cast.kofi, now + (10 * number + days) * 24 * HOUR, reference)
        with CaptureQueriesContext(connection) as asked:
            openings.newest(reader, now + 60 * 24 * HOUR, days=60)
            openings.asked_about(reader, now)
            openings.ownerless(reader, now)
            habits(reader, now)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 7
