"""Looking back in the background: by the worker, a moment at a time, to the end."""

import threading
from datetime import datetime, timedelta
from typing import Any

from nightdesk.actions import look_backs
from nightdesk.actions.look_backs import begin_look_back
from nightdesk.jobs.look_back import go_on_looking_back
from nightdesk.jobs.worker import Worker
from nightdesk.records.flags import CaseFlag, LookBack
from nightdesk.rules.access import SYSTEM
from tests.actions.test_look_backs import older
from tests.jobs.test_worker import Clock

YEAR = timedelta(days=365)


def test_a_worker_goes_on_with_a_run_until_it_is_done(cast: Any, now: datetime) -> None:
    """Started by somebody else; nobody has to wait beside it."""
    older(cast, now)
    begin_look_back(actor=SYSTEM, at=now, since_at=now - YEAR)
    worker = Worker(threading.Event(), seconds=1, now=Clock(now))
    worker.round()
    assert LookBack.objects.get().ended_at is not None
    assert CaseFlag.objects.exists()


def test_it_stops_after_a_moment_and_the_next_round_goes_on(
    cast: Any, now: datetime, monkeypatch: Any
) -> None:
    """A batch at least, so that it always comes to an end; then the worker looks after its pages."""
    for _ in range(3):
        older(cast, now)
    monkeypatch.setattr(look_backs.read_batch, "__kwdefaults__", {"most": 1})
    begin_look_back(actor=SYSTEM, at=now, since_at=now - YEAR)
    assert go_on_looking_back(now, at_most=0) == 1
    assert LookBack.objects.get().read == 1
    rounds = 1
    while LookBack.objects.get().ended_at is None:
        rounds += go_on_looking_back(now, at_most=0)
    assert rounds == 4
    assert go_on_looking_back(now) == 0
