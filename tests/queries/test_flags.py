"""Flags as people see them: their unit's, in the order of their dates, with counts that match, and nobody else's."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nightdesk.actions.flags import note_telling, raise_flag
from nightdesk.actions.intake import accept_disclosure
from nightdesk.queries import flags, look_backs
from nightdesk.records.cases import Case
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.flags import CaseFlag
from nightdesk.records.sealed import Vault
from nightdesk.rules import flag as rule
from nightdesk.rules.basics import Basics
from tests.actions.flags import CHEMSEX, decide, the_flag
from tests.actions.test_look_backs import run
from tests.people import as_reader

PLAIN = Basics(what="he raped me at his flat")
TODAY = date(2026, 11, 22)
STRANGERS = ("priya", "tom", "kofi", "odile", "alex", "idris", "wen")


def told(cast: Any, at: datetime, basics: Basics = PLAIN, by: Any = None) -> Disclosure:
    """Priya takes it; the case is unit A's."""
    kept = accept_disclosure(
        actor=as_reader(by or cast.priya), at=at, sender_key=uuid4(), channel="counter", basics=basics
    )
    return Disclosure.objects.get(reference=kept.reference)


def raised(cast: Any, at: datetime, days: int, by: Any = None, code: str = "alcohol") -> CaseFlag:
    """A flag that is to be looked at again `days` after today; it was raised long before."""
    disclosure = told(cast, at, by=cast.tom if by == cast.kofi else None)
    flag = raise_flag(
        actor=as_reader(by or cast.sana), at=at, reference=disclosure.reference, code=code, words="Drunk"
    )
    CaseFlag.objects.filter(pk=flag.pk).update(review_on=TODAY + timedelta(days=days))
    return flag


def proposed(disclosure: Disclosure, at: datetime) -> CaseFlag:
    """A proposal of a rule, as a look-back would write it."""
    return CaseFlag.objects.create(
        disclosure=disclosure, vault=disclosure.vault, version=disclosure.versions.get(), code="chemsex_context",
        state=rule.PROPOSED, origin=rule.LOOK_BACK, level="likely", found_at=at, edition="test",
        grounds=[{"rule": "r", "words": "raped", "field": "what", "start": 3, "end": 8}],
    )  # fmt: skip


def test_a_flag_is_seen_with_its_words_decisions_and_tellings(cast: Any, now: datetime) -> None:
    """Open ones first; everything that people wrote is opened."""
    disclosure = told(cast, now)
    proposal = proposed(disclosure, now)
    own = raise_flag(
        actor=as_reader(cast.sana),
        at=now,
        reference=disclosure.reference,
        code="alcohol",
        words="Drunk, he said",
    )
    note_telling(
        actor=as_reader(cast.sana), at=now, reference=disclosure.reference, flag=own.pk, audience="person", told=False,
        why_not="not_safe", words="He lives there",
    )  # fmt: skip
    decide(cast.rae, now, own, "keep", "Still")
    first, second = flags.flags_of(as_reader(cast.sana), disclosure.reference)
    assert (first.id, first.state, first.seen) == (proposal.pk, "proposed", 0)
    assert first.reasons is not None
    assert first.reasons[0]["words"] == "raped"
    assert [(d.move, d.by, d.words) for d in second.decisions] == [
        ("raise", "Sana", "Drunk, he said"), ("keep", "Rae", "Still"),
    ]  # fmt: skip
    assert [(t.audience, t.told, t.why_not, t.words) for t in second.tellings] == [
        ("person", False, "not_safe", "He lives there")
    ]


def test_a_record_with_many_flags_costs_the_same_statements(cast: Any, now: datetime) -> None:
    """Three, and the case page stays quick."""
    disclosure = told(cast, now)
    for code in ("alcohol", "knife", "hate_race"):
        raise_flag(actor=as_reader(cast.sana), at=now, reference=disclosure.reference, code=code, words="So")
    with CaptureQueriesContext(connection) as asked:
        assert len(flags.flags_of(as_reader(cast.sana), disclosure.reference)) == 3
    assert len(asked) == 3


def test_words_whose_key_is_gone_are_said_to_be_gone(cast: Any, now: datetime) -> None:
    """The decision stays in figures; what was written does not."""
    flag = proposed(told(cast, now), now)
    decide(cast.sana, now, flag, "decline", "No")
    Vault.objects.update(wrapped=None, destroyed_at=now)
    (seen,) = flags.flags_of(as_reader(cast.sana), flag.disclosure.reference)
    assert (seen.reasons, seen.state, seen.decisions[0].words) == (None, "declined", "")


def test_the_review_queue_is_ordered_by_date_and_its_counts_match(cast: Any, now: datetime) -> None:
    """Overdue first; mine is what I own; the other unit's is nowhere."""
    late, today, later = raised(cast, now, -9), raised(cast, now, 0), raised(cast, now, 30)
    raised(cast, now, -50, by=cast.kofi)
    Case.objects.filter(disclosure=today.disclosure).update(owner=cast.sana)
    reader = as_reader(cast.sana)
    shown = {
        (whose, when): [row.reference for row in flags.reviews(reader, whose, when, TODAY)]
        for whose in flags.WHOSE
        for when in flags.WHEN
    }
    late_one, today_one, later_one = (flag.disclosure.reference for flag in (late, today, later))
    assert shown == {
        ("mine", "due"): [today_one], ("mine", "all"): [today_one], ("unit", "due"): [late_one, today_one],
        ("unit", "all"): [late_one, today_one, later_one],
    }  # fmt: skip
    assert flags.review_counts(reader, TODAY) == {key: len(rows) for key, rows in shown.items()}
    first = flags.reviews(reader, "unit", "all", TODAY)[0]
    assert (first.due, first.mine, first.owner) == (True, False, "")


