"""A mark in every sealed field of the shield is found nowhere: no page of anybody, file, export, log, message or table.

What a person said about drugs shows on two pages, right after they were opened. Grounds and reasons show on the page of
their decision, what somebody who was turned away wrote on the page of its follow-up, and nowhere else.
"""

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from nightdesk.actions.reading import note_refusal
from nightdesk.actions.turned_away import link_report
from nightdesk.actions.worker import send_due_messages
from nightdesk.queries.clock import database_now
from nightdesk.records.shield import Interest
from nightdesk.rules.access import may_open
from nightdesk.rules.terms import ROLES
from tests.actions.shield import asked, case_of_sana, entered, moved, opened, reported
from tests.actions.test_turned_away import step
from tests.codebase.reading import addresses
from tests.people import Cast, as_reader, make_cast, signed_in
from tests.records.test_marks import every_value

SAID = ("SHIELDOTHER", "SHIELDWHEN", "SHIELDWORDS", "SHIELDWHY")
DECIDED = ("SHIELDGROUNDS", "SHIELDREASONS")
REPORTED = ("SHIELDTOLD", "SHIELDANSWER", "A word.")
MARKS = (*SAID, *DECIDED, *REPORTED)
MODELS = (
    "ShieldEntry", "ShieldOpening", "Interest", "InterestMove", "InterestView", "TurnedAway", "TurnedAwayMove",
)  # fmt: skip
SHOWN_ON = {  # a move or a link that is not possible shows the page again, with what is wrong
    "interest_read": DECIDED, "interest_move": DECIDED, "turned_away_report": REPORTED, "turned_away_move": REPORTED,
    "turned_away_link": REPORTED,
}  # fmt: skip


@dataclass(frozen=True)
class Lived:
    """What a night with the shield left behind."""

    cast: Cast
    reference: str
    interest: str
    report: str


def lived_through(now: datetime) -> Lived:
    """Sealed twice, opened for both, decided in two ways, reported, followed up, closed, linked, refused, messages sent."""
    cast = make_cast(now)
    reference = case_of_sana(cast, now)
    for who in (cast.priya, cast.sana):
        entered(who, now, reference)
    for purpose in ("case", "medical"):
        opened(cast.sana, now, reference, purpose)
    row = asked(cast.sana, now, reference, "social_supply", against=True)
    for who in (cast.maud, cast.idris):
        moved(who, now, row, "vote", against=True)
    outside = asked(cast.rae, now, reference, "more_serious")
    for move in ("take", "leave"):
        moved(cast.kofi, now, outside, move)
    report = reported(now, station=cast.harrow_lane.code)
    for who, move in ((cast.maud, "look"), (cast.maud, "talk"), (cast.maud, "learn"), (cast.idris, "close")):
        step(who, now, report, move)
    link_report(actor=as_reader(cast.maud), at=now, number=report.number, reference=reference)
    note_refusal(actor=as_reader(cast.alex), at=now, what="shield", reference="SHIELDWORDS")
    send_due_messages(clock=lambda: now, send=lambda m: "")
    session = SessionStore()
    session["reader"] = str(cast.priya.pk)
    session.save()
    return Lived(cast, reference, row.reference, report.number)


@pytest.fixture
def lived(journey_db: None, plain_triage: None) -> Lived:
    """Committed, by the machine's own clock, as pages go by the database's."""
    return lived_through(database_now())


@pytest.fixture
def plain_triage(monkeypatch: pytest.MonkeyPatch) -> None:
    """Triage with a few words, whatever the lexicon says today."""
    from nightdesk.actions import intake
    from tests.records.taking import small_triage

    monkeypatch.setattr(intake, "lexicon", lambda: None)
    monkeypatch.setattr(intake, "triage", small_triage)


def found_in(text: str, marks: tuple[str, ...] = MARKS) -> list[str]:
    """The marks in a text, in any case."""
    return [mark for mark in marks if mark.casefold() in text.casefold()]


def text_of(answer: Any) -> str:
    """What an answer holds: its text, or that of its PDF, with its headers and where it leads."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer.get("Content-Type", "").startswith("application/pdf"):
        words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        content = words.encode() + content
    return content.decode("utf-8", "replace") + str(answer.headers)


def paths(lived: Lived) -> Iterator[tuple[str, str]]:
    """Every address of the site with this night's references in it."""
    values = {
        "reference": lived.reference, "interest": lived.interest, "number": lived.report, "code": "AAAA", "token": "x",
    }  # fmt: skip
    spare = {"UUIDConverter": uuid4(), "IntConverter": 1}
    for address in addresses():
        given = {name: values.get(name, spare.get(kind, "x")) for name, kind in address.arguments}
        yield address.name, reverse(address.name, kwargs=given)


