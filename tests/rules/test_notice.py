"""Who is told of what is overdue, and when: nobody twice, nobody at night without need, and always somebody."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from nightdesk.outside.packs import load_pack
from nightdesk.rules.messages import Waits, waiting_notice
from nightdesk.rules.notice import (
    ASKER,
    LEVELS,
    OFFICER,
    SENIOR,
    due_since,
    from_level,
    one_of,
    told_from,
    told_whom,
    wakes,
)
from nightdesk.rules.pack import PackProblems, build_pack
from nightdesk.rules.pack_notices import DAY, DUTY_SOON, KINDS, OFFER
from tests.rules.pack_files import small_files

LONDON = ZoneInfo("Europe/London")
PACK = load_pack("england_wales")
AT = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)


def begins(at: datetime, *, on: bool = False, shift_at: datetime | None = None) -> datetime:
    """By the hours of the pack, in London."""
    return told_from(at, day=PACK.notice_days[DAY], zone=LONDON, on=on, shift_at=shift_at)


def allowed(at: datetime, *, on: bool = False, shift_at: datetime | None = None) -> bool:
    """Told at once."""
    return begins(at, on=on, shift_at=shift_at) == at


@pytest.mark.parametrize(
    ("utc", "expected"),
    [
        ((2026, 11, 27, 2, 0), False),  # 2am
        ((2026, 11, 27, 6, 59), False),
        ((2026, 11, 27, 7, 0), True),
        ((2026, 11, 27, 19, 59), True),
        ((2026, 11, 27, 20, 0), False),
        ((2026, 7, 1, 6, 0), True),  # seven in the morning in summer
        ((2026, 7, 1, 5, 59), False),
        ((2026, 10, 25, 6, 0), False),  # the clocks went back: it is six
        ((2026, 10, 25, 7, 0), True),
        ((2027, 3, 28, 6, 0), True),  # the clocks went forward: it is seven
        ((2027, 3, 28, 5, 59), False),
    ],
)
def test_what_can_wait_is_told_in_the_day_by_the_clock_on_the_wall(utc: Any, expected: bool) -> None:
    assert allowed(datetime(*utc, tzinfo=UTC)) is expected


def test_whoever_is_on_a_shift_is_told_all_of_it_at_any_hour() -> None:
    assert allowed(AT, on=True)


@pytest.mark.parametrize(
    ("at", "due", "woken"),
    [
        ((2, 0), (6, 30), True),  # it would be missed before the day opens
        ((2, 0), (8, 59), True),  # told at seven, less than two hours would be left
        ((2, 0), (9, 0), False),  # it can wait until seven
        ((21, 0), (27, 0), True),
        ((23, 0), (33, 0), False),
    ],
)
def test_nobody_is_woken_for_what_can_wait(at: Any, due: Any, woken: bool) -> None:
    """A duty may wake somebody when, told in the morning, they could not do it any more."""
    midnight = AT.replace(hour=0)
    now, due_at = (midnight + timedelta(hours=hour, minutes=minute) for hour, minute in (at, due))
    assert wakes(PACK.notice_kinds[DUTY_SOON], due_at, begins(now)) is woken
    assert not wakes(PACK.notice_kinds["task"], due_at, begins(now))


def test_of_several_those_on_a_shift_are_told_or_one_and_not_always_the_same_for_every_unit() -> None:
    staff = ["maud", "vic", "zoe"]
    assert one_of(staff, {"zoe", "sana"}, 7) == ("zoe",)
    assert {one_of(staff, set(), turn) for turn in range(9)} == {("maud",), ("vic",), ("zoe",)}
    assert one_of(["maud", "maud"], {"maud"}, 0) == ("maud",)
    assert one_of([], {"maud"}, 3) == ()


def test_whoever_has_a_late_turn_is_told_when_it_begins_and_not_before() -> None:
    morning, late = AT.replace(hour=9), AT.replace(hour=14)
    assert not allowed(morning, shift_at=late)
    assert allowed(late, on=True)
    assert allowed(morning, shift_at=late + timedelta(days=1))


def test_at_night_it_waits_for_the_day_a_later_turn_that_day_or_an_earlier_one() -> None:
    evening, opens = AT.replace(hour=21), AT.replace(hour=7) + timedelta(days=1)
    for hours, expected in ((None, 10), (1, 1), (17, 17), (10, 10), (48, 10)):
        shift_at = None if hours is None else evening + timedelta(hours=hours)
        assert begins(evening, shift_at=shift_at) == evening + timedelta(hours=expected), hours
    assert begins(AT) == AT.replace(hour=7)
    assert begins(evening) == opens


@given(some.integers(0, 2 * 365 * 24 * 60))
def test_every_day_opens_for_everybody_without_a_shift(minutes: int) -> None:
    """Nothing waits for longer than a night of fourteen hours with the clocks put back."""
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    assert any(allowed(at + timedelta(hours=hours)) for hours in range(15))


IDS = some.sampled_from(["", "sana", "kofi", "maud", "nasreen"])


@given(
    some.sampled_from(LEVELS),
    some.fixed_dictionaries({OFFICER: IDS, ASKER: IDS}),
    some.sets(IDS.filter(bool), min_size=1),
    some.sets(IDS.filter(bool)),
)
def test_nobody_is_told_twice_and_somebody_who_is_not_there_is_never_the_end_of_it(
    level: str, there: dict[str, str], seniors: set[str], known: set[str]
) -> None:
    whom = told_whom(level, there=there, seniors=sorted(seniors), known=known)
    assert not set(whom.ids) & known
    assert len(whom.ids) == len(set(whom.ids))
    passed_over = from_level(level)[: from_level(level).index(whom.level)]
    assert not [step for step in passed_over if there.get(step)]
    expected = seniors if whom.level == SENIOR else {there[whom.level]}
    assert set(whom.ids) | (known & expected) == expected
    assert bool(whom.ids) != bool(whom.stand)  # told before, they stand for it: it is not looked for for ever
    assert set(whom.stand) <= known


def test_each_kind_reaches_a_level_and_the_supervisor_never_before_the_officer() -> None:
    assert set(PACK.notice_kinds.ids()) == set(KINDS)
    for kind in PACK.notice_kinds:
        since = [due for level in LEVELS if (due := due_since(kind, level, AT))]
        assert since
        assert since == sorted(since, reverse=True)
        assert (due_since(kind, ASKER, AT) is not None) == (kind.id == OFFER)
    assert (due_since(PACK.notice_kinds[DUTY_SOON], OFFICER, AT) or AT) > AT
    assert [kind.id for kind in PACK.notice_kinds if kind.wakes] == [DUTY_SOON]


def test_one_thing_is_told_with_its_reference_and_several_with_counts_only() -> None:
    one = waiting_notice(waits=[Waits("Task overdue", "ABCD-1234")], link="https://x.test/staff/desk/")
    assert one.subject == "Task overdue: ABCD-1234"
    more = waiting_notice(
        waits=[Waits("Task overdue", "ABCD-1234")] * 2 + [Waits("Duty missed", "E")], link="https://x.test/d/"
    )
    assert more.subject == "3 things wait on your desk"
    assert "2 × Task overdue\n1 × Duty missed" in more.body
    assert "ABCD" not in more.body
    assert more.short == "3 things wait on your desk. https://x.test/d/"


@pytest.mark.parametrize(
    ("table", "change", "sentence"),
    [
        ("kind", {"id": "other"}, '[[kind]] "task" is missing'),
        ("kind", {"id": "other"}, 'kind "other": unknown'),
        ("kind", {"officer_hours": None, "supervisor_hours": None}, 'give "officer_hours"'),
        ("kind", {"officer_hours": 25.0}, "lies before"),
        ("kind", {"asker_hours": 1.0}, '"asker_hours" belongs to "offer"'),
        ("kind", {"needs_hours": 1.0}, '"needs_hours" is more than 0'),
        ("hours", {"id": "night"}, 'give one [[hours]] with the id "day"'),
        ("hours", {"opens_hour": 20}, '"opens_hour" comes before'),
    ],
)
def test_a_pack_that_would_tell_nobody_is_said(table: str, change: dict[str, Any], sentence: str) -> None:
    files = small_files()
    row = files["notices"][table][0] | change
    files["notices"][table][0] = {key: value for key, value in row.items() if value is not None}
    with pytest.raises(PackProblems) as found:
        build_pack(files)
    assert sentence in str(found.value)
