"""Closing: asked for in the person's words, looked at by another, sent back, closed, opened again; nothing overwritten."""

from datetime import datetime
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from nightdesk.actions._queue import follow
from nightdesk.actions.closings import take_back_closing
from nightdesk.actions.refusals import NotFound
from nightdesk.actions.reopenings import begin_investigation, correct_outcome, reopen_case
from nightdesk.queries.closings import ended, how_many_wait, waiting
from nightdesk.queries.queue import queue
from nightdesk.records.cases import Case, CaseStatus
from nightdesk.records.closings import CaseOutcome, Closing, ClosingLook, Reopening
from nightdesk.records.duties import Duty, KeyEventNoted
from nightdesk.records.journal import JournalLine
from nightdesk.records.staff import Staff
from nightdesk.rules.case import CaseRefused
from nightdesk.rules.closing_said import Said
from tests.actions.closings import (
    DAY,
    WORDS,
    ask,
    closable,
    look,
    lost,
    record,
    state_of,
    try_them,
    withdrawal,
)
from tests.actions.paging import raise_one
from tests.actions.shield import senior
from tests.actions.together import at_once, whole_journal
from tests.people import as_reader, make_cast

pytestmark = pytest.mark.usefixtures("plain_triage")


def test_a_withdrawal_waits_for_a_supervisor_and_is_sealed(cast: Any, now: datetime) -> None:
    """The words as they were said; codes plain; one line for the supervisor."""
    reference = closable(cast, now)
    row = ask(cast.sana, now + DAY, reference)
    assert state_of(reference) == "asked_to_close"
    kept = Closing.objects.select_related("vault").get()
    assert (kept.opened("words"), kept.opened("said_to"), str(kept.words)) == (
        WORDS,
        "Sana, SOIT",
        "‹sealed›",
    )
    assert (kept.ending, kept.how, kept.support, kept.present) == (
        "withdrawal",
        "in_person",
        "before",
        "alone",
    )
    line = JournalLine.objects.get(kind="closing_asked")
    assert line.facts.keys() == {"number", "ending", "outcome", "against"}
    found = waiting(as_reader(cast.maud))
    assert [(one.reference, one.number, one.mine) for one in found] == [(reference, row.number, False)]
    assert how_many_wait(as_reader(cast.maud)) == 1
    assert waiting(as_reader(cast.sana)) == waiting(as_reader(cast.idris)) == ()


def test_sent_back_with_words_then_asked_again_and_closed(cast: Any, now: datetime) -> None:
    """Both closings stay; the first outcome row comes with the yes; nothing is owed for their own word."""
    reference = closable(cast, now)
    ask(cast.sana, now + DAY, reference)
    look(cast.maud, now + DAY, reference, "sent_back", "Ask again, without the partner in the room.")
    assert state_of(reference) == "sent_back"
    assert how_many_wait(as_reader(cast.maud)) == 0
    assert reference in [row.reference for row in queue(as_reader(cast.sana), now).rows]
    again = withdrawal(now + 2 * DAY, words="I said it alone now. I am sure.")
    ask(cast.sana, now + 2 * DAY, reference, again, seen=1)
    look(cast.maud, now + 2 * DAY, reference, number=2)
    assert state_of(reference) == "closed"
    assert CaseOutcome.objects.get().outcome == "unnamed_no_support"
    assert not KeyEventNoted.objects.filter(kind="no_further_steps").exists()
    assert list(CaseStatus.objects.order_by("id").values_list("move", "state"))[-4:] == [
        ("ask_to_close", "asked_to_close"), ("send_back", "sent_back"), ("ask_to_close", "asked_to_close"),
        ("approve", "closed"),
    ]  # fmt: skip
    seen = ended(as_reader(cast.maud), reference, now + 3 * DAY)
    assert seen
    assert [one.look.words for one in seen.closings if one.look] == [
        "", "Ask again, without the partner in the room."
    ]  # fmt: skip


def test_nobody_looks_at_what_they_asked_for_or_have(cast: Any, now: datetime) -> None:
    """A supervisor who asked, one of another unit, a specialist; and the database holds it too."""
    reference = closable(cast, now)
    ask(cast.maud, now + DAY, reference)
    with pytest.raises(CaseRefused, match="not whoever asked"):
        look(cast.maud, now + DAY, reference)
    with pytest.raises(CaseRefused, match="A supervisor of the unit"):
        look(cast.rae, now + DAY, reference)
    with pytest.raises(NotFound):
        look(cast.idris, now + DAY, reference)
    row = Closing.objects.select_related("vault").get()
    with pytest.raises(IntegrityError), transaction.atomic():
        ClosingLook.objects.create(
            closing=row,
            vault=row.vault,
            verdict="approved",
            at=now,
            by=cast.maud,
            asked_by=cast.maud,
            words="",
        )
    assert state_of(reference) == "asked_to_close"


