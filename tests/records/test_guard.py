"""The journal's guard: the database itself refuses to change, take away, empty or replace a line, in raw SQL."""

# ruff: noqa: S608  our own statements

import os
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from nightdesk.actions.reading import note_refusal
from nightdesk.records import guard
from nightdesk.records.journal import JournalLine
from nightdesk.rules.access import SYSTEM

TABLE = guard.TABLE
COLUMNS = "seq, at, kind, actor, role, subject, facts, previous, digest"
EVERYWHERE = [
    f"UPDATE {TABLE} SET actor = 'x'",
    f"UPDATE {TABLE} SET actor = 'x' WHERE 1 = 0",
    f"DELETE FROM {TABLE}",
    f"DELETE FROM {TABLE} WHERE seq = 1",
]
SQLITE = [
    f"INSERT OR REPLACE INTO {TABLE} SELECT * FROM {TABLE} WHERE seq = 1",
    f"REPLACE INTO {TABLE} ({COLUMNS}) SELECT seq, at, kind, 'x', role, subject, facts, previous, digest FROM {TABLE}",
    f"UPDATE OR REPLACE {TABLE} SET seq = 1 WHERE seq = 2",
    f"INSERT INTO {TABLE} SELECT * FROM {TABLE} WHERE seq = 1 ON CONFLICT (seq) DO UPDATE SET actor = 'x'",
]
POSTGRES = [
    f"TRUNCATE {TABLE}",
    f"TRUNCATE {TABLE} CASCADE",
    f"INSERT INTO {TABLE} SELECT * FROM {TABLE} WHERE seq = 1 ON CONFLICT (seq) DO UPDATE SET actor = 'x'",
    f"WITH gone AS (DELETE FROM {TABLE} RETURNING seq) SELECT * FROM gone",
    f"MERGE INTO {TABLE} old USING (SELECT 1 AS seq) new ON old.seq = new.seq WHEN MATCHED THEN DELETE",
]


def statements() -> list[str]:
    """What somebody with the database could try, on the database of this run."""
    on_postgres = os.environ["NIGHTDESK_DATABASE"].startswith("postgres")
    return EVERYWHERE + (POSTGRES if on_postgres else SQLITE)


@pytest.fixture
def lines(db: None, now: Any) -> list[tuple[Any, ...]]:
    """Two lines, and what they say."""
    for what in ("first", "second"):
        note_refusal(actor=SYSTEM, at=now, what=what)
    return list(JournalLine.objects.order_by("seq").values_list("seq", "actor", "facts"))


@pytest.mark.parametrize("statement", statements())
def test_the_database_refuses_to_change_the_journal(lines: list[tuple[Any, ...]], statement: str) -> None:
    """On PostgreSQL even when it would meet no line; on SQLite each line refuses for itself."""
    if connection.vendor == "sqlite" and "1 = 0" in statement:
        connection.cursor().execute(statement)
    else:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            connection.cursor().execute(statement)
    assert list(JournalLine.objects.order_by("seq").values_list("seq", "actor", "facts")) == lines


@pytest.mark.parametrize("write", ["update", "delete", "save", "replace"])
def test_our_own_code_cannot_change_the_journal_either(lines: list[tuple[Any, ...]], write: str) -> None:
    """Through the records themselves."""
    line = JournalLine.objects.get(seq=1)
    writes = {
        "update": lambda: JournalLine.objects.update(actor="x"),
        "delete": line.delete,
        "save": line.save,
        "replace": lambda: line.save(force_insert=True),
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        writes[write]()
    assert list(JournalLine.objects.order_by("seq").values_list("seq", "actor", "facts")) == lines


def test_a_missing_guard_is_seen(lines: list[tuple[Any, ...]]) -> None:
    """And set again by whoever may."""
    assert guard.is_set(connection)
    guard.lift(connection)
    assert not guard.is_set(connection)
    guard.set_guard(connection)
    assert guard.is_set(connection)


NAME = "journal_refuses_update"
HOLLOW = "$$ BEGIN RETURN NULL; END $$"
WEAK_ON_SQLITE = [
    [f"DROP TRIGGER {NAME}"],
    [f"DROP TRIGGER {NAME}", f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} BEGIN SELECT 1; END"],
    [f"DROP TRIGGER {NAME}", f"CREATE TRIGGER {NAME} BEFORE UPDATE ON records_unit BEGIN SELECT 1; END"],
]
WEAK_ON_POSTGRES = [
    [f"DROP TRIGGER journal_refuses_truncate ON {TABLE}"],
    [f"ALTER TABLE {TABLE} DISABLE TRIGGER journal_refuses_delete"],
    [f"CREATE OR REPLACE FUNCTION journal_refuses() RETURNS trigger LANGUAGE plpgsql AS {HOLLOW}"],
    [
        f"CREATE OR REPLACE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} "
        "FOR EACH ROW WHEN (false) EXECUTE FUNCTION journal_refuses()"
    ],
]


def test_a_guard_that_only_looks_like_one_is_seen(db: None) -> None:
    """Dropped, switched off, hollowed out, on another table, never true."""
    for way in WEAK_ON_SQLITE if connection.vendor == "sqlite" else WEAK_ON_POSTGRES:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in way:
                cursor.execute(statement)
            assert not guard.is_set(connection), way
            transaction.set_rollback(True)
        assert guard.is_set(connection)
