"""Runs that look back: what of their proposals nobody has decided is counted by the database, run by run."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from nightdesk.queries.look_backs import runs
from nightdesk.records.flags import CaseFlag, LookBack
from tests.actions.flags import told
from tests.people import as_reader


def test_what_is_not_decided_is_counted_by_run_and_not_fetched(cast: Any, now: datetime) -> None:
    """Two runs, one with two that wait and one that was decided: a line of counts comes back, not a line a flag."""
    first, second = (run(now + timedelta(days=day)) for day in range(2))
    for at, states in ((first, ("proposed", "proposed", "declined")), (second, ())):
        for state in states:
            flag(told(cast, now), at, state)
    with CaptureQueriesContext(connection) as asked:
        found = runs(as_reader(cast.maud))
    assert [row.still for row in found] == [0, 2]
    assert "COUNT(" in asked.captured_queries[-1]["sql"]


def run(at: datetime) -> LookBack:
    """A run that has ended."""
    return LookBack.objects.create(
        since_at=at, until_at=at, begun_at=at, ended_at=at, codes=[], proposed={}, editions=[], total=0
    )


def flag(disclosure: Any, of: LookBack, state: str) -> None:
    """Online harm, as this run found it."""
    CaseFlag.objects.create(
        disclosure=disclosure, vault=disclosure.vault, code="online", state=state, origin="look_back", found_at=of.begun_at,
        edition="1", run=of, grounds=[], version=disclosure.versions.first(),
    )  # fmt: skip
