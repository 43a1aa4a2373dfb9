"""Search is fed by the basics alone: nothing of the shield, of a flag, of what happened or of notes is found by it."""

from datetime import datetime

import pytest
from django.test import Client

from nightdesk.actions.flags import raise_flag
from nightdesk.queries.clock import database_now
from nightdesk.queries.search import search
from nightdesk.records.search import SearchKey
from nightdesk.rules.search_terms import KINDS
from tests.actions.shield import asked, case_of_sana, entered, opened
from tests.people import Cast, as_reader, signed_in
from tests.records import test_shield_marks
from tests.records.test_shield_marks import lived_through, plain_triage

__all__ = ["plain_triage"]

# Marks of the shield’s night, and what the person said at the desk beside what tells apart.
NEVER = (
    *test_shield_marks.MARKS, "ghb", "GHB", "he gave me G", "MARKWHAT", "MARKNOTES", "MARKLOOKS", "MARKBEHALF", "MARKPRON",
)  # fmt: skip
FOUND = (
    "MARKCALL", "MARKNAME", "MARKWHERE", "MARKADDRESS", "MARKHANDLE", "markmail@example.test", "MARKCAR1",
)  # fmt: skip


def keys() -> set[tuple[object, ...]]:
    """Every key there is."""
    return set(SearchKey.objects.values_list("pk", "disclosure_id", "source", "old"))


def test_sealing_opening_deciding_and_flagging_make_no_key(
    cast: Cast, now: datetime, plain_triage: None
) -> None:
    """What is told of drugs leaves search as it was."""
    reference = case_of_sana(cast, now)
    before = keys()
    for who in (cast.priya, cast.sana):
        entered(who, now, reference)
    opened(cast.sana, now, reference)
    asked(cast.sana, now, reference, "social_supply", against=True)
    raise_flag(
        actor=as_reader(cast.sana), at=now, reference=reference, code="chemsex_context", words="SHIELDWORDS"
    )
    assert keys() == before != set()


@pytest.mark.parametrize(
    "kind", ["", *(kind for kind in KINDS if kind not in ("phone", "date", "email", "plate"))]
)
def test_nothing_of_it_is_found_by_anybody_who_may_search(
    journey_db: None, plain_triage: None, kind: str
) -> None:
    """By a specialist and a supervisor of the case, as any kind; what is meant to be found is found."""
    cast = lived_through(database_now()).cast
    for staff in (cast.sana, cast.maud):
        assert not [mark for mark in NEVER if search(as_reader(staff), mark, kind).found]
        assert [mark for mark in FOUND if search(as_reader(staff), mark).found] == list(FOUND)


def test_no_mark_of_the_shield_is_on_a_page_of_results(journey_db: None, plain_triage: None) -> None:
    """Nor what was told at the counter: a result names no person."""
    lived = lived_through(database_now())
    client = signed_in(Client(), lived.cast.sana)
    for text in FOUND:
        page = client.post("/staff/cases/search/", {"text": text}).content.decode()
        assert lived.reference in page
        shown = page.replace(f'value="{text}"', "")
        assert not [mark for mark in (*NEVER, *FOUND) if mark in shown]
