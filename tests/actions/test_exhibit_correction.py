"""Correcting an exhibit: the earlier entry stays, one line without the words, refused aloud, never two at once."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from nightdesk.actions.exhibit_correction import correct_exhibit
from nightdesk.actions.refusals import NotFound
from nightdesk.outside.codes import new_exhibit_code
from nightdesk.queries import custody
from nightdesk.records.exhibit_corrections import ExhibitCorrection
from nightdesk.records.exhibits import Exhibit
from nightdesk.records.journal import JournalLine
from nightdesk.rules.custody import CustodyRefused
from nightdesk.rules.exhibit_correction import Facts
from tests.actions.exhibits import enter, journey_of, move
from tests.actions.together import at_once, whole_journal
from tests.people import as_reader, make_cast

HOUR = timedelta(hours=1)


def correct(made: Exhibit, who: Any, at: datetime, *, number: int = 0, **change: Any) -> tuple[str, ...]:
    """What is kept, but for `change`, as a page sends it."""
    reason = change.pop("reason", "mistyped")
    facts = replace(Facts("urine_pot", made.taken_at, "", ""), **change)
    return correct_exhibit(
        actor=as_reader(who), at=at, code=made.code, number=number, reason=reason, facts=facts
    )


@pytest.fixture
def made(cast: Any, now: datetime, plain_triage: None) -> Exhibit:
    """Priya's urine pot."""
    return enter(cast, now)


def test_the_newest_holds_and_the_earlier_stays(made: Exhibit, cast: Any, now: datetime) -> None:
    """Kind, time and description; by when it is submitted follows; number, reference and chain are as they were."""
    chain = list(made.custody.values())
    earlier = now - 2 * HOUR
    wrong = correct(
        made, cast.sana, now + HOUR, kind="mouth_samples", taken_at=earlier, description="MARKNEW lip swab"
    )
    assert wrong == ("kind", "taken_at", "description")
    row = Exhibit.objects.get()
    assert (row.kind, row.taken_at, row.opened("description")) == (
        "mouth_samples",
        earlier,
        "MARKNEW lip swab",
    )
    assert row.submit_by == earlier + timedelta(days=28)
    assert (row.code, row.court_ref, list(row.custody.values())) == (made.code, made.court_ref, chain)
    kept = list(ExhibitCorrection.objects.order_by("number"))
    assert [(k.number, k.fact, k.before, k.after) for k in kept] == [
        (1, "kind", "urine_pot", "mouth_samples"), (2, "taken_at", now.isoformat(), earlier.isoformat()),
        (3, "description", "", ""),
    ]  # fmt: skip
    assert [k.opened("words") for k in kept] == ["", "", "MARKPOT small pot, blue lid"]
    assert {(k.corrected_by, k.corrected_at, k.reason) for k in kept} == {(cast.sana, now + HOUR, "mistyped")}


def test_the_line_has_codes_and_no_words(made: Exhibit, cast: Any, now: datetime) -> None:
    """One line for the whole; neither the earlier nor the new words are in it."""
    before = JournalLine.objects.count()
    correct(made, cast.priya, now, kind="blood_tube", description="MARKNEW", reason="mixed_up")
    assert JournalLine.objects.count() == before + 1
    line = JournalLine.objects.latest("seq")
    assert (line.kind, line.subject) == ("exhibit_corrected", made.disclosure.reference)
    assert line.facts == {"exhibit": made.code, "facts": ["kind", "description"], "reason": "mixed_up"}


def test_the_seal_is_the_one_noted_last(made: Exhibit, cast: Any, now: datetime) -> None:
    """A correction holds until the bag is sealed anew."""

    def seal(at: datetime) -> str:
        seen = custody.exhibit(as_reader(cast.sana), made.code, at)
        assert seen
        return seen.known.seal

    move(made, cast.priya, "sent", now, "sarc", seal="B0012")
    assert seal(now) == "B0012"
    correct(made, cast.priya, now + HOUR, seal=" B0021 ", reason="misread")
    assert seal(now + HOUR) == "B0021"
    move(made, cast.sana, "received", now + 2 * HOUR, seal="B0077")
    assert seal(now + 2 * HOUR) == "B0077"


