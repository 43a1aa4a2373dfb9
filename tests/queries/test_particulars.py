"""Reading the particulars of a case: as many statements however much was entered, and the account's offers."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nightdesk.actions.particular_account import take_from_account
from nightdesk.actions.particular_links import link_particulars
from nightdesk.actions.particulars import keep_particular, withdraw_particular
from nightdesk.queries.particulars import counted, links_of, offered, particulars_of
from nightdesk.records.particulars import ParticularLink
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.basics import Basics, Suspect
from nightdesk.rules.particular_field import TOLD, ParticularRefused, given
from tests.actions.paging import raise_one
from tests.people import as_reader
from tests.records.taking import take

pytestmark = pytest.mark.usefixtures("plain_triage")
TOLD_OF = Basics(
    what="he raped me", call_me="Jo", on_behalf="her sister", where_words="Flat 3", where_kind="private_home",
    earliest_at=datetime.fromisoformat("2026-11-21T22:00:00+00:00"),
    suspects=(Suspect(name_used="Jay", vehicle="AB12 CDE"), Suspect(phone="07700 900123")),
)  # fmt: skip


def entered(cast: Any, at: datetime, reference: str, number: int) -> None:
    """A suspect with two versions, linked to the one before."""
    act = {"actor": as_reader(cast.sana), "at": at + timedelta(seconds=number), "reference": reference}
    for seen in (0, 1):
        keep_particular(
            **act, key=UUID(int=number), kind="person", role="suspect", seen=seen, why="better known",
            values={"call": given(f"Jay {number}, {seen}", TOLD)},
        )  # fmt: skip
    if number > 1:
        link_particulars(**act, kind="knows", one=UUID(int=number), other=UUID(int=number - 1), basis=TOLD)


def statements(reference: str) -> int:
    """How many it takes to read everything of a case, and what its page says of it."""
    with CaptureQueriesContext(connection) as captured:
        particulars_of(SYSTEM, reference)
        links_of(SYSTEM, reference)
        counted(SYSTEM, reference, TOLD_OF)
    return len(captured)


def test_it_takes_as_many_statements_however_much_was_entered(cast: Any, now: datetime) -> None:
    """Entries, versions, links: one each; the counts of the case page one more."""
    reference = raise_one(cast, now).reference
    entered(cast, now, reference, 1)
    few = statements(reference)
    for number in range(2, 9):
        entered(cast, now, reference, number)
    assert statements(reference) == few == 4
    assert len(particulars_of(SYSTEM, reference)) == 8
    assert len(links_of(SYSTEM, reference)) == 7
    assert counted(SYSTEM, reference, TOLD_OF).standing == {("person", "suspect"): 8}


def test_what_was_taken_over_is_offered_no_more_until_it_is_withdrawn(cast: Any, now: datetime) -> None:
    """Everybody in their role; vehicle, place and time; linked as the account itself tells it."""
    reference = take(cast, now, TOLD_OF).reference
    version, parts = offered(SYSTEM, reference)
    codes = ["victim", "speaker", "suspect_1", "vehicle_1", "suspect_2", "place", "event"]
    assert [part.code for part in parts] == codes
    act = {"actor": as_reader(cast.sana), "at": now, "reference": reference}
    assert take_from_account(**act, version=version, codes=codes[:2]) == 2
    assert take_from_account(**act, version=version, codes=codes) == 5
    assert take_from_account(**act, version=version, codes=codes) == 0
    assert offered(SYSTEM, reference) == (version, ())
    assert sorted(ParticularLink.objects.values_list("kind", flat=True)) == [
        "happened_at", "used", "was_at", "was_at",
    ]  # fmt: skip
    place = next(one for one in particulars_of(SYSTEM, reference) if one.kind == "place")
    withdraw_particular(**act, key=place.id, seen=1, why="Entered by mistake")
    assert [part.code for part in offered(SYSTEM, reference)[1]] == ["place"]
    assert counted(SYSTEM, reference, TOLD_OF).offered == 1
    with pytest.raises(ParticularRefused, match="put right since"):
        take_from_account(**act, version=version + 1, codes=["place"])
