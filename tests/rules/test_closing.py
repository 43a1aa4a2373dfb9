"""Closing: what speaks against it, what must be said, who looks, who opens it again: tables, and properties on all."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.outside.packs import load_pack
from nightdesk.rules import closing
from nightdesk.rules import closing_said as said
from nightdesk.rules.case import CaseRefused
from nightdesk.rules.closing import Standing
from nightdesk.rules.closing_concerns import CONCERNS, concerns
from nightdesk.rules.closing_said import Said, Times
from nightdesk.rules.pack_closing import ENDINGS
from nightdesk.rules.terms import ROLES

PACK = load_pack()
LIMITS = {limit.id: limit.amount for limit in PACK.closing_limits}
NOW = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)
TIMES = Times(NOW, NOW + timedelta(days=60), NOW.date(), date(2027, 1, 21))
WISH = Said(
    words="I want to stop.", speaker="person", said_to="Sana", said_at=NOW + timedelta(days=3), how="phone",
    present="alone", unasked="yes", support="before", told_back=True, told_kept=True, suspect="no",
)  # fmt: skip


def refusal(ending: str, outcome: str, row: Said, recorded: str = "crime") -> tuple[str, str]:
    """The sentence and what it is about; two empty words when nothing is missing."""
    try:
        said.refuse_if_incomplete(
            ending,
            PACK.outcomes.get(outcome),
            row,
            standing=Standing(recorded=recorded),
            times=TIMES,
            limits=LIMITS,
        )
    except CaseRefused as refused:
        return str(refused), refused.about
    return "", ""


@pytest.mark.parametrize(
    ("standing", "ending", "expected"),
    [
        (Standing(), "outcome", []),
        (Standing(handed_over=False), "outcome", [("not_handed_over", True)]),
        (Standing(recorded=""), "withdrawal", [("not_recorded", True)]),
        (Standing(), "without_crime", [("recorded_as_crime", True)]),
        (Standing(recorded="n100"), "without_crime", []),
        (Standing(offers_owed=2, duties_owed=1), "withdrawal", [("offers_owed", True), ("duties_owed", False)]),
        (Standing(offers_owed=1), "no_referral", [("offers_owed", True)]),
        (Standing(offers_owed=1), "lost_contact", [("offers_owed", False)]),
        (Standing(clock_runs=True), "lost_contact", [("clock_runs", True)]),
        (Standing(clock_runs=True), "withdrawal", [("clock_runs", False)]),
        (Standing(specimens_held=3, suspect_known=True), "outcome", [("specimens_held", False), ("suspect_known", False)]),
        (Standing(wants_police=True), "withdrawal", [("wants_police", False)]),
        (Standing(wants_police=True), "outcome", []),
        (Standing(wants_police=True), "lost_contact", []),
        (Standing(flags_due=1, flags_proposed=2), "outcome", [("flags_proposed", False), ("flags_due", False)]),
    ],
)  # fmt: skip
def test_what_speaks_against_an_ending(
    standing: Standing, ending: str, expected: list[tuple[str, bool]]
) -> None:
    """What blocks comes first; the rest is looked at."""
    assert [(one.code, one.blocks) for one in closing.against(standing, ending)] == expected


STANDINGS = st.builds(
    Standing, handed_over=st.booleans(), recorded=st.sampled_from(("", "crime", "n100")), offers_owed=st.integers(0, 3),
    duties_owed=st.integers(0, 6), flags_due=st.integers(0, 2), flags_proposed=st.integers(0, 2), clock_runs=st.booleans(),
    specimens_held=st.integers(0, 4), suspect_known=st.booleans(), wants_police=st.booleans(),
)  # fmt: skip


@given(STANDINGS, st.sampled_from(ENDINGS))
def test_whatever_blocks_is_refused_with_what_to_do_and_nothing_open_is_hidden(
    standing: Standing, ending: str
) -> None:
    """Each count that is not nought is among the reasons; a block always has its sentence."""
    found = closing.against(standing, ending)
    open_ones = {name for name in ("offers_owed", "duties_owed", "specimens_held") if getattr(standing, name)}
    assert open_ones <= {one.code for one in found}
    if blocking := [one for one in found if one.blocks]:
        with pytest.raises(CaseRefused) as refused:
            closing.refuse_if_blocked(standing, ending, closing.WHAT_TO_DO)
        assert str(refused.value) == closing.WHAT_TO_DO[blocking[0].code]
    else:
        closing.refuse_if_blocked(standing, ending, closing.WHAT_TO_DO)


def test_every_ending_but_an_outcome_is_always_looked_at_whatever_the_pack_says() -> None:
    """No pack can let one person close a case on what somebody said, or on silence."""
    unlooked = replace(PACK.outcomes["charged"], look=False)
    assert {ending for ending in ENDINGS if not closing.needs_look(ending, unlooked)} == {"outcome"}
    assert closing.needs_look("outcome", PACK.outcomes["police_no_interest"])


@pytest.mark.parametrize(("role", "flags"), list(product(ROLES, product((True, False), repeat=3))))
def test_who_looks(role: str, flags: tuple[bool, bool, bool]) -> None:
    """A supervisor of the unit who neither asked for it nor has the case."""
    own_unit, asked, owner = flags
    expected = role == "supervisor" and own_unit and not asked and not owner
    assert closing.may_look(role=role, own_unit=own_unit, asked=asked, owner=owner) is expected


@pytest.mark.parametrize(
    ("change", "about"),
    [
        ({}, ""),
        ({"words": "  "}, "words"),
        ({"words": "x" * 8001}, "words"),
        ({"how": ""}, "how"),
        ({"how": "not_reached"}, "how"),
        ({"speaker": ""}, "speaker"),
        ({"speaker": "somebody_else"}, "speaker"),
        ({"speaker": "speaks_for"}, ""),
        ({"said_to": ""}, "said_to"),
        ({"present": ""}, "present"),
        ({"present": "others"}, "present"),
        ({"present": "others", "present_who": "a friend"}, ""),
        ({"said_at": None}, "said_at"),
        ({"said_at": NOW - timedelta(hours=1)}, "said_at"),
        ({"said_at": NOW + timedelta(days=61)}, "said_at"),
        ({"unasked": ""}, "unasked"),
        ({"unasked": "no"}, ""),
        ({"unasked": "no", "said_at": NOW + timedelta(hours=23)}, "unasked"),
        ({"unasked": "no", "said_at": NOW + timedelta(hours=24)}, ""),
        ({"said_at": NOW + timedelta(hours=1)}, ""),
        ({"support": "not_offered"}, "support"),
        ({"support": "after"}, ""),
        ({"told_back": False}, "told_back"),
        ({"told_kept": False}, "told_kept"),
        ({"suspect": "yes"}, "suspect"),
    ],
)
def test_what_a_withdrawal_needs(change: dict[str, Any], about: str) -> None:
    """The person's own words, unasked in the first contact, after support and after they were told."""
    sentence, found = refusal("withdrawal", "unnamed_no_support", replace(WISH, **change))
    assert (found, bool(sentence)) == (about, bool(about))


