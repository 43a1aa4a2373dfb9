"""What is done every so often, as its rows have it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from nightdesk.records.messages import JOB, Heartbeat
from nightdesk.records.prepared import Prepared, aware
from nightdesk.rules.access import Reader

_ROWS: Final = Prepared(Heartbeat.objects.filter(name__startswith=JOB).values_list("name", "at"))


def due_jobs(reader: Reader, *, at: datetime, jobs: Iterable[tuple[str, int]]) -> frozenset[str]:
    """Which of `jobs` (name, seconds) were last done so many seconds ago, or never. Whoever does one takes it first.

    One statement for all of them, and no lock: the usual answer, every two seconds, is “none”.
    """
    done = {name.removeprefix(JOB): aware(done_at) for name, done_at in _ROWS.rows()}
    return frozenset(
        name for name, seconds in jobs if name not in done or done[name] <= at - timedelta(seconds=seconds)
    )
