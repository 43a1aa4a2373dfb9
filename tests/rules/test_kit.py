"""The guided order of the early evidence kit: it ends, a thirsty person drinks soon, the first urine is not lost."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.outside.packs import read_pack
from nightdesk.rules import kit
from nightdesk.rules.kit import DECLINED, DONE, NOT_POSSIBLE, KitRefused, guide
from nightdesk.rules.pack_kit import DRINK, NEEDS, TOILET
from nightdesk.rules.terms import KIT_OUTCOMES

PACK = read_pack("england_wales")
STEPS = list(PACK.kit_steps)
MOUTH = [step.id for step in STEPS if DRINK in step.before]
URINE = [step.id for step in STEPS if TOILET in step.before]
NOW = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)
ANSWERS = st.lists(st.tuples(st.sampled_from(("", *NEEDS)), st.sampled_from(KIT_OUTCOMES)), max_size=60)


def answered(*ids: str, outcome: str = DONE) -> dict[str, str]:
    """So many steps with this outcome."""
    return dict.fromkeys(ids, outcome)


@given(answers=ANSWERS, last=st.sampled_from(KIT_OUTCOMES))
def test_every_order_of_answers_ends(answers: list[tuple[str, str]], last: str) -> None:
    """Whatever is needed and answered on the way, the rest takes at most one answer a step."""
    outcomes: dict[str, str] = {}
    for need, outcome in answers:
        if (step := guide(STEPS, outcomes, need).step) is not None:
            outcomes[step.id] = outcome
    for _ in STEPS:
        if (step := guide(STEPS, outcomes).step) is not None:
            outcomes[step.id] = last
    assert guide(STEPS, outcomes).finished
    assert set(outcomes) == {step.id for step in STEPS}


@given(
    before=st.dictionaries(st.sampled_from([s.id for s in STEPS]), st.sampled_from(KIT_OUTCOMES)),
    answers=st.lists(st.sampled_from(KIT_OUTCOMES), min_size=len(MOUTH), max_size=len(MOUTH)),
)
def test_a_thirsty_person_drinks_after_the_mouth_steps_at_most(
    before: dict[str, str], answers: list[str]
) -> None:
    """From any state and with any answers: nothing but the mouth steps, each once, then water."""
    outcomes = dict(before)
    for answer in answers:
        found = guide(STEPS, outcomes, DRINK)
        if DRINK in found.may:
            break
        assert found.step is not None
        assert found.step.id in MOUTH
        outcomes[found.step.id] = answer
    assert DRINK in guide(STEPS, outcomes, DRINK).may


@given(
    before=st.dictionaries(st.sampled_from([s.id for s in STEPS]), st.sampled_from(KIT_OUTCOMES)),
    answer=st.sampled_from(KIT_OUTCOMES),
)
def test_the_first_urine_is_offered_at_once_to_whoever_must_go(before: dict[str, str], answer: str) -> None:
    """Unless it was taken or declined already; and whatever they answer, they go: nobody is asked twice."""
    found = guide(STEPS, before, TOILET)
    if before.get(URINE[0]) in (DONE, DECLINED):
        assert TOILET in found.may
        return
    assert found.step is not None
    assert (found.step.id, found.because) == (URINE[0], TOILET)
    assert not kit.need_stays(STEPS, before | {URINE[0]: answer}, TOILET, answer)


@given(
    before=st.dictionaries(st.sampled_from([s.id for s in STEPS]), st.sampled_from(KIT_OUTCOMES)),
    need=st.sampled_from(("", *NEEDS)),
)
def test_what_was_declined_is_never_offered_again(before: dict[str, str], need: str) -> None:
    """Not even when the need comes up: but whoever asks for water after all gets it."""
    step = guide(STEPS, before, need).step
    if step is not None and step.kind == "sample":
        assert before.get(step.id) != DECLINED


@given(before=st.dictionaries(st.sampled_from([s.id for s in STEPS]), st.sampled_from(KIT_OUTCOMES)))
def test_a_step_comes_after_those_it_needs(before: dict[str, str]) -> None:
    """The tissue after the pot, the rinse after the swabs."""
    step = guide(STEPS, before).step
    assert step is None or all(earlier in before for earlier in step.after)


def test_the_order_when_nothing_presses() -> None:
    """Care, their choice, the mouth, water, then the rest."""
    outcomes, order = {}, []
    while (found := guide(STEPS, outcomes)).step is not None:
        assert found.because == "order"
        order.append(found.step.id)
        outcomes[found.step.id] = DONE
    assert order[:5] == ["care", "choice", "mouth_swabs", "mouth_rinse", "drink"]
    assert order[5:] == ["first_urine", "tissue", "clothes"]


def test_water_follows_the_mouth_at_once() -> None:
    """Thirsty from the first minute: swabs, rinse, water, though nothing else was answered."""
    assert guide(STEPS, {}, DRINK).because == DRINK
    after = answered(*MOUTH, outcome=DECLINED)
    found = guide(STEPS, after, DRINK)
    assert found.step is not None
    assert (found.step.id, found.because) == ("drink", "offered")
    assert kit.need_stays(STEPS, after, DRINK, DECLINED)
    assert not kit.need_stays(STEPS, after | {"drink": DONE}, DRINK, DONE)


def test_what_was_not_possible_may_be_done_later_and_what_was_left_open_is_counted() -> None:
    """Optional steps are not counted."""
    outcomes = answered("care", "choice") | {"first_urine": NOT_POSSIBLE}
    found = guide(STEPS, outcomes)
    assert found.later == ("first_urine",)
    assert found.left_open == ("mouth_swabs", "mouth_rinse")
    assert kit.counts(STEPS, outcomes) == {"done": 2, "declined": 0, "not_possible": 1, "left_open": 2}


def test_a_check_that_could_not_be_passed_says_that_care_is_needed() -> None:
    """Until it is answered again."""
    assert kit.care_needed(STEPS, {"care": NOT_POSSIBLE})
    assert not kit.care_needed(STEPS, {"care": DONE, "first_urine": NOT_POSSIBLE})


@pytest.mark.parametrize(
    ("hours", "refused"), [(0, ""), (-23.9, ""), (0.1, "still to come"), (-24.1, "more than a day")]
)
def test_a_step_was_done_when_it_can_have_been(hours: float, refused: str) -> None:
    """Caught before the kit was opened is fine; to come is not."""
    done_at = NOW + timedelta(hours=hours)
    if not refused:
        kit.refuse_if_not_done_then(done_at, begun_at=NOW, now=NOW)
        return
    with pytest.raises(KitRefused, match=refused):
        kit.refuse_if_not_done_then(done_at, begun_at=NOW, now=NOW)


@pytest.mark.parametrize(("step", "outcome"), [("no_such", DONE), ("care", "maybe"), ("", "")])
def test_an_answer_that_the_kit_does_not_have_is_refused(step: str, outcome: str) -> None:
    """An old page, or a page that was changed."""
    with pytest.raises(KitRefused, match="no such step"):
        kit.refuse_if_no_such_answer(STEPS, step, outcome)
    kit.refuse_if_no_such_answer(STEPS, "care", DONE)
