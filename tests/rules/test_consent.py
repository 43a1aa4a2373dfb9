"""Consent: the narrowest wins; withdrawn, run out, replaced and not asked let nothing through; what a pack holds follows."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.outside.packs import load_pack
from nightdesk.rules.consent import (
    DECLINED,
    EXPIRED,
    GIVEN,
    NOT_ASKED,
    OTHER_PURPOSE,
    WITHDRAWN,
    Answer,
    ConsentRefused,
    refuse_if_no_answer,
    state_of,
)

NOW = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)
DAY = timedelta(days=1)
GROUPS = ("name", "contact", "account")
PURPOSES = ("support", "examination")
MOMENTS = st.integers(-20, 20).map(lambda days: NOW + days * DAY)


def may_go(group: str, purpose: str, answers: Iterable[Answer], now: datetime) -> bool:
    """Whether a group of fields may go to the recipient of these answers now."""
    return state_of(group, purpose, answers, now) == GIVEN


def answer(
    yes: str = "name contact",
    no: str = "",
    *,
    number: int = 1,
    days: int = 10,
    purposes: str = "support",
    **more: object,
) -> Answer:
    """One answer of yesterday that holds for some days."""
    return Answer(
        number, frozenset(yes.split()), frozenset(no.split()), frozenset(purposes.split()), NOW - DAY, NOW + days * DAY,
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """Any answer that could be kept."""
    yes = draw(st.frozensets(st.sampled_from(GROUPS)))
    no = draw(st.frozensets(st.sampled_from(GROUPS))) - yes
    answered = draw(MOMENTS)
    withdrawn = draw(st.none() | MOMENTS)
    return Answer(
        draw(st.integers(1, 9)), yes, no, draw(st.frozensets(st.sampled_from(PURPOSES))), answered,
        answered + draw(st.integers(1, 30)) * DAY, withdrawn, draw(st.booleans()),
    )  # fmt: skip


MANY = st.lists(answers(), max_size=4)


@pytest.mark.parametrize(
    ("held", "group", "purpose", "expected"),
    [
        ([], "name", "support", NOT_ASKED),
        ([answer()], "name", "support", GIVEN),
        ([answer()], "account", "support", NOT_ASKED),
        ([answer(no="account")], "account", "support", DECLINED),
        ([answer()], "name", "examination", OTHER_PURPOSE),
        ([answer(days=0)], "name", "support", EXPIRED),
        ([answer(withdrawn_at=NOW)], "name", "support", WITHDRAWN),
        ([answer(withdrawn_at=NOW)], "account", "support", WITHDRAWN),
        ([answer(), answer("name", number=2)], "name", "support", GIVEN),
        ([answer(), answer("name", number=2)], "contact", "support", NOT_ASKED),
        ([answer(), answer("", "name", number=2)], "name", "support", DECLINED),
        ([answer(), answer(number=2, days=0)], "name", "support", EXPIRED),
        ([answer("", "name", replaced=True), answer(number=2)], "name", "support", GIVEN),
        ([answer(replaced=True)], "name", "support", NOT_ASKED),
    ],
)  # fmt: skip
def test_how_a_group_stands(held: list[Answer], group: str, purpose: str, expected: str) -> None:
    """Each reason, and which is said first."""
    assert state_of(group, purpose, held, NOW) == expected
    assert may_go(group, purpose, held, NOW) == (expected == GIVEN)


@given(MANY, st.sampled_from(GROUPS), st.sampled_from(PURPOSES), MOMENTS)
def test_nothing_goes_by_what_was_withdrawn_ran_out_or_was_never_asked(
    held: list[Answer], group: str, purpose: str, now: datetime
) -> None:
    """Whatever else was said: one that holds and does not allow it keeps it."""
    if not may_go(group, purpose, held, now):
        return
    standing = [one for one in held if not one.replaced]
    assert standing
    for one in standing:
        assert one.withdrawn_at is None
        assert one.until_at is not None
        assert one.answered_at <= now < one.until_at
        assert group in one.yes - one.no
        assert purpose in one.purposes


@given(MANY, answers(), st.sampled_from(GROUPS), st.sampled_from(PURPOSES), MOMENTS)
def test_a_further_answer_never_lets_more_through(
    held: list[Answer], more: Answer, group: str, purpose: str, now: datetime
) -> None:
    """The narrowest wins: only being asked anew, which replaces, can widen."""
    if held and any(not one.replaced for one in held) and may_go(group, purpose, [*held, more], now):
        assert may_go(group, purpose, held, now)


@given(MANY, st.sampled_from(GROUPS), st.sampled_from(PURPOSES), MOMENTS, st.integers(0, 40))
def test_time_alone_never_lets_more_through(
    held: list[Answer], group: str, purpose: str, now: datetime, days: int
) -> None:
    """Once all were answered, a clock only takes away."""
    if all(one.answered_at <= now for one in held) and may_go(group, purpose, held, now + days * DAY):
        assert may_go(group, purpose, held, now)


@given(MANY, st.sampled_from(GROUPS), MOMENTS)
def test_a_withdrawal_takes_everything_of_its_recipient(
    held: list[Answer], group: str, now: datetime
) -> None:
    """Also what another answer said yes to."""
    taken_back = answer("name", withdrawn_at=now)
    assert not any(may_go(group, purpose, [*held, taken_back], now) for purpose in PURPOSES)


@pytest.mark.parametrize(
    ("said", "words", "expected"),
    [
        (answer("", ""), "w", "yes or no"),
        (answer("suspect"), "w", "groups that the page offers"),
        (answer("name", "name"), "w", "yes or no for each"),
        (answer(purposes=""), "w", "what it is for"),
        (answer(days=0), "w", "until when"),
        (answer(), " ", "how they said it"),
        (Answer(1, frozenset(), frozenset({"name"}), frozenset(), NOW + DAY), "", "future"),
    ],
)  # fmt: skip
def test_an_answer_that_lacks_something_is_refused(said: Answer, words: str, expected: str) -> None:
    """With a sentence that says what."""
    with pytest.raises(ConsentRefused, match=expected):
        refuse_if_no_answer(said, words=words, groups=GROUPS, now=NOW)


def test_a_no_needs_no_words_no_purpose_and_no_end() -> None:
    """Nobody has to give a reason for a no."""
    said = Answer(1, frozenset(), frozenset({"name"}), frozenset(), NOW)
    refuse_if_no_answer(said, words="", groups=GROUPS, now=NOW)
    assert not said.stands(NOW)


def test_the_pack_asks_only_about_groups_that_have_something_for_them() -> None:
    """Nobody is asked whether a partner may have what the table never gives it."""
    from nightdesk.rules.sharing import groups_for

    table = load_pack().share_fields
    assert "suspect" not in groups_for(table, "partner")
    assert "account" not in groups_for(table, "isva")
    assert "suspect" in groups_for(table, "cps")
