"""Flags decided by people: raised, declined, kept, lifted, told of; nobody overwrites anybody."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from nightdesk.actions import flags
from nightdesk.actions.refusals import NotFound
from nightdesk.records.flags import CaseFlag, FlagMove, FlagTelling
from nightdesk.records.journal import JournalLine
from nightdesk.rules.basics import Basics
from nightdesk.rules.flag import FlagRefused
from tests.actions.flags import WORDS, decide, the_flag, told
from tests.actions.together import at_once, whole_journal
from tests.people import as_reader, make_cast

HOUR = timedelta(hours=1)
PLAIN = Basics(what="He raped me at his flat")


@pytest.fixture
def proposed(cast: Any, now: datetime) -> CaseFlag:
    """What triage proposed on a case of unit A."""
    return the_flag(told(cast, now))


@pytest.fixture
def raised(cast: Any, now: datetime, proposed: CaseFlag) -> CaseFlag:
    """Raised by Sana."""
    return decide(cast.sana, now, proposed, "raise")


def by_hand(cast: Any, at: datetime, code: str, by: Any = None, **more: Any) -> CaseFlag:
    """Sana raises a flag that no rule proposed."""
    reference = more.pop("reference", None) or told(cast, at, PLAIN).reference
    values = {"words": WORDS} | more
    return flags.raise_flag(actor=as_reader(by or cast.sana), at=at, reference=reference, code=code, **values)


def kinds() -> list[str]:
    """Kinds of the lines about flags, in order."""
    return list(
        JournalLine.objects.filter(kind__startswith="flag").order_by("seq").values_list("kind", flat=True)
    )


def test_a_specialist_raises_what_was_proposed(cast: Any, now: datetime, proposed: CaseFlag) -> None:
    """With a review date from the pack; the decision has who and when."""
    decide(cast.sana, now, proposed, "raise")
    proposed.refresh_from_db()
    assert (proposed.state, proposed.review_on) == ("raised", date(2027, 5, 21))
    move = proposed.moves.get()
    assert (move.move, move.by, move.at, move.number) == ("raise", cast.sana, now, 1)
    assert kinds() == ["flags_proposed", "flag_moved"]


def test_a_specialist_declines_and_it_is_over(cast: Any, now: datetime, proposed: CaseFlag) -> None:
    """Nothing follows but a flag of its own."""
    decide(cast.sana, now, proposed, "decline", "Poppers only, and he said no to the word")
    with pytest.raises(FlagRefused, match="declined"):
        decide(cast.sana, now, proposed, "raise")
    again = by_hand(cast, now + HOUR, "chemsex_context", reference=proposed.disclosure.reference)
    assert (again.state, again.origin, again.pk != proposed.pk) == ("raised", "person", True)


def test_at_its_date_a_flag_is_kept_or_lifted_with_words(cast: Any, now: datetime, raised: CaseFlag) -> None:
    """Each review stays: who, when, why, and the next date."""
    sooner = date(2027, 1, 15)
    decide(cast.rae, now + HOUR, raised, "keep", "Still fits", review_on=sooner)
    decide(cast.maud, now + 2 * HOUR, raised, "lift", WORDS)
    raised.refresh_from_db()
    assert (raised.state, raised.review_on) == ("lifted", None)
    rows = list(raised.moves.order_by("number").values_list("move", "by__name", "review_on"))
    assert rows == [("raise", "Sana", date(2027, 5, 21)), ("keep", "Rae", sooner), ("lift", "Maud", None)]
    assert raised.moves.get(number=3).opened("words") == WORDS


@pytest.mark.parametrize("move", ["keep", "lift"])
def test_a_review_without_a_word_is_refused_and_changes_nothing(
    cast: Any, now: datetime, raised: CaseFlag, move: str
) -> None:
    """The sentence says what is missing."""
    before = JournalLine.objects.count()
    with pytest.raises(FlagRefused, match="in a few words why"):
        decide(cast.sana, now, raised, move, "  ")
    assert (raised.moves.count(), JournalLine.objects.count()) == (1, before)


def test_a_person_raises_what_no_rule_saw(cast: Any, now: datetime) -> None:
    """Found by a person, with their grounds sealed, and no words of a rule."""
    flag = by_hand(cast, now, "domestic_abuse")
    assert (flag.state, flag.origin, flag.found_by_id) == ("raised", "person", cast.sana.pk)
    assert (flag.opened("grounds"), flag.moves.get().opened("words")) == ([], WORDS)
    assert flag.review_on == date(2027, 2, 20)
    assert "MARKGROUNDS" not in str(list(JournalLine.objects.values_list("facts", flat=True)))


def test_grounds_are_needed_and_a_flag_must_be_of_the_pack(cast: Any, now: datetime) -> None:
    """Nothing is written."""
    with pytest.raises(FlagRefused, match="what it rests on"):
        by_hand(cast, now, "domestic_abuse", words=" ")
    with pytest.raises(FlagRefused, match="no such flag"):
        by_hand(cast, now, "nuisance")
    assert not FlagMove.objects.exists()


def test_sent_twice_there_is_one(cast: Any, now: datetime, proposed: CaseFlag) -> None:
    """A double tap, on a proposal and on a flag of one's own."""
    for _ in range(2):
        decide(cast.sana, now, proposed, "raise", seen=0)
    reference = proposed.disclosure.reference
    first = by_hand(cast, now, "domestic_abuse", reference=reference)
    assert by_hand(cast, now, "domestic_abuse", reference=reference).pk == first.pk
    assert FlagMove.objects.count() == 2