def test_support_is_offered_before_a_no_is_an_answer(cast: Any, now: datetime) -> None:
    """An offer that is still owed blocks the withdrawal, and nothing is kept."""
    reference = closable(cast, now)
    Duty.objects.filter(kind="isva_offered").update(state="owed")
    with pytest.raises(CaseRefused, match="Offer the SARC, an ISVA and a partner first"):
        ask(cast.sana, now + DAY, reference)
    assert (state_of(reference), Closing.objects.count()) == ("with_soit", 0)


def test_what_is_not_handed_over_or_not_recorded_is_not_closed(cast: Any, now: datetime) -> None:
    """Nor what nobody has taken on."""
    reference = str(raise_one(cast, now).reference)
    with pytest.raises(CaseRefused, match="open: “ask to close” is not possible"):
        ask(cast.rae, now + DAY, reference)
    Case.objects.update(state="with_soit")
    with pytest.raises(CaseRefused, match="handed over"):
        ask(cast.rae, now + DAY, reference)


def test_somebody_who_stops_answering_has_withdrawn_nothing(cast: Any, now: datetime) -> None:
    """It is lost contact, with its tries counted, once the clock has ended; and the person is owed to be told."""
    reference = closable(cast, now)
    late = now + 30 * DAY
    with pytest.raises(CaseRefused, match="does not answer has not said anything") as refused:
        ask(cast.sana, late, reference, withdrawal(late, how="not_reached"))
    assert refused.value.about == "how"
    lost_now = {"ending": "lost_contact", "outcome": "no_suspect"}
    with pytest.raises(CaseRefused, match="A specimen can still be taken"):
        ask(cast.sana, now + DAY, reference, lost(), **lost_now)
    with pytest.raises(CaseRefused, match="at least 5 times"):
        ask(cast.sana, late, reference, lost(), **lost_now)
    try_them(cast.sana, reference, now + 8 * DAY)
    ask(cast.sana, late, reference, lost(), **lost_now)
    look(cast.maud, late, reference)
    assert Closing.objects.get().tries == 6
    assert KeyEventNoted.objects.filter(kind="no_further_steps").count() == 1
    assert reference in [
        row.reference for row in queue(as_reader(cast.sana), late).rows
    ]  # the telling is owed


def test_what_is_still_open_must_have_been_looked_at(cast: Any, now: datetime) -> None:
    """Not blocked by it, and counted in the row."""
    reference = closable(cast, now)
    with pytest.raises(CaseRefused, match="Look at what is still open"):
        ask(cast.sana, now + DAY, reference, withdrawal(now + DAY, looked=False))
    ask(cast.sana, now + DAY, reference)
    assert Closing.objects.get().against["duties_owed"] >= 1
    look(cast.maud, now + DAY, reference)
    assert Duty.objects.filter(state="owed").exists()
    assert reference in [row.reference for row in queue(as_reader(cast.sana), now + DAY).rows]
    Duty.objects.update(state="met")
    follow(Case.objects.get())
    assert queue(as_reader(cast.sana), now + DAY).rows == ()


def test_a_charge_needs_no_look_and_the_person_is_told(cast: Any, now: datetime) -> None:
    """Closed at once, by whoever asked."""
    reference = closable(cast, now)
    said = Said(suspect="yes", prosecutors_on=now.date(), told=True, looked=True)
    ask(cast.sana, now + DAY, reference, said, ending="outcome", outcome="charged")
    assert state_of(reference) == "closed"
    assert ClosingLook.objects.get().verdict == "not_needed"
    assert KeyEventNoted.objects.filter(kind="charge_decision").exists()


def test_without_a_crime_only_what_is_an_n100(cast: Any, now: datetime) -> None:
    """A recorded crime is taken out by the registrar's people alone."""
    reference = closable(cast, now)
    said = withdrawal(now + DAY, grounds="Checked with the hospital.", speaker="somebody_else")
    chosen = {"ending": "without_crime", "outcome": "not_a_crime"}
    with pytest.raises(CaseRefused, match="registrar"):
        ask(cast.sana, now + DAY, reference, said, **chosen)
    record(cast, now + DAY, reference, "n100", seen=1)
    assert ask(cast.sana, now + DAY, reference, said, **chosen).ending == "without_crime"
    assert state_of(reference) == "asked_to_close"


