"""The demo shows the queue: somebody who has cases is off sick, a supervisor has looked at one, the others wait."""

from nightdesk.queries.away import away_cases, waiting
from nightdesk.queries.queue import queue
from nightdesk.queries.readers import reader_of
from nightdesk.records.staff import Staff
from nightdesk.rules import queue as rule
from tests.jobs.demo_made import NOW, force

__all__ = ["force"]


def test_cases_of_somebody_away_are_there_seen_and_unseen(force: None) -> None:
    """As the supervisor of the city sees them."""
    maud = reader_of(Staff.objects.get(username="maud"))
    rows, _more = away_cases(maud, NOW)
    assert {row.done for row in rows if not row.unseen} <= {"stays"}
    assert waiting(maud, NOW) == sum(row.unseen for row in rows) > 0
    counts = queue(maud, NOW).counts
    assert counts[rule.AWAY] == len(rows)
    assert counts[rule.SUPERVISOR]
    assert counts[rule.CLOSED]
