"""In which order somebody is told, and what is known to be out."""

from datetime import UTC, datetime, timedelta

import pytest

from nightdesk.rules.ways import (
    OUT_FAULTS,
    OUT_MINUTES,
    UNANSWERED_SECONDS,
    UNDER_WAY,
    Attempt,
    Way,
    can_be_told,
    channels_out,
    plan,
    with_account,
    working,
)

NOW = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)
SCREEN, SMS, EMAIL = Way(1, "screen", ""), Way(2, "sms", "07700900001"), Way(3, "email", "a@force.test")
HOOK, BROKEN = Way(4, "webhook", "https://a.test/"), Way(5, "sms", "07700900002", failed=True)
N = UNANSWERED_SECONDS


def planned(ways: list[Way], **more: object) -> list[tuple[int, int]]:
    """Ids with their seconds."""
    return [(entry.way.id, entry.after_seconds) for entry in plan(ways, **more)]  # type: ignore[arg-type]


def test_the_next_way_is_tried_within_the_promised_minute() -> None:
    """Promise 9."""
    assert 0 < UNANSWERED_SECONDS < 60


@pytest.mark.parametrize(
    ("ways", "out", "expected"),
    [
        ([EMAIL], (), [(3, 0)]),
        ([SMS, EMAIL], (), [(2, 0), (3, N)]),
        ([EMAIL, SMS, HOOK], (), [(3, 0), (2, N), (4, 2 * N)]),
        ([SCREEN, SMS, EMAIL], (), [(1, 0), (2, 0), (3, N)]),
        ([SMS, SCREEN, EMAIL], (), [(1, 0), (2, 0), (3, N)]),
        ([SMS, EMAIL], ("sms",), [(3, 0), (2, N)]),
        ([SMS, EMAIL, HOOK], ("sms", "email"), [(4, 0), (2, N), (3, 2 * N)]),
        ([SMS, EMAIL], ("sms", "email"), [(2, 0), (3, N)]),
        ([BROKEN, EMAIL], (), [(3, 0), (5, N)]),
        ([BROKEN, SMS], ("sms",), [(2, 0), (5, N)]),
        ([BROKEN], (), [(5, 0)]),
        ([SCREEN], (), [(1, 0)]),
        ([], (), []),
    ],
)
def test_ways_are_tried_in_the_persons_order_and_what_is_out_comes_last(
    ways: list[Way], out: tuple[str, ...], expected: list[tuple[int, int]]
) -> None:
    """The screen uses up no turn; nothing is left out."""
    assert planned(ways, out=out) == expected


def test_what_needs_no_answer_now_is_not_put_on_a_screen() -> None:
    """A gap in next week's rota does not ring."""
    assert planned([SCREEN, EMAIL], screen=False) == [(3, 0)]


@pytest.mark.parametrize(
    ("ways", "told", "count"),
    [([], False, 0), ([BROKEN], False, 0), ([BROKEN, SCREEN], True, 1), ([SMS, EMAIL], True, 2)],
)
def test_nobody_waits_for_somebody_without_a_way_that_works(ways: list[Way], told: bool, count: int) -> None:
    """And a page of theirs says so."""
    assert (can_be_told(ways), working(ways)) == (told, count)


def tries(left: str, channel: str = "sms", fault: str = "server_fault", minutes: float = 1) -> list[Attempt]:
    """One attempt a letter, oldest first: l left, f failed; the newest `minutes` ago."""
    last = NOW - timedelta(minutes=minutes)
    return [
        Attempt(
            channel, last - timedelta(seconds=len(left) - n), letter == "l", "" if letter == "l" else fault
        )
        for n, letter in enumerate(left)
    ]


@pytest.mark.parametrize(
    ("attempts", "out"),
    [
        ([], set()),
        (tries("f" * (OUT_FAULTS - 1)), set()),
        (tries("f" * OUT_FAULTS), {"sms"}),
        (tries("llll" + "f" * OUT_FAULTS), {"sms"}),
        (tries("f" * OUT_FAULTS + "l"), set()),
        (tries("ffl" + "f" * (OUT_FAULTS - 1)), set()),
        (tries("fff", minutes=OUT_MINUTES + 1), set()),
        (tries("fff", fault="bad_address"), set()),
        (tries("fff", fault=UNDER_WAY), set()),
        (tries("fff") + tries("lll", "email"), {"sms"}),
        (tries("fff") + tries("fff", "email"), {"sms", "email"}),
    ],
)
def test_a_channel_is_out_after_several_faults_in_a_row(attempts: list[Attempt], out: set[str]) -> None:
    """Of its own, and lately; a bad number says nothing about the channel."""
    assert channels_out(attempts, NOW) == out


@pytest.mark.parametrize(
    ("ways", "email", "used"),
    [
        ([], "a@force.test", True), ([SCREEN], "a@force.test", True), ([BROKEN], "a@force.test", True),
        ([SMS], "a@force.test", False), ([SCREEN, SMS], "a@force.test", False), ([], "", False),
        ([Way(3, "email", "a@force.test", failed=True)], "a@force.test", False),
    ],
)  # fmt: skip
def test_the_address_of_the_account_is_used_when_nothing_else_works(
    ways: list[Way], email: str, used: bool
) -> None:
    """A screen alone is not enough; an address that failed is not tried under another name."""
    assert [way.id for way in with_account(ways, email)] == [way.id for way in ways] + [None] * used
