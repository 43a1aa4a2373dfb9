"""Decisions on the public interest on the rows: two apart, an outsider for the serious, nothing re-dated or changed."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from nightdesk.actions.interest import MOVED_SINCE, ask_interest, move_interest
from nightdesk.actions.refusals import NotFound
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.journal import JournalLine
from nightdesk.records.shield import Interest, InterestMove, InterestView
from nightdesk.rules.interest import InterestRefused
from tests.actions.shield import asked, case_of_sana, facts, moved, senior
from tests.actions.together import at_once, whole_journal
from tests.people import as_reader, make_cast

pytestmark = pytest.mark.usefixtures("plain_triage")


@pytest.fixture
def case(cast: Any, now: datetime) -> str:
    """The reference of Sana's case."""
    return case_of_sana(cast, now)


def states(interest: Interest) -> list[tuple[str, str]]:
    """Every move with the state after it, as kept."""
    return list(interest.moves.order_by("number").values_list("move", "state"))


def test_the_default_is_confirmed_by_one_supervisor(cast: Any, now: datetime, case: str) -> None:
    interest = asked(cast.sana, now, case)
    assert moved(cast.maud, now, interest, "confirm") == "not_in_interest"
    assert states(interest) == [("ask", "default_asked"), ("confirm", "not_in_interest")]
    assert facts("interest_asked") == [{"interest": interest.reference, "state": "default_asked"}]


def test_against_the_default_takes_two_seniors_apart(cast: Any, now: datetime, case: str) -> None:
    """Neither the journal nor the length of what is sealed tells the first view."""
    dina, interest = (
        senior("dina", now, cast.unit_b),
        asked(cast.sana, now, case, "social_supply", against=True),
    )
    assert moved(cast.maud, now, interest, "vote", against=True) == "one_voted"
    assert moved(dina, now, interest, "vote", against=True) == "in_interest"
    assert [line["move"] for line in facts("interest_moved")] == ["vote", "vote"]
    other = asked(cast.rae, now, case)
    moved(cast.maud, now, other, "put_to_two")
    assert moved(cast.idris, now, other, "vote", against=False) == "one_voted"
    assert moved(dina, now, other, "vote", against=True) == "not_in_interest"
    views = InterestView.objects.select_related("vault")
    assert {view.opened("view") for view in views} == {"against", "default"}
    assert len({len(view.view.ciphertext) for view in views}) == 1


def test_one_person_is_never_two(cast: Any, now: datetime, case: str) -> None:
    interest = asked(cast.sana, now, case, against=True)
    moved(cast.maud, now, interest, "vote", against=True)
    with pytest.raises(InterestRefused, match="your view already"):
        moved(cast.maud, now, interest, "vote", against=True)
    assert InterestView.objects.count() == 1


def test_the_asker_the_officer_and_the_low_in_rank_do_not_decide(cast: Any, now: datetime, case: str) -> None:
    """And every try is in the journal."""
    interest = asked(cast.maud, now, case, against=True)
    for who in (cast.maud, cast.sana, cast.rae, cast.kofi):
        with pytest.raises(InterestRefused):
            moved(who, now, interest, "vote", against=True)
    assert JournalLine.objects.filter(kind="access_refused", subject=case).count() == 4
    assert states(interest) == [("ask", "against_asked")]


def test_whoever_puts_it_to_two_is_neither_of_the_two(cast: Any, now: datetime, case: str) -> None:
    interest = asked(cast.sana, now, case)
    moved(cast.maud, now, interest, "put_to_two")
    with pytest.raises(InterestRefused):
        moved(cast.maud, now, interest, "vote", against=True)


def test_who_had_the_case_once_does_not_decide_later(cast: Any, now: datetime, case: str) -> None:
    """Given away, the case was still theirs."""
    from nightdesk.actions.cases import take_on

    take_on(actor=as_reader(cast.maud), at=now, disclosure=Disclosure.objects.get(reference=case))
    take_on(actor=as_reader(cast.rae), at=now, disclosure=Disclosure.objects.get(reference=case))
    with pytest.raises(InterestRefused):
        moved(cast.maud, now, asked(cast.sana, now, case), "confirm")


