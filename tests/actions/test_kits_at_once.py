"""Several hands on one kit at the same moment: one kit, one answer, one specimen, and everybody else is told."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from nightdesk.actions import kits
from nightdesk.records.exhibits import Custody, Exhibit
from nightdesk.records.kits import Kit, KitStep
from nightdesk.rules.kit import KitRefused
from tests.actions.together import at_once, whole_journal
from tests.people import as_reader, make_cast
from tests.records.taking import take

HANDS = 4


@pytest.fixture
def common(journey_db: None, now: datetime) -> dict[str, Any]:
    """Priya, now, and the reference of a disclosure, with real commits."""
    cast = make_cast(now)
    return {"actor": as_reader(cast.priya), "at": now, "reference": take(cast, now).reference}


def split(results: list[Any]) -> tuple[list[Any], list[Any]]:
    """What was done, and what was refused; any other fault fails."""
    refused = [result for result in results if isinstance(result, KitRefused)]
    done = [result for result in results if not isinstance(result, Exception)]
    assert len(refused) + len(done) == len(results), results
    return done, refused


def test_opened_at_once_there_is_one_kit(common: dict[str, Any]) -> None:
    """A double tap at two terminals."""
    done, _refused = split(at_once(*[partial(kits.open_kit, **common) for _ in range(HANDS)]))
    assert {kit.number for kit in done} == {Kit.objects.get().number}
    whole_journal()


def test_answered_at_once_there_is_one_row_and_one_specimen(common: dict[str, Any]) -> None:
    """Whoever came second is told to look again, or finds the same answer kept."""
    number = kits.open_kit(**common).number
    note = partial(kits.note_step, number=number, step="first_urine", outcome="done", seen=0, **common)
    done, _refused = split(at_once(*[note] * HANDS))
    assert len({row.pk for row in done}) == KitStep.objects.count() == 1
    assert Exhibit.objects.count() == Custody.objects.count() == 1
    whole_journal()


def test_two_different_answers_at_once_keep_one_and_refuse_one(common: dict[str, Any]) -> None:
    """Neither overwrites the other unseen."""
    number = kits.open_kit(**common).number
    note = partial(kits.note_step, number=number, step="mouth_swabs", seen=0, **common)
    done, refused = split(at_once(partial(note, outcome="done"), partial(note, outcome="declined")))
    assert (len(done), len(refused)) == (1, 1)
    assert KitStep.objects.get().outcome == done[0].outcome


def test_cards_made_at_once_leave_one_that_works(common: dict[str, Any]) -> None:
    """Two printers: the second page is refused, so that no card is handed out that was dead from the start."""
    number = kits.open_kit(**common).number
    make = partial(kits.make_card, number=number, before="", **common)
    done, refused = split(at_once(*[partial(make, key=uuid4()) for _ in range(HANDS)]))
    assert (len(done), len(refused)) == (1, HANDS - 1)
    assert Kit.objects.get().words_digest
