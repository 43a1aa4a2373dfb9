"""The demo has deaths to look at: one in short, one with its card and a correction, one with nothing that stands out."""

from nightdesk.queries.deaths import death, deaths
from nightdesk.records.staff import Staff
from nightdesk.rules.access import Reader
from nightdesk.rules.terms import ANALYST
from tests.jobs.demo_made import force

__all__ = ["force"]


def test_the_deaths_show_what_the_pages_can_do(force: None) -> None:
    analyst = Reader(str(Staff.objects.filter(role=ANALYST).first().pk), ANALYST)  # type: ignore[union-attr]
    rows, more = deaths(analyst)
    seen = [death(analyst, row.reference) for row in rows]
    assert not more
    assert [one and (one.row.source, one.row.versions, one.met) for one in seen] == [
        ("counter", 1, ()),
        ("coroner", 2, ("ghb", "bottle", "phone_missing", "moved")),
        ("counter", 1, ()),
    ]
