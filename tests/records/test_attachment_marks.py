"""A mark in the bytes of a file, in its name and in what is said of it is in no table, log, statement or message."""

import logging
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from nightdesk.records.attachments import Attachment
from nightdesk.records.journal import JournalLine
from nightdesk.records.messages import Message
from tests.actions.attachments import attach, reference
from tests.actions.paging import raise_one
from tests.people import make_cast, signed_in
from tests.records.test_marks import every_value

CONTENT = b"02/01/2026, 09:05 - MARKWHO: MARKCONTENT\n" * 8000  # two parts
MARKS = ("MARKWHO", "MARKCONTENT", "MARKTITLE", "MARKORIGIN", "MARKSHOWS", "MARKNAME")


def lived_through(now: datetime) -> Any:
    """Attached, listed, read as a chat, downloaded."""
    cast = make_cast(now)
    raise_one(cast, now)
    attach(
        cast.sana,
        now,
        CONTENT,
        name="MARKNAME.txt",
        title="MARKTITLE",
        origin="MARKORIGIN",
        shows="MARKSHOWS",
    )
    client, told = signed_in(Client(), cast.sana), {"reference": reference()}
    assert b"MARKTITLE" in client.get(reverse("attachments", kwargs=told)).content
    assert b"MARKCONTENT" in client.get(reverse("attachment_chat", kwargs=told | {"which": 1})).content
    out: Any = client.post(reverse("attachment_download", kwargs=told | {"which": 1}), {"knows": "1"})
    assert b"".join(out.streaming_content) == CONTENT
    return out


def found_in(text: str) -> list[str]:
    """The marks in a text."""
    return [mark for mark in MARKS if mark in text]


@pytest.mark.usefixtures("plain_triage")
def test_no_mark_of_a_file_is_stored_logged_or_sent_in_clear(
    journey_db: None, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """The database in clear and its files, every statement, the log, the journal, the headers."""
    from nightdesk.queries.clock import database_now

    statements: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(f"{sql} {params!r}")
        return execute(sql, params, many, context)

    with caplog.at_level(logging.DEBUG), connection.execute_wrapper(note):
        out = lived_through(database_now())
    said = "".join(str(line.facts) for line in JournalLine.objects.all())
    sent = "".join(f"{row.subject}{row.body}" for row in Message.objects.all())
    heard = capfd.readouterr()
    for text in ("".join(statements), caplog.text + heard.out + heard.err, said, sent, str(out.headers)):
        assert not found_in(text)
    assert not [where for where, value in every_value() if found_in(value)]
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        files = [path for end in ("", "-wal", "-shm", "-journal") if (path := Path(name + end)).exists()]
        assert not found_in("".join(path.read_bytes().decode("latin-1") for path in files))
    row = Attachment.objects.get()
    assert found_in("".join(row.opened(name) for name in row.CLASSED["sealed"])) == list(MARKS[2:])
