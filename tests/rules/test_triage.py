"""The result of triage: reasons that point at the words, levels, routing, and properties that hold for any text."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nightdesk.outside.packs import load_lexicon
from nightdesk.rules.basics import Basics
from nightdesk.rules.routing import assess
from nightdesk.rules.triage import Account, Proposal, TriageResult, triage

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "data" / "vignettes.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
FIELDS = ("who", "what", "when", "where")
NEUTRAL = [
    "He had a green bag.",
    "The office opens at nine.",
    "It was raining.",
    "Reference 4471.",
    "Thank you.",
]


def account(case: dict[str, str]) -> Account:
    """The account of a development case."""
    return Account(*(case[name] for name in FIELDS), channel=case["channel"])


def labels(result: TriageResult) -> dict[str, str]:
    """Every label proposed, with its level."""
    return {proposal.label: proposal.level for proposal in result.proposals}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_every_proposal_shows_the_persons_own_words(case: dict[str, str]) -> None:
    told = account(case)
    for proposal in triage(told, load_lexicon()).proposals:
        assert proposal.reasons
        for reason in proposal.reasons:
            assert reason.words
            assert getattr(told, reason.field)[reason.start : reason.end] == reason.words


@pytest.mark.parametrize("case", CASES[::4], ids=lambda case: case["id"])
def test_case_and_accents_change_nothing(case: dict[str, str]) -> None:
    told = account(case)
    loud = Account(*(getattr(told, name).upper() for name in FIELDS), channel=told.channel)
    assert labels(triage(told, load_lexicon())) == labels(triage(loud, load_lexicon()))


@given(st.sampled_from(CASES), st.sampled_from(NEUTRAL), st.booleans())
def test_neutral_words_never_take_an_emergency_away(case: dict[str, str], words: str, before: bool) -> None:
    told = account(case)
    more = f"{words} {told.what}" if before else f"{told.what} {words}"
    longer = Account(told.who, more, told.when, told.where, told.channel)
    if triage(told, load_lexicon()).level("medical_emergency") == "yes":
        assert triage(longer, load_lexicon()).level("medical_emergency") == "yes"


@given(st.text(), st.text(), st.text(), st.text(), st.text())
def test_no_text_makes_it_fail(who: str, what: str, when: str, where: str, channel: str) -> None:
    result = triage(Account(who, what, when, where, channel), load_lexicon())
    for proposal in result.proposals:
        assert all(reason.words for reason in proposal.reasons)


@given(
    st.lists(
        st.sampled_from(["he", "she", "no", "touched", "g", "woke", "15", "not", "😀", "مرحبا", "."]),
        max_size=40,
    )
)
@settings(max_examples=60)
def test_words_in_any_order_make_it_neither_fail_nor_point_astray(words: list[str]) -> None:
    text = " ".join(words)
    for proposal in triage(Account(what=text), load_lexicon()).proposals:
        for reason in proposal.reasons:
            assert text[reason.start : reason.end] == reason.words


@pytest.mark.parametrize("piece", ["a", "he touched me and i said no ", "😀", "م", "x.", "1 "])
def test_a_very_long_text_is_read_in_time_that_grows_with_its_length(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * (size // len(piece) + 1))[:size]
        started = time.thread_time()  # what others do on this machine does not count
        triage(Account(what=text), load_lexicon())
        return time.thread_time() - started

    seconds(1000)
    assert seconds(160_000) < 8 * seconds(40_000) + 2  # were it the square of the length, it would be sixteen


def test_an_empty_account_proposes_nothing() -> None:
    assert triage(Account(), load_lexicon()).proposals == ()


def test_levels_not_proposed_are_named() -> None:
    result = TriageResult((), "e1")
    assert result.level("sexual_offence") == result.level("chemsex_context") == "not_indicated"
    assert result.level("under_18") == result.level("immediate_danger") == "no"
    assert result.related() == ()


def test_the_stronger_level_wins_and_its_reasons_come_first() -> None:
    result = triage(Account(what="Something happened. He raped me."), load_lexicon())
    proposal = result.proposals[0]
    assert (proposal.label, proposal.level) == ("sexual_offence", "likely")
    assert proposal.reasons[0].words == "raped"


@pytest.mark.parametrize(
    ("found", "asked"),
    [
        ({"sexual_offence": "possible"}, True),
        ({"sexual_offence": "likely"}, True),
        ({"drug_facilitated_suspected": "yes", "chemsex_context": "possible"}, True),
        ({"chemsex_context": "likely"}, False),
        ({"drug_facilitated_suspected": "yes"}, False),
        ({"related.theft": "yes"}, False),
        ({}, False),
    ],
)
def test_in_doubt_a_specialist_is_asked(found: dict[str, str], asked: bool) -> None:
    result = TriageResult(tuple(Proposal(label, level, ()) for label, level in found.items()), "e1")
    assert assess(result, Basics()).specialist is asked


def test_the_result_names_the_edition_of_the_lexicon() -> None:
    assert triage(Account(what="x"), load_lexicon()).edition == load_lexicon().edition


FLOORS = {
    "sexual_offence": (0.97, 0.90),
    "chemsex_context": (0.93, 0.90),
    "drug_facilitated_suspected": (0.85, 0.85),
    "medical_emergency": (1.0, 0.85),
    "under_18": (0.95, 0.90),
    "immediate_danger": (0.90, 0.70),
}


@pytest.mark.parametrize("label", FLOORS)
def test_the_development_set_is_never_read_worse_than_this(label: str) -> None:
    lexicon = load_lexicon()
    there = {case["id"] for case in CASES if case["labels"][label] not in (False, "not_indicated")}
    given = {
        c["id"] for c in CASES if triage(account(c), lexicon).level(label) not in ("no", "not_indicated")
    }
    recall, precision = FLOORS[label]
    assert len(there & given) / len(there) >= recall, sorted(there - given)
    assert len(there & given) / len(given) >= precision, sorted(given - there)
