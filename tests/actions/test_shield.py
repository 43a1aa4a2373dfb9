"""The shield: sealed apart, a version each time, opened by the SOIT of the case with a reason, every try noted."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nightdesk.actions.refusals import NotFound
from nightdesk.actions.shield import enter_answer, pass_on_desk_question
from nightdesk.records.cases import Case
from nightdesk.records.disclosures import Disclosure, Identifier
from nightdesk.records.journal import JournalLine
from nightdesk.records.referrals import Referral
from nightdesk.records.sealed import Vault
from nightdesk.records.shield import Shield, ShieldEntry, ShieldOpening
from nightdesk.rules.shield import GIVEN_BY, URGENCIES, DrugAnswer, ShieldRefused
from tests.actions.shield import case_of_sana, entered, facts, opened, said
from tests.actions.together import at_once, whole_journal, without_faults
from tests.people import as_reader, make_cast
from tests.records.taking import take

pytestmark = pytest.mark.usefixtures("plain_triage")


@pytest.fixture
def case(cast: Any, now: datetime) -> str:
    """The reference of Sana's case, which Priya took."""
    return case_of_sana(cast, now)


def test_it_is_sealed_in_a_vault_of_its_own(cast: Any, now: datetime, case: str) -> None:
    """Not under the key of the disclosure; one line, with a number and no word."""
    entered(cast.priya, now, case)
    shield = Shield.objects.get()
    assert shield.vault.purpose == "shield"
    assert shield.vault_id != Disclosure.objects.get(reference=case).vault_id
    row = ShieldEntry.objects.select_related("vault").get()
    assert (row.answer(), row.entered_by, row.channel, row.edition) == (
        said(now),
        cast.priya,
        "counter",
        "2026-11 unsigned",
    )
    assert facts("shield_entered") == [{"number": 1, "urgency": "now"}]


def test_a_further_entry_is_a_further_version(cast: Any, now: datetime, case: str) -> None:
    """At the counter, then by the specialist: the first stays as it was."""
    entered(cast.priya, now, case)
    first = ShieldEntry.objects.values_list("medical", "rest").get()
    assert entered(cast.sana, now, case, words="later") == 2
    assert ShieldEntry.objects.values_list("medical", "rest").get(number=1) == first
    assert Vault.objects.filter(purpose="shield").count() == 1


def test_the_same_form_sent_twice_is_kept_once(cast: Any, now: datetime, case: str) -> None:
    send = partial(
        enter_answer, actor=as_reader(cast.priya), at=now, reference=case, key=uuid4(), answer=said(now)
    )
    assert (send(), send()) == (1, 1)
    assert len(facts("shield_entered")) == 1


def test_the_same_form_at_the_same_moment_is_kept_once(journey_db: None, now: datetime) -> None:
    """A double tap, on real commits."""
    cast = make_cast(now)
    send = partial(
        enter_answer, actor=as_reader(cast.priya), at=now, reference=take(cast, now).reference, key=uuid4(), answer=said(now)
    )  # fmt: skip
    assert set(without_faults(at_once(send, send, send))) == {1}
    assert ShieldEntry.objects.count() == 1
    whole_journal()


@pytest.mark.parametrize("name", ["tom", "kofi", "idris", "wen", "nell", "odile", "ben", "alex"])
def test_nobody_else_adds_to_it(cast: Any, now: datetime, case: str, name: str) -> None:
    with pytest.raises(NotFound):
        entered(getattr(cast, name), now, case)
    assert not Shield.objects.exists()
    assert facts("shield_entered") == []


def test_the_counter_adds_within_its_shift_only(cast: Any, now: datetime, case: str) -> None:
    with pytest.raises(NotFound):
        entered(cast.priya, now + timedelta(hours=13), case)
    assert entered(cast.sana, now + timedelta(days=9), case) == 1


