"""Kits: opened once, each answer kept with who and when, a specimen entered the moment it is there, a card shown once."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from nightdesk.actions import kits
from nightdesk.actions.refusals import NotFound
from nightdesk.outside.codes import new_kit_number
from nightdesk.outside.receipt_words import receipt_words
from nightdesk.records.exhibits import Custody, Exhibit
from nightdesk.records.journal import JournalLine
from nightdesk.records.kits import Kit, KitStep
from nightdesk.rules.kit import DECLINED, DONE, NOT_POSSIBLE, KitRefused
from nightdesk.rules.kit_number import read_number
from tests.people import as_reader
from tests.records.taking import take

PRINTED = "7EK9-4RCH-6J"
KEY = UUID(int=7)


@pytest.fixture
def told(cast: Any, now: datetime) -> str:
    """The reference of a disclosure that Priya took."""
    return take(cast, now).reference


@pytest.fixture
def kit(cast: Any, now: datetime, told: str) -> Kit:
    """Its kit, with a number that was made."""
    return kits.open_kit(actor=as_reader(cast.priya), at=now, reference=told)


def lines(kind: str) -> list[dict[str, Any]]:
    """The facts of this kind's lines, oldest first."""
    return list(JournalLine.objects.filter(kind=kind).order_by("seq").values_list("facts", flat=True))


def noted(cast: Any, at: datetime, kit: Kit, step: str, outcome: str = DONE, **more: Any) -> KitStep:
    """Priya notes a step, knowing everything that is there."""
    given = {"seen": kit.steps.count(), **more}
    return kits.note_step(
        actor=as_reader(cast.priya), at=at, reference=kit.disclosure.reference, number=kit.number, step=step,
        outcome=outcome, **given,
    )  # fmt: skip


def test_a_kit_is_opened_with_a_number_that_was_made(cast: Any, now: datetime, told: str, kit: Kit) -> None:
    """Random, well formed, with the edition of the steps and one line."""
    assert read_number(kit.number) == kit.number
    assert (kit.begun_at, kit.begun_by, kit.edition) == (now, cast.priya, "2026-11")
    assert lines("kit_opened") == [{"kit": kit.number, "how": "made", "edition": "2026-11"}]


def test_the_number_on_the_bag_is_taken_in_any_spelling(cast: Any, now: datetime, told: str) -> None:
    """Typed or scanned; sent twice, one kit."""
    for typed in (" 7ek94rch6j ", PRINTED, ""):
        opened = kits.open_kit(actor=as_reader(cast.priya), at=now, reference=told, number=typed)
        assert opened.number == PRINTED
    assert Kit.objects.count() == 1
    assert [line["how"] for line in lines("kit_opened")] == ["typed"]


def test_numbers_do_not_repeat() -> None:
    """A thousand in a row."""
    assert len({new_kit_number() for _ in range(1000)}) == 1000


@pytest.mark.parametrize("typed", ["7EK9-4RCH-6K", "12", "x" * 500, "سبعة"])
def test_what_is_no_number_is_refused_with_an_example(
    cast: Any, now: datetime, told: str, typed: str
) -> None:
    """Nothing is kept."""
    with pytest.raises(KitRefused, match="such as 7EK9-4RCH-6J"):
        kits.open_kit(actor=as_reader(cast.priya), at=now, reference=told, number=typed)
    assert not Kit.objects.exists()


def test_a_number_in_use_and_a_second_open_kit_are_refused(cast: Any, now: datetime, told: str) -> None:
    """Another person's bag; and one bag at a time."""
    priya, other = as_reader(cast.priya), take(cast, now).reference
    kits.open_kit(actor=priya, at=now, reference=other, number=PRINTED)
    with pytest.raises(KitRefused, match="in use already"):
        kits.open_kit(actor=priya, at=now, reference=told, number=PRINTED)
    kits.open_kit(actor=priya, at=now, reference=told)
    with pytest.raises(KitRefused, match="open for this person already"):
        kits.open_kit(actor=priya, at=now, reference=told, number=PRINTED)
    with pytest.raises(NotFound):
        kits.open_kit(actor=priya, at=now, reference="ZZZZ-ZZZZ")
    assert len(lines("kit_opened")) == Kit.objects.count() == 2


def test_a_step_is_noted_with_who_and_when_and_its_specimen_is_entered(
    cast: Any, now: datetime, kit: Kit
) -> None:
    """Done twenty minutes ago: that time is the specimen's, and whoever notes it holds it."""
    done_at, at = now - timedelta(minutes=20), now + timedelta(minutes=1)
    row = noted(cast, at, kit, "first_urine", done_at=done_at)
    assert (row.outcome, row.done_at, row.noted_at, row.noted_by) == (DONE, done_at, at, cast.priya)
    exhibit = Exhibit.objects.get()
    assert (exhibit.kit, exhibit.kind, exhibit.taken_at, exhibit.court_ref) == (
        kit,
        "first_urine",
        done_at,
        "P/1",
    )
    assert exhibit.opened("description") == "First urine"
    held = Custody.objects.get()
    assert (held.number, held.what, held.at, held.staff, held.noted_at) == (
        1,
        "taken",
        done_at,
        cast.priya,
        at,
    )
    assert lines("kit_step_noted") == [{"kit": kit.number, "step": "first_urine", "outcome": DONE}]


