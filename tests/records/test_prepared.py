"""The soonest time in a column: asked with one statement that is put together once, and right whatever it is asked of."""

from datetime import datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from nightdesk.records.messages import Heartbeat
from nightdesk.records.prepared import Soonest
from nightdesk.records.referrals import Referral

SECOND = timedelta(seconds=1)


def test_it_is_the_soonest_of_the_rows_asked_for(db: None, now: datetime) -> None:
    """Whatever else is in the table, and in the order of nothing."""
    for name, seconds in (("job:b", 9), ("worker", 1), ("job:a", 5)):
        Heartbeat.objects.create(name=name, at=now + seconds * SECOND)
    jobs = Soonest(Heartbeat.objects.filter(name__startswith="job:"), "at")
    assert jobs.at() == now + 5 * SECOND
    Heartbeat.objects.filter(name="job:a").update(at=now + 20 * SECOND)
    assert jobs.at() == now + 9 * SECOND


def test_a_time_is_due_from_that_moment_on(db: None, now: datetime) -> None:
    """Not a microsecond before, and later too."""
    Heartbeat.objects.create(name="job:a", at=now + timedelta(microseconds=1))
    beats = Soonest(Heartbeat.objects.all(), "at")
    assert not beats.is_due(now)
    assert beats.is_due(now + timedelta(microseconds=1))
    assert beats.is_due(now + timedelta(days=400))


def test_without_a_row_nothing_is_due(db: None, now: datetime) -> None:
    """An empty table."""
    assert Soonest(Referral.objects.all(), "next_step_at").at() is None
    assert not Soonest(Heartbeat.objects.all(), "at").is_due(now)


def test_it_is_one_small_statement(db: None, now: datetime) -> None:
    """Asked every two seconds by each worker: it locks nothing, and fetches one time."""
    steps = Soonest(Referral.objects.all(), "next_step_at")
    with CaptureQueriesContext(connection) as asked:
        steps.is_due(now)
        steps.is_due(now + SECOND)
    first, second = (query["sql"] for query in asked.captured_queries)
    assert first == second
    assert first.upper().startswith("SELECT")
    assert first.upper().endswith("LIMIT 1")
    assert "FOR " not in first.upper()
