"""Duties: counted once, in worked days by the local clock; moves by the table; nothing without its reason."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.outside.current import pack
from nightdesk.rules import duty as rule
from nightdesk.rules.duty import Calendar, DutyRefused, Said, due_at
from nightdesk.rules.pack_duties import DutyEntry

LONDON = ZoneInfo("Europe/London")
CHRISTMAS = {date(2026, 12, 25), date(2026, 12, 28)}
CALENDAR = Calendar(LONDON, CHRISTMAS)
HOUR = timedelta(hours=1)
MOMENTS = st.integers(0, 700 * 24 * 60).map(lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=n))


def entry(**more: Any) -> DutyEntry:
    """A duty with this clock."""
    given_ = {
        "id": "x", "source": "s", "source_label": "I", "owner": "o", "review_on": date(2027, 1, 1), "label": "l",
        "do": "d", "starts": "opened", "met_by": "hand", "edition": "e",
    }  # fmt: skip
    return DutyEntry(**(given_ | more))


def local(*parts: int) -> datetime:
    """A moment by the London clock, in UTC."""
    return datetime(*parts, tzinfo=LONDON).astimezone(UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("starts", "days", "ends"),
    [
        (local(2026, 11, 23, 10, 0), 1, local(2026, 11, 25)),  # Monday: until Tuesday is over
        (local(2026, 11, 27, 18, 0), 1, local(2026, 12, 1)),  # Friday evening: Monday
        (local(2026, 11, 28, 2, 0), 1, local(2026, 12, 1)),  # Saturday night: Monday
        (local(2026, 11, 27, 18, 0), 2, local(2026, 12, 2)),
        (local(2026, 12, 24, 9, 0), 1, local(2026, 12, 30)),  # over Christmas
        (local(2026, 10, 23, 23, 30), 1, local(2026, 10, 27)),  # the clocks go back on the Sunday
        (local(2027, 3, 26, 0, 10), 1, local(2027, 3, 30)),  # and forward
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), 1, local(2026, 7, 3)),  # by the local clock it is Wednesday already
    ],
)  # fmt: skip
def test_worked_days_end_at_midnight_by_the_local_clock(starts: datetime, days: int, ends: datetime) -> None:
    """The day on which it begins is not counted; weekends and bank holidays neither."""
    assert due_at(starts, entry(working_days=days), CALENDAR) == ends


@given(MOMENTS, st.integers(1, 6))
def test_a_day_more_is_later_and_the_last_day_is_worked(starts: datetime, days: int) -> None:
    """Against a plain count, day by day."""
    end = due_at(starts, entry(working_days=days), CALENDAR)
    last = end.astimezone(LONDON).date() - timedelta(days=1)
    first = starts.astimezone(LONDON).date()
    between = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    assert sum(CALENDAR.is_worked(day) for day in between) == days
    assert CALENDAR.is_worked(last)
    assert starts < end < due_at(starts, entry(working_days=days + 1), CALENDAR)


@given(MOMENTS, st.floats(0.5, 200))
def test_hours_are_hours_on_every_night(starts: datetime, hours: float) -> None:
    """Also when the clocks change."""
    assert due_at(starts, entry(hours=hours), CALENDAR) - starts == timedelta(hours=hours)


def test_a_time_without_its_zone_is_refused() -> None:
    """It could be an hour wrong."""
    with pytest.raises(ValueError, match="zone"):
        due_at(STARTS.replace(tzinfo=None), entry(hours=1), CALENDAR)


@given(st.lists(st.sampled_from(["start", "meet", "miss", "set_aside", "take_back"]), max_size=12))
def test_whatever_is_tried_a_duty_stays_in_the_table(tried: list[str]) -> None:
    """A move that is not there is refused and changes nothing; a missed one is never on time again."""
    state = rule.OWED
    for move in tried:
        if move in rule.MOVES[state]:
            state = rule.next_state(state, move)
        else:
            with pytest.raises(DutyRefused):
                rule.next_state(state, move)
        assert state in rule.STATES


STARTS = datetime(2026, 11, 23, 10, 0, 30, tzinfo=UTC)
AT = STARTS + 3 * HOUR
OFFER = entry(hours=12.0, met_by="answer")


@pytest.mark.parametrize(
    ("duty", "move", "said", "words"),
    [
        (entry(hours=1.0), "miss", Said(), "Choose one of the steps"),
        (entry(hours=1.0), "leave", Said(), "Choose one of the steps"),
        (entry(hours=1.0, met_by="recording"), "meet", Said(), "Choose one of the steps"),
        (entry(hours=1.0), "set_aside", Said(), "why this duty does not apply"),
        (entry(hours=1.0), "set_aside", Said(ground="no_such"), "why this duty does not apply"),
        (entry(hours=1.0), "take_back", Said(words="  "), "why it is owed after all"),
        (OFFER, "meet", Said(), "what the person answered"),
        (OFFER, "meet", Said(answer="maybe"), "what the person answered"),
        (entry(hours=1.0), "meet", Said(done_at=AT + HOUR), "in the future"),
        (entry(hours=1.0), "meet", Said(done_at=STARTS - HOUR), "before the report"),
    ],
)
def test_what_is_missing_is_said(duty: DutyEntry, move: str, said: Said, words: str) -> None:
    """A clear sentence each."""
    with pytest.raises(DutyRefused, match=words):
        rule.refuse_if_incomplete(duty, move, said, grounds={"asked": 1}, starts_at=STARTS, at=AT)


@pytest.mark.parametrize(
    ("duty", "move", "said"),
    [
        (entry(hours=1.0), "start", Said()),
        (entry(hours=1.0), "meet", Said()),
        (entry(hours=1.0), "meet", Said(done_at=STARTS.replace(second=0))),  # people type minutes
        (OFFER, "meet", Said(answer="declined")),
        (entry(hours=1.0), "set_aside", Said(ground="asked")),
        (entry(hours=1.0, met_by="recording"), "set_aside", Said(ground="asked")),
        (entry(hours=1.0), "take_back", Said(words="wrong case")),
    ],
)
def test_what_is_complete_goes_through(duty: DutyEntry, move: str, said: Said) -> None:
    """No is an answer."""
    rule.refuse_if_incomplete(duty, move, said, grounds={"asked": 1}, starts_at=STARTS, at=AT)


def test_what_was_done_in_time_and_noted_late_was_in_time() -> None:
    """And the other way round; taken back, an old clock does not begin anew."""
    assert rule.met_state(AT, AT) == rule.MET
    assert rule.met_state(AT, AT + HOUR) == rule.MET_LATE
    assert rule.state_after_taking_back(AT, AT - HOUR) == rule.OWED
    assert rule.state_after_taking_back(AT, AT) == rule.MISSED


def test_the_pack_owes_what_the_law_owes() -> None:
    """Recorded in 24 hours; told of key events in one working day."""
    duties = pack().duties
    assert duties["crime_recorded"].hours == 24
    assert duties["person_told"].working_days == 1
    assert {"needs_assessment", "sarc_offered", "isva_offered", "partner_offered"} <= set(duties.ids())
