"""When whoever set off and is not there is asked, and how often; policies of the time before are never re-dated."""

from datetime import UTC, datetime, timedelta

import pytest

from nightdesk.rules.on_the_way import (
    Reminders,
    first_reminder_at,
    is_overdue,
    next_reminder_at,
    reminders_of,
    with_reminders,
)
from nightdesk.rules.referral import frozen_policy

T = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
OLD = frozen_policy([("soit", 0), ("control_room", 15)], "1", 15)
POLICY = with_reminders(OLD, Reminders(45, 15, 3))


def test_they_are_frozen_into_the_policy_and_read_from_it() -> None:
    assert reminders_of(POLICY) == Reminders(45, 15, 3)
    assert {key: POLICY[key] for key in OLD} == OLD
    assert reminders_of(OLD) is None


@pytest.mark.parametrize("given", [(0, 15, 3), (45, 0, 3), (45, 15, 0)])
def test_a_reminder_that_would_never_or_always_come_is_refused(given: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Reminders(*given)


@pytest.mark.parametrize(
    ("policy", "met", "first_at"),
    [(POLICY, False, T + 45 * MINUTE), (POLICY, True, None), (OLD, False, None)],
)
def test_the_first_is_due_when_the_policy_says(policy: dict, met: bool, first_at: datetime | None) -> None:  # type: ignore[type-arg]
    """Not when somebody met the person before, and not under an older policy."""
    assert first_reminder_at(policy, T, met=met) == first_at
    assert is_overdue(policy, T, T + 45 * MINUTE, met=met) == (first_at is not None)
    assert not is_overdue(policy, T, T + 44 * MINUTE, met=met)


def test_the_others_follow_the_one_before_up_to_the_limit() -> None:
    """However late that was."""
    late = T + 90 * MINUTE
    assert [next_reminder_at(POLICY, n, late) for n in (1, 2, 3)] == [late + 15 * MINUTE] * 2 + [None]
    assert next_reminder_at(OLD, 1, late) is None
