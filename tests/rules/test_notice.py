"""Who is told of what is overdue, and when: nobody twice, nobody at night without need, and always somebody."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from nightdesk.outside.packs import load_pack
from nightdesk.rules.messages import Waits, waiting_notice
from nightdesk.rules.notice import LEVELS, OFFICER, SENIOR, due_since, may_tell, told_whom
from nightdesk.rules.pack import PackProblems, build_pack
from nightdesk.rules.pack_notices import DAY, DUTY_SOON, KINDS
from tests.rules.pack_files import small_files

LONDON = ZoneInfo("Europe/London")
PACK = load_pack("england_wales")
AT = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)


def allowed(at: datetime, *, wakes: bool = False, on: bool = False, shift_at: datetime | None = None) -> bool:
    """By the hours of the pack, in London."""
    return may_tell(at, day=PACK.notice_days[DAY], zone=LONDON, wakes=wakes, on=on, shift_at=shift_at)


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


def test_what_may_wake_is_told_at_any_hour_and_to_somebody_on_a_shift_all_of_it() -> None:
    assert allowed(AT, wakes=True)
    assert allowed(AT, on=True)


def test_whoever_has_a_late_turn_is_told_when_it_begins_and_not_before() -> None:
    morning, late = AT.replace(hour=9), AT.replace(hour=14)
    assert not allowed(morning, shift_at=late)
    assert allowed(late, on=True)
    assert allowed(morning, shift_at=late + timedelta(days=1))


@given(some.integers(0, 2 * 365 * 24 * 60))
def test_every_day_opens_for_everybody_without_a_shift(minutes: int) -> None:
    """Nothing waits for longer than a night of fourteen hours with the clocks put back."""
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    assert any(allowed(at + timedelta(hours=hours)) for hours in range(15))


IDS = some.sampled_from(["", "sana", "kofi", "maud", "nasreen"])


@given(
    some.sampled_from(LEVELS), IDS, some.booleans(), some.sets(IDS.filter(bool), min_size=1), some.sets(IDS)
)
def test_nobody_is_told_twice_and_an_officer_who_is_not_there_is_never_the_end_of_it(
    level: str, officer: str, there: bool, seniors: set[str], known: set[str]
) -> None:
    told, ids = told_whom(level, officer=officer, there=there, seniors=sorted(seniors), known=known)
    assert not set(ids) & known
    assert len(ids) == len(set(ids))
    if told == OFFICER:
        assert (level, there, bool(officer)) == (OFFICER, True, True)
        assert set(ids) | known >= {officer}
    else:
        assert told == SENIOR
        assert set(ids) | known >= seniors


def test_each_kind_reaches_a_level_and_the_supervisor_never_before_the_officer() -> None:
    assert set(PACK.notice_kinds.ids()) == set(KINDS)
    for kind in PACK.notice_kinds:
        first, last = due_since(kind, OFFICER, AT), due_since(kind, SENIOR, AT)
        assert first or last
        assert first is None or last is None or last <= first
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
