"""The judge of the simulated month: what is within a policy, and that every way of falling out of it is found."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from nightdesk.rules.simulation import outcome
from nightdesk.rules.simulation_facts import Course, Policy, Turn
from nightdesk.rules.simulation_figures import Outcome, Standstill, after_working, figures, merged

T = datetime(2026, 10, 3, 1, 0, tzinfo=UTC)
LAYERS = ("soit", "second", "duty_di", "control_room")
POLICY = Policy(tuple(zip(LAYERS, (0, 5, 10, 15), strict=True)), 15)


def at(minutes: float) -> datetime:
    return T + timedelta(minutes=minutes)


def page(
    step: int, minutes: float, who: str = "sana", *, layer: str = "", on: bool = True, reachable: bool = True
) -> Turn:
    """A step taken; `who` "" for nobody."""
    told_as = layer or LAYERS[min(step, 3)]
    told = ((who, told_as),) if who else ()
    return Turn(
        "page", at(minutes), step=step, told=told, on=frozenset({told_as} if on else ()), reachable=reachable
    )


def move(name: str, minutes: float, by: str = "sana") -> Turn:
    return Turn(name, at(minutes), by=by)


ACK, OFF = "acknowledge", "set_off"
OTHER_LAYER = Turn("page", T, told=(("rae", "second"),), on=frozenset({"soit", "second"}))
TO_LOUD = (page(0, 0), page(1, 5), page(2, 10), page(3, 15))


def judged(
    *turns: Turn, until: float = 600, standstills: tuple[Standstill, ...] = (), kept: Policy = POLICY
) -> Outcome:
    course = Course(T, POLICY, kept, turns)
    return outcome(course, standstills=standstills, until=at(until))


@pytest.mark.parametrize(
    "turns",
    [
        (page(0, 0.03), move(ACK, 2), move(OFF, 8)),
        (*TO_LOUD, page(4, 20), page(5, 25), move(ACK, 26), move(OFF, 30)),
        (page(0, 0, "", on=False), page(1, 0), page(2, 10), move(ACK, 11), move(OFF, 12)),
        (page(0, 0), move("decline", 2), page(1, 2), move(ACK, 3, "rae"), move(OFF, 4, "rae")),
        (page(0, 0), move(ACK, 1), move("expire", 16), page(1, 16), move(ACK, 17), move(OFF, 18)),
        (page(0, 0), move(ACK, 1), move("decline", 3), page(1, 3), move(ACK, 4), move("arrive", 5)),
        (page(0, 0, reachable=False), page(1, 0.2), move(ACK, 1), move(OFF, 2)),
    ],
    ids=["answered", "loud", "nobody on", "declined", "expired", "given back", "no way to them"],
)  # fmt: skip
def test_what_goes_as_the_policy_says_is_within_it(turns: tuple[Turn, ...]) -> None:
    found = judged(*turns)
    assert found.lapses == ()
    assert found.held


@pytest.mark.parametrize(
    ("lapse", "turns"),
    [
        ("silent", ()),
        ("silent", (page(0, 0),)),
        ("late", (page(0, 0.6), move(ACK, 1), move(OFF, 2))),
        ("late", (page(0, 0), page(1, 5.6), move(ACK, 6), move(OFF, 7))),
        ("late", (page(0, 0), move(ACK, 6), move(OFF, 7))),
        ("late", TO_LOUD),
        ("early", (page(0, 0), page(1, 4), move(ACK, 6), move(OFF, 7))),
        ("early", (page(0, 0), move(ACK, 1), move("expire", 10), page(1, 10), move(ACK, 11), move(OFF, 12))),
        ("skipped", (page(0, 0), page(2, 5), move(ACK, 6), move(OFF, 7))),
        ("doubled", (page(0, 0), page(0, 5), move(ACK, 6), move(OFF, 7))),
        ("missed", (page(0, 0, "", on=True), page(1, 0), move(ACK, 1), move(OFF, 2))),
        ("missed", (OTHER_LAYER, page(1, 5), move(ACK, 6), move(OFF, 7))),
        ("paged_though_held", (page(0, 0), move(ACK, 1), page(1, 5), move(OFF, 7))),
        ("not_expired", (page(0, 0), move(ACK, 1))),
        ("not_expired", (page(0, 0), move(ACK, 1), move(OFF, 40))),
    ],
)
def test_every_lapse_is_found(lapse: str, turns: tuple[Turn, ...]) -> None:
    assert lapse in judged(*turns).lapses


ASK, THERE = "remind", "arrive"
ASKING = replace(POLICY, reminders=(45, 15, 2))
GONE = (page(0, 0), move(ACK, 1), move(OFF, 5))  # asked at 50 and 65


@pytest.mark.parametrize(
    "turns",
    [
        (move(THERE, 49),),
        (move(ASK, 50), move(ASK, 65)),
        (move(ASK, 50), move("offer", 51), move("turn_down", 52), move(ASK, 65), move(THERE, 900)),
        (move(ASK, 50), move("decline", 51), page(1, 51), move(ACK, 52), move(OFF, 53), move(THERE, 60)),
        (move(THERE, 20), Turn("reassign", at(90)), page(1, 90, layer="soit"), move(ACK, 91), move(OFF, 92)),
    ],
    ids=["there in time", "asked to the limit", "offered meanwhile", "declined", "met before"],
)
def test_whoever_is_on_the_way_is_asked_as_the_policy_says(turns: tuple[Turn, ...]) -> None:
    found = outcome(Course(T, ASKING, ASKING, (*GONE, *turns)), standstills=(), until=at(1000))
    assert (found.lapses, found.held) == ((), True)


@pytest.mark.parametrize(
    ("lapse", "turns"),
    [
        ("not_reminded", ()),
        ("not_reminded", (move(THERE, 60),)),
        ("not_reminded", (move(ASK, 50), move(THERE, 70))),
        ("early", (move(ASK, 40), move(THERE, 45))),
        ("over_reminded", tuple(move(ASK, 50 + 15 * n) for n in range(3))),
        ("over_reminded", (move(THERE, 20), move(ASK, 50))),
    ],
)
def test_every_lapse_on_the_way_is_found(lapse: str, turns: tuple[Turn, ...]) -> None:
    found = outcome(Course(T, ASKING, ASKING, (*GONE, *turns)), standstills=(), until=at(1000))
    assert lapse in found.lapses


def test_a_policy_that_changes_after_the_raise_is_found() -> None:
    slower = Policy(tuple((layer, after * 2) for layer, after in POLICY.steps), 30)
    assert judged(page(0, 0), move(ACK, 1), move(OFF, 2), kept=slower).lapses == ("re_dated",)


def test_a_page_that_left_by_no_way_is_found() -> None:
    course = Course(T, POLICY, POLICY, (page(0, 0), move(ACK, 1), move(OFF, 2)), untold=1)
    assert outcome(course, standstills=(), until=at(60)).lapses == ("untold",)


def test_a_standstill_moves_what_fell_due_in_it_and_nothing_else() -> None:
    still = (Standstill(at(4), at(24)),)
    turns = (page(0, 0), page(1, 24.4), page(2, 25.4), page(3, 26.4), move(ACK, 27), move(OFF, 28))
    assert judged(*turns, standstills=still).lapses == ()
    assert "late" in judged(*turns).lapses
    assert "late" in judged(page(0, 0), page(1, 24.6), move(ACK, 25), move(OFF, 26), standstills=still).lapses


def test_late_steps_never_come_in_one_burst() -> None:
    still = (Standstill(at(4), at(24)),)
    assert (
        "early"
        in judged(
            page(0, 0), page(1, 24.1), page(2, 24.2), move(ACK, 27), move(OFF, 28), standstills=still
        ).lapses
    )


def test_reassigned_it_begins_anew_when_its_turn_comes() -> None:
    begins = Turn("reassign", at(60), begins_at=at(63))
    before = (page(0, 0), move(ACK, 1), move(OFF, 5), move("arrive", 30))
    again = (page(1, 63, layer="soit"), page(2, 68, layer="second"), move(ACK, 70), move(OFF, 72))
    found = judged(*before, begins, *again)
    assert found.lapses == ()
    assert found.answered_at == at(1)
    assert "late" in judged(*before, begins, *(again[1:])).lapses


def test_an_answer_that_expired_was_none() -> None:
    found = judged(page(0, 0), move(ACK, 1), move("expire", 16), page(1, 16), move(ACK, 18), move(OFF, 19))
    assert found.minutes == 18
    assert (found.expired, found.held) == (1, True)


def test_working_time_leaves_out_what_stood_still() -> None:
    still = merged([(at(10), at(20)), (at(15), at(30)), (at(40), at(41))])
    assert still == (Standstill(at(10), at(30)), Standstill(at(40), at(41)))
    assert after_working(at(0), 60, still) == at(1)
    assert after_working(at(9.5), 60, still) == at(30.5)
    assert after_working(at(15), 60, still) == at(31)
    assert after_working(at(9), 12 * 60, still) == at(42)
    assert after_working(at(50), 60, still) == at(51)


def test_figures_count_over_all_and_time_over_the_answered() -> None:
    answered = [Outcome(T, at(n), True, n > 90, 0, ()) for n in range(1, 101)]
    silent = Outcome(T, None, False, True, 2, ("late",))
    found = figures([*answered, silent])
    assert (found.referrals, found.acknowledged, found.loud, found.ended_loud) == (101, 100, 11, 1)
    assert (found.median_min, found.p95_min, found.max_min) == (50, 95, 100)
    assert (found.past_policy, found.lapses, found.expired) == (1, {"late": 1}, 2)
    assert figures([]).median_min is None
