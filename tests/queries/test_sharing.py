"""What a case page and the pages of sharing cost: the same few statements however much there is."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nightdesk.queries import sharing as queries
from nightdesk.queries.sharing import Summary
from tests.actions.sharing import answer, case_of, make, moved, offer, recipient, withdraw
from tests.people import as_reader

pytestmark = pytest.mark.usefixtures("plain_triage")


def statements(doing: Any) -> int:
    """How many statements it takes."""
    with CaptureQueriesContext(connection) as captured:
        doing()
    return len(captured)


def shared(cast: Any, now: datetime, reference: str, name: str) -> None:
    """One more recipient with everything: answers, an offer, packs, one of them sent."""
    to = recipient(cast.sana, now, reference, name=name)
    answer(cast.sana, now, to, ["name", "contact"])
    offer(cast.sana, now, to)
    made = make(cast.sana, now, to)
    moved(cast.sana, now, made, "send", 0)


def test_the_case_page_takes_two_statements_and_the_list_no_more_for_more(cast: Any, now: datetime) -> None:
    """Counted with one recipient and with four."""
    reference, sana = case_of(cast, now).reference, as_reader(cast.sana)
    shared(cast, now, reference, "One")
    one = statements(lambda: queries.recipients_of(sana, reference, now))
    for name in ("Two", "Three", "Four"):
        shared(cast, now, reference, name)
    assert statements(lambda: queries.summary(sana, reference, now)) == 2
    assert statements(lambda: queries.recipients_of(sana, reference, now)) == one <= 16
    assert queries.summary(sana, reference, now) == Summary(4, 4, 4, 0)


def test_the_summary_counts_what_holds_is_open_and_has_to_be_stopped(cast: Any, now: datetime) -> None:
    """Replaced and taken back answers do not hold; another case is another."""
    reference, sana = case_of(cast, now).reference, as_reader(cast.sana)
    shared(cast, now, case_of(cast, now).reference, "Elsewhere")
    assert queries.summary(sana, reference, now) == Summary(0, 0, 0, 0)
    shared(cast, now, reference, "Here")
    to = recipient(cast.sana, now, reference, name="Here")
    answer(cast.sana, now, to, ["name"], replaces=1)
    assert queries.summary(sana, reference, now) == Summary(1, 1, 1, 0)
    withdraw(cast.sana, now, to, 2)
    assert queries.summary(sana, reference, now) == Summary(0, 1, 1, 1)
    assert queries.recipients_of(sana, "AAAA-AAAA", now) == ()
