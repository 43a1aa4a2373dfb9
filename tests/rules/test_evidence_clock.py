"""Nobody loses a sample to a clock that started too early, stopped too soon or was never shown."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.rules.evidence_clock import (
    ASK_THE_SARC,
    COUNTED_FROM_LATEST,
    COUNTED_FROM_REPORT,
    NaiveTime,
    health_windows,
    latest_possible,
    soonest,
    specimen_windows,
)
from nightdesk.rules.pack_entries import Words
from nightdesk.rules.pack_windows import Drug, HealthWindow, HourRange, SpecimenWindow, drug_windows

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
FACTS = {
    "source": "A page",
    "source_label": "S",
    "owner": "Lead",
    "review_on": date(2027, 5, 22),
    "edition": "1",
}


def specimen(entry_id, hours, *sites, order=1, from_hours=0.0, best_hours=None):
    return SpecimenWindow(
        id=entry_id, label=entry_id, advice=f"Offer {entry_id}.", specimen="swab", kind="dna", sites=sites,
        hours=hours, from_hours=from_hours, best_hours=best_hours, order=order, **FACTS,
    )  # fmt: skip


TABLE = (
    specimen("examination", 240),
    specimen("mouth", 48, "oral"),
    specimen("urine", 12),
    specimen("skin", 48, "skin", order=2),
    specimen("clothing", None),
    specimen("hair", None, from_hours=672),
)
GHB = Drug(
    id="ghb", label="GHB", names=("GHB",), slang=("G",), drug_class="B", looks="Clear", dangers=("Sleep",),
    blood_hours=HourRange(4, 8), urine_hours=HourRange(12, 24), **FACTS,
)  # fmt: skip


def ids(windows, state=None):
    return [window.id for window in windows if state in (None, window.state)]


WITH_GHB = (*TABLE, *drug_windows(GHB))
NAMED = frozenset({"ghb"})


def at(hours_ago, table=TABLE, **more):
    return specimen_windows(table, latest_at=NOW - hours_ago * HOUR, now=NOW, **more)


def test_the_clock_with_the_least_time_left_comes_first():
    assert ids(at(1)) == ["urine", "mouth", "skin", "examination", "clothing", "hair"]


def test_what_has_passed_comes_last_and_says_to_ask_the_sarc():
    windows = at(50)
    assert ids(windows) == ["examination", "clothing", "hair", "mouth", "skin", "urine"]
    passed = [window for window in windows if window.state == "passed"]
    assert {window.advice for window in passed} == {ASK_THE_SARC}
    assert {window.remaining_hours for window in passed} == {0}
    assert not any(window.live for window in passed)


def test_no_window_ever_says_that_it_is_too_late():
    for hours_ago in (0, 13, 49, 241, 10_000):
        assert not any("late" in window.advice.lower() for window in at(hours_ago))


def test_a_window_is_offered_up_to_its_very_end():
    assert at(12)[0].id == "urine"
    assert (at(12)[0].live, at(12)[0].remaining_hours) == (True, 0)
    just_after = specimen_windows(TABLE, latest_at=NOW - 12 * HOUR - timedelta(seconds=1), now=NOW)
    assert "urine" in ids(just_after, "passed")


def test_every_figure_of_a_window_is_shown_with_its_source_and_edition():
    window = at(2)[0]
    assert (window.id, window.hours, window.remaining_hours) == ("urine", 12, 10)
    assert (window.ends_at, window.opens_at) == (NOW + 10 * HOUR, NOW - 2 * HOUR)
    assert (window.source, window.source_label, window.edition) == ("A page", "S", "1")
    assert (window.signed, window.review_on, window.label) == (False, date(2027, 5, 22), "urine")
    assert (window.advice, window.counting) == ("Offer urine.", COUNTED_FROM_LATEST)


@pytest.mark.parametrize(
    "sites", [None, frozenset(), frozenset({"not_in_the_pack"}), frozenset({"oral", "elbow"})]
)
def test_a_person_who_does_not_know_what_was_done_has_every_clock_running(sites):
    assert set(ids(at(1, sites=sites))) == {window.id for window in TABLE}


def test_a_known_act_runs_its_own_clocks_and_those_of_every_act():
    assert ids(at(1, sites=frozenset({"oral"}))) == ["urine", "mouth", "examination", "clothing", "hair"]


def test_nothing_known_about_when_counts_from_the_report_and_says_so():
    windows = specimen_windows(TABLE, latest_at=None, now=NOW)
    assert windows[0].ends_at == NOW + 12 * HOUR
    assert {window.counting for window in windows} == {COUNTED_FROM_REPORT}


def test_a_clock_kept_since_a_report_without_a_time_runs_down_and_still_says_so():
    windows = at(5, time_known=False)
    assert (windows[0].remaining_hours, windows[0].counting) == (7, COUNTED_FROM_REPORT)
    assert at(5)[0].counting == COUNTED_FROM_LATEST
    assert health_windows((), latest_at=NOW, now=NOW, time_known=False) == ()


def test_a_latest_time_in_the_future_counts_from_now():
    assert at(-5)[0].ends_at == NOW + 12 * HOUR


def test_what_opens_later_waits_and_then_is_offered():
    hair = next(window for window in at(1) if window.id == "hair")
    assert (hair.state, hair.live, hair.opens_at) == ("later", False, NOW + 671 * HOUR)
    assert "hair" in ids(at(672), "live")


def test_a_named_drug_adds_its_own_clocks_by_the_longest_figure():
    windows = at(1, WITH_GHB, drugs=NAMED)
    assert ids(windows)[:3] == ["ghb_blood", "urine", "ghb_urine"]
    urine = windows[2]
    assert (urine.hours, urine.best_until, urine.advice) == (24, NOW + 11 * HOUR, "Offer a urine sample now.")
    assert set(ids(at(1))) < set(ids(windows))


def test_a_drug_that_nobody_named_runs_no_clock():
    assert ids(at(1, WITH_GHB)) == ids(at(1))
    assert ids(at(1, WITH_GHB, drugs=frozenset({"not_in_the_pack"}))) == ids(at(1))


def test_what_waits_for_nobody_is_first_while_it_runs_whatever_runs_out_sooner():
    table = tuple(replace(window, before_all=window.id == "urine") for window in WITH_GHB)
    assert ids(at(1, table, drugs=NAMED))[:2] == ["urine", "ghb_blood"]
    assert soonest(at(1, table, drugs=NAMED)).id == "ghb_blood"
    assert ids(at(13, table, drugs=NAMED))[0] == "ghb_urine"


def test_a_drug_without_figures_adds_no_clock():
    assert drug_windows(replace(GHB, blood_hours=None, urine_hours=None)) == ()


def test_health_clocks_count_and_sort_in_the_same_way():
    def care(entry_id, **hours):
        words = {
            "label": entry_id,
            "advice": "Offer it.",
            "for_whom": "Anyone",
            "order": 1,
            "say": Words("Ask."),
        }
        return HealthWindow(id=entry_id, **words, **hours, **FACTS)

    table = (
        care("hiv_test", from_hours=1080),
        care("ulipristal", hours=120),
        care("pep", hours=72, best_hours=24),
    )
    windows = health_windows(table, latest_at=NOW - 80 * HOUR, now=NOW)
    assert [(window.id, window.state) for window in windows] == [
        ("ulipristal", "live"), ("hiv_test", "later"), ("pep", "passed"),
    ]  # fmt: skip
    assert windows[2].best_until == NOW - 56 * HOUR


def test_the_soonest_is_live_and_has_an_end():
    assert soonest(at(1)).id == "urine"
    assert soonest(at(20)).id == "mouth"
    assert soonest(at(241)) is None
    assert soonest(()) is None


@pytest.mark.parametrize(
    ("earliest", "latest", "expected"),
    [
        (None, None, NOW),
        (NOW - 9 * HOUR, None, NOW),
        (None, NOW - 3 * HOUR, NOW - 3 * HOUR),
        (NOW - 9 * HOUR, NOW - 3 * HOUR, NOW - 3 * HOUR),
        (NOW - 3 * HOUR, NOW - 3 * HOUR, NOW - 3 * HOUR),
        (None, NOW + HOUR, NOW),
        (NOW + HOUR, NOW + 2 * HOUR, NOW),
    ],
)
def test_it_cannot_have_happened_after_it_was_told(earliest, latest, expected):
    assert latest_possible(earliest, latest, NOW) == expected


def test_times_the_wrong_way_round_are_refused():
    with pytest.raises(ValueError, match="swap them"):
        latest_possible(NOW, NOW - HOUR, NOW)


NAIVE = datetime(2026, 11, 22, 2, 0)  # noqa: DTZ001  the point of the test


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("now", lambda: specimen_windows(TABLE, latest_at=NOW, now=NAIVE)),
        ("latest_at", lambda: specimen_windows(TABLE, latest_at=NAIVE, now=NOW)),
        ("latest_at", lambda: health_windows((), latest_at=NAIVE, now=NOW)),
        ("told_at", lambda: latest_possible(None, None, NAIVE)),
        ("latest_at", lambda: latest_possible(None, NAIVE, NOW)),
        ("earliest_at", lambda: latest_possible(NAIVE, NOW, NOW)),
    ],
)
def test_a_time_without_a_zone_is_refused_by_name(name, call):
    with pytest.raises(NaiveTime, match=f"{name} has no time zone; give an aware time in UTC"):
        call()


@pytest.mark.parametrize(
    ("latest", "ends"),
    [
        # the night the clocks go back in London: twelve hours later the wall clock shows eleven hours more
        (datetime(2026, 10, 25, 0, 30, tzinfo=ZoneInfo("Europe/London")), "2026-10-25T11:30:00+00:00"),
        # the night they go forward
        (datetime(2026, 3, 29, 0, 30, tzinfo=ZoneInfo("Europe/London")), "2026-03-29T12:30:00+00:00"),
        # the hour that comes twice, second time
        (
            datetime(2026, 10, 25, 1, 30, fold=1, tzinfo=ZoneInfo("Europe/London")),
            "2026-10-25T13:30:00+00:00",
        ),
    ],
)
def test_twelve_hours_are_twelve_hours_on_the_night_of_a_clock_change(latest, ends):
    windows = specimen_windows(TABLE, latest_at=latest, now=latest.astimezone(UTC) + timedelta(minutes=1))
    assert windows[0].ends_at.isoformat() == ends
    assert windows[0].ends_at.tzinfo is UTC


MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(
    MOMENTS, st.timedeltas(timedelta(0), timedelta(days=40)), st.timedeltas(timedelta(0), timedelta(days=40))
)
def test_a_later_latest_time_never_ends_a_window_sooner(now, first, second):
    earlier, later = sorted((now - first, now - second))
    before = {window.id: window for window in specimen_windows(TABLE, latest_at=earlier, now=now)}
    after = {window.id: window for window in specimen_windows(TABLE, latest_at=later, now=now)}
    for entry_id, window in after.items():
        if window.ends_at is not None:
            assert window.ends_at >= before[entry_id].ends_at
            assert window.remaining_hours >= before[entry_id].remaining_hours


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=40)), st.permutations(TABLE))
def test_the_order_on_screen_does_not_depend_on_the_order_in_the_file(now, ago, table):
    latest_at = now - ago
    expected = specimen_windows(TABLE, latest_at=latest_at, now=now)
    assert specimen_windows(table, latest_at=latest_at, now=now) == expected
    assert {window.id for window in expected} == {window.id for window in TABLE}


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=40)), st.integers(-12, 14))
def test_the_zone_a_time_is_written_in_changes_nothing(now, ago, offset):
    elsewhere = timezone(timedelta(hours=offset))
    told = specimen_windows(TABLE, latest_at=now - ago, now=now)
    assert (
        specimen_windows(TABLE, latest_at=(now - ago).astimezone(elsewhere), now=now.astimezone(elsewhere))
        == told
    )