def test_no_mark_is_on_any_page_of_any_role(lived: Lived) -> None:
    """Read and sent to, signed in as everybody, CSV and PDF too; but for the pages that are for it, and only there."""
    found = []
    for staff in [None, lived.cast.kofi, *(lived.cast.by_role(role) for role in ROLES)]:
        client = Client() if staff is None else signed_in(Client(), staff)
        for name, path in paths(lived):
            if not may_open(name, staff and staff.role):
                continue  # that these are refused, and say nothing, is tests/desks/test_access.py
            for answer in (client.get(path), client.post(path, {"in": "cy", "words": "x"})):
                left = set(found_in(text_of(answer))) - set(SHOWN_ON.get(name, ()))
                found += [(name, staff and staff.username, sorted(left))] if left else []
            if name in ("sign_out", "blank_screen") and staff is not None:
                client = signed_in(Client(), staff)
    assert not found


def test_what_was_said_is_on_two_pages_and_the_doctors_holds_a_part(lived: Lived) -> None:
    """The search above can find: opened with a reason, it is there; for the doctor without words and who gave it."""
    client, given = signed_in(Client(), lived.cast.sana), {"reason": "samples", "words": "x"}
    for name, purpose, reason, wanted in (
        ("shield_open", "case", "samples", SAID[:3]), ("shield_medical", "medical", "sarc", SAID[:2]),
    ):  # fmt: skip
        given = {f"{purpose}-reason": reason, f"{purpose}-words": "for the doctor"}
        answer = client.post(reverse(name, args=[lived.reference]), given)
        assert found_in(text_of(answer)) == list(wanted)
        assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("role", ROLES)
def test_decisions_and_reports_show_their_words_to_few(lived: Lived, role: str) -> None:
    """Each on its own page, to those who decide or follow up."""
    client = signed_in(Client(), lived.cast.by_role(role))
    assert not found_in(text_of(client.get(reverse("interest", args=[lived.interest]))))
    decision = text_of(client.post(reverse("interest_read", args=[lived.interest])))
    report = text_of(client.get(reverse("turned_away_report", args=[lived.report])))
    assert bool(found_in(decision)) == (role in ("soit", "supervisor", "commander"))
    assert bool(found_in(report)) == (role in ("supervisor", "commander"))


def test_no_mark_is_in_any_column_of_any_table_or_file(lived: Lived) -> None:
    """The database dumped in clear, and on SQLite its files with whatever was freed in them."""
    values = list(every_value())
    assert {where.split(".")[0] for where, _ in values} >= {f"records_{name.lower()}" for name in MODELS}
    assert not (found := sorted({where for where, value in values if found_in(value)})), found
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        files = [path for end in ("", "-wal", "-shm", "-journal") if (path := Path(name + end)).exists()]
        text = "".join(path.read_bytes().decode("latin-1") for path in files)
        assert "records_shieldentry" in text
        assert not found_in(text)


def test_no_mark_is_logged_or_in_a_statement(
    journey_db: None, plain_triage: None, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whatever the level of the log; pages are read as well."""
    statements: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(f"{sql} {params!r}")
        return execute(sql, params, many, context)

    with caplog.at_level(logging.DEBUG), connection.execute_wrapper(note):
        lived = lived_through(database_now())
        client = signed_in(Client(), lived.cast.sana)
        given = {"case-reason": "samples", "case-words": "SHIELDWHY"}
        assert client.post(reverse("shield_open", args=[lived.reference]), given).status_code == 200
    assert len(statements) > 100
    out, err = capfd.readouterr()
    assert not found_in("".join(statements) + caplog.text + out + err)


def test_every_sealed_field_was_filled_and_opens(lived: Lived) -> None:
    """The search above looks for what is there."""
    opened_text = ""
    for model in apps.get_app_config("records").get_models():
        if model.__name__ not in MODELS:
            continue
        for name in model.CLASSED["sealed"]:  # type: ignore[attr-defined]
            rows = model.objects.select_related("vault")  # type: ignore[attr-defined]
            assert rows.exists(), f"{model.__name__}.{name} was never filled"
            opened_text += " ".join(str(row.opened(name)) for row in rows)
    assert found_in(opened_text) == list(MARKS)
    assert Interest.objects.count() == 2


def test_the_key_of_the_disclosure_does_not_open_the_shield(lived: Lived) -> None:
    """A vault of its own: whoever destroys or reads the one has not the other."""
    from nightdesk.records.disclosures import Disclosure
    from nightdesk.records.sealed import SealBroken
    from nightdesk.records.shield import ShieldEntry

    entry = ShieldEntry.objects.filter(number=1).get()
    entry.vault = Disclosure.objects.get(reference=lived.reference).vault
    with pytest.raises(SealBroken):
        entry.opened("medical")
