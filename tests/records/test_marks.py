"""A mark in every sensitive field is found nowhere: no table, no file of the database, no log, no message, no session."""

import contextlib
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from nightdesk.actions.flags import Decision, decide_flag, note_telling, raise_flag
from nightdesk.actions.hand_over import offer_case, reassign_cases
from nightdesk.actions.intake import keep_basics, override_proposal, record_departure
from nightdesk.actions.on_the_way import arrive_by_page
from nightdesk.actions.openings import give_reason, move_opening
from nightdesk.actions.reading import note_reading, note_refusal
from nightdesk.actions.receipts import note_receipts
from nightdesk.actions.referral_answers import decline_page
from nightdesk.actions.referrals import acknowledge_page, move_referral
from nightdesk.actions.rota import add_shifts
from nightdesk.actions.ways import add_own_way, add_way
from nightdesk.actions.worker import send_due_messages, take_due_step
from nightdesk.records.disclosures import BasicsVersion, Identifier, Override, Triage
from nightdesk.records.messages import Message
from nightdesk.records.referrals import Page
from nightdesk.rules.access import SYSTEM
from nightdesk.rules.referral import MoveRefused
from nightdesk.rules.terms import WAYS
from tests.people import Cast, as_reader, make_cast
from tests.records.taking import MARKED, MARKS, take

ADDRESS = "https://desk.example.test"
# A number that has none of the marks in it: the marks are the person's.
WAYS_OF_SANA = (("screen", ""), ("sms", "020 7946 0123"), ("webhook", "https://pager.example.org/"))
EMPTY = (
    "HeldWords",
    "ClockFacts",
    "Exhibit",
    "KeptCalendar",
    "ExhibitCorrection",
    "DutyMove",
    "Recording",
    "PersonContact",
    "ContactNote",
    "Task",
    "TaskMove",
    "Particular",
    "ParticularVersion",
    "ParticularLink",
    "Attachment",
    "AttachmentPart",
    "AttachmentThumbnail",
    "AttachmentWithdrawal",
)  # no act of this night; see test_marks_in_messages.py
EMPTY += ("Closing", "ClosingLook", "CaseOutcome", "Reopening", "RelatedOffence", "RelatedOffenceEnd")
# The shield and being turned away have a night of their own: test_shield_marks.py.
EMPTY += (
    "ShieldEntry",
    "ShieldOpening",
    "Interest",
    "InterestMove",
    "InterestView",
    "TurnedAway",
    "TurnedAwayMove",
)
# Deaths and questions of analysts: filled in test_death_marks.py.
EMPTY += ("DeathVersion", "Exploration")
# Sharing: filled in test_marks_in_messages.py.
EMPTY += (
    "ShareRecipient",
    "Consent",
    "ConsentEnd",
    "WithoutConsent",
    "PassingOnMove",
    "SharedPack",
    "SharedPackMove",
)
# Linkage and series: test_series_marks.py; blocks of its reports: tests/jobs/test_linkage_blocks.py.
EMPTY += ("LinkReport", "LinkList", "LinkBlock", "LinkCandidate", "LinkAnswer", "LinkMove", "LinkGroup",
          "SeriesMember")  # fmt: skip