@given(
    given_by=st.sampled_from(GIVEN_BY), hours=st.integers(0, 400), words=st.text(max_size=30),
    urgency=st.sampled_from(URGENCIES),
)  # fmt: skip
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_answer_lowers_delays_or_makes_a_suspect(
    cast: Any, now: datetime, case: str, given_by: str, hours: int, words: str, urgency: str
) -> None:
    """The hard rule on the rows themselves: urgency, next step, policy, queue, suspects."""
    Referral.objects.update(urgency=urgency)
    before = _around()
    latest = now - timedelta(hours=hours)
    answer = DrugAnswer(
        substances=("ghb",),
        earliest_at=None,
        latest_at=latest,
        given_by=given_by,
        words=words.replace("\x00", ""),
    )
    enter_answer(actor=as_reader(cast.priya), at=now, reference=case, key=uuid4(), answer=answer)
    after = _around()
    assert URGENCIES.index(after.pop("urgency")) >= URGENCIES.index(before.pop("urgency"))
    assert after == before


def _around() -> dict[str, Any]:
    referral, case = Referral.objects.get(), Case.objects.get()
    return {
        "urgency": referral.urgency, "state": referral.state, "next": referral.next_step_at, "policy": referral.policy,
        "step": referral.step, "queue": case.first_window_ends_at, "owner": case.owner_id,
        "suspects": Identifier.objects.filter(about="suspect").count(), "told": Disclosure.objects.count(),
    }  # fmt: skip


def test_the_soit_of_the_case_opens_it_with_a_reason(cast: Any, now: datetime, case: str) -> None:
    """Every time a row and a line: who, when, for what, why."""
    entered(cast.priya, now, case)
    opened(cast.sana, now, case)
    opened(cast.sana, now + timedelta(minutes=5), case, "medical")
    rows = ShieldOpening.objects.select_related("vault").order_by("opened_at")
    assert [(r.opened_by, r.purpose, r.reason, r.opened("words")) for r in rows] == [
        (cast.sana, "case", "samples", "SHIELDWHY"), (cast.sana, "medical", "emergency", "SHIELDWHY"),
    ]  # fmt: skip
    assert facts("shield_opened") == [
        {"purpose": "case", "reason": "samples", "versions": 1},
        {"purpose": "medical", "reason": "emergency", "versions": 1},
    ]  # fmt: skip


@pytest.mark.parametrize("purpose", ["case", "medical"])
@pytest.mark.parametrize(
    "name", ["priya", "tom", "kofi", "maud", "idris", "wen", "nell", "lars", "odile", "ben", "alex"]
)
def test_nobody_else_opens_it_and_every_try_is_noted(
    cast: Any, now: datetime, case: str, name: str, purpose: str
) -> None:
    """Not the supervisor, not the commander, not the counter that wrote it down."""
    entered(cast.priya, now, case)
    with pytest.raises(ShieldRefused, match="Only the specialist"):
        opened(getattr(cast, name), now, case, purpose)
    assert not ShieldOpening.objects.exists()
    assert JournalLine.objects.filter(kind="access_refused", subject=case).count() == 1


def test_a_colleague_of_the_unit_opens_the_medical_sheet_alone(cast: Any, now: datetime, case: str) -> None:
    """The person is ill, and the specialist of the case is not there."""
    entered(cast.priya, now, case)
    assert opened(cast.rae, now, case, "medical").purpose == "medical"
    with pytest.raises(ShieldRefused):
        opened(cast.rae, now, case, "case")


@pytest.mark.parametrize(
    "more", [{"reason": ""}, {"reason": "emergency"}, {"reason": "curious"}, {"words": "  "}]
)
def test_without_a_reason_it_stays_shut(cast: Any, now: datetime, case: str, more: dict[str, str]) -> None:
    """A reason of the other purpose is none."""
    entered(cast.priya, now, case)
    with pytest.raises(ShieldRefused):
        opened(cast.sana, now, case, **more)
    assert not ShieldOpening.objects.exists()


def test_where_nothing_is_sealed_nothing_is_opened(cast: Any, now: datetime, case: str) -> None:
    with pytest.raises(ShieldRefused, match="Nothing is sealed"):
        opened(cast.sana, now, case)


def test_what_lay_on_the_desk_is_not_in_the_line(cast: Any, now: datetime, case: str) -> None:
    """The line says that a question was passed on, and not what it was."""
    pass_on_desk_question(actor=as_reader(cast.priya), at=now, reference=case)
    assert facts("desk_question_passed_on") == [{}]
    with pytest.raises(NotFound):
        pass_on_desk_question(actor=as_reader(cast.tom), at=now, reference=case)