@given(st.integers(0, 500), st.integers(0, 400))
def test_silence_is_never_a_withdrawal(tries: int, days: int) -> None:
    """However often somebody was tried and however long ago: without words of theirs there is none."""
    silent = replace(
        WISH, words="", how="not_reached", more_tries=tries, more_first_on=NOW.date() - timedelta(days=days)
    )
    for ending in said.THEIR_WISH:
        for outcome in PACK.outcomes:
            sentence, _ = refusal(ending, outcome.id, silent)
            assert "has not said anything" in sentence


@pytest.mark.parametrize("outcome", list(PACK.outcomes), ids=lambda one: one.id)
def test_each_outcome_is_refused_without_what_it_needs_and_allowed_with_it(outcome: Any) -> None:
    """Of every outcome of the pack, each need in turn."""
    recorded = "n100" if "no_crime" in outcome.needs else "crime"
    whole = Said(
        suspect="no" if "no_suspect" in outcome.needs else "yes", prosecutors_on=date(2027, 1, 20), told=True, grounds="So."
    )  # fmt: skip
    said.refuse_needs(outcome, whole, recorded=recorded, times=TIMES)
    without = {
        "suspect": {"suspect": "no"}, "no_suspect": {"suspect": "yes"}, "prosecutors": {"prosecutors_on": None},
        "told": {"told": False}, "grounds": {"grounds": " "},
    }  # fmt: skip
    for need in outcome.needs:
        wrong = {"crime": "n100", "no_crime": "crime"}.get(need, recorded)
        with pytest.raises(CaseRefused):
            said.refuse_needs(outcome, replace(whole, **without.get(need, {})), recorded=wrong, times=TIMES)


def test_an_outcome_of_another_ending_is_refused() -> None:
    """And an ending that nobody knows."""
    assert refusal("withdrawal", "charged", WISH)[1] == "outcome"
    assert refusal("withdrawal", "invented", WISH)[1] == "outcome"
    assert refusal("invented", "charged", WISH)[0] == "Choose how the case ends."


@pytest.mark.parametrize(
    ("change", "facts", "expected"),
    [
        ({}, {}, ["within_a_week"]),
        ({"said_at": NOW + timedelta(days=8)}, {}, []),
        ({"said_at": NOW + timedelta(days=8), "present": "others", "how": "message"}, {}, ["others_present", "by_message"]),
        (
            {"said_at": None, "present": "not_known", "speaker": "interpreter", "unasked": "no", "support": "after"}, {},
            ["presence_not_known", "through_an_interpreter", "asked_by_officer", "support_only_after"],
        ),
        ({"said_at": None, "speaker": "speaks_for"}, {"clock_runs": True}, ["somebody_else_said_it", "examination_runs"]),
        ({"said_at": None}, {"suspect_known": True}, ["suspect_known"]),
        ({"said_at": None}, {"wants_police": True, "suspect_known": True}, ["wants_police", "suspect_known"]),
    ],
)  # fmt: skip
def test_what_a_supervisor_looks_at_twice(
    change: dict[str, Any], facts: dict[str, bool], expected: list[str]
) -> None:
    """In a fixed order; nothing is decided by it."""
    known = {"suspect_known": False, "clock_runs": False} | facts
    found = concerns("withdrawal", replace(WISH, **change), opened_at=NOW, **known)
    assert list(found) == expected
    assert set(found) <= set(CONCERNS)


@pytest.mark.parametrize(
    ("ground", "words", "role", "about"),
    [
        ("person_back", "", "soit", None), ("new_evidence", "", "soit", "words"), ("new_evidence", "A film.", "soit", None),
        ("supervisor", "A pattern.", "soit", "ground"), ("supervisor", "A pattern.", "supervisor", None),
        ("invented", "x", "supervisor", "ground"), ("review", "x" * 8001, "soit", "words"),
    ],
)  # fmt: skip
def test_why_a_case_is_opened_again(ground: str, words: str, role: str, about: str | None) -> None:
    """The person coming back needs no words; one reason is a supervisor's."""
    entry = PACK.reopen_grounds.get(ground)
    if about is None:
        closing.refuse_reopening(entry, words, role)
        return
    with pytest.raises(CaseRefused) as refused:
        closing.refuse_reopening(entry, words, role)
    assert refused.value.about == about