@pytest.mark.parametrize(
    ("step", "outcome"), [("first_urine", DECLINED), ("mouth_rinse", NOT_POSSIBLE), ("drink", DONE)]
)
def test_what_gives_no_specimen_enters_none(
    cast: Any, now: datetime, kit: Kit, step: str, outcome: str
) -> None:
    """A no is noted without fuss, and water is no exhibit."""
    noted(cast, now, kit, step, outcome)
    assert not Exhibit.objects.exists()
    assert kit.steps.get().outcome == outcome


def test_a_change_of_mind_is_a_further_row_and_the_specimen_is_entered_once(
    cast: Any, now: datetime, kit: Kit
) -> None:
    """No, yes, no, yes: four rows, one pot."""
    for minute, outcome in enumerate((DECLINED, DONE, DECLINED, DONE)):
        noted(cast, now + timedelta(minutes=minute), kit, "first_urine", outcome)
    assert list(kit.steps.order_by("id").values_list("outcome", flat=True)) == [
        DECLINED,
        DONE,
        DECLINED,
        DONE,
    ]
    assert Exhibit.objects.count() == 1


def test_each_sample_step_gives_its_own_exhibit(cast: Any, now: datetime, kit: Kit) -> None:
    """Swabs and rinse are two, though both are mouth samples."""
    noted(cast, now, kit, "mouth_swabs")
    noted(cast, now, kit, "mouth_rinse")
    assert sorted(Exhibit.objects.values_list("kind", "court_ref")) == [("mouth", "P/1"), ("mouth", "P/2")]


def test_the_same_answer_twice_is_kept_once_and_an_old_page_is_refused(
    cast: Any, now: datetime, kit: Kit
) -> None:
    """A double tap; and a page on which something is missing."""
    first = noted(cast, now, kit, "care", seen=0)
    assert noted(cast, now, kit, "care", seen=0) == first
    with pytest.raises(KitRefused, match="Look again"):
        noted(cast, now, kit, "choice", seen=0)
    assert kit.steps.count() == len(lines("kit_step_noted")) == 1


def test_a_time_that_cannot_be_is_refused_and_nothing_is_kept(cast: Any, now: datetime, kit: Kit) -> None:
    """To come; and an outcome or a step that the kit does not have."""
    with pytest.raises(KitRefused, match="still to come"):
        noted(cast, now, kit, "first_urine", done_at=now + timedelta(minutes=5))
    with pytest.raises(KitRefused, match="no such step"):
        noted(cast, now, kit, "no_such_step")
    with pytest.raises(NotFound, match="no such kit"):
        kits.note_step(
            actor=as_reader(cast.priya), at=now, reference=kit.disclosure.reference, number=PRINTED, step="care",
            outcome=DONE, seen=0,
        )  # fmt: skip
    assert not KitStep.objects.exists()
    assert not Exhibit.objects.exists()


def test_a_fault_on_the_way_keeps_neither_row_nor_specimen(
    cast: Any, now: datetime, kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All or nothing: a done step without its exhibit would be a lost pot."""
    monkeypatch.setattr(Custody.objects, "create", lambda **_: (_ for _ in ()).throw(RuntimeError("disk")))
    with pytest.raises(RuntimeError):
        noted(cast, now, kit, "first_urine")
    assert not KitStep.objects.exists()
    assert not Exhibit.objects.exists()
    assert lines("kit_step_noted") == []


def test_a_closed_kit_takes_nothing_more_and_another_may_be_opened(
    cast: Any, now: datetime, kit: Kit, told: str
) -> None:
    """The line counts how it went; closing twice is closing once."""
    sana = as_reader(cast.sana)
    noted(cast, now, kit, "care")
    noted(cast, now, kit, "first_urine", NOT_POSSIBLE)
    for minute in (5, 6):
        kits.close_kit(actor=sana, at=now + timedelta(minutes=minute), reference=told, number=kit.number)
    closed = Kit.objects.get()
    assert (closed.closed_at, closed.closed_by) == (now + timedelta(minutes=5), cast.sana)
    counted = {"done": 1, "declined": 0, "not_possible": 1, "left_open": 3}
    assert lines("kit_closed") == [{"kit": kit.number} | counted]
    with pytest.raises(KitRefused, match="is closed"):
        noted(cast, now, kit, "choice")
    assert kits.open_kit(actor=sana, at=now, reference=told).number != kit.number


def card(cast: Any, now: datetime, kit: Kit, key: UUID = KEY, before: str = "") -> tuple[str, ...]:
    """The words of a card that Priya makes."""
    return kits.make_card(
        actor=as_reader(cast.priya), at=now, reference=kit.disclosure.reference, number=kit.number, key=key, before=before
    )  # fmt: skip


def test_a_card_has_four_words_that_are_kept_nowhere(cast: Any, now: datetime, kit: Kit) -> None:
    """Only their digest is; the same form sent again shows the same words, and writes no second line."""
    words = card(cast, now, kit)
    assert len(words) == 4
    assert set(words) <= set(receipt_words())
    assert card(cast, now, kit) == words
    assert lines("kit_card_made") == [{"kit": kit.number}]
    kept = Kit.objects.values().get()
    assert not any(word in str(value) for word in words for value in kept.values())
    assert len(bytes(kept["words_digest"])) == 32


def test_new_words_replace_the_old_and_an_older_form_brings_none_back(
    cast: Any, now: datetime, kit: Kit
) -> None:
    """A lost card stops working; the page that made it can't undo that."""
    first = card(cast, now, kit)
    second = card(cast, now, kit, uuid4(), Kit.objects.get().card_mark())
    assert first != second
    with pytest.raises(KitRefused, match="Another card was made"):
        card(cast, now, kit)
    with pytest.raises(KitRefused, match="Another card was made"):
        card(cast, now, kit, uuid4(), "")
