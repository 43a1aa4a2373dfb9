"""The auditor's journal, what to say, and the demo's messages."""

from urllib.parse import quote

import pytest
from django.test import Client, RequestFactory

from tests.desks.counter_pages import WHAT, Counter
from tests.people import Cast, signed_in


@pytest.fixture
def odile(cast: Cast) -> Counter:
    """The auditor."""
    return Counter(signed_in(Client(), cast.odile))


@pytest.fixture
def reference(cast: Cast) -> str:
    """A disclosure that Priya took."""
    return Counter(signed_in(Client(), cast.priya)).send(what=WHAT, call_me="Jo")


def test_the_journal_tells_who_did_what_and_never_what_was_said(odile: Counter, reference: str) -> None:
    """Sentences with the name of who acted; not a word of the person's."""
    page = odile.page(f"/staff/journal/?about={reference}")
    for words in ("A disclosure was opened by counter", "The basics were sent on", "Priya", reference):
        assert words in page
    assert WHAT not in page
    assert ">Jo<" not in page


def test_the_journal_is_found_by_reference_or_by_whoever_acted(odile: Counter, reference: str) -> None:
    """In any case of letters; nobody's lines say what to try."""
    assert reference in odile.page("/staff/journal/?about=PRIYA")
    assert reference in odile.page(f"/staff/journal/?about={reference.lower()}")
    assert "No lines." in odile.page("/staff/journal/?about=nobody")


def test_the_journal_goes_back_page_by_page(odile: Counter, cast: Cast) -> None:
    """Fifty lines, then the earlier ones, to the first."""
    priya = Counter(signed_in(Client(), cast.priya))
    for _ in range(6):
        priya.send(what=WHAT)
    seen, page = 0, odile.page("/staff/journal/")
    while True:
        seen += page.count("<tr class=") - 1
        if "Earlier lines" not in page:
            break
        before = page.split("before=")[1].split('"')[0]
        page = odile.page(f"/staff/journal/?before={before}")
    from nightdesk.records.journal import JournalLine

    assert seen == JournalLine.objects.count() > 50


@pytest.mark.parametrize("before", ["", "abc", "-1", "²", "٣", "9" * 400, "1e9", "\x00"])
@pytest.mark.parametrize("about", ["", "\x00", "x" * 5000, "'; DROP TABLE", "<b>", "‮"])
def test_no_question_breaks_the_journal(odile: Counter, about: str, before: str) -> None:
    """Whatever stands in the address."""
    page = odile.page(f"/staff/journal/?about={quote(about)}&before={quote(before)}")
    assert "<b>" not in page


def test_nobody_else_reads_the_journal(cast: Cast) -> None:
    """Not even the administrator."""
    for name, person in cast.staff().items():
        if name != "odile":
            assert signed_in(Client(), person).get("/staff/journal/").status_code == 403, name


def test_what_to_say_is_there_with_its_edition_and_whether_it_is_signed(cast: Cast) -> None:
    """Lines to say, lines never to say, and the red flags with what to do."""
    page = Counter(signed_in(Client(), cast.priya)).page("/staff/say/")
    for words in (
        "taking it seriously",
        "Come back in the morning",
        "Ring 999 when",
        "not yet signed by the force",
    ):
        assert words in page


def test_the_demo_shows_messages_as_their_receiver_would_see_them(cast: Cast, reference: str) -> None:
    """Station, reference and a link; nothing of the person."""
    from nightdesk.actions.worker import take_due_step
    from nightdesk.desks.oversight.views import demo_messages
    from nightdesk.queries.clock import database_now

    Counter(Client()).on_duty_now(cast)
    take_due_step(at=database_now(), address="http://127.0.0.1")
    request = RequestFactory().get("/staff/demo/messages/")
    request.reader = None
    page = demo_messages(request).content.decode()
    assert "sana@force.test" in page
    assert reference in page
    assert WHAT not in page


def test_the_messages_have_no_address_outside_the_demo(odile: Counter) -> None:
    """A force's messages are nobody's to read."""
    assert odile.get("/staff/demo/messages/").status_code == 404
