"""A mark in every answer about a death and in every question of an analyst is on no page but the two that are for it."""

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from nightdesk.actions.deaths import correct_death, enter_death, import_death
from nightdesk.actions.explorations import answer_exploration, ask_exploration
from nightdesk.actions.reading import note_refusal
from nightdesk.queries.clock import database_now
from nightdesk.records.journal import JournalLine
from nightdesk.rules.access import SYSTEM, may_open
from nightdesk.rules.death import TEXTS
from nightdesk.rules.exploration import TEXTS as ASKED
from nightdesk.rules.terms import ROLES
from tests.codebase.reading import addresses
from tests.people import Cast, as_reader, make_cast, signed_in
from tests.records.test_marks import every_value

SHORT = {"postcode": "DMPOST", "coroner_number": "DMCORONER"}
DEATH = {name: SHORT.get(name, f"DM{name}".replace("_", "")[:20].upper()) for name in TEXTS}
FACTS = {name: f"XM{name}".replace("_", "")[:12].upper() for name in ASKED}
MARKS = (*DEATH.values(), *FACTS.values(), "XMREASON", "DMIMPORTED", "DMNUMBER")
SHOWN_ON = {"death": ("DM",), "death_correct": ("DM",), "exploration": ("XM",)}
READS = {"priya", "sana", "rae", "maud", "wen"}


@dataclass(frozen=True)
class Lived:
    """The cast, the reference of a death and the key of a question."""

    cast: Cast
    reference: str
    question: Any


@pytest.fixture
def lived(journey_db: None) -> Lived:
    """Entered, corrected, imported, refused; asked and answered."""
    now = database_now()
    cast = make_cast(now)
    row = enter_death(actor=as_reader(cast.priya), at=now, key=uuid4(), source="counter", values=DEATH)
    correct_death(
        actor=as_reader(cast.sana), at=now, reference=row.reference, seen=1, values=DEATH | {"age": "22"}
    )
    import_death(actor=SYSTEM, at=now, number="DMNUMBER", unit=cast.unit_b, values={"where": "DMIMPORTED"})
    asked = ask_exploration(actor=as_reader(cast.wen), at=now, key=uuid4(), reason="XMREASON", facts=FACTS)
    answer_exploration(at=now, exploration=asked.pk, result=[])
    note_refusal(actor=as_reader(cast.alex), at=now, what="death", reference="DMWHERE")
    return Lived(cast, row.reference, asked.pk)


def found_in(text: str) -> list[str]:
    """The marks in a text, in any case."""
    return [mark for mark in MARKS if mark.casefold() in text.casefold()]


def paths(lived: Lived) -> Iterator[tuple[str, str]]:
    """Every address of the site, with this death and this question in it."""
    spare = {"UUIDConverter": lived.question, "IntConverter": 1}
    for address in addresses():
        given = {
            name: lived.reference if name == "reference" else spare.get(kind, "x")
            for name, kind in address.arguments
        }
        yield address.name, reverse(address.name, kwargs=given)


@pytest.mark.once("what a page says hangs on no database; the columns are looked at on both")
def test_no_mark_is_on_any_page_but_its_own(lived: Lived) -> None:
    """As everybody in every role: on the pages of the death for whoever reads it, on the answer for whoever asked."""
    found, seen = [], set()
    for staff in (lived.cast.tom, lived.cast.kofi, *(lived.cast.by_role(role) for role in ROLES)):
        client = signed_in(Client(), staff)
        for name, path in paths(lived):
            if not may_open(name, staff.role) or name in ("sign_out", "blank_screen"):
                continue
            answer = client.get(path)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            marks = found_in(content.decode("utf-8", "replace") + str(answer.headers) + path)
            mine = staff.username in READS if name != "exploration" else staff.username == "wen"
            left = [mark for mark in marks if not (mine and mark.startswith(SHOWN_ON.get(name, ("-",))))]
            found += [(name, staff.username, left)] if left else []
            seen |= {name} if marks else set()
    assert not found
    assert seen == set(SHOWN_ON)  # the search can find


def test_no_mark_is_in_any_column_or_line_or_log(lived: Lived, caplog: pytest.LogCaptureFixture) -> None:
    """Committed, on the database of this run; and what the log of the statements says."""
    assert not [where for where, value in every_value() if found_in(value)]
    assert not found_in(str(list(JournalLine.objects.values())))
    log = io.StringIO()
    logging.getLogger("django.db.backends").addHandler(handler := logging.StreamHandler(log))
    try:
        connection.force_debug_cursor = True
        enter_death(
            actor=as_reader(lived.cast.priya), at=database_now(), key=uuid4(), source="counter", values=DEATH
        )
    finally:
        connection.force_debug_cursor = False
        logging.getLogger("django.db.backends").removeHandler(handler)
    assert not found_in(log.getvalue() + caplog.text)