def test_sent_twice_is_corrected_once(made: Exhibit, cast: Any, now: datetime) -> None:
    """The second changes nothing, and says nothing."""
    assert correct(made, cast.priya, now, kind="blood_tube") == ("kind",)
    assert correct(made, cast.priya, now, kind="blood_tube") == ()
    assert ExhibitCorrection.objects.count() == 1


def test_what_is_refused_changes_nothing(made: Exhibit, cast: Any, now: datetime) -> None:
    """Each says what to do."""
    before = JournalLine.objects.count()
    for change, sentence in (
        ({}, "Nothing is different"), ({"kind": "invented"}, "what kind"), ({"seal": "9" * 31}, "30 signs"),
        ({"description": "x" * 2001}, "2000 characters"), ({"kind": "blood_tube", "reason": "x"}, "Choose why"),
    ):  # fmt: skip
        with pytest.raises(CustodyRefused, match=sentence):
            correct(made, cast.priya, now, **change)
    assert JournalLine.objects.count() == before


def test_somebody_was_quicker(made: Exhibit, cast: Any, now: datetime) -> None:
    """Sana has corrected something else since Priya opened the page."""
    correct(made, cast.sana, now, seal="B2")
    with pytest.raises(CustodyRefused, match="Sana has corrected it meanwhile"):
        correct(made, cast.priya, now, kind="blood_tube")


def test_others_do_not_correct(made: Exhibit, cast: Any, now: datetime) -> None:
    """Who may see it is told who can; who may not finds nothing, as for a code that there is not."""
    move(made, cast.priya, "sent", now, "sarc")
    with pytest.raises(NotFound):
        correct(made, cast.kofi, now, kind="blood_tube")
    with pytest.raises(NotFound):
        correct(Exhibit(code=new_exhibit_code(), taken_at=now), cast.priya, now)
    assert ExhibitCorrection.objects.count() == 0


def test_what_was_destroyed_stays_as_it_is(made: Exhibit, cast: Any, now: datetime) -> None:
    """Neither by whoever entered it nor by a supervisor; the page does not offer it."""
    from nightdesk.actions.destruction import ask_for_destruction, decide_destruction, destroy_exhibit

    ask_for_destruction(actor=as_reader(cast.sana), at=now, code=made.code, reason="entered_twice")
    decide_destruction(actor=as_reader(cast.maud), at=now, code=made.code, allowed=True)
    destroy_exhibit(actor=as_reader(cast.priya), at=now, code=made.code, number=1)
    for who in (cast.priya, cast.maud):
        with pytest.raises(CustodyRefused, match="was destroyed"):
            correct(made, who, now, kind="blood_tube")
        seen = custody.exhibit(as_reader(who), made.code, now)
        assert seen
        assert not seen.may_correct
    assert journey_of(made)[-1] == (2, "destroyed", "destroyed")


def test_earlier_words_are_opened_for_those_who_read_the_description(
    made: Exhibit, cast: Any, now: datetime
) -> None:
    """Newest first; not at the counter, not in another unit."""
    correct(made, cast.priya, now, description="MARKTWO")
    correct(made, cast.priya, now, number=1, description="MARKTHREE")
    found = {
        who.username: custody.earlier_descriptions(as_reader(who), made.code)
        for who in (cast.sana, cast.priya, cast.kofi)
    }
    assert found == {"sana": ["MARKTWO", "MARKPOT small pot, blue lid"], "priya": [], "kofi": []}


@pytest.mark.usefixtures("journey_db", "plain_triage")
def test_two_who_correct_at_once_are_never_both_kept_blindly(now: datetime) -> None:
    """One holds, the other is told who was quicker."""
    cast = make_cast(now)
    made = enter(cast, now)
    results = at_once(
        lambda: correct(made, cast.priya, now, kind="blood_tube"),
        lambda: correct(made, cast.sana, now, kind="hair_sample"),
    )
    assert sorted(type(found).__name__ for found in results) == ["CustodyRefused", "tuple"]
    assert "has corrected it meanwhile" in str(next(f for f in results if isinstance(f, CustodyRefused)))
    assert ExhibitCorrection.objects.count() == 1
    whole_journal()
