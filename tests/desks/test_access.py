"""Every page × every role, generated from the table in rules/access.py and the addresses of the site (safety promise 3)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nightdesk.rules.access import PAGES, may_open
from nightdesk.rules.terms import ROLES
from tests.codebase.reading import Address, addresses
from tests.people import Cast, as_reader, make_cast, signed_in

DEMO_ONLY = {"demo_messages"}  # has no address outside the demo
# a specialist of another unit may open these after saying why: the question names the reference
ASKS_WHY = {"case", "particulars"}
CHANGES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE|ALTER|DROP|CREATE|TRUNCATE)\b", re.IGNORECASE)
# The line that says who read; the session; that the desk is in use.
MAY_BE_WRITTEN = re.compile(
    r"records_journalline|django_session|records_desksession|SAVEPOINT", re.IGNORECASE
)
ADDRESSES = {address.name: address for address in addresses()}
STAFF_PAGES = sorted(name for name in ADDRESSES if name in PAGES and "anyone" not in PAGES[name])


@dataclass(frozen=True)
class Told:
    """A disclosure that Priya took and that was referred to unit A."""

    reference: str
    token: str

    def path(self, address: Address) -> str:
        """The address with this disclosure in it."""
        values = {"reference": self.reference, "token": self.token}
        spare = {"UUIDConverter": UUID(int=7), "IntConverter": 1}
        return reverse(
            address.name,
            kwargs={name: values.get(name, spare.get(kind, "x")) for name, kind in address.arguments},
        )


@dataclass
class Opened:
    """What came back when a page was opened: the answer, whether the words stood in it, what was written meanwhile."""

    status: int
    location: str
    content: bytes
    wrote: list[str]

    @property
    def shows_words(self) -> bool:
        """Whether what Priya was told is in it."""
        return b"raped" in self.content


class Building:
    """The force and its one disclosure, made once; every page is opened once by everybody, and taken back at once."""

    def __init__(self, cast: Cast, told: Told) -> None:
        self.cast, self.told = cast, told
        self.seen: dict[tuple[str, str, str], Opened] = {}

    def opened(self, name: str, who: Any, method: str = "get") -> Opened:
        """The page as `who` gets it (None: nobody signed in)."""
        key = (name, who.username if who else "", method)
        if key not in self.seen:
            with transaction.atomic():
                self.seen[key] = self._open(name, who, method)
                transaction.set_rollback(True)
        return self.seen[key]

    def _open(self, name: str, who: Any, method: str) -> Opened:
        client = signed_in(Client(), who) if who else Client()
        with CaptureQueriesContext(connection) as captured:
            answer = getattr(client, method)(self.told.path(ADDRESSES[name]))
            content = answer.getvalue()
        return Opened(
            answer.status_code,
            answer.headers.get("Location", ""),
            content,
            writes([query["sql"] for query in captured]),
        )


@pytest.fixture(scope="module")
def building(django_db_setup: None, django_db_blocker: Any) -> Iterator[Building]:
    """Taken just now by the machine's own clock, as pages go by the database's; taken back at the end."""
    from nightdesk.queries.clock import database_now

    with django_db_blocker.unblock(), transaction.atomic():
        at: datetime = database_now()
        cast = make_cast(at)
        yield Building(cast, refer_and_page(cast, at))
        transaction.set_rollback(True)


def refer_and_page(cast: Cast, at: datetime) -> Told:
    """Priya is told, and Sana (on duty at that moment) is paged."""
    from nightdesk.actions.intake import accept_disclosure, override_proposal
    from nightdesk.actions.worker import take_due_step
    from nightdesk.records.referrals import Page
    from nightdesk.rules.basics import Basics, with_answer_states

    basics = with_answer_states(Basics(what="He raped me at his flat last night."), {})
    priya = as_reader(cast.priya)
    kept = accept_disclosure(actor=priya, at=at, sender_key=uuid4(), channel="counter", basics=basics)
    override_proposal(
        actor=priya, at=at, reference=kept.reference, label="sexual_offence", level="likely", why="told so"
    )
    take_due_step(at=at, address="http://127.0.0.1")
    return Told(kept.reference, Page.objects.get().token)


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    """A page without a row is served to nobody; a row without a page protects nothing."""
    no_row = set(ADDRESSES) - set(PAGES)
    no_page = set(PAGES) - set(ADDRESSES) - DEMO_ONLY
    assert not no_row, f"Write a row in rules/access.py for {sorted(no_row)}."
    assert not no_page, f"No address serves {sorted(no_page)}: take the row out, or add the page."


def test_every_page_guards_itself_under_its_own_name() -> None:
    """@page("name") and the name of its address agree, so the table is asked about the right page."""
    from django.urls import get_resolver

    wrong = [
        f"{name}: {guard}"
        for name, guard in _guards(get_resolver())
        if guard != name and "anyone" not in PAGES.get(name, ())
    ]
    assert not wrong, f"Wrap these in @page with the name of their address: {wrong}"


def _guards(resolver: Any) -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _guards(pattern)
        else:
            yield pattern.name or "", getattr(pattern.callback, "page_name", "no guard")


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_somebody_who_is_not_signed_in_is_sent_to_sign_in(building: Building, name: str) -> None:
    """Whatever the method; and not a word of the record."""
    for answer in (building.opened(name, None), building.opened(name, None, "post")):
        assert answer.status in (302, 405), f"{name} answers {answer.status} to a stranger"
        assert not answer.shows_words
        if answer.status == 302:
            assert any(word in answer.location for word in ("sign-in", "sign_in", "login"))


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_each_role_opens_what_the_table_allows_and_nothing_else(building: Building, name: str) -> None:
    """The outsider (a partner without a unit) is one of the roles."""
    wrong = []
    for role in ROLES:
        answer = building.opened(name, building.cast.by_role(role))
        expected = (200, 302, 404, 405) if may_open(name, role) else (403, 405)
        if answer.status not in expected:
            wrong.append(f"{role} got {answer.status}, expected one of {expected}")
        if not may_open(name, role) and answer.shows_words:
            wrong.append(f"{role} read the words")
    assert not wrong, f"{name}: " + "; ".join(wrong)


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_nobody_of_another_station_or_unit_sees_the_words(building: Building, name: str) -> None:
    """Tom is at Mill Road, Kofi in unit B: the record is not theirs, whatever page they try."""
    told = building.told
    path = told.path(ADDRESSES[name]).encode()
    for stranger in (building.cast.tom, building.cast.kofi):
        answer = building.opened(name, stranger)
        assert not answer.shows_words, f"{stranger.username} read the words on {name}"
        if name not in ASKS_WHY:
            assert told.reference.encode() not in answer.content.replace(path, b""), name


def test_whoever_may_read_the_words_sees_them_so_the_tester_would(building: Building) -> None:
    """What the tests above look for is really on a page."""
    assert building.opened("case", building.cast.sana).shows_words


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_reading_a_page_writes_nothing_but_the_journal(building: Building, name: str) -> None:
    """A link that changes something is opened by every preview and every prefetch."""
    for role in (role for role in ROLES if may_open(name, role)):
        found = building.opened(name, building.cast.by_role(role)).wrote
        assert not found, f"GET {name} as {role} wrote: {found}"


def writes(statements: list[str]) -> list[str]:
    """Statements that change something other than the journal and the session."""
    return [sql for sql in statements if CHANGES.search(sql) and not MAY_BE_WRITTEN.search(sql)]


def test_a_page_that_writes_on_reading_is_found() -> None:
    """The tester can fail."""
    change, line = 'UPDATE "records_case" SET x', 'INSERT INTO "records_journalline"'
    assert writes([change, line, "SELECT 1"]) == [change]
