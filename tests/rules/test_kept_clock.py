"""A clock never promises more than the edition that gave it, and its kept list gives nothing of the act away."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.outside.packs import read_pack
from nightdesk.rules.evidence_clock import ASK_THE_SARC, health_windows, specimen_windows, that_matter
from nightdesk.rules.kept_clock import (
    differs,
    figures,
    first_end,
    from_time,
    kept_health,
    kept_specimens,
    next_end,
    overdue_since,
)
from nightdesk.rules.pack_windows import TimedEntry

PACK = read_pack("england_wales")
NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
AGO = st.timedeltas(timedelta(0), timedelta(days=60))
SITES = st.sets(st.sampled_from([*PACK.sites.ids(), "not_in_the_pack"]))
DRUGS = st.sets(st.sampled_from([*PACK.drugs.ids(), "not_in_the_pack"]))


def keep(entries: Any, runs_from: datetime) -> Any:
    """The entries as rows, counted from `runs_from`."""
    return from_time(figures(entries), runs_from)


def read_back(entries: tuple[TimedEntry, ...], runs_from: datetime) -> list[dict[str, object]]:
    """As the database gives it back."""
    return json.loads(json.dumps(keep(entries, runs_from)))


def test_what_is_kept_comes_back_as_it_was():
    runs_from = NOW - timedelta(hours=6)
    specimens = kept_specimens(read_back(PACK.timed(), runs_from))
    before = {
        window.id: replace(window, card=None, note="", source="", owner="", signed_by="", signed_on=None)
        for window in PACK.timed()
    }
    assert {window.id: window for window in specimens} == before
    health = kept_health(read_back(tuple(PACK.health), runs_from))
    assert {care.id: care.say.en for care in health} == {care.id: care.say.en for care in PACK.health}


def test_the_kept_list_starts_with_the_shortest_and_ends_with_what_has_no_limit():
    hours = [row["hours"] for row in keep(PACK.timed(), NOW)]
    limited = [figure for figure in hours if figure is not None]
    assert hours == sorted(limited) + [None] * (len(hours) - len(limited))


@given(MOMENTS, AGO, AGO, SITES, DRUGS)
def test_no_clock_promises_more_than_its_edition(now, ago, until_read, sites, drugs):
    """Kept, read back and shown later: each end is the latest possible time and the edition's hours, never more."""
    runs_from = now - ago
    rows = {row["id"]: row for row in read_back((*PACK.timed(), *PACK.health), runs_from)}
    kept = read_back(PACK.timed(), runs_from)
    shown = specimen_windows(
        kept_specimens(kept),
        latest_at=runs_from,
        now=now + until_read,
        sites=frozenset(sites),
        drugs=frozenset(drugs),
    )
    care = health_windows(
        kept_health(read_back(tuple(PACK.health), runs_from)), latest_at=runs_from, now=now + until_read
    )
    for window in (*shown, *care):
        hours = (PACK.health.get(window.id) or next(w for w in PACK.timed() if w.id == window.id)).hours
        expected = None if hours is None else runs_from + timedelta(hours=hours)
        assert window.ends_at == expected
        assert rows[window.id]["ends_at"] == (expected.isoformat() if expected else None)
        assert "late" not in window.advice.lower().split()
        assert (window.advice == ASK_THE_SARC) == (window.state == "passed")


@given(SITES, DRUGS)
def test_not_known_runs_every_clock_and_a_drug_only_adds(sites, drugs):
    table = PACK.timed()
    chosen, named = frozenset(sites), frozenset(drugs)
    every = that_matter(table, None, frozenset())
    assert {window.id for window in every} == set(PACK.specimens.ids())
    assert set(that_matter(table, chosen, frozenset())) <= set(that_matter(table, chosen, named))
    assert set(that_matter(table, chosen, named)) <= set(that_matter(table, None, named))
    if not sites or "not_in_the_pack" in sites:
        assert that_matter(table, chosen, named) == that_matter(table, None, named)


@given(MOMENTS, AGO, SITES, DRUGS)
def test_what_is_kept_in_clear_is_the_same_whatever_was_done(now, ago, sites, drugs):
    """The rows and the queue's first end take no facts of the act, and every drug and site of the pack is among the rows."""
    rows = keep(PACK.timed(), now - ago)
    assert {row["drug"] for row in rows if row.get("drug")} == {
        drug.id for drug in PACK.drugs if drug.urine_hours or drug.blood_hours
    }
    assert {site for row in rows for site in row["sites"]} == set(PACK.sites.ids())
    end = first_end(kept_specimens(rows), now - ago, now)
    ends = [w.ends_at for w in specimen_windows(PACK.specimens, latest_at=now - ago, now=now) if w.live]
    assert end == min((moment for moment in ends if moment), default=None)
    assert next_end(read_back(PACK.timed(), now - ago), now) == end


def test_a_window_of_a_drug_never_moves_the_queue():
    """GHB in blood goes within 8 hours, the first urine within 12: the queue's column must not tell which was named."""
    assert first_end(kept_specimens(keep(PACK.timed(), NOW)), NOW, NOW) == NOW + timedelta(hours=12)


@pytest.mark.parametrize(
    "change", [{"hours": 13.0}, {"edition": "2027-05"}, {"from_hours": 1.0}, {"best_hours": 2.0}]
)
def test_a_newer_edition_is_noticed(change):
    rows = keep(PACK.timed(), NOW)
    assert not differs(rows, PACK.timed())
    newer = [replace(w, **change) if w.id == "first_urine" else w for w in PACK.timed()]
    assert differs(rows, newer)
    assert differs(rows, PACK.timed()[1:])
    assert differs(rows[1:], PACK.timed())


def test_an_edition_past_its_review_says_since_when():
    assert overdue_since(PACK.timed(), date(2027, 5, 22)) is None
    assert overdue_since(PACK.timed(), date(2027, 5, 23)) == date(2027, 5, 22)
    assert overdue_since((), date(2027, 5, 23)) is None