def lived_through(now: datetime) -> tuple[Cast, str]:
    """A night with marks: typed, sent on, corrected, overridden, left, paged, answered, read, refused. Who, and its case."""
    cast, key = make_cast(now), uuid4()
    priya = as_reader(cast.priya)
    keep_basics(actor=priya, at=now, sender_key=key, channel="counter", basics=MARKED)
    told = take(cast, now, MARKED, key=key)
    override_proposal(
        actor=priya,
        at=now,
        reference=told.reference,
        label="sexual_offence",
        level="not_indicated",
        why="MARKWHY",
    )
    record_departure(actor=priya, at=now, reference=told.reference)
    for channel, address in WAYS_OF_SANA:
        add_way(actor=SYSTEM, at=now, staff=cast.sana, channel=channel, address=address, confirmed=True)
    while take_due_step(at=now, address=ADDRESS):
        pass
    send_due_messages(clock=lambda: now + timedelta(minutes=3), send=lambda m: "reference-of-the-provider")
    note_receipts(at=now, ask=lambda ref: "delivered", newer_than=timedelta(hours=1))
    page = Page.objects.first()
    assert page is not None
    acknowledge_page(at=now, token=page.token)
    _handed_on(cast, now, told.reference)
    note_reading(actor=as_reader(cast.sana), at=now, reference=told.reference, what="case")
    _opened_by_another(cast, now, told.reference)
    note_refusal(actor=as_reader(cast.alex), at=now, what="case", reference="MARKREFERENCE")
    _signed_in(cast)
    return cast, told.reference


def _opened_by_another(cast: Cast, now: datetime, reference: str) -> None:
    """Kofi says why; Maud asks for the owner, and answers; each in words."""
    row = give_reason(
        actor=as_reader(cast.kofi), at=now, reference=reference, reason="other", words="MARKREASON"
    )
    told = {"at": now, "opening": row.pk, "words": "MARKASKED"}
    move_opening(actor=as_reader(cast.maud), move="ask", seen=0, **told)
    move_opening(actor=as_reader(cast.maud), move="answer", finding="in_order", seen=1, **told)


def _signed_in(cast: Cast) -> None:
    session = SessionStore()
    session["reader"] = str(cast.priya.pk)
    session.save()


def _handed_on(cast: Any, now: datetime, reference: str) -> None:
    """Refused, offered, turned down, run out, answered again, reassigned; every kind of message leaves."""
    sana, minute = as_reader(cast.sana), timedelta(minutes=1)
    with contextlib.suppress(MoveRefused):
        move_referral(actor=sana, at=now, reference=reference, move="MARKMOVE")
    offer_case(actor=sana, at=now, reference=reference, to=cast.rae.pk, address=ADDRESS)
    decline_page(at=now, token=Page.objects.get(staff=cast.rae, layer="named").token, reason="unwell")
    take_due_step(at=now + 16 * minute, address=ADDRESS)
    token = Page.objects.filter(staff=cast.sana).order_by("-step")[0].token
    acknowledge_page(at=now + 16 * minute, token=token)
    move_referral(actor=sana, at=now + 17 * minute, reference=reference, move="set_off")
    inspector = (cast.maud, "duty_di", now + 60 * minute, now + 63 * minute)
    add_shifts(actor=SYSTEM, at=now, unit=cast.unit_a, shifts=[inspector])
    take_due_step(at=now + 62 * minute, address=ADDRESS)
    send_due_messages(clock=lambda: now + 62 * minute, send=lambda m: "")
    arrive_by_page(at=now + 63 * minute, token=token)
    wanted = {reference: cast.rae.pk}
    reassign_cases(
        actor=as_reader(cast.maud), at=now + 64 * minute, owner=cast.sana.pk, to=wanted, address=ADDRESS
    )
    add_own_way(actor=sana, at=now, channel="email", address="sana.night@force.test")
    _flagged(sana, now, reference)
    send_due_messages(clock=lambda: now + 70 * minute, send=lambda m: "")
    assert set(Message.objects.values_list("about", flat=True)) >= {"page", "reassigned", "reminder", "test"}
    assert set(Message.objects.values_list("channel", flat=True)) == set(WAYS)


def _flagged(sana: Any, now: datetime, reference: str) -> None:
    """A flag with marks in everything that is written about it."""
    flag = raise_flag(actor=sana, at=now, reference=reference, code="alcohol", words="MARKGROUNDS")
    note_telling(
        actor=sana,
        at=now,
        reference=reference,
        flag=flag.pk,
        audience="person",
        told=True,
        way="phone",
        words="MARKTOLD",
    )
    decision = Decision("lift", "MARKLIFTED")
    decide_flag(actor=sana, at=now, reference=reference, flag=flag.pk, seen=1, decision=decision)


