"""Fairness is measured by who reports and by group, with and without ethnicity."""

from typing import Any

import pytest

from nightdesk.actions.link_evaluations import keep_evaluation
from nightdesk.jobs.linkage_fairness import measure
from nightdesk.linkage.weights import shipped
from nightdesk.queries import fairness as queries
from nightdesk.queries.clock import database_now
from nightdesk.records.journal import JournalLine
from nightdesk.rules.access import SYSTEM

BACK = ("moonquay", "redgravel", "tallheron", "icybuttress", "oldwharf")


def told() -> list[dict[str, Any]]:
    """Forty reports: men with a handle that comes back when victims tell, and never when others do."""
    rows: list[dict[str, Any]] = [
        {"handle": f"once{n}", "suspect": f"x{n}", "reporter": "victim"} for n in range(20)
    ]
    rows += [
        {"handle": BACK[n % 5], "suspect": f"s{n % 5}", "reporter": "victim", "ethnicity": "white"}
        for n in range(10)
    ]
    rows += [{"drug": "ketamine", "suspect": f"s{n % 5}", "reporter": "partner_agency"} for n in range(10)]
    return [{"id": str(n), **row} for n, row in enumerate(rows)]


def test_who_tells_more_is_found_and_ethnicity_moves_only_those_who_have_one() -> None:
    found = {(one.by, one.code, one.ethnicity): one for one in measure(told(), shipped())}
    victims, partners = (found["reporter", code, False] for code in ("victim", "partner_agency"))
    assert (victims.reports, victims.queries, victims.first) == (10, 5, 5)
    assert (partners.reports, partners.queries, partners.first) == (10, 10, 0)
    assert {code for by, code, _ in found if by == "group"} == {"white", "not_recorded"}
    assert found["reporter", "partner_agency", True].wrong == partners.wrong


def test_a_report_without_its_truth_is_refused() -> None:
    with pytest.raises(KeyError):
        measure([{"id": "1"}, {"id": "2"}], shipped())


@pytest.mark.django_db
def test_a_run_is_kept_with_one_line_of_counts() -> None:
    counts = measure(told(), shipped(), every=5)
    keep_evaluation(actor=SYSTEM, at=database_now(), model="shipped", of="told", reports=40, counts=counts)
    seen = queries.newest(SYSTEM)
    assert seen is not None
    assert (seen.of, seen.reports, list(seen.counts)) == ("told", 40, counts)
    assert JournalLine.objects.get(kind="evaluation_noted").facts == {"of": "told", "reports": 40}
