"""What is done every so often: once, whoever comes first, again after a death, and never in the way of a page."""

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest

from nightdesk.actions.periodic import claim_job, note_job_done
from nightdesk.jobs.worker import PERIODIC, Periodic, Worker
from nightdesk.records.messages import Heartbeat
from tests.actions.together import at_once, without_faults
from tests.jobs.test_worker import Clock

SECOND = timedelta(seconds=1)


def claim(at: datetime) -> bool:
    """An hourly job."""
    return claim_job(at=at, name="cover", every=3600, again=60)


def test_it_is_done_at_once_and_then_every_hour(db: None, now: datetime) -> None:
    """A worker that was just set up does not wait for an hour."""
    assert claim(now)
    note_job_done(at=now, name="cover")
    assert not claim(now + 3599 * SECOND)
    assert claim(now + 3600 * SECOND)


def test_after_the_death_of_its_worker_it_is_done_a_minute_later(db: None, now: datetime) -> None:
    """Claimed, and never noted as done."""
    assert claim(now)
    assert not claim(now + 59 * SECOND)
    assert claim(now + 60 * SECOND)


def test_many_workers_do_it_once(journey_db: None, now: datetime) -> None:
    """At the same moment, also the first time ever."""
    assert sum(without_faults(at_once(*[lambda: claim(now)] * 5))) == 1
    note_job_done(at=now, name="cover")
    assert sum(without_faults(at_once(*[lambda: claim(now + 3600 * SECOND)] * 5))) == 1


def test_a_fault_in_one_holds_up_nothing(db: None, now: datetime, capfd: pytest.CaptureFixture[str]) -> None:
    """It is logged by its kind, tried again, the others are done, and the pager is alive."""
    done: list[datetime] = []

    def broken(_: datetime) -> None:
        raise KeyError("somebody's name")

    clock = Clock(now)
    jobs = [Periodic("broken", 3600, broken), Periodic("fine", 3600, done.append)]
    worker = Worker(threading.Event(), seconds=1, now=clock, periodic=jobs)
    assert worker.try_round()
    assert worker.try_round()
    assert done == [now]
    said = capfd.readouterr().err
    assert said.count("periodic_failed") == 1
    assert "somebody" not in said
    assert Heartbeat.objects.filter(name="worker").exists()
    clock.pass_(seconds=60)
    worker.try_round()
    assert "periodic_failed" in capfd.readouterr().err


def test_each_has_a_name_of_its_own() -> None:
    """Or one would hold up the other."""
    names: list[Any] = [job.name for job in PERIODIC]
    assert len(names) == len(set(names))
    assert all(len(f"job:{name}") <= 40 for name in names)