def test_what_blocks_by_the_time_of_the_look_is_refused_then(cast: Any, now: datetime) -> None:
    """Recorded as a crime meanwhile: the supervisor can only send it back."""
    reference = closable(cast, now, "n100")
    said = withdrawal(now + DAY, grounds="Checked with the hospital.")
    ask(cast.sana, now + DAY, reference, said, ending="without_crime", outcome="not_a_crime")
    record(cast, now + DAY, reference, seen=1)
    with pytest.raises(CaseRefused, match="registrar"):
        look(cast.maud, now + DAY, reference)
    look(cast.maud, now + DAY, reference, "sent_back", "It is a crime now.")
    assert state_of(reference) == "sent_back"


def test_the_same_sent_twice_is_kept_once(cast: Any, now: datetime) -> None:
    """Asked, looked at, reopened, under investigation, taken back."""
    reference = closable(cast, now)
    sana, at = as_reader(cast.sana), now + DAY
    begin_investigation(actor=sana, at=at, reference=reference)
    assert begin_investigation(actor=sana, at=at, reference=reference) is None
    said = withdrawal(at)
    assert ask(cast.sana, at, reference, said).pk == ask(cast.sana, at, reference, said).pk
    first = take_back_closing(actor=sana, at=at, reference=reference, number=1)
    assert take_back_closing(actor=sana, at=at, reference=reference, number=1).pk == first.pk
    assert state_of(reference) == "investigating"
    ask(cast.sana, at, reference, seen=1)
    assert look(cast.maud, at, reference, number=2).pk == look(cast.maud, at, reference, number=2).pk
    given = {"actor": sana, "at": at, "reference": reference, "number": 2, "ground": "person_back"}
    assert reopen_case(**given).pk == reopen_case(**given).pk
    assert (Closing.objects.count(), ClosingLook.objects.count(), Reopening.objects.count()) == (2, 2, 1)


def test_taking_it_back_forgets_neither_that_it_was_sent_back_nor_that_it_was_reopened(
    cast: Any, now: datetime
) -> None:
    """Two presses do not take away what has to be looked at again; nor say "under investigation" for anybody."""
    reference = closable(cast, now)
    given: dict[str, Any] = {"actor": as_reader(cast.sana), "at": now + DAY, "reference": reference}

    def ask_and_take_back(number: int) -> str:
        ask(cast.sana, now + DAY, reference, seen=number - 1)
        take_back_closing(number=number, **given)
        return state_of(reference)

    assert ask_and_take_back(1) == "with_soit"
    ask(cast.sana, now + DAY, reference, seen=1)
    look(cast.maud, now + DAY, reference, "sent_back", "Ask them alone.", number=2)
    assert ask_and_take_back(3) == "sent_back"
    ask(cast.sana, now + DAY, reference, seen=3)
    look(cast.maud, now + DAY, reference, number=4)
    reopen_case(number=4, ground="person_back", **given)
    assert ask_and_take_back(5) == "reopened"
    begin_investigation(**given)
    assert ask_and_take_back(6) == "investigating"


def test_a_person_who_comes_back_opens_the_case_in_one_press(cast: Any, now: datetime) -> None:
    """By any specialist of the unit; the old ending stays; other reasons need words, one is a supervisor's."""
    reference = closable(cast, now)
    ask(cast.sana, now + DAY, reference)
    look(cast.maud, now + DAY, reference)
    Duty.objects.update(state="met")
    given = {"at": now + 2 * DAY, "reference": reference, "number": 1}
    for ground, who in (("new_evidence", cast.rae), ("supervisor", cast.rae), ("invented", cast.maud)):
        with pytest.raises(CaseRefused):
            reopen_case(actor=as_reader(who), ground=ground, words="", **given)
    with pytest.raises(NotFound):
        reopen_case(actor=as_reader(cast.kofi), ground="person_back", **given)
    reopen_case(actor=as_reader(cast.rae), ground="person_back", **given)
    assert state_of(reference) == "reopened"
    assert [row.reference for row in queue(as_reader(cast.sana), now + 2 * DAY).rows] == [reference]
    with pytest.raises(CaseRefused, match="Rae was quicker"):
        reopen_case(actor=as_reader(cast.maud), ground="supervisor", words="A pattern.", **given)
    seen = ended(as_reader(cast.sana), reference, now + 2 * DAY)
    assert seen
    assert seen.closings[0].outcomes[0].outcome == "unnamed_no_support"
    assert seen.closings[0].reopening
    assert seen.closings[0].reopening.ground == "person_back"