def test_what_is_there_already_is_said(cast: Any, now: datetime, proposed: CaseFlag) -> None:
    """Proposed: decide that. Raised by somebody else: named."""
    reference = proposed.disclosure.reference
    with pytest.raises(FlagRefused, match="proposed already"):
        by_hand(cast, now, "chemsex_context", reference=reference)
    decide(cast.rae, now, proposed, "raise")
    with pytest.raises(FlagRefused, match="Rae has raised this flag already"):
        by_hand(cast, now, "chemsex_context", reference=reference)


def test_where_the_pack_says_so_a_supervisor_of_the_unit_is_asked(cast: Any, now: datetime) -> None:
    """Honour-based abuse: not without advice; and not on the word of just anybody."""
    with pytest.raises(FlagRefused, match="Ask a supervisor first"):
        by_hand(cast, now, "honour_based_abuse")
    with pytest.raises(FlagRefused, match="Choose a supervisor of the unit"):
        by_hand(cast, now, "honour_based_abuse", consulted=str(cast.rae.pk))
    flag = by_hand(cast, now, "honour_based_abuse", consulted=str(cast.maud.pk))
    assert flag.moves.get().consulted == cast.maud
    assert by_hand(cast, now, "honour_based_abuse", by=cast.maud).state == "raised"


@pytest.mark.parametrize("who", ["priya", "kofi", "odile", "alex", "idris"])
def test_nobody_else_decides(cast: Any, now: datetime, proposed: CaseFlag, who: str) -> None:
    """The counter, another unit, the auditor, the outsider: as if there were no such case."""
    stranger = getattr(cast, who)
    with pytest.raises(NotFound, match="no case of your unit"):
        decide(stranger, now, proposed, "raise")
    with pytest.raises(NotFound):
        by_hand(cast, now, "domestic_abuse", by=stranger, reference=proposed.disclosure.reference)
    with pytest.raises(NotFound):
        flags.note_telling(
            actor=as_reader(stranger), at=now, reference=proposed.disclosure.reference, flag=proposed.pk,
            audience="person", told=True, way="phone",
        )  # fmt: skip
    assert not FlagMove.objects.exists()


def test_a_flag_of_another_case_is_not_found(cast: Any, now: datetime, proposed: CaseFlag) -> None:
    """Reference and key must belong together."""
    other = told(cast, now, PLAIN)
    with pytest.raises(NotFound, match="no such flag"):
        flags.decide_flag(
            actor=as_reader(cast.sana), at=now, reference=other.reference, flag=proposed.pk, seen=0,
            decision=flags.Decision("raise"),
        )  # fmt: skip
    with pytest.raises(NotFound):
        flags.decide_flag(
            actor=as_reader(cast.sana), at=now, reference=other.reference, flag=uuid4(), seen=0,
            decision=flags.Decision("raise"),
        )  # fmt: skip


