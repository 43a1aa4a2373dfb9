"""The search page: nothing in an address, nothing kept, how it was read, and a limit; for those who work cases only."""

import logging
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from nightdesk.records.journal import JournalLine
from nightdesk.records.search import SearchMade
from tests.desks.counter_pages import WHAT, Counter
from tests.people import Cast, signed_in
from tests.records.test_marks import every_value

PATH = "/staff/cases/search/"
LOOKED_FOR = "Querymark Smithson"


@pytest.fixture
def reference(cast: Cast) -> str:
    """A disclosure that Priya took, referred to unit A."""
    given = {
        "suspect0-name_used": LOOKED_FOR,
        "suspect0-handle": "nightowl",
        "suspect0-phone": "07700 900123",
    }
    return Counter(signed_in(Client(), cast.priya)).send(
        what=WHAT, call_me="Jo", where_words="Mill Row 7", **given
    )


@pytest.fixture
def sana(cast: Cast) -> Counter:
    """A specialist of unit A."""
    return Counter(signed_in(Client(), cast.sana))


def searched(who: Counter, text: str, kind: str = "", status: int = 200) -> str:
    """The page that answers."""
    answer = who.post(PATH, text=text, kind=kind)
    assert answer.status_code == status
    assert "no-store" in answer["Cache-Control"]
    return str(answer.content.decode())


def test_a_case_is_found_and_the_page_says_how_it_read_the_words(reference: str, sana: Counter) -> None:
    """Why it is there, and not the name that was kept."""
    page = searched(sana, "smithson, querymark")
    assert f'href="/staff/cases/{reference}/"' in page
    for words in ("1 case found", "Name · Place", "Name: the same", "Harrow Lane", "Unit A"):
        assert words in page
    for words in (WHAT, "nightowl", LOOKED_FOR):
        assert words not in page
    assert "Phone number: the same last digits" in searched(sana, "900123")
    assert "App handle: the same" in searched(sana, "nightowl", "handle")


def test_another_unit_sees_whom_to_ask_and_nothing_else(reference: str, cast: Cast) -> None:
    """Opening it asks for a reason."""
    kofi = Counter(signed_in(Client(), cast.kofi))
    page = searched(kofi, "querymark smithson")
    for words in (reference, "Unit A", "Maud", "Of others"):
        assert words in page
    for words in ("Harrow Lane", "Name: the same", WHAT):
        assert words not in page
    assert "Why do you open this case?" in kofi.page(f"/staff/cases/{reference}/")
    assert reference not in searched(kofi, "querymark", "name")


def test_nothing_of_the_words_is_kept_or_logged_anywhere(
    reference: str, sana: Counter, caplog: pytest.LogCaptureFixture
) -> None:
    """No statement, no column, no log, no address; the line has kinds and counts."""
    statements: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(f"{sql} {params!r}")
        return execute(sql, params, many, context)

    with caplog.at_level(logging.DEBUG), connection.execute_wrapper(note):
        for text in ("querymark smithson", "QUERYMARK", "querymark@example.test", "querymark on grindr"):
            searched(sana, text)
    assert len(statements) > 10
    assert "querymark" not in ("".join(statements) + caplog.text).casefold()
    assert not [where for where, value in every_value() if "querymark" in value.casefold()]
    assert JournalLine.objects.filter(kind="searched").count() == SearchMade.objects.count() == 4
    facts = JournalLine.objects.filter(kind="searched").earliest("seq").facts
    assert facts == {"kinds": ["name", "place"], "found": 1, "others": 0}
    cache.clear()


def test_a_search_in_an_address_is_not_one(reference: str, sana: Counter) -> None:
    """An address is in logs and histories: nothing is read from it."""
    page = sana.page(f"{PATH}?text=querymark+smithson&kind=name")
    assert reference not in page
    assert "querymark" not in page
    assert not SearchMade.objects.exists()


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        ("", "", "Type what you look for"),
        ("12345", "phone", "at least the last 6 digits"),
        ("soon", "date", "25 Nov 2026"),
        ("x" * 300, "", "at most 200 characters"),
        ("Jo", "shoe", "is not one of the available choices"),
        ("\u0000", "", "Type what you look for"),
    ],
)
def test_what_can_not_be_looked_for_is_said(
    sana: Counter, cast: Cast, text: str, kind: str, says: str
) -> None:
    """With what to type; it is no search, so nothing is noted."""
    assert says in searched(sana, text, kind, status=422)
    assert not SearchMade.objects.exists()


def test_nothing_found_says_what_to_try(sana: Counter, cast: Cast) -> None:
    """It is noted too: a search that finds nothing is one."""
    assert "Nothing was found." in searched(sana, "Nobody Atall")
    assert JournalLine.objects.get(kind="searched").facts["found"] == 0


def test_too_many_searches_are_stopped_aloud(sana: Counter, cast: Cast) -> None:
    """The form keeps what was typed."""
    from nightdesk.queries.clock import database_now

    SearchMade.objects.bulk_create(
        SearchMade(by=cast.sana, at=database_now(), kinds=[], found=0, others=0) for _ in range(60)
    )
    page = searched(sana, "querymark", status=422)
    assert "You have searched 60 times" in page


@pytest.mark.parametrize("name", ["priya", "odile", "idris", "wen", "ben", "alex"])
def test_search_is_for_whoever_works_cases(cast: Cast, reference: str, name: str) -> None:
    """Refused, and the refusal noted."""
    client: Any = signed_in(Client(), getattr(cast, name))
    for answer in (client.get(PATH), client.post(PATH, {"text": reference})):
        assert answer.status_code == 403
        assert reference not in answer.content.decode()
    assert JournalLine.objects.filter(kind="access_refused").count() == 2


def test_the_page_is_linked_from_the_queue(sana: Counter, cast: Cast) -> None:
    """Where people would look."""
    assert f'href="{PATH}"' in sana.page("/staff/cases/")


@pytest.mark.parametrize("language", ["cy", "es", "pl", "ar"])
def test_the_page_works_in_every_language(reference: str, sana: Counter, language: str) -> None:
    """The words of the kinds are translated, the codes are not."""
    sana.client.cookies["django_language"] = language
    assert reference in searched(sana, "900123", "phone")