def test_an_outcome_is_corrected_by_a_further_row(cast: Any, now: datetime) -> None:
    """By a supervisor, with the reason, within the same ending; both stay, the newest counts."""
    reference = closable(cast, now)
    ask(cast.sana, now + DAY, reference)
    look(cast.maud, now + DAY, reference)
    given = {"at": now + 2 * DAY, "reference": reference, "seen": 1}
    said = Said(suspect="yes", grounds="A name came in from another report.")
    with pytest.raises(CaseRefused, match="A supervisor looks"):
        correct_outcome(actor=as_reader(cast.sana), outcome="named_no_support", said=said, **given)
    with pytest.raises(CaseRefused, match="another outcome of the same ending"):
        correct_outcome(actor=as_reader(cast.maud), outcome="charged", said=said, **given)
    for _ in range(2):
        correct_outcome(actor=as_reader(cast.maud), outcome="named_no_support", said=said, **given)
    seen = ended(as_reader(cast.maud), reference, now + 2 * DAY)
    assert seen
    assert [one.outcome for one in seen.closings[0].outcomes] == [
        "named_no_support",
        "unnamed_no_support",
    ]
    assert JournalLine.objects.filter(kind="outcome_corrected").count() == 1


def test_whoever_was_told_of_a_charge_is_told_that_there_is_none(cast: Any, now: datetime) -> None:
    """Another event than the one that they were told of begins its own duty; another outcome of the same kind none."""
    reference = closable(cast, now)
    told = Duty.objects.filter(kind="person_told", because__kind__in=("charge_decision", "no_further_steps"))
    said = Said(
        suspect="yes", prosecutors_on=now.date(), told=True, looked=True, grounds="It was the other one."
    )
    ask(cast.sana, now + DAY, reference, said, ending="outcome", outcome="charged")
    assert told.count() == 1
    for seen, (outcome, owed) in enumerate([("named_evidence", 2), ("witness_cannot", 2), ("charged", 3)], 1):
        correct_outcome(
            actor=as_reader(cast.maud), at=now + (seen + 1) * DAY, reference=reference, outcome=outcome, said=said, seen=seen
        )  # fmt: skip
        assert told.count() == owed


def test_nobody_corrects_their_own_ending_into_one_that_is_looked_at(cast: Any, now: datetime) -> None:
    """A supervisor who asked, or who has the case: another one of the unit does it. Else the look is gone round."""
    reference, given = closable(cast, now), {"outcome": "named_evidence", "seen": 1}
    said = Said(
        suspect="yes", prosecutors_on=now.date(), told=True, looked=True, grounds="It was the other one."
    )
    ask(cast.maud, now + DAY, reference, said, ending="outcome", outcome="charged")
    correct = partial(correct_outcome, at=now + 2 * DAY, reference=reference, said=said, **given)
    with pytest.raises(CaseRefused, match="neither asked"):
        correct(actor=as_reader(cast.maud))
    dina = senior("dina", now, cast.unit_a)
    Case.objects.update(owner=dina)
    with pytest.raises(CaseRefused, match="neither asked"):
        correct(actor=as_reader(dina))
    Case.objects.update(owner=cast.sana)
    assert correct(actor=as_reader(dina)).number == 2


def test_two_who_close_at_once_and_two_who_look_at_once(journey_db: None, now: datetime) -> None:
    """One is kept; the other is told who was quicker."""
    cast = make_cast(now)
    reference, at = closable(cast, now), now + DAY
    asked = at_once(lambda: ask(cast.sana, at, reference), lambda: ask(cast.rae, at, reference))
    assert sorted(type(one).__name__ for one in asked) == ["CaseRefused", "Closing"]
    second = Staff.objects.create(
        username="noor", name="Noor", role="supervisor", unit=cast.unit_a, email="n@force.test"
    )
    looked = at_once(
        lambda: look(cast.maud, at, reference), lambda: look(second, at, reference, "sent_back", "Not yet.")
    )
    refused = [one for one in looked if isinstance(one, CaseRefused)]
    assert len(refused) == 1
    assert "was quicker" in str(refused[0])
    assert ClosingLook.objects.count() == 1
    whole_journal()


def test_the_lines_of_the_journal_hold_no_words(cast: Any, now: datetime) -> None:
    """Codes and counts only."""
    reference = closable(cast, now)
    ask(cast.sana, now + DAY, reference)
    look(cast.maud, now + DAY, reference, "sent_back", "MARKBACK")
    text = str(list(JournalLine.objects.values_list("facts", flat=True)))
    assert "MARKBACK" not in text
    assert WORDS[:20] not in text
