"""Triage proposes flags in its own transaction, cheaply, with the words; and never more than proposes."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nightdesk.actions import flag_proposals
from nightdesk.actions.intake import accept_disclosure, override_proposal
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.flags import CaseFlag
from nightdesk.records.journal import JournalLine
from nightdesk.rules.basics import Basics
from tests.actions.flags import CHEMSEX, decide, the_flag, told
from tests.people import as_reader

HOUR = timedelta(hours=1)


def sent_again(cast: Any, at: datetime, disclosure: Disclosure, basics: Basics) -> None:
    """A correction of the same disclosure."""
    accept_disclosure(
        actor=as_reader(cast.priya), at=at, sender_key=disclosure.sender_key, channel="counter", basics=basics
    )


def lines(kind: str = "flags_proposed") -> list[Any]:
    """Facts of the lines of one kind, in order."""
    return list(JournalLine.objects.filter(kind=kind).order_by("seq").values_list("facts", flat=True))


def test_triage_proposes_a_flag_with_the_words_that_led_there(cast: Any, now: datetime) -> None:
    """Proposed, by a rule, in this edition and version; the words are sealed and the line has codes only."""
    flag = the_flag(disclosure := told(cast, now))
    assert (flag.state, flag.origin, flag.found_by, flag.review_on) == ("proposed", "triage", None, None)
    assert (flag.version.number, flag.edition) == (1, disclosure.triages.get().edition)
    assert "slamming" in {reason["words"] for reason in flag.opened("grounds")}
    (facts,) = lines()
    assert "chemsex_context" in facts["flags"]
    assert "slamming" not in str(facts)
    assert flag.moves.count() == 0


def test_a_proposal_costs_one_statement(cast: Any, now: datetime) -> None:
    """Whoever sits at the counter waits for intake: the whole disclosure stays at 20 statements or fewer."""

    def statements(what: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            told(cast, now, Basics(what=what))
        return len(asked)

    statements("raped")  # whatever is read once
    assert statements(CHEMSEX.what) <= statements("He raped me at his flat") + 1


def test_where_nothing_points_to_a_flag_there_is_none_and_no_line(cast: Any, now: datetime) -> None:
    """An empty line would say something about the person."""
    told(cast, now, Basics(what="somebody took my phone on the bus"))
    assert not CaseFlag.objects.exists()
    assert not lines()


def test_a_correction_leaves_what_is_open_and_proposes_what_is_new(cast: Any, now: datetime) -> None:
    """The same flag is not there twice; a flag that the new words lead to is added."""
    disclosure = told(cast, now, Basics(what="He raped me at a chill-out with crystal meth, on Grindr"))
    sent_again(
        cast,
        now + HOUR,
        disclosure,
        replace(CHEMSEX, what="He gave me G without telling me. " + CHEMSEX.what),
    )
    codes = sorted(disclosure.flags.values_list("code", flat=True))
    assert codes == ["chemsex_context", "drug_facilitated_suspected"]


def test_after_a_no_the_same_words_are_not_proposed_again(cast: Any, now: datetime) -> None:
    """The account goes on with something else: nobody is asked twice about one sentence."""
    flag = the_flag(disclosure := told(cast, now))
    decide(cast.sana, now + HOUR, flag, "decline")
    sent_again(cast, now + 2 * HOUR, disclosure, replace(CHEMSEX, call_me="Jo"))
    assert disclosure.flags.filter(code="chemsex_context").count() == 1


def test_after_a_no_new_words_are_worth_a_second_look(cast: Any, now: datetime) -> None:
    """A row of its own; the first stays declined."""
    flag = the_flag(
        disclosure := told(cast, now, Basics(what="He raped me at a chill-out, on Grindr, with G"))
    )
    decide(cast.sana, now + HOUR, flag, "decline")
    sent_again(cast, now + 2 * HOUR, disclosure, CHEMSEX)
    states = (
        disclosure.flags.filter(code="chemsex_context").order_by("found_at").values_list("state", flat=True)
    )
    assert list(states) == ["declined", "proposed"]


def test_what_somebody_at_the_desk_adds_is_proposed_as_theirs(cast: Any, now: datetime) -> None:
    """Triage did not see it, Priya did: found by a person, apart from what rules found."""
    disclosure = told(cast, now, Basics(what="He raped me"))
    add = {"actor": as_reader(cast.priya), "reference": disclosure.reference, "label": "chemsex_context"}
    override_proposal(at=now, level="possible", why="He said chems when he came in", **add)
    flag = the_flag(disclosure)
    assert (flag.origin, flag.found_by, flag.level, flag.opened("grounds")) == (
        "desk",
        cast.priya,
        "possible",
        [],
    )
    override_proposal(at=now, level="likely", why="And again", **add)
    override_proposal(at=now, level="not_indicated", why="No", **add)
    assert disclosure.flags.count() == 1


def test_what_staff_set_aside_stays_proposed(cast: Any, now: datetime) -> None:
    """Only somebody who decides about flags takes it away, by a decision of their own."""
    disclosure = told(cast, now)
    override_proposal(
        actor=as_reader(cast.priya), at=now, reference=disclosure.reference, label="chemsex_context",
        level="not_indicated", why="No",
    )  # fmt: skip
    assert the_flag(disclosure).state == "proposed"


def test_a_fault_while_proposing_takes_the_whole_disclosure_back(
    cast: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All or nothing: no disclosure is accepted with half of what belongs to it."""

    def broken(**_: Any) -> Any:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(flag_proposals, "proposal", broken)
    before = JournalLine.objects.count()
    with pytest.raises(RuntimeError):
        accept_disclosure(
            actor=as_reader(cast.priya), at=now, sender_key=uuid4(), channel="counter", basics=CHEMSEX
        )
    assert not Disclosure.objects.exists()
    assert JournalLine.objects.count() == before
