"""The basics: kept exactly as given, nothing required but one word of what happened."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.rules.basics import (
    GO_ON_HOURS,
    Basics,
    Suspect,
    changed_fields,
    from_plain,
    may_go_on,
    missing_basics,
    to_plain,
    with_answer_states,
)
from nightdesk.rules.terms import ANSWER_STATES, QUESTIONS, ROLES

NIGHT = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)
words = st.text(max_size=40)
times = st.none() | st.datetimes(timezones=st.just(UTC))
suspects = st.builds(Suspect, name_used=words, platform=words, handle=words, phone=words, description=words)
answered = st.dictionaries(st.sampled_from(QUESTIONS), st.sampled_from(ANSWER_STATES))
any_basics = st.builds(
    Basics, what=words, when_choice=words, earliest_at=times, latest_at=times, where_words=words, call_me=words,
    contact_phone=words, safe_ways=st.tuples(words), suspects=st.lists(suspects, max_size=3).map(tuple),
    red_flags=st.lists(words, max_size=2).map(tuple), answers=answered,
)  # fmt: skip


@given(any_basics)
def test_what_a_person_said_comes_back_from_storage_word_for_word(basics: Basics) -> None:
    """Through JSON and back, emoji and right-to-left and all."""
    assert from_plain(json.loads(json.dumps(to_plain(basics), ensure_ascii=False))) == basics


@given(any_basics)
def test_saving_the_same_again_is_no_change(basics: Basics) -> None:
    """Otherwise every save would make a version."""
    assert changed_fields(from_plain(json.loads(json.dumps(to_plain(basics)))), basics) == ()


def test_the_same_moment_in_another_zone_is_no_change() -> None:
    """Twenty past one in Lisbon is twenty past two in Berlin: one moment, stored in UTC."""
    berlin = NIGHT.astimezone(timezone(timedelta(hours=1)))
    assert changed_fields(Basics(latest_at=NIGHT), Basics(latest_at=berlin)) == ()
    assert to_plain(Basics(latest_at=berlin))["latest_at"] == "2026-11-22T02:10:00+00:00"


def test_basics_of_another_edition_are_still_read() -> None:
    """Fields that came later are ignored, fields that were not there are unknown."""
    read = from_plain({"what": "one word", "invented_later": 1, "suspects": [{"handle": "x", "aura": "y"}]})
    assert read == Basics(what="one word", suspects=(Suspect(handle="x"),))


def test_a_change_is_named_by_field_never_by_content() -> None:
    """The journal gets these names."""
    before, after = Basics(what="one", call_me="Jo"), Basics(what="two", call_me="Jo", under_18="yes")
    assert changed_fields(before, after) == ("under_18", "what")
    assert changed_fields(None, before) == ("call_me", "what")


GIVEN = [
    ("what", Basics(what="one word")),
    ("when", Basics(earliest_at=NIGHT)),
    ("when", Basics(latest_at=NIGHT)),
    ("when", Basics(when_words="after the club")),
    ("where", Basics(where_words="a flat by the river")),
    ("who_person", Basics(call_me="Jo")),
    ("who_person", Basics(contact_phone="07700 900123")),
    ("who_person", Basics(contact_email="jo@example.test")),
    ("who_suspect", Basics(suspects=(Suspect(description="tall"),))),
]


@pytest.mark.parametrize(("question", "basics"), GIVEN)
def test_an_answer_wins_over_a_ticked_dont_know(question: str, basics: Basics) -> None:
    """Whoever ticked it and then remembered has answered."""
    kept = with_answer_states(basics, {question: "dont_know"})
    assert kept.state_of(question) == "given"
    assert question not in missing_basics(kept)


@pytest.mark.parametrize("state", ["dont_know", "rather_not"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_dont_know_is_an_answer_to_every_question(question: str, state: str) -> None:
    """And "not asked" is never the same as "declined"."""
    kept = with_answer_states(Basics(), {question: state})
    assert kept.state_of(question) == state
    assert missing_basics(kept) == tuple(other for other in QUESTIONS if other != question)


@pytest.mark.parametrize("nonsense", ["", "given", "maybe", "GIVEN"])
def test_nobody_can_tick_that_an_empty_box_was_given(nonsense: str) -> None:
    """Only an answer gives an answer."""
    assert with_answer_states(Basics(what="  \n"), {"what": nonsense}).state_of("what") == "not_asked"


def test_a_person_without_identifiers_is_not_known() -> None:
    """An empty form for whoever did it is nobody."""
    assert not Suspect().known()
    assert all(Suspect(**{name: "x"}).known() for name in Suspect.__dataclass_fields__)


HOURS = [(0, True), (GO_ON_HOURS - 0.01, True), (GO_ON_HOURS, False), (72, False)]


@pytest.mark.parametrize(("hours", "allowed"), HOURS)
def test_a_counter_goes_on_with_what_it_took_for_a_shift(hours: float, allowed: bool) -> None:
    """Afterwards it belongs to the specialists."""
    now = NIGHT + timedelta(hours=hours)
    assert may_go_on(role="counter", own_station=True, own_unit=False, opened_at=NIGHT, now=now) is allowed


@pytest.mark.parametrize("role", ROLES)
def test_nobody_goes_on_with_what_neither_their_counter_nor_their_unit_took(role: str) -> None:
    """Whatever the role."""
    assert not may_go_on(role=role, own_station=False, own_unit=False, opened_at=NIGHT, now=NIGHT)


@pytest.mark.parametrize("role", ["soit", "supervisor"])
def test_a_specialist_of_the_unit_goes_on_at_any_time(role: str) -> None:
    """Their work begins when the counter's ends."""
    later = NIGHT + timedelta(days=90)
    assert may_go_on(role=role, own_station=False, own_unit=True, opened_at=NIGHT, now=later)
    assert not may_go_on(role="counter", own_station=False, own_unit=True, opened_at=NIGHT, now=NIGHT)
