"""When a step was done, as typed at night: the last moment at which it was that time here."""

from datetime import UTC, datetime

import pytest

from nightdesk.desks.evidence.kits_forms import DoneForm

WINTER = datetime(2026, 11, 22, 0, 10, tzinfo=UTC)  # ten past midnight in London
SUMMER = datetime(2026, 7, 5, 23, 30, tzinfo=UTC)  # half past midnight in London, on the 6th
BACK = datetime(2026, 10, 25, 1, 20, tzinfo=UTC)  # 01:20 for the second time that night
FORWARD = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)  # 02:30; there was no 01:30


def typed(time: str, now: datetime) -> DoneForm:
    """The form with this time."""
    return DoneForm({"time": time}, now=now)


@pytest.mark.parametrize(
    ("time", "now", "done"),
    [
        ("", WINTER, None),
        ("00:05", WINTER, datetime(2026, 11, 22, 0, 5, tzinfo=UTC)),
        ("23:50", WINTER, datetime(2026, 11, 21, 23, 50, tzinfo=UTC)),
        ("11.50pm", WINTER, datetime(2026, 11, 21, 23, 50, tzinfo=UTC)),
        ("0:20", SUMMER, datetime(2026, 7, 5, 23, 20, tzinfo=UTC)),
        ("23:50", SUMMER, datetime(2026, 7, 5, 22, 50, tzinfo=UTC)),
        (
            "01:10",
            BACK,
            datetime(2026, 10, 25, 0, 10, tzinfo=UTC),
        ),  # the first: a window never comes out too long
        ("٢٣:٥٠", WINTER, datetime(2026, 11, 21, 23, 50, tzinfo=UTC)),
    ],
)
def test_a_time_is_the_last_that_can_be_meant(time: str, now: datetime, done: datetime | None) -> None:
    """Never one to come."""
    form = typed(time, now)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["time"] == done


@pytest.mark.parametrize(
    ("time", "now", "told"),
    [
        ("soon", WINTER, "like 23:40"),
        ("25:00", WINTER, "like 23:40"),
        ("01:30", FORWARD, "clocks went forward"),
        ("\x1b", WINTER, ""),
    ],
)
def test_what_is_no_time_is_told(time: str, now: datetime, told: str) -> None:
    """With an example; what no keyboard makes is nothing typed."""
    form = typed(time, now)
    assert form.is_valid() == (not told)
    assert told in str(form.errors)