def telling(cast: Any, at: datetime, flag: CaseFlag, **more: Any) -> FlagTelling:
    """Sana notes that the person was told by phone."""
    values = {"audience": "person", "told": True, "way": "phone", "words": ""} | more
    return flags.note_telling(
        actor=as_reader(cast.sana), at=at, reference=flag.disclosure.reference, flag=flag.pk, **values
    )


def test_who_was_told_is_kept_and_the_newest_holds(cast: Any, now: datetime, raised: CaseFlag) -> None:
    """First not, because it was not safe; then told. The same note twice is one."""
    telling(cast, now, raised, told=False, way="", why_not="not_safe")
    for _ in range(2):
        telling(cast, now + HOUR, raised, words=WORDS)
    rows = list(raised.tellings.order_by("at").values_list("told", "way", "why_not"))
    assert rows == [(False, "", "not_safe"), (True, "phone", "")]
    telling(cast, now, raised, audience="sarc", way="meeting")
    assert kinds()[-1] == "flag_told"
    assert raised.tellings.count() == 3


@pytest.mark.parametrize(
    "wrong", [{"audience": "the press"}, {"way": ""}, {"told": False}, {"words": "x" * 4001}]
)
def test_a_telling_that_says_nothing_is_refused(
    cast: Any, now: datetime, raised: CaseFlag, wrong: dict[str, Any]
) -> None:
    """Neither how nor why not, or nobody the pack knows."""
    with pytest.raises(FlagRefused):
        telling(cast, now, raised, **wrong)
    assert not FlagTelling.objects.exists()


def test_nobody_is_told_of_a_flag_that_nobody_raised(cast: Any, now: datetime, proposed: CaseFlag) -> None:
    """A proposal is a rule's, not a fact."""
    with pytest.raises(FlagRefused, match="Nobody has raised"):
        telling(cast, now, proposed)


def test_a_flag_that_the_pack_dropped_can_be_lifted_and_not_kept(
    cast: Any, now: datetime, raised: CaseFlag
) -> None:
    """A newer pack does not leave old flags standing for ever."""
    CaseFlag.objects.filter(pk=raised.pk).update(code="dropped")
    raised.refresh_from_db()
    with pytest.raises(FlagRefused, match="no such flag"):
        decide(cast.sana, now, raised, "keep", "Still")
    assert decide(cast.sana, now, raised, "lift", "Not used any more").state == "lifted"


def test_two_people_at_once_one_decides_and_the_other_is_told(journey_db: None, now: datetime) -> None:
    """Raise and decline at the same moment: one of the two holds, and nothing is overwritten."""
    cast = make_cast(now)
    flag = the_flag(told(cast, now))
    results = at_once(
        lambda: decide(cast.sana, now, flag, "raise", seen=0),
        lambda: decide(cast.rae, now, flag, "decline", seen=0),
    )
    refused = [result for result in results if isinstance(result, FlagRefused)]
    assert len(refused) == 1, results
    move = FlagMove.objects.get()
    assert str(refused[0]).startswith(
        f"{move.by.name} has {'raised' if move.move == 'raise' else 'declined'} this flag"
    )
    flag.refresh_from_db()
    assert flag.state == move.state
    whole_journal()


def test_two_reviews_at_once_keep_one(journey_db: None, now: datetime) -> None:
    """Kept by one and lifted by the other: whoever came second looks again."""
    cast = make_cast(now)
    flag = decide(cast.sana, now, the_flag(told(cast, now)), "raise")
    results = at_once(
        lambda: decide(cast.sana, now, flag, "keep", "Fits", seen=1),
        lambda: decide(cast.rae, now, flag, "lift", "No", seen=1),
    )
    assert sum(isinstance(result, FlagRefused) for result in results) == 1
    assert FlagMove.objects.count() == 2


def test_raised_at_once_by_many_there_is_one(journey_db: None, now: datetime) -> None:
    """The database holds it: one open flag of a kind on a record."""
    cast = make_cast(now)
    reference = told(cast, now, PLAIN).reference
    results = at_once(
        *[lambda: by_hand(cast, now, "domestic_abuse", reference=reference)] * 3,
        lambda: by_hand(cast, now, "domestic_abuse", by=cast.rae, reference=reference),
    )
    assert not [
        result for result in results if isinstance(result, Exception) and not isinstance(result, FlagRefused)
    ]
    assert CaseFlag.objects.filter(code="domestic_abuse").count() == 1
