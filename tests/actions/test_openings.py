"""Opening another's case: a reason that holds, its owner who sees it, a question and its answer; each with one line."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from nightdesk.actions.openings import see_openings
from nightdesk.actions.refusals import NotFound
from nightdesk.actions.rota_changes import note_absence
from nightdesk.queries.openings import standing_reason, unseen
from nightdesk.records.cases import Case
from nightdesk.records.journal import JournalLine
from nightdesk.records.openings import CaseOpening, OpeningSeen
from nightdesk.rules.access import AccessRefused
from nightdesk.rules.opening import OpeningRefused
from tests.actions.openings import moved, opened
from tests.actions.shield import case_of_sana, senior
from tests.people import Cast, as_reader

HOUR = timedelta(hours=1)


@pytest.fixture
def reference(cast: Cast, now: datetime) -> str:
    """A case of Sana's, unit A."""
    return case_of_sana(cast, now)


def lines(kind: str) -> list[dict[str, Any]]:
    """The facts of the lines of a kind."""
    return [line.facts for line in JournalLine.objects.filter(kind=kind).order_by("seq")]


def test_a_reason_holds_for_a_shift_and_is_then_asked_for_again(
    cast: Cast, now: datetime, reference: str
) -> None:
    """Given twice it is one opening with one line; after the pack's hours it is another."""
    first = opened(cast.kofi, now, reference)
    assert opened(cast.kofi, now + 7 * HOUR, reference, reason="asked").pk == first.pk
    assert standing_reason(as_reader(cast.kofi), reference, now + 7 * HOUR) == "linked"
    assert standing_reason(as_reader(cast.kofi), reference, now + 8 * HOUR) == ""
    assert opened(cast.kofi, now + 8 * HOUR, reference).pk != first.pk
    assert lines("other_case_opened") == [{"reason": "linked", "hours": 8}] * 2
    assert JournalLine.objects.filter(kind="other_case_opened").first().subject == reference  # type: ignore[union-attr]


def test_words_are_sealed_and_open(cast: Cast, now: datetime, reference: str) -> None:
    """Under the key of the case: destroyed with it."""
    row = opened(cast.kofi, now, reference)
    kept = CaseOpening.objects.select_related("vault").get(pk=row.pk)
    assert "OPENINGWORDS" in kept.opened("words")
    assert str(kept.words) == "‹sealed›"


@pytest.mark.parametrize(
    "given", [{"reason": ""}, {"reason": "curious"}, {"words": " "}, {"words": ""}, {"reason": "x" * 90}]
)
def test_without_a_reason_or_words_nothing_is_opened(
    cast: Cast, now: datetime, reference: str, given: dict[str, str]
) -> None:
    """Each with what to do; nothing is kept."""
    with pytest.raises(OpeningRefused, match=r"Choose why|few words why"):
        opened(cast.kofi, now, reference, **given)
    assert not CaseOpening.objects.exists()


@pytest.mark.parametrize("who", ["priya", "odile", "alex", "idris", "wen"])
def test_no_reason_opens_a_case_for_whoever_works_no_cases(
    cast: Cast, now: datetime, reference: str, who: str
) -> None:
    """The refusal is noted."""
    with pytest.raises(AccessRefused):
        opened(getattr(cast, who), now, reference)
    assert not CaseOpening.objects.exists()


def test_an_unknown_case_is_said_to_be_so(cast: Cast, now: datetime, reference: str) -> None:
    """A reference of nothing, and one of a disclosure without a case."""
    with pytest.raises(NotFound):
        opened(cast.kofi, now, "ZZZZ-ZZZZ")


def test_only_its_owner_or_a_supervisor_marks_an_opening_as_seen(
    cast: Cast, now: datetime, reference: str
) -> None:
    """Not whoever opened it, not a colleague; twice is once."""
    row = opened(cast.kofi, now, reference)
    for who, count in ((cast.kofi, 0), (cast.rae, 0), (cast.sana, 1), (cast.sana, 0), (cast.maud, 0)):
        assert see_openings(actor=as_reader(who), at=now, openings=[row.pk]) == count
    assert OpeningSeen.objects.get().by == cast.sana
    assert [line["count"] for line in lines("openings_seen")] == [0, 0, 1, 0, 0]


