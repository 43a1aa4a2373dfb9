"""Lost contact on its pages: what the contact log says, tries beside it with where, and what a supervisor sees of them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from nightdesk.actions.particulars import keep_particular
from nightdesk.queries.clock import database_now
from nightdesk.records.closings import Closing
from nightdesk.rules.contact import WARNINGS
from nightdesk.rules.particular_field import given
from tests.actions.closings import DAY, ask, closable, state_of, try_them
from tests.actions.contacts import begun
from tests.desks.closing_seats import maud, sana
from tests.desks.counter_pages import Counter
from tests.people import Cast, as_reader, make_cast

__all__ = ["maud", "sana"]  # fixtures

WHERE = "The ISVA rang, it is in her notes"


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody on duty forty days ago, so that there was time to try."""
    return make_cast(database_now() - 40 * DAY)


@pytest.fixture
def reference(cast: Cast) -> str:
    """A case of Sana's, told forty days ago: the clock has ended."""
    return closable(cast, database_now() - 40 * DAY)


def path(reference: str, rest: str = "ask/lost_contact/") -> str:
    """A page of the ending."""
    return f"/staff/cases/{reference}/closing/{rest}"


def filled(**more: str) -> dict[str, str]:
    """The form as it is sent when the log has everything."""
    return {
        "outcome": "no_suspect", "suspect": "no", "grounds": "All that was safe was tried.", "looked": "on", "seen": "0",
    } | more  # fmt: skip


def beside(days_ago: int = 5, **more: str) -> dict[str, str]:
    """One letter that the log does not have."""
    day = timezone.localtime(database_now() - timedelta(days=days_ago))
    boxes = {"day": day.day, "month": day.month, "year": day.year}
    days = {
        f"{field}-{part}": str(value)
        for field in ("more_first_on", "more_last_on")
        for part, value in boxes.items()
    }
    return filled(more_where=WHERE, more_tries="1", more_ways="letter") | days | more


def tried(cast: Cast, reference: str, times: int = 6) -> None:
    """Over three weeks, the first three weeks and a half ago."""
    try_them(cast.sana, reference, database_now() - 25 * DAY, times=times)


def test_the_page_says_what_the_log_says_and_nothing_need_be_typed(
    sana: Counter, maud: Counter, cast: Cast, reference: str
) -> None:
    """Too little at first, and what is needed; then enough, without a number typed by anybody."""
    page = sana.page(path(reference))
    assert "0, of 5 needed, since the report: they were never reached" in page
    assert "(2 ways are needed)" in page
    assert "(14 days from the first to the last are needed)" in page
    assert f"/staff/cases/{reference}/contacts/" in page
    answer = sana.post(path(reference), **filled())
    assert (answer.status_code, "Try at least 5 times" in answer.text) == (422, True)
    tried(cast, reference)
    page = sana.page(path(reference))
    assert "6, since the report: they were never reached" in page
    assert "Phone call, Text message" in page
    assert "needed" not in page.split("What the contact log says")[1].split("</section>")[0]
    assert sana.post(path(reference), **filled()).status_code == 302
    page = maud.page(path(reference, ""))
    assert "6: Phone call, Text message" in page
    assert "not in the contact log" not in page


def test_what_was_not_noted_is_said_to_be_missing(sana: Counter, cast: Cast, reference: str) -> None:
    """It counts when somebody notes what came of it."""
    begun(cast.sana, database_now() - 2 * DAY, reference, told=WARNINGS, reason="They had asked for it.")
    assert "1 contact that began does not count yet" in sana.page(path(reference))


def test_tries_beside_the_log_are_shown_with_where_and_looked_at_twice(
    sana: Counter, maud: Counter, cast: Cast, reference: str
) -> None:
    """By the supervisor, who can look them up."""
    tried(cast, reference, times=4)
    assert sana.post(path(reference), **beside()).status_code == 302
    row = Closing.objects.get()
    assert (row.tries, row.tries_logged) == (5, 4)
    page = maud.page(path(reference, ""))
    assert "1 of them is not in the contact log" in page
    assert WHERE in page
    assert "Some of the tries are not in the contact log. Look them up" in page
    assert maud.post(path(reference, "look/"), verdict="approved", words="", number="1").status_code == 302
    assert state_of(reference) == "closed"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"more_where": ""}, "What nobody can look up does not count"),
        ({"more_tries": ""}, "Enter how many tries are not in the log"),
        ({"more_tries": "many"}, "Enter a whole number"),
        ({"more_ways": "pigeon"}, "pigeon is not one of the available choices"),
        ({"more_last_on-year": "2099"}, "neither in the future"),
        ({"more_first_on-day": "x"}, "Enter the day as a number"),
        ({"more_first_on-year": "2019", "more_tries": "2"}, "Only tries after the report"),
    ],
)
def test_what_is_missing_of_them_is_said_and_nothing_is_lost(
    sana: Counter, cast: Cast, reference: str, typed: dict[str, str], sentence: str
) -> None:
    """At the question that it is about; the other words stay on the page."""
    tried(cast, reference, times=4)
    answer = sana.post(path(reference), **beside(**typed))
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert "All that was safe was tried." in answer.text
    assert "more_where" in typed or WHERE in answer.text
    assert state_of(reference) == "with_soit"


def test_wishes_for_the_police_are_shown_on_a_withdrawal_alone(
    sana: Counter, maud: Counter, cast: Cast, reference: str
) -> None:
    """With where to read them; the form stays. The supervisor reads it by the wishes of now, as nothing of it is kept."""
    wanted = "Their wishes say that they want the police to act"
    assert wanted not in sana.page(path(reference, "ask/withdrawal/"))
    keep_particular(
        actor=as_reader(cast.sana), at=database_now(), reference=reference, kind="wishes", key=uuid4(), seen=0,
        values={"police": given("action")},
    )  # fmt: skip
    page = sana.page(path(reference, "ask/withdrawal/"))
    assert wanted in page
    assert f"/staff/cases/{reference}/wishes/" in page
    assert "Ask to close the case" in page
    assert wanted not in sana.page(path(reference, "ask/outcome/"))
    ask(cast.sana, database_now(), reference)
    assert "Was it asked what has changed?" in maud.page(path(reference, ""))
