"""Who is on follows from what repeats, who is away and who stands in; the clock on the wall decides."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nightdesk.rules.rota import (
    Away,
    Pattern,
    RotaRefused,
    Span,
    Stand,
    moments,
    on_duty_spans,
    pattern_spans,
    refuse_if_senseless,
    turn_of,
    without,
)

LONDON = ZoneInfo("Europe/London")
MONDAY = date(2026, 11, 23)
HOUR = timedelta(hours=1)


def pattern(**changes: object) -> Pattern:
    """Nights, ten to six, every day, Sana for a week and then Rae."""
    plain = {
        "id": "nights", "layer": "soit", "starts_on": MONDAY, "begins": time(22), "minutes": 480,
        "weekdays": frozenset(range(7)), "turn_days": 7, "on_holidays": "as_usual", "members": ("sana", "rae"),
    }  # fmt: skip
    return Pattern(**(plain | changes))  # type: ignore[arg-type]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def spans(one: Pattern, first: str, last: str, holidays: frozenset[date] = frozenset()) -> list[Span]:
    return list(pattern_spans(one, at(first), at(last), zone=LONDON, holidays=holidays))


@pytest.mark.parametrize(
    ("day", "who"),
    [("2026-11-23", "sana"), ("2026-11-29", "sana"), ("2026-11-30", "rae"), ("2026-12-07", "sana")],
)
def test_each_member_has_their_turn_and_then_the_next(day, who):
    assert turn_of(pattern(), date.fromisoformat(day)) == who


@pytest.mark.parametrize(
    ("day", "begins", "minutes", "hours"),
    [
        (date(2026, 11, 23), time(22), 480, 8),
        (date(2026, 10, 24), time(22), 480, 9),  # the clocks go back: the night has an hour more
        (date(2026, 3, 28), time(22), 480, 7),  # they go forward: one less
        (date(2026, 10, 25), time(1, 30), 60, 2),  # half past one comes twice: from the first …
        (date(2026, 10, 24), time(17, 30), 480, 9),  # … and until the second
        (
            date(2026, 3, 29),
            time(1, 30),
            60,
            1,
        ),  # half past one does not come: from half past midnight in UTC
    ],
)
def test_a_turn_is_as_long_as_the_clock_on_the_wall_makes_it(day, begins, minutes, hours):
    start, end = moments(day, begins, minutes, LONDON)
    assert end - start >= hours * HOUR
    assert end - start <= (hours + 1) * HOUR


def test_the_night_the_clocks_go_back_leaves_no_hour_without_anybody():
    """Late turn until half past one, night turn from half past one: half past one comes twice."""
    day = date(2026, 10, 24)
    _, late_ends = moments(day, time(17, 30), 480, LONDON)
    night_begins, _ = moments(day + timedelta(days=1), time(1, 30), 480, LONDON)
    assert night_begins <= late_ends


def test_a_night_that_began_before_the_time_asked_for_is_in_it():
    found = spans(pattern(), "2026-11-24T03:00", "2026-11-24T04:00")
    assert [(one.staff, one.starts_at) for one in found] == [("sana", at("2026-11-23T22:00"))]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, 7),
        ({"weekdays": frozenset({5, 6})}, 2),
        ({"ends_on": date(2026, 11, 25)}, 3),
        ({"on_holidays": "left_out"}, 6),
        ({"on_holidays": "only"}, 1),
    ],
)
def test_days_of_the_week_the_last_day_and_bank_holidays_count(changes, expected):
    holidays = frozenset({date(2026, 11, 26)})
    found = spans(pattern(**changes), "2026-11-23T12:00", "2026-11-30T12:00", holidays)
    assert len(found) == expected


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"members": ()}, "at least one person"),
        ({"weekdays": frozenset()}, "at least one day"),
        ({"weekdays": frozenset({9})}, "at least one day"),
        ({"minutes": 0}, "one minute to 24 hours"),
        ({"minutes": 1441}, "one minute to 24 hours"),
        ({"turn_days": 0}, "at least one day before the next"),
        ({"ends_on": date(2026, 11, 22)}, "last day lies before"),
    ],
)
def test_a_pattern_that_puts_nobody_on_is_refused_with_what_to_mend(changes, sentence):
    with pytest.raises(RotaRefused, match=sentence):
        refuse_if_senseless(pattern(**changes))


def test_who_is_away_is_taken_out_and_comes_back_for_the_rest():
    span = Span("sana", "soit", at("2026-11-23T22:00"), at("2026-11-24T06:00"))
    left = without(span, [(at("2026-11-24T01:00"), at("2026-11-24T03:00"))])
    assert [(one.starts_at.hour, one.ends_at.hour) for one in left] == [(22, 1), (3, 6)]
    assert without(span, [(at("2026-11-23T00:00"), at("2026-11-25T00:00"))]) == []


def test_who_stands_in_is_on_instead_and_only_in_that_layer():
    stand = Stand("s1", "soit", "rae", at("2026-11-23T22:00"), at("2026-11-24T02:00"), instead_of="sana")
    second = pattern(id="second", layer="second")
    found = on_duty_spans(
        [pattern(), second], [], [stand], at("2026-11-23T20:00"), at("2026-11-24T08:00"), zone=LONDON, holidays=()
    )  # fmt: skip
    assert [(one.layer, one.staff, one.starts_at.hour, one.ends_at.hour) for one in found] == [
        ("second", "sana", 22, 6),
        ("soit", "rae", 22, 2),
        ("soit", "sana", 2, 6),
    ]


# ---- the resolver against brute force: minute by minute, whoever the rota puts on is on ------------------------------

START = datetime(2026, 10, 23, 12, tzinfo=UTC)  # over the night on which the clocks go back
STAFF = st.sampled_from(["sana", "rae", "kofi"])
LAYER = st.sampled_from(["soit", "second"])
TIMES = st.tuples(st.integers(0, 96), st.integers(1, 40)).map(
    lambda pair: (
        START + timedelta(minutes=30 * pair[0]),
        START + timedelta(minutes=30 * (pair[0] + pair[1])),
    )
)
PATTERNS = st.builds(
    lambda n, layer, begins, minutes, days, turn, members: pattern(
        id=f"p{n}", layer=layer, starts_on=date(2026, 10, 20), begins=time(begins), minutes=minutes * 30,
        weekdays=frozenset(days), turn_days=turn, members=tuple(members),
    ),
    st.integers(0, 99), LAYER, st.integers(0, 23), st.integers(1, 48), st.sets(st.integers(0, 6), min_size=1),
    st.integers(1, 3), st.lists(STAFF, min_size=1, max_size=3),
)  # fmt: skip
AWAY = st.builds(lambda staff, times: Away(staff, *times), STAFF, TIMES)
STAND = st.tuples(LAYER, STAFF, TIMES, st.sampled_from(["", "sana", "rae"]))
STANDS = st.lists(STAND, max_size=3).map(
    lambda drawn: [
        Stand(f"s{n}", layer, staff, *times, gone) for n, (layer, staff, times, gone) in enumerate(drawn)
    ]
)


def _is_on(staff, layer, moment, patterns, away, stands) -> bool:
    """Brute force: at this one moment, by the plain words of the rule."""
    if any(one.staff == staff and one.starts_at <= moment < one.ends_at for one in away):
        return False
    holds = [s for s in stands if s.layer == layer and s.starts_at <= moment < s.ends_at]
    if any(
        s.staff == staff and not any(o.instead_of == staff and o.id != s.id for o in holds) for s in holds
    ):
        return True
    if any(s.instead_of == staff for s in holds):
        return False
    for one in patterns:
        for back in range(3):
            day = moment.astimezone(LONDON).date() - timedelta(days=back)
            if one.layer != layer or day < one.starts_on or day.weekday() not in one.weekdays:
                continue
            begins, ends = moments(day, one.begins, one.minutes, LONDON)
            if begins <= moment < ends and turn_of(one, day) == staff:
                return True
    return False


@settings(max_examples=60)
@given(patterns=st.lists(PATTERNS, max_size=3), away=st.lists(AWAY, max_size=3), stands=STANDS)
def test_at_any_moment_the_shifts_say_what_the_rota_says(patterns, away, stands):
    found = on_duty_spans(patterns, away, stands, START, START + 60 * HOUR, zone=LONDON, holidays=())
    for minutes in range(7, 60 * 60, 30):
        moment = START + timedelta(minutes=minutes)
        for layer in ("soit", "second"):
            on = {s.staff for s in found if s.layer == layer and s.starts_at <= moment < s.ends_at}
            expected = {
                w for w in ("sana", "rae", "kofi") if _is_on(w, layer, moment, patterns, away, stands)
            }
            assert on == expected, (moment, layer)
