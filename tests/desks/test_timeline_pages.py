"""The timeline of a case: everything that happened, newest first, in words; nothing sealed; who looked, for its owner."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nightdesk.queries import timeline as queries
from nightdesk.records.journal import JournalLine
from tests.desks.counter_pages import WHAT, Counter
from tests.people import Cast, signed_in


@pytest.fixture
def reference(cast: Cast) -> str:
    """A disclosure that Priya took, which Sana answered."""
    from nightdesk.actions.referrals import acknowledge_page
    from nightdesk.actions.worker import take_due_step
    from nightdesk.queries.clock import database_now
    from nightdesk.records.referrals import Page

    counter = Counter(signed_in(Client(), cast.priya))
    told = counter.send(what=WHAT, call_me="Jo", **{"suspect0-handle": "nightowl"})
    counter.on_duty_now(cast)
    take_due_step(at=database_now(), address="http://127.0.0.1")
    acknowledge_page(at=database_now(), token=Page.objects.get(staff=cast.sana).token)
    return told


def of(cast: Cast, name: str) -> Counter:
    """Somebody of the cast at a desk."""
    return Counter(signed_in(Client(), getattr(cast, name)))


def test_it_says_what_happened_newest_first_and_nothing_that_was_said(cast: Cast, reference: str) -> None:
    """With who did it; the system by its name; links to the pages that say more."""
    page = of(cast, "sana").page(f"/staff/cases/{reference}/timeline/")
    for words in (
        "Sana has the case from now on",
        "The call-out was answered",
        "by Priya",
        "by Nightdesk",
        "Somebody began",
    ):
        assert words in page
    assert (
        page.index("Sana has the case") < page.index("The basics were sent on") < page.index("Somebody began")
    )
    assert not [words for words in (WHAT, "nightowl", "Jo<") if words in page]
    assert f'href="/staff/paging/{reference}/"' in page


def test_the_case_shows_the_newest_few_and_the_way_to_all(cast: Cast, reference: str) -> None:
    """For whoever works on it; a reader with a reason sees the few without the way."""
    page = of(cast, "sana").page(f"/staff/cases/{reference}/")
    assert "What happened last" in page
    assert f'href="/staff/cases/{reference}/timeline/"' in page
    stranger = of(cast, "kofi").reason(f"/staff/cases/{reference}/").content.decode()
    assert "What happened last" in stranger
    assert "/timeline/" not in stranger


def test_a_filter_lists_as_many_as_it_says(
    cast: Cast, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each group, all pages of it."""
    monkeypatch.setattr(queries, "A_PAGE", 3)
    sana = of(cast, "sana")
    sana.page(f"/staff/cases/{reference}/")
    for answer in (
        sana.get(f"/staff/cases/{reference}/timeline/?kind={kind}")
        for kind in ("", "told", "paging", "owner")
    ):
        context = answer.context
        (said,) = [one["count"] for one in context["filters"] if one["chosen"]]
        href = next(one["href"] for one in context["filters"] if one["chosen"])
        joint = "&" if "?" in href else "?"
        listed = [
            event for number in range(context["page_count"])
            for event in sana.get(f"{href}{joint}page={number + 1}").context["events"]
        ]  # fmt: skip
        assert len(listed) == said > 0


@pytest.mark.parametrize(("name", "sees"), [("sana", True), ("maud", True), ("rae", False)])
def test_who_looked_is_shown_to_the_owner_and_the_supervisor(
    cast: Cast, reference: str, name: str, sees: bool
) -> None:
    """With the reason; a colleague of the unit is shown everything else."""
    of(cast, "kofi").reason(f"/staff/cases/{reference}/", "linked")
    page = of(cast, name).page(f"/staff/cases/{reference}/timeline/?kind=reading")
    assert ("Looked at: the case (I work on a report that may be linked to it)" in page) is sees
    assert ("by Kofi" in page) is sees
    assert "by Kofi" not in of(cast, name).page(f"/staff/cases/{reference}/timeline/")


@pytest.mark.parametrize("name", ["kofi"])
def test_another_unit_is_refused_and_that_is_kept(cast: Cast, reference: str, name: str) -> None:
    """A reason opens a case, not its history."""
    answer = of(cast, name).get(f"/staff/cases/{reference}/timeline/")
    assert answer.status_code == 404
    line = JournalLine.objects.order_by("-seq")[0]
    assert (line.kind, line.facts) == ("access_refused", {"what": "timeline"})


@pytest.mark.parametrize(
    "asked", ["?kind=no-such", "?page=x", "?page=0", "?page=99999", "?page=-1&kind=%00", "?kind=reading"]
)
def test_a_filter_or_a_page_that_is_none_is_the_nearest_there_is(
    cast: Cast, reference: str, asked: str
) -> None:
    """Nothing breaks."""
    assert "Timeline" in of(cast, "rae").page(f"/staff/cases/{reference}/timeline/{asked}")


def test_it_costs_the_same_for_few_lines_and_for_many(cast: Cast, reference: str, now: datetime) -> None:
    """A flat number of statements."""
    sana, costs = of(cast, "sana"), []
    for _ in range(3):
        for _line in range(10):
            sana.get(f"/staff/cases/{reference}/clock/")
        with CaptureQueriesContext(connection) as captured:
            sana.page(f"/staff/cases/{reference}/timeline/")
        costs.append(len(captured))
    assert len(set(costs[1:])) == 1


def test_a_line_of_a_later_edition_is_left_out(cast: Cast, reference: str, now: datetime) -> None:
    """The page goes by the kinds it has words for."""
    newest: Any = JournalLine.objects.order_by("-seq")[0]
    JournalLine.objects.create(
        seq=newest.seq + 1, at=now, kind="of_the_future", actor="system", role="system", subject=reference, facts={},
        previous=bytes(newest.digest), digest=b"x" * 32,
    )  # fmt: skip
    assert "future" not in of(cast, "sana").page(f"/staff/cases/{reference}/timeline/")
