"""By which indexes the queue's page reads: by none that leads through every case that a unit ever had."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nightdesk.actions.rota_changes import note_absence
from nightdesk.queries.clock import database_now
from nightdesk.records.cases import Case
from nightdesk.rules import queue as rule
from tests.desks.counter_pages import WHAT, Counter
from tests.people import Cast, as_reader, signed_in

# of those that stand in the queue, of what is over in its order, of one state, of one's own, of one case
BOUNDED = re.compile(
    r"(case_queue|case_mine|case_window|case_over|records_case_owner_id_\w+|sqlite_autoindex_records_case_\d) "
    r"|case_of_state \(state=\? AND unit_id=\?\)"
)
OF_CASES = re.compile(r"INDEX (case|records_case|sqlite_autoindex_records_case)_")


def read(page: Counter, path: str) -> list[str]:
    """Each step of the plan of every statement of a page."""
    with CaptureQueriesContext(connection) as captured:
        page.page(path)
    asked = [one["sql"] for one in captured.captured_queries if one["sql"].startswith("SELECT")]
    steps = []
    with connection.cursor() as cursor:
        for statement in asked:
            cursor.execute("EXPLAIN QUERY PLAN " + statement.replace("%", "%%"))
            steps += [row[-1] for row in cursor.fetchall()]
    return steps


def away_at_all(cast: Cast) -> bool:
    """A case of Sana's, who is away."""
    now = database_now()
    told = Counter(signed_in(Client(), cast.priya)).send(what=WHAT)
    times = {"starts_at": now - timedelta(days=2), "ends_at": now + timedelta(days=3)}
    note_absence(actor=as_reader(cast.sana), at=now, staff=cast.sana, kind="sick", **times)
    return bool(Case.objects.filter(disclosure__reference=told).update(owner=cast.sana))


@pytest.mark.once("PostgreSQL chooses by what it has counted: of a handful of rows it reads all")
@pytest.mark.parametrize("chosen", rule.FILTERS)
@pytest.mark.parametrize("who", ["sana", "maud"])
def test_no_filter_reads_every_case_of_a_unit(cast: Cast, who: str, chosen: str) -> None:
    """SQLite does not count its tables, so what it takes here it takes among 200,000 cases."""
    Counter(signed_in(Client(), cast.priya)).send(what=WHAT)
    steps = read(Counter(signed_in(Client(), getattr(cast, who))), f"/staff/cases/?show={chosen}")
    assert any("case_queue" in step for step in steps)
    assert not [step for step in steps if OF_CASES.search(step) and not BOUNDED.search(step)]
    assert not [step for step in steps if re.match(r"SCAN records_(case|attachment)\b(?! USING)", step)]


@pytest.mark.once("PostgreSQL chooses by what it has counted: of a handful of rows it reads all")
def test_what_is_in_quarantine_is_found_by_its_scan(cast: Cast) -> None:
    """Not through every case and its files."""
    steps = read(Counter(signed_in(Client(), cast.maud)), "/staff/cases/")
    assert [step for step in steps if "attachment_of_scan (scan=?" in step]


@pytest.mark.once("PostgreSQL chooses by what it has counted: of a handful of rows it reads all")
def test_what_one_is_asked_now_is_not_looked_for_in_all_one_was_ever_told(cast: Cast) -> None:
    """Every page says it: by the few referrals that wait."""
    steps = read(Counter(signed_in(Client(), cast.sana)), "/staff/cases/")
    assert [step for step in steps if "INDEX referral_of_state (state=?" in step]
    assert not [step for step in steps if "records_page_staff_id" in step]


@pytest.mark.once("PostgreSQL chooses by what it has counted: of a handful of rows it reads all")
def test_the_list_of_somebody_away_reads_the_duties_of_its_cases_only(cast: Cast) -> None:
    """Not those of all cases that run."""
    assert away_at_all(cast)
    steps = read(Counter(signed_in(Client(), cast.maud)), "/staff/cases/away/")
    assert not [step for step in steps if "duty_due" in step]
    assert [step for step in steps if "SEARCH records_duty USING INDEX" in step]
