"""What the owner of a case learns of the series desk, and everybody else does not."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nightdesk.actions.notices import raise_notices
from nightdesk.queries.series_told import told_to_owner
from nightdesk.records.link_candidates import LinkCandidate
from nightdesk.rules.notice import OFFICER
from nightdesk.rules.pack_notices import WORD
from tests.actions.shield import case_of_sana
from tests.linkage_rows import OTHER, analyst, answered, candidate_row, report_row, told_to
from tests.people import as_reader, make_cast, signed_in


@pytest.fixture
def at() -> datetime:
    """By the machine's own clock, as pages go by the database's."""
    from nightdesk.queries.clock import database_now

    return database_now()


@pytest.fixture
def people(db: None, at: datetime) -> Any:
    """The cast, on duty now."""
    return make_cast(at)


@pytest.fixture
def pair(people: Any, at: datetime) -> Any:
    """Sana’s case beside a report of unit B."""
    from nightdesk.records.disclosures import Disclosure

    own = report_row(Disclosure.objects.get(reference=case_of_sana(people, at)), at)
    return candidate_row(report_row(told_to(people.tom, at), at, OTHER), own, at - timedelta(hours=1))


def test_the_owner_learns_that_an_analyst_looks_and_then_that_they_are_to_ring(
    people: Any, pair: Any, at: datetime
) -> None:
    """Not before somebody looks; no more when it was decided that there is nothing."""
    reference, sana = pair.earlier.disclosure.reference, as_reader(people.sana)
    assert told_to_owner(sana, reference) == ""
    answered(people.wen, at, pair, "linked")
    assert told_to_owner(sana, reference) == "looks"
    answered(analyst("ines", at), at, pair, "linked")
    assert told_to_owner(sana, reference) == "ring"
    for other in ("rae", "maud", "kofi", "priya"):
        assert told_to_owner(as_reader(getattr(people, other)), reference) == ""
    LinkCandidate.objects.filter(pk=pair.pk).update(state="unlinked")
    assert told_to_owner(sana, reference) == "over"
    page = signed_in(Client(), people.sana).get(reverse("case", args=[reference])).content.decode()
    assert "What the series desk asked you to ring about no longer stands." in page
    LinkCandidate.objects.filter(pk=pair.pk).update(state="not_linked")
    assert told_to_owner(sana, reference) == ""


def test_what_is_to_be_read_on_a_case_is_on_the_desk_and_is_not_overdue(
    people: Any, pair: Any, at: datetime
) -> None:
    """Until the officer opens the case; nobody else’s desk has it."""
    for analyst_row in (people.wen, analyst("ines", at)):
        answered(analyst_row, at - timedelta(minutes=5), pair, "linked")
    raise_notices(at=at, kind=WORD, level=OFFICER)
    client, reference = signed_in(Client(), people.sana), pair.earlier.disclosure.reference
    desk = client.get(reverse("my_desk")).content.decode()
    assert "Something to read on the case" in desk
    assert "Overdue" not in desk
    assert reference not in signed_in(Client(), people.rae).get(reverse("my_desk")).content.decode()
    case = client.get(reverse("case", args=[reference]))
    assert "asks you to ring one of its analysts" in case.content.decode()
    assert reference not in client.get(reverse("my_desk")).content.decode()


def test_the_page_of_the_case_says_nothing_of_what_matched(people: Any, pair: Any, at: datetime) -> None:
    """Neither reference nor unit of the other report, nor that there is one."""
    LinkCandidate.objects.filter(pk=pair.pk).update(owner=people.wen)
    client = signed_in(Client(), people.sana)
    page = client.get(reverse("case", args=[pair.earlier.disclosure.reference])).content.decode()
    # The token of a form is drawn, and its letters may spell a word.
    page = re.sub(r'value="\w{64}"', "", page)
    assert "An analyst is looking at this case." in page
    for word in (pair.new.disclosure.reference, str(pair.pk), "Unit B", "fox", "Wen"):
        assert word not in page, word
    other = signed_in(Client(), people.maud).get(reverse("case", args=[pair.earlier.disclosure.reference]))
    assert b"An analyst is looking" not in other.content