def test_the_supervisor_sees_for_an_owner_who_is_away(cast: Cast, now: datetime, reference: str) -> None:
    """Of the case's unit, and only while the owner is away; nobody for their own opening."""
    row = opened(cast.maud, now, reference)  # hers already, by her unit: still an opening of her own
    other, zora = opened(cast.kofi, now, reference), senior("zora", now, cast.unit_b)  # of Kofi's unit
    see = partial(see_openings, at=now + HOUR, openings=[other.pk, row.pk])
    assert [see(actor=as_reader(who)) for who in (cast.maud, zora)] == [0, 0]
    assert unseen(as_reader(cast.sana)) == 2
    note_absence(
        actor=as_reader(cast.maud), at=now, staff=cast.sana, kind="sick", starts_at=now + HOUR, ends_at=now + 9 * HOUR
    )  # fmt: skip
    assert [see(actor=as_reader(who)) for who in (zora, cast.maud)] == [0, 1]
    assert OpeningSeen.objects.get().opening == other


def test_nobody_sees_an_opening_of_their_own_for_its_owner(cast: Cast, now: datetime, reference: str) -> None:
    """Also when the case has become theirs since, or nobody has it."""
    row = opened(cast.maud, now, reference)
    for owner in (cast.maud, None):
        Case.objects.update(owner=owner)
        assert see_openings(actor=as_reader(cast.maud), at=now, openings=[row.pk]) == 0


def test_the_owner_asks_and_a_supervisor_answers(cast: Cast, now: datetime, reference: str) -> None:
    """Each a row and a line with codes only; the supervisor of the opener's unit may answer as well."""
    row = opened(cast.kofi, now, reference)
    moved(cast.sana, now, row, "ask")
    moved(cast.maud, now + HOUR, row, "answer", finding="talked_to")
    moved(cast.sana, now + 2 * HOUR, row, "ask")
    moved(senior("zora", now, cast.unit_b), now + 3 * HOUR, row, "answer")
    assert [(move.move, move.state) for move in row.moves.order_by("number")] == [
        ("ask", "asked"), ("answer", "answered"), ("ask", "asked"), ("answer", "answered"),
    ]  # fmt: skip
    assert lines("opening_moved")[1] == {"move": "answer", "finding": "talked_to", "number": 2}


@pytest.mark.parametrize(
    ("who", "move", "given", "says"),
    [
        ("sana", "answer", {}, "Nobody has asked"),
        ("sana", "close", {}, "Choose one of the steps"),
        ("sana", "ask", {"words": "  "}, "few words"),
        ("sana", "ask", {"seen": 3}, "Somebody was quicker"),
        ("kofi", "ask", {}, "your own"),
    ],
)
def test_what_is_not_possible_is_refused_aloud(
    cast: Cast, now: datetime, reference: str, who: str, move: str, given: dict[str, Any], says: str
) -> None:
    """And nothing is kept."""
    row = opened(cast.kofi, now, reference)
    with pytest.raises(OpeningRefused, match=says):
        moved(getattr(cast, who), now, row, move, **given)
    assert not row.moves.exists()


def test_an_answer_needs_a_finding_and_a_supervisor(cast: Cast, now: datetime, reference: str) -> None:
    """Not the owner who asked, and not without what was found."""
    row = opened(cast.kofi, now, reference)
    moved(cast.sana, now, row, "ask")
    with pytest.raises(OpeningRefused, match="A supervisor"):
        moved(cast.sana, now, row, "answer")
    with pytest.raises(OpeningRefused, match="what you found"):
        moved(cast.maud, now, row, "answer", finding="fine")
    assert row.moves.count() == 1


@pytest.mark.parametrize("who", ["rae", "tom", "odile", "alex"])
def test_an_opening_of_others_is_not_there_for_anybody_else(
    cast: Cast, now: datetime, reference: str, who: str
) -> None:
    """As if it did not exist."""
    row = opened(cast.kofi, now, reference)
    with pytest.raises(NotFound):
        moved(getattr(cast, who), now, row, "ask")
