"""Every page × every role, generated from the table in rules/access.py and the addresses of the site (safety promise 3)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nightdesk.rules.access import PAGES, may_open
from nightdesk.rules.terms import ROLES
from tests.codebase.reading import Address, addresses
from tests.people import Cast, as_reader, signed_in

DEMO_ONLY = {"demo_messages"}  # has no address outside the demo
ASKS_WHY = {
    "case"
}  # a specialist of another unit may open a case after saying why: the question names the reference
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
        spare = {"UUIDConverter": UUID(int=1), "IntConverter": 1}  # the same whenever it is asked for
        return reverse(
            address.name,
            kwargs={name: values.get(name, spare.get(kind, "x")) for name, kind in address.arguments},
        )


@pytest.fixture
def told(cast: Cast) -> Told:
    """Taken just now by the machine's own clock, as pages go by the database's."""
    from nightdesk.actions.intake import accept_disclosure, override_proposal
    from nightdesk.actions.worker import take_due_step
    from nightdesk.queries.clock import database_now
    from nightdesk.records.referrals import Page
    from nightdesk.rules.basics import Basics, with_answer_states

    at: datetime = database_now()
    basics = with_answer_states(Basics(what="He raped me at his flat last night."), {})
    kept = accept_disclosure(
        actor=as_reader(cast.priya), at=at, sender_key=uuid4(), channel="counter", basics=basics
    )
    override_proposal(
        actor=as_reader(cast.priya),
        at=at,
        reference=kept.reference,
        label="sexual_offence",
        level="likely",
        why="told so",
    )
    _on_duty_at(cast, at)
    take_due_step(at=at, address="http://127.0.0.1")
    return Told(kept.reference, Page.objects.get().token)


def _on_duty_at(cast: Cast, at: datetime) -> None:
    from datetime import timedelta

    from nightdesk.actions.rota import add_shifts
    from nightdesk.rules.access import SYSTEM
    from nightdesk.rules.terms import LAYERS

    hour = timedelta(hours=1)
    add_shifts(actor=SYSTEM, at=at, unit=cast.unit_a, shifts=[(cast.sana, LAYERS[0], at - hour, at + hour)])


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
def test_somebody_who_is_not_signed_in_is_sent_to_sign_in(client: Client, told: Told, name: str) -> None:
    """Whatever the method; and not a word of the record."""
    for answer in (client.get(told.path(ADDRESSES[name])), client.post(told.path(ADDRESSES[name]))):
        assert answer.status_code in (302, 405), f"{name} answers {answer.status_code} to a stranger"
        assert b"raped" not in answer.content
        if answer.status_code == 302:
            assert (
                "sign-in" in answer["Location"]
                or "sign_in" in answer["Location"]
                or "login" in answer["Location"]
            )


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_each_role_opens_what_the_table_allows_and_nothing_else(cast: Cast, told: Told, name: str) -> None:
    """The outsider (a partner without a unit) is one of the roles."""
    wrong = []
    for role in ROLES:
        answer = signed_in(Client(), cast.by_role(role)).get(told.path(ADDRESSES[name]))
        expected = (200, 302, 404, 405) if may_open(name, role) else (403, 405)
        if answer.status_code not in expected:
            wrong.append(f"{role} got {answer.status_code}, expected one of {expected}")
        if not may_open(name, role) and b"raped" in answer.content:
            wrong.append(f"{role} read the words")
    assert not wrong, f"{name}: " + "; ".join(wrong)


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_nobody_of_another_station_or_unit_sees_the_words(
    client: Client, cast: Cast, told: Told, name: str
) -> None:
    """Tom is at Mill Road, Kofi in unit B: the record is not theirs, whatever page they try."""
    for stranger in (cast.tom, cast.kofi):
        content = signed_in(client, stranger).get(told.path(ADDRESSES[name])).content
        assert b"raped" not in content, f"{stranger.username} read the words on {name}"
        if name not in ASKS_WHY:
            assert told.reference.encode() not in content.replace(told.path(ADDRESSES[name]).encode(), b""), (
                name
            )


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_reading_a_page_writes_nothing_but_the_journal(
    client: Client, cast: Cast, told: Told, name: str
) -> None:
    """A link that changes something is opened by every preview and every prefetch."""
    roles = [role for role in ROLES if may_open(name, role)]
    for role in roles:
        signed_in(client, cast.by_role(role))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(told.path(ADDRESSES[name]))
        assert not (found := writes([query["sql"] for query in captured])), (
            f"GET {name} as {role} wrote: {found}"
        )


def writes(statements: list[str]) -> list[str]:
    """Statements that change something other than the journal and the session."""
    return [sql for sql in statements if CHANGES.search(sql) and not MAY_BE_WRITTEN.search(sql)]


def test_a_page_that_writes_on_reading_is_found() -> None:
    """The tester can fail."""
    change, line = 'UPDATE "records_case" SET x', 'INSERT INTO "records_journalline"'
    assert writes([change, line, "SELECT 1"]) == [change]
