"""The fairness page: shares with and without ethnicity, the switch, the audit of live work, small numbers hidden."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format

from nightdesk.actions.link_audits import note_switch
from nightdesk.actions.link_evaluations import keep_evaluation
from nightdesk.desks.series.shown_fairness import WORDS, switch_facts
from nightdesk.jobs.linkage_audit import count_live_work, note_switches
from nightdesk.outside.current import pack
from nightdesk.queries.clock import database_now
from nightdesk.records.link_candidates import LinkCandidate, LinkMove
from nightdesk.records.link_reports import LinkReport
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.fairness import Asked, counted
from nightdesk.rules.link_audit import BANDS
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
    for words in ("No figures were kept yet", "Nothing was counted yet", "Not compared", "linkage.toml"):
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


def test_live_work_is_counted_by_kind_age_and_unit(people: Cast) -> None:
    now = database_now()
    earlier = reported(people, drug="ghb", where="the park")
    for n in range(12):
        new = reported(people, drug="ghb", where=f"place {uuid4()}", age="22" if n < 6 else "")
        decided(new, earlier, "linked" if n < 5 else "not_linked", now - timedelta(days=2), hours=30)
    decided(reported(people, drug="ghb"), earlier, "waiting", now, hours=0)
    decided(reported(people, drug="ghb"), earlier, "gone", now, hours=0)
    count_live_work(now)
    text = page(people.odile)
    for words in (
        "Unexplained death", "Unit A", "42% (19 to 68), of 12", "30 h", ">13<", "By the age of the person it happened to",
        "18 to 24", ">6<", "Not recorded", ">7<", "All of them were raised without ethnicity.",
    ):  # fmt: skip
        assert words in text, words
    assert "Raised with ethnicity compared" not in text


def test_live_work_is_told_apart_where_ethnicity_was_compared(people: Cast) -> None:
    """In the order of ages, whatever the order of the codes."""
    now = database_now()
    note_switch(
        at=now - timedelta(days=9), switch=replace(pack().link_switches["ethnicity"], on=True), edition="7"
    )
    earlier = reported(people, drug="ghb", where="the park")
    for age in ["70"] * 5 + ["9"] * 6:
        decided(reported(people, drug="ghb", age=age), earlier, "waiting", now, hours=0)
    count_live_work(now)
    text = page(people.wen)
    assert "All of them were raised with ethnicity compared." in text
    assert text.index("Under 18") < text.index("55 and over")
    for _n in range(5):
        decided(reported(people, drug="ghb", age="30"), earlier, "waiting", now - timedelta(days=10), hours=0)
    count_live_work(now)
    both = page(people.wen)
    assert "Raised with ethnicity compared" in both
    assert both.index("Raised without ethnicity") < both.index("25 to 34") < both.index("55 and over")
    assert "The linkage worker still does what the pack said before" in text


def test_the_switch_is_shown_with_since_when_by_which_edition_and_who_answers(people: Cast) -> None:
    before = page(people.idris)
    assert "The linkage worker has not begun here yet" in before
    note_switches(database_now())
    text = page(people.idris)
    switch, about = pack().link_switches["ethnicity"], pack().about
    for words in (
        "Not compared since", f"by edition {about.edition} of the pack.", "Who answers for it", switch.owner,
        "To be looked at again by", date_format(switch.review_on, "j F Y"), "Not signed by the force",
    ):  # fmt: skip
        assert words in text, words
    assert "that day is past" not in text


def test_a_review_that_is_overdue_and_a_signature_are_said() -> None:
    switch = replace(
        pack().link_switches["ethnicity"], review_on=date(2026, 5, 1), signed=True, signed_by="Head of intelligence",
        signed_on=date(2026, 4, 1),
    )  # fmt: skip
    values = [str(row["value"]) for row in switch_facts(switch, None, date(2026, 5, 2))["facts"]]
    assert "1 May 2026: that day is past. Ask whoever answers for it." in values
    assert "By Head of intelligence on 1 April 2026" in values


def test_every_band_of_age_has_its_words() -> None:
    assert set(BANDS) <= set(WORDS)