def every_value() -> Iterator[tuple[str, str]]:
    """Every column of every row of every table as text, bytes as they are; with where it lies."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            columns = [c.name for c in connection.introspection.get_table_description(cursor, table)]
            cursor.execute(f"SELECT {', '.join(map(quote, columns))} FROM {quote(table)}")  # noqa: S608
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    raw = bytes(value) if isinstance(value, memoryview) else value
                    yield f"{table}.{column}", raw.decode("latin-1") if isinstance(raw, bytes) else str(raw)


def found_in(text: str) -> list[str]:
    """The marks in a text, in any case."""
    return [mark for mark in MARKS if mark.casefold() in text.casefold()]


def test_no_mark_is_in_any_column_of_any_table(journey_db: None, now: datetime) -> None:
    """Committed, on the database of this run."""
    lived_through(now)
    values = list(every_value())
    tables = {where.split(".")[0] for where, _ in values}
    assert tables >= {model._meta.db_table for model in (BasicsVersion, Triage, Identifier, Override)}
    assert not (found := sorted({where for where, value in values if found_in(value)})), found


def test_no_mark_is_in_the_files_of_the_database(journey_db: None, now: datetime) -> None:
    """SQLite: the file, its log and whatever was freed in it. PostgreSQL: the rows as the server keeps them, written out."""
    lived_through(now)
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        files = [
            Path(name),
            *(Path(name + end) for end in ("-wal", "-shm", "-journal") if Path(name + end).exists()),
        ]
        text = "".join(path.read_bytes().decode("latin-1") for path in files)
        assert "records_basicsversion" in text
    else:
        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
            text = ""
            for table in tables:
                cursor.execute(f'SELECT row_to_json(t)::text, t::text FROM "{table}" t')  # noqa: S608
                text += str(cursor.fetchall())
        assert "harrow" in text.casefold()
    assert not found_in(text)


def test_no_mark_is_logged_or_in_a_statement(
    journey_db: None, now: datetime, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whatever the level of the log; and no statement carries a word in clear to where a server could log it."""
    statements: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(f"{sql} {params!r}")
        return execute(sql, params, many, context)

    with caplog.at_level(logging.DEBUG), connection.execute_wrapper(note):
        lived_through(now)
    assert len(statements) > 100
    assert not found_in("".join(statements))
    out, err = capfd.readouterr()
    assert not found_in(caplog.text + out + err)


def test_no_mark_is_in_a_fault_on_the_way(
    journey_db: None, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a crash report would say: the fault and the fields of the rows."""
    cast = make_cast(now)
    told = take(cast, now)
    version = BasicsVersion.objects.get(disclosure=told)
    other = BasicsVersion(pk=uuid4(), vault=version.vault, what=version.what)
    try:
        other.opened("what")
    except Exception as fault:
        text = f"{fault!r} {fault.__cause__!r} {vars(other)} {vars(version)}"
    assert "SealBroken" in text
    assert not found_in(text)


def test_the_marks_can_be_found_where_they_are(journey_db: None, now: datetime) -> None:
    """The search itself works: opened, every one of them is there; and every sealed field was filled."""
    lived_through(now)
    opened = ""
    for model in apps.get_app_config("records").get_models():
        for name in getattr(model, "CLASSED", {}).get("sealed", ()):
            rows = model.objects.select_related("vault")
            assert rows.exists() or model.__name__ in EMPTY, f"{model.__name__}.{name} was never filled"
            opened += " ".join(str(row.opened(name)) for row in rows)
    wanted = {
        "MARKWHAT",
        "MARKNOTES",
        "MARKHANDLE",
        "MARKWHY",
        "MARKCALL",
        "MARKLOOKS",
        "MARKPHONE",
        "MARKADDRESS",
    }
    assert not [mark for mark in wanted if mark not in opened]
    assert found_in(opened) == list(MARKS[:4]) + list(MARKS[5:])
