"""The fairness page: shares with and without ethnicity, the switch, the audit of live work, small numbers hidden."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from nightdesk.actions.link_evaluations import keep_evaluation
from nightdesk.queries.clock import database_now
from nightdesk.records.link_candidates import LinkCandidate, LinkMove
from nightdesk.records.link_reports import LinkReport
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.fairness import Asked, counted
from tests.jobs.test_linkage_explore import reported
from tests.people import Cast, make_cast, signed_in


@pytest.fixture
def people(db: None) -> Cast:
    return make_cast(database_now())


def page(who: Any) -> str:
    return str(signed_in(Client(), who).get(reverse("fairness")).content.decode())


def decided(new: LinkReport, earlier: LinkReport, state: str, at: datetime, hours: int) -> None:
    """A candidate with its decision, as the series desk leaves it."""
    row = LinkCandidate(
        vault=new.vault, new=new, earlier=earlier, state=state, why="death", raised_at=at, due_at=at, rank=1, bits=9.0,
        prior=-9.0, reports=2, model="shipped", evidence={},
    )  # fmt: skip
    row.save()
    if state in ("linked", "not_linked"):
        move = {"number": 2, "move": "link", "state": state, "at": at + timedelta(hours=hours)}
        LinkMove(vault=new.vault, candidate=row, words="", **move).save()


def test_before_anything_was_measured_it_says_what_to_do(people: Cast) -> None:
    text = page(people.wen)
    for words in ("No figures were kept yet", "No candidate was raised.", "Not compared", "linkage.toml"):
        assert words in text


def test_shares_stand_side_by_side_and_small_ones_are_hidden(people: Cast) -> None:
    rows = [Asked("victim", "white", rank, False) for rank in [1.0] * 30 + [40.0] * 10]
    rows += [Asked("partner_agency", "asian", 1.0, False)] * 4 + [Asked("anonymous", "asian", 1.0, False)] * 9
    counts = [*counted(rows, ethnicity=False), *counted(rows, ethnicity=True)]
    keep_evaluation(actor=SYSTEM, at=database_now(), model="trained", of="past", reports=53, counts=counts)
    text = page(people.idris)
    assert "75% (60 to 86), of 40" in text
    assert "A partner organisation" in text
    assert "hidden" in text
    assert "of 4<" not in text
    for words in ("Without ethnicity", "With it", "By who reports", "past", "53 reports"):
        assert words in text


def test_live_work_is_counted_by_kind_and_unit(people: Cast) -> None:
    now = database_now()
    earlier = reported(people, drug="ghb", where="the park")
    for n in range(12):
        new = reported(people, drug="ghb", where=f"place {uuid4()}")
        decided(new, earlier, "linked" if n < 5 else "not_linked", now - timedelta(days=2), hours=30)
    decided(reported(people, drug="ghb"), earlier, "waiting", now, hours=0)
    decided(reported(people, drug="ghb"), earlier, "gone", now, hours=0)
    text = page(people.odile)
    for words in ("Unexplained death", "Unit A", "42% (19 to 68), of 12", "30 h", ">13<"):
        assert words in text
