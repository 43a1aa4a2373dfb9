"""The shield's hard rule, and who may open it: a drug answer only ever helps, and rank opens nothing."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.outside.packs import load_pack
from nightdesk.rules.pack_windows import drug_windows
from nightdesk.rules.shield import (
    FOR_CASE,
    FOR_MEDICAL,
    GIVEN_BY,
    STILL_FOUND,
    URGENCIES,
    DrugAnswer,
    ShieldRefused,
    Standing,
    after_answer,
    answer_of,
    may_open,
    refuse_if_not_an_answer,
    samples_until,
)
from nightdesk.rules.terms import ROLES

NOW = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)
PACK = load_pack()
DRUGS, ROUTES = PACK.drugs.ids(), PACK.shield_routes.ids()
WINDOWS = [window for drug in PACK.drugs for window in drug_windows(drug)]

moments = st.none() | st.integers(0, 500_000).map(lambda minutes: NOW - timedelta(minutes=minutes))
answers = st.builds(
    DrugAnswer,
    substances=st.lists(st.sampled_from(DRUGS), unique=True).map(tuple),
    other=st.text(max_size=20), earliest_at=moments, latest_at=moments, when_words=st.text(max_size=20),
    routes=st.lists(st.sampled_from(ROUTES), unique=True).map(tuple), given_by=st.sampled_from(GIVEN_BY),
    words=st.text(max_size=40),
)  # fmt: skip
standings = st.builds(
    Standing, urgency=st.sampled_from(URGENCIES), next_step_at=moments, suspects=st.integers(0, 9)
)


@given(before=standings, answer=answers)
def test_a_drug_answer_never_lowers_never_delays_and_makes_no_suspect(
    before: Standing, answer: DrugAnswer
) -> None:
    """The hard rule, for every answer there can be: also for “took it themselves”."""
    after = after_answer(before, answer, told_at=NOW)
    assert URGENCIES.index(after.urgency) >= URGENCIES.index(before.urgency)
    assert after.next_step_at == before.next_step_at
    assert after.suspects == before.suspects


@given(before=standings, answer=answers)
def test_who_gave_it_changes_nothing(before: Standing, answer: DrugAnswer) -> None:
    """A person who took it themselves is as urgent as one who was given it."""
    given_by = {
        after_answer(before, DrugAnswer(**{**vars(answer), "given_by": who}), told_at=NOW) for who in GIVEN_BY
    }
    assert len(given_by) == 1


def test_it_is_urgent_while_something_may_still_be_found() -> None:
    soon = Standing("soon", None, 0)
    assert after_answer(soon, DrugAnswer(words="G"), told_at=NOW).urgency == "now"
    assert after_answer(soon, DrugAnswer(latest_at=NOW - STILL_FOUND), told_at=NOW).urgency == "now"
    old = DrugAnswer(latest_at=NOW - STILL_FOUND - timedelta(minutes=1))
    assert after_answer(soon, old, told_at=NOW) == soon


@given(answer=answers)
def test_what_is_sealed_is_what_was_said(answer: DrugAnswer) -> None:
    """Both parts together give it back; the medical part alone says nothing of who gave it or of their words."""
    assert answer_of(answer.medical(), answer.rest()) == answer
    assert set(answer.medical()) == {
        "substances",
        "other",
        "routes",
        "earliest_at",
        "latest_at",
        "when_words",
    }


@given(answer=answers)
def test_samples_run_from_the_latest_possible_time_and_add_only(answer: DrugAnswer) -> None:
    """Every window of every drug named, never one fewer, soonest first."""
    until = samples_until(answer, WINDOWS, told_at=NOW, now=NOW)
    wanted = [w for w in WINDOWS if w.drug in answer.substances and w.hours is not None]
    assert len(until) == len(wanted)
    assert [found.ends_at for found in until] == sorted(found.ends_at for found in until)
    since = answer.latest_at or NOW
    assert all(found.ends_at > since for found in until)
    assert all(found.passed == (found.ends_at <= NOW) for found in until)


@pytest.mark.parametrize(
    ("purpose", "role", "own", "own_unit"),
    [*product((FOR_CASE, FOR_MEDICAL, "curious"), ROLES, (True, False), (True, False))],
)
def test_only_the_soit_of_the_case_opens_it_and_rank_opens_nothing(
    purpose: str, role: str, own: bool, own_unit: bool
) -> None:
    """Every role, own and other, unit and other: the medical sheet for a SOIT of the unit as well."""
    allowed = may_open(purpose=purpose, role=role, own=own, own_unit=own_unit)
    wanted = role == "soit" and ((own and purpose != "curious") or (purpose == FOR_MEDICAL and own_unit))
    assert allowed == wanted


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (DrugAnswer(), "nothing to seal"),
        (DrugAnswer(routes=("drunk",)), "nothing to seal"),
        (DrugAnswer(substances=("tea",)), "answers on the page"),
        (DrugAnswer(words="G", routes=("by_post",)), "answers on the page"),
        (DrugAnswer(words="G", given_by="Ann"), "answers on the page"),
        (DrugAnswer(words="G", latest_at=NOW + timedelta(hours=1)), "still to come"),
        (DrugAnswer(words="G", earliest_at=NOW, latest_at=NOW - timedelta(hours=1)), "after the latest"),
    ],
)
def test_what_is_no_answer_is_refused_with_what_to_do(answer: DrugAnswer, told: str) -> None:
    with pytest.raises(ShieldRefused, match=told):
        refuse_if_not_an_answer(answer, drugs=DRUGS, routes=ROUTES, now=NOW)


def test_a_few_words_are_enough() -> None:
    """One word, or one drug, and nothing else."""
    for answer in (DrugAnswer(words="G"), DrugAnswer(other="x"), DrugAnswer(substances=DRUGS[:1])):
        refuse_if_not_an_answer(answer, drugs=DRUGS, routes=ROUTES, now=NOW)
