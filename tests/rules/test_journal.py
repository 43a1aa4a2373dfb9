"""Journal lines: declared keys, plain values, a hash that anyone can compute again."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.rules.journal import (
    FIRST_HASH,
    JournalRefused,
    Line,
    line_hash,
    refuse_if_not_declared,
    sentence,
)
from nightdesk.rules.journal_kinds import KINDS

NIGHT = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)
LINE = Line(1, NIGHT, "person_left", "a", "counter", "K7M2-Q9XR", {"before_referral": True})


class Code(StrEnum):
    """Text with a name."""

    CALM = "calm"


def test_a_line_has_the_hash_that_the_description_gives() -> None:
    """Known answer, computed here by hand: outsiders can check the chain with four lines of any language."""
    body = '[1,"2026-11-22T02:10:00+00:00","person_left","a","counter","K7M2-Q9XR",{"before_referral":true}]'
    assert line_hash(LINE, FIRST_HASH) == hashlib.sha256(bytes(32) + body.encode()).digest()
    assert (
        line_hash(LINE, FIRST_HASH).hex()
        == "1ae2c86821efbcba7d6f960d9898310af5940bd8a0932d26647be4ce0a273354"
    )


CHANGES: list[dict[str, Any]] = [
    {"seq": 2}, {"at": NIGHT + timedelta(microseconds=1)}, {"kind": "signed_out"}, {"actor": "b"}, {"role": "soit"},
    {"subject": ""}, {"facts": {"before_referral": False}}, {"facts": {}},
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_whatever_is_changed_in_a_line_changes_its_hash(change: dict[str, Any]) -> None:
    """Nothing of it is left out."""
    assert line_hash(replace(LINE, **change), FIRST_HASH) != line_hash(LINE, FIRST_HASH)


def test_a_line_hangs_on_the_one_before() -> None:
    """A chain, not a list."""
    assert line_hash(LINE, FIRST_HASH) != line_hash(LINE, b"\1" * 32)


def test_the_zone_in_which_a_time_was_given_changes_no_hash() -> None:
    """The database gives every time back in UTC."""
    warsaw = replace(LINE, at=NIGHT.astimezone(timezone(timedelta(hours=1))))
    assert line_hash(warsaw, FIRST_HASH) == line_hash(LINE, FIRST_HASH)


@pytest.mark.parametrize("kind", KINDS)
def test_a_line_has_exactly_its_declared_keys(kind: str) -> None:
    """One too few or one too many stops the write."""
    exact = dict.fromkeys(KINDS[kind].keys, "x")
    refuse_if_not_declared(kind, exact)
    with pytest.raises(JournalRefused, match="not declared"):
        refuse_if_not_declared(kind, {**exact, "more": 1})
    for key in exact:
        with pytest.raises(JournalRefused, match=f"missing .*{key}"):
            refuse_if_not_declared(kind, {k: v for k, v in exact.items() if k != key})


def test_an_undeclared_kind_says_where_to_declare_it() -> None:
    """Whoever adds an action reads this."""
    with pytest.raises(JournalRefused, match=r"rules/journal_kinds\.py"):
        refuse_if_not_declared("never_heard_of", {})


ODD: list[Any] = [
    1.5, -0.0, float("nan"), NIGHT, UUID(int=1), {1, 2}, b"x", "a\0b", "\ud800", [1.5], {"deep": {"er": object()}}, {1: "x"},
]  # fmt: skip


@pytest.mark.parametrize("value", ODD, ids=lambda value: type(value).__name__)
def test_a_value_that_a_database_may_give_back_otherwise_is_refused(value: Any) -> None:
    """A fraction, a time, an id, half a character: the chain would look broken for ever."""
    with pytest.raises(JournalRefused, match="as plain text or whole numbers"):
        refuse_if_not_declared("desk_locked", {"how": value})


PLAIN: list[Any] = [
    "words ‘and’ 🌙",
    "",
    0,
    -7,
    10**30,
    True,
    None,
    [],
    ["a", ["b", 1]],
    {"a": {"b": None}},
    ("a", 1),
    Code.CALM,
]


@pytest.mark.parametrize("value", PLAIN, ids=repr)
def test_plain_values_are_taken_and_hash_the_same_after_storage(value: Any) -> None:
    """Text, whole numbers, yes and no, nothing, lists and tables."""
    refuse_if_not_declared("desk_locked", {"how": value})
    stored = json.loads(json.dumps({"how": value}))
    assert line_hash(replace(LINE, facts=stored), FIRST_HASH) == line_hash(
        replace(LINE, facts={"how": value}), FIRST_HASH
    )


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=10), max_size=4))
def test_the_order_of_keys_changes_no_hash(facts: dict[str, str]) -> None:
    """PostgreSQL keeps keys in an order of its own."""
    turned = dict(reversed(list(facts.items())))
    assert line_hash(replace(LINE, facts=facts), FIRST_HASH) == line_hash(
        replace(LINE, facts=turned), FIRST_HASH
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_line_reads_as_a_sentence(kind: str) -> None:
    """Also one that was written by another edition, with fewer keys."""
    assert "{" not in sentence(kind, dict.fromkeys(KINDS[kind].keys, "something"))
    assert "{" not in sentence(kind, {})


def test_a_sentence_shows_lists_in_words_and_unknown_kinds_by_code() -> None:
    """Read by an auditor, not by a machine."""
    facts = {"proposed": ["sexual_offence", "robbery"], "edition": "e", "urgency": "now"}
    assert sentence("triage_recorded", facts) == "Triage proposed sexual_offence, robbery"
    assert sentence("from_tomorrow", {"a": 1}) == "from_tomorrow"
    assert sentence("signed_out", {"proposed": "{actor.__class__}"}) == "Signed out"