def test_the_serious_go_to_somebody_outside(cast: Any, now: datetime, case: str) -> None:
    """Not the unit's supervisor; Kofi of the other unit takes it, gives it back, Idris takes and decides."""
    interest = asked(cast.sana, now, case, "supply_for_gain")
    for who in (cast.maud, cast.rae):
        with pytest.raises(InterestRefused):
            moved(who, now, interest, "take")
    moved(cast.kofi, now, interest, "take")
    with pytest.raises(InterestRefused):
        moved(cast.idris, now, interest, "pursue")
    moved(cast.kofi, now, interest, "give_back")
    moved(cast.idris, now, interest, "take")
    with pytest.raises(InterestRefused, match="Write your reasons"):
        moved(cast.idris, now, interest, "leave", reasons="")
    assert moved(cast.idris, now, interest, "leave") == "not_in_interest"


def test_nothing_that_was_kept_is_ever_changed(cast: Any, now: datetime, case: str) -> None:
    """After each move every earlier row is as it was, its time with it; the journal has each time as well."""
    interest, before = asked(cast.sana, now, case, "more_serious"), set()  # type: ignore[var-annotated]
    for minutes, (who, move) in enumerate(
        [(cast.kofi, "take"), (cast.kofi, "give_back"), (cast.kofi, "take"), (cast.kofi, "pursue")], 1
    ):
        moved(who, now + timedelta(minutes=minutes), interest, move)
        rows = {(r.pk, r.move, r.state, r.moved_at, r.reasons.ciphertext) for r in InterestMove.objects.all()}
        assert rows >= before
        assert len(rows) == minutes + 1
        before = rows
    lines = JournalLine.objects.filter(kind__startswith="interest_", subject=case).order_by("seq")
    assert [line.at for line in lines] == list(
        interest.moves.order_by("number").values_list("moved_at", flat=True)
    )
    with pytest.raises(InterestRefused, match="decided"):
        moved(cast.idris, now, interest, "leave")


def test_sent_twice_asks_once_and_counts_once(cast: Any, now: datetime, case: str) -> None:
    key = uuid4()
    assert asked(cast.sana, now, case, key=key) == asked(cast.sana, now, case, key=key)
    interest = Interest.objects.get()
    confirm = partial(
        move_interest, actor=as_reader(cast.maud), at=now, interest=interest.reference, move="confirm", seen=1
    )
    assert (confirm(), confirm()) == ("not_in_interest", "not_in_interest")
    assert len(facts("interest_moved")) == 1


def test_a_second_question_of_the_same_kind_waits(cast: Any, now: datetime, case: str) -> None:
    """New grounds after the end are asked about anew; the old decision stays."""
    first = asked(cast.sana, now, case)
    with pytest.raises(InterestRefused, match="being made already"):
        asked(cast.rae, now, case)
    moved(cast.sana, now, first, "take_back")
    asked(cast.rae, now, case)
    assert Interest.objects.count() == 2


def test_somebody_elses_move_in_between_is_told(cast: Any, now: datetime, case: str) -> None:
    interest = asked(cast.sana, now, case, against=True)
    moved(cast.maud, now, interest, "vote", against=True)
    with pytest.raises(InterestRefused, match=MOVED_SINCE[:20]):
        moved(cast.idris, now, interest, "vote", against=True, seen=1)


@pytest.mark.parametrize("name", ["priya", "kofi", "wen", "odile", "ben", "alex"])
def test_who_does_not_work_the_case_asks_nothing(cast: Any, now: datetime, case: str, name: str) -> None:
    with pytest.raises(NotFound):
        asked(getattr(cast, name), now, case)


def test_without_grounds_or_a_kind_nothing_is_asked(cast: Any, now: datetime, case: str) -> None:
    for more in ({"grounds": " "}, {"kind": "hearsay"}):
        with pytest.raises(InterestRefused):
            asked(cast.sana, now, case, **more)
    with pytest.raises(NotFound):
        moved(cast.maud, now, Interest(reference="NONE-NONE"), "confirm", seen=1)


def test_two_views_at_the_same_moment_are_two_views(journey_db: None, now: datetime) -> None:
    """One of them is told to look again; neither is lost, and nobody decides alone."""
    cast = make_cast(now)
    interest = ask_interest(
        actor=as_reader(cast.sana), at=now, reference=case_of_sana(cast, now), key=uuid4(), kind="own_use", against=True,
        grounds="Because.",
    )  # fmt: skip
    vote = partial(
        move_interest,
        at=now,
        interest=interest.reference,
        move="vote",
        against=True,
        reasons="Because.",
        seen=1,
    )
    results = at_once(*[partial(vote, actor=as_reader(who)) for who in (cast.maud, cast.idris)])
    refused = [result for result in results if isinstance(result, InterestRefused)]
    assert len(refused) == 1
    assert [result for result in results if result not in refused] == ["one_voted"]
    assert InterestView.objects.count() == 1
    whole_journal()
