"""Links between particulars: made with what they rest on, kept once, taken back with a reason."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from nightdesk.actions.particular_links import link_particulars, take_back_link
from nightdesk.actions.particulars import keep_particular, withdraw_particular
from nightdesk.actions.refusals import NotFound
from nightdesk.queries.particulars import links_of
from nightdesk.records.journal import JournalLine
from nightdesk.records.particulars import ParticularLink
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.particular_field import OPINION, TOLD, ParticularRefused, given
from tests.actions.paging import raise_one
from tests.people import as_reader

pytestmark = pytest.mark.usefixtures("plain_triage")
JAY, SAM, BOTTLE = (UUID(int=number) for number in (1, 2, 3))


@pytest.fixture
def reference(cast: Any, now: datetime) -> str:
    """A case with a suspect, a victim and a bottle."""
    told = raise_one(cast, now).reference
    for key, kind, role, field in (
        (JAY, "person", "suspect", "call"), (SAM, "person", "victim", "call"), (BOTTLE, "object", "", "what"),
    ):  # fmt: skip
        keep_particular(
            actor=as_reader(cast.sana), at=now, reference=told, kind=kind, role=role, key=key, seen=0,
            values={field: given("as told", TOLD)},
        )  # fmt: skip
    return told


def link(
    staff: Any, at: datetime, reference: str, kind: str = "used", one: UUID = JAY, other: UUID = BOTTLE
) -> ParticularLink:
    """As somebody told."""
    return link_particulars(
        actor=as_reader(staff), at=at, reference=reference, kind=kind, one=one, other=other, basis=OPINION
    )


def test_two_entries_are_linked_once(cast: Any, now: datetime, reference: str) -> None:
    """The same again changes nothing; one that is the same both ways is found from either end."""
    assert link(cast.sana, now, reference) == link(cast.rae, now, reference)
    same = link(cast.sana, now + timedelta(minutes=1), reference, "same_as", JAY, SAM)
    assert link(cast.sana, now, reference, "same_as", SAM, JAY) == same
    seen = links_of(SYSTEM, reference)
    assert [(row.kind, row.one, row.other, row.basis, row.made_by) for row in seen] == [
        ("used", JAY, BOTTLE, "opinion", "Sana"), ("same_as", JAY, SAM, "opinion", "Sana"),
    ]  # fmt: skip
    assert JournalLine.objects.filter(kind="particulars_linked").count() == 2


@pytest.mark.parametrize(
    ("kind", "one", "other", "sentence"),
    [
        ("used", BOTTLE, JAY, "how the two belong together"),
        ("nonsense", JAY, BOTTLE, "how the two belong together"),
        ("knows", JAY, JAY, "linked to itself"),
    ],
)
def test_a_link_that_says_nothing_is_refused(
    cast: Any, now: datetime, reference: str, kind: str, one: UUID, other: UUID, sentence: str
) -> None:
    """The wrong way round, of no kind, or to itself."""
    with pytest.raises(ParticularRefused, match=sentence):
        link(cast.sana, now, reference, kind, one, other)


def test_only_entries_that_stand_in_this_case_are_linked(cast: Any, now: datetime, reference: str) -> None:
    """By whoever works on it."""
    with pytest.raises(NotFound):
        link(cast.sana, now, reference, other=uuid4())
    with pytest.raises(NotFound):
        link(cast.kofi, now, reference)
    with pytest.raises(ParticularRefused, match="rests on"):
        link_particulars(
            actor=as_reader(cast.sana),
            at=now,
            reference=reference,
            kind="used",
            one=JAY,
            other=BOTTLE,
            basis="",
        )
    withdraw_particular(
        actor=as_reader(cast.sana), at=now, reference=reference, key=BOTTLE, seen=1, why="There was none"
    )
    with pytest.raises(ParticularRefused, match="was withdrawn"):
        link(cast.sana, now, reference)


def test_what_is_taken_back_stays_with_its_reason(cast: Any, now: datetime, reference: str) -> None:
    """And the two may be linked again."""
    row = link(cast.sana, now, reference)
    given_ = {"actor": as_reader(cast.rae), "at": now, "reference": reference}
    for why, sentence in (("", "why the link"), ("w" * 2001, "more than 2000")):
        with pytest.raises(ParticularRefused, match=sentence):
            take_back_link(**given_, key=row.pk, why=why)
    with pytest.raises(NotFound):
        take_back_link(**given_, key=uuid4(), why="Another bottle")
    take_back_link(**given_, key=row.pk, why="Another bottle")
    take_back_link(**given_, key=row.pk, why="Sent twice")
    link(cast.sana, now + timedelta(minutes=1), reference)
    assert [(seen.taken_back_by, seen.why) for seen in links_of(SYSTEM, reference)] == [
        ("Rae", "Another bottle"), ("", ""),
    ]  # fmt: skip
    assert JournalLine.objects.filter(kind="particulars_unlinked").count() == 1
