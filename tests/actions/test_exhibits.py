"""Entering an exhibit: once, numbered, sealed, with the first link of its chain."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from nightdesk.actions._exhibits import LONGEST_DESCRIPTION
from nightdesk.actions.exhibits import enter_exhibit
from nightdesk.actions.refusals import NotFound
from nightdesk.outside.codes import new_exhibit_code
from nightdesk.records.exhibits import Custody, Exhibit
from nightdesk.records.journal import JournalLine
from nightdesk.rules.custody import CustodyRefused
from nightdesk.rules.exhibit import read_code
from tests.actions.exhibits import enter, journey_of
from tests.actions.paging import raise_one
from tests.actions.together import at_once, whole_journal, without_faults
from tests.people import as_reader

pytestmark = pytest.mark.usefixtures("plain_triage")


def test_an_exhibit_is_entered_with_its_first_link(cast: Any, now: datetime) -> None:
    """Code, court reference, submission date by the pack, and Priya has it."""
    taken_at = now - timedelta(minutes=5)
    made = enter(cast, now, taken_at=taken_at, seal=" B0012345 ")
    row = Exhibit.objects.get()
    assert read_code(row.code.lower()) == made.code
    assert (row.court_ref, row.kind, row.taken_by, row.kit) == ("P/1", "urine_pot", cast.priya, None)
    assert (row.taken_at, row.entered_at, row.submit_by) == (taken_at, now, taken_at + timedelta(days=14))
    link = Custody.objects.get()
    assert (link.number, link.what, link.staff, link.at, link.noted_at, link.seal) == (
        1, "taken", cast.priya, taken_at, now, "B0012345",
    )  # fmt: skip


def test_the_description_is_sealed_and_stands_in_no_line(cast: Any, now: datetime) -> None:
    """Opened from its row alone; the journal has code and kind."""
    made = enter(cast, now)
    assert Exhibit.objects.get().opened("description") == "MARKPOT small pot, blue lid"
    lines = JournalLine.objects.filter(kind__in=("exhibit_entered", "custody_noted")).order_by("seq")
    assert [line.kind for line in lines] == ["exhibit_entered", "custody_noted"]
    assert lines[0].facts == {"exhibit": made.code, "what": "urine_pot"}
    assert lines[0].subject == made.disclosure.reference
    assert "MARKPOT" not in str([line.facts for line in lines])


def test_a_specimen_of_the_pack_is_a_kind_too(cast: Any, now: datetime) -> None:
    """As the steps of a kit name it."""
    made = enter(cast, now, kind="first_urine")
    assert (made.kind, made.submit_by) == ("first_urine", now + timedelta(days=14))


def test_a_court_reference_comes_once_in_a_disclosure(cast: Any, now: datetime) -> None:
    """Priya's first and second, Sana's first; another disclosure begins again."""
    told = raise_one(cast, now)
    refs = [enter(cast, now, told=told, by=who).court_ref for who in (cast.priya, cast.sana, cast.priya)]
    assert refs == ["P/1", "S/1", "P/2"]
    assert enter(cast, now).court_ref == "P/1"


def test_what_was_taken_at_the_sarc_is_received_from_there(cast: Any, now: datetime) -> None:
    """With the SARC until Sana fetched it."""
    made = enter(cast, now, by=cast.sana, taken_where="sarc", taken_at=now - timedelta(hours=3))
    assert journey_of(made) == [(1, "taken", "sarc"), (2, "received", "sana")]


def test_the_form_sent_twice_enters_one(cast: Any, now: datetime) -> None:
    """The page made the code before."""
    told, code = raise_one(cast, now), new_exhibit_code()
    first, second = (enter(cast, now, told=told, code=code) for _ in range(2))
    assert first.pk == second.pk
    assert (Exhibit.objects.count(), Custody.objects.count()) == (1, 1)
    assert JournalLine.objects.filter(kind="exhibit_entered").count() == 1


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"kind": "invented"}, "what kind"),
        ({"description": "x" * (LONGEST_DESCRIPTION + 1)}, "2000 characters"),
        ({"seal": "1" * 31}, "30 signs"),
        ({"taken_where": "court"}, "can’t go there"),
    ],
)
def test_what_can_not_be_entered_leaves_nothing(
    cast: Any, now: datetime, more: dict[str, str], sentence: str
) -> None:
    """And a time that lies ahead."""
    told = raise_one(cast, now)
    with pytest.raises(CustodyRefused, match=sentence):
        enter(cast, now, told=told, **more)
    with pytest.raises(CustodyRefused, match="lies ahead"):
        enter(cast, now, told=told, taken_at=now + timedelta(minutes=1))
    assert not Exhibit.objects.exists()
    assert not JournalLine.objects.filter(kind__in=("exhibit_entered", "custody_noted")).exists()


@pytest.mark.parametrize("name", ["tom", "kofi", "wen", "alex", "ben"])
def test_nobody_enters_something_for_a_case_that_is_not_theirs(cast: Any, now: datetime, name: str) -> None:
    """Nor learns that there is one."""
    told = raise_one(cast, now)
    with pytest.raises(NotFound):
        enter(cast, now, told=told, by=getattr(cast, name))
    with pytest.raises(NotFound):
        enter_exhibit(
            actor=as_reader(cast.priya),
            at=now,
            reference="AAAA-AAAA",
            kind="object",
            taken_at=now,
            description="",
        )


def test_two_enter_something_at_once_and_both_are_numbered(journey_db: None, now: datetime) -> None:
    """Two court references, two chains, one journal."""
    from tests.people import make_cast

    cast = make_cast(now)
    told = raise_one(cast, now)
    made = without_faults(at_once(*[lambda: enter(cast, now, told=told)] * 4))
    assert sorted(row.court_ref for row in made) == ["P/1", "P/2", "P/3", "P/4"]
    assert Custody.objects.filter(number=1).count() == 4
    whole_journal()