def test_what_is_lifted_or_only_proposed_is_not_reviewed(cast: Any, now: datetime) -> None:
    """Only what stands."""
    decide(cast.sana, now, raised(cast, now, -9), "lift", "No")
    proposed(told(cast, now), now)
    assert not flags.reviews(as_reader(cast.sana), "unit", "all", TODAY)


def test_the_proposals_go_round_longest_waiting_first(cast: Any, now: datetime) -> None:
    """Passed over, one comes again after the others; decided, it is gone."""
    keys = [proposed(told(cast, now), now + timedelta(hours=n)).pk for n in (2, 0, 1)]
    reader = as_reader(cast.maud)
    order = [keys[1], keys[2], keys[0]]
    after, met = None, []
    for _ in range(4):
        found = flags.next_proposal(reader, after)
        assert found is not None
        after = found[0]
        met.append(after)
    assert met == [*order, order[0]]
    decide(cast.maud, now, CaseFlag.objects.get(pk=order[0]), "decline")
    assert flags.waiting_proposals(reader) == 2
    found = flags.next_proposal(reader, order[0])
    assert found is not None
    assert found[0] == order[1]
    assert flags.proposal(reader, order[0]) is None


def test_a_proposal_shows_what_was_told_and_where_the_words_stand(cast: Any, now: datetime) -> None:
    """In the version in which the words were found."""
    flag = proposed(told(cast, now), now)
    seen = flags.proposal(as_reader(cast.sana), flag.pk)
    assert seen is not None
    assert (seen.what, seen.reference) == (PLAIN.what, flag.disclosure.reference)


def test_what_never_became_a_case_belongs_to_the_unit_of_its_counter(cast: Any, now: datetime) -> None:
    """A phone taken on a bus, which a look-back flags years later: somebody must be able to decide."""
    disclosure = told(cast, now, Basics(what="somebody took my phone"))
    assert not hasattr(disclosure, "case")
    flag = proposed(disclosure, now)
    assert flags.may_decide(as_reader(cast.sana), disclosure.reference)
    assert not flags.may_decide(as_reader(cast.kofi), disclosure.reference)
    assert flags.next_proposal(as_reader(cast.sana)) == (flag.pk, disclosure.reference)
    assert flags.next_proposal(as_reader(cast.kofi)) is None
    assert decide(cast.sana, now, flag, "decline").state == "declined"


@pytest.mark.parametrize("who", STRANGERS)
def test_strangers_see_nothing_and_decide_nothing(cast: Any, now: datetime, who: str) -> None:
    """Roles that work no cases, and another unit; the pages are closed to most of them anyway."""
    flag = proposed(told(cast, now), now)
    reader = as_reader(getattr(cast, who))
    assert not flags.may_decide(reader, flag.disclosure.reference)
    assert not flags.may_decide(reader, "NONE-SUCH")
    if who != "priya":  # of the unit's own counter, for whom the page does not exist
        assert flags.proposal(reader, flag.pk) is None
        assert not flags.reviews(reader, "unit", "all", TODAY)


def test_tags_of_a_queue_are_what_is_raised(cast: Any, now: datetime) -> None:
    """In one statement however long the queue is."""
    flag, other = raised(cast, now, 30), told(cast, now)
    proposed(other, now)
    with CaptureQueriesContext(connection) as asked:
        found = flags.tags_of(as_reader(cast.sana), [flag.disclosure.reference, other.reference])
    assert found == {flag.disclosure.reference: ["alcohol"]}
    assert len(asked) == 1


def test_a_supervisor_is_asked_from_ones_own_unit(cast: Any) -> None:
    """Sana asks Maud; Kofi's unit has none; nobody asks themselves."""
    assert flags.supervisors_to_ask(as_reader(cast.sana)) == [(str(cast.maud.pk), "Maud")]
    for who in (cast.kofi, cast.maud, cast.odile):
        assert flags.supervisors_to_ask(as_reader(who)) == []


def test_runs_say_how_far_they_are_and_what_is_still_open(cast: Any, now: datetime) -> None:
    """Ended: all of it; of its proposals, those that nobody has decided."""
    CaseFlag.objects.filter(disclosure=told(cast, now, CHEMSEX)).delete()
    run(now, codes=["chemsex_context"], by=as_reader(cast.maud))
    (seen,) = look_backs.runs(as_reader(cast.maud))
    assert (seen.percent, seen.looked_at, seen.begun_by, seen.still) == (100, 1, "Maud", 1)
    decide(cast.sana, now, the_flag(Disclosure.objects.get()), "raise")
    assert look_backs.runs(as_reader(cast.maud))[0].still == 0
    assert look_backs.unfinished(as_reader(cast.maud)) is None
