"""An empty database is made at once, and is the one that all migrations come to."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import MIGRATED
from tests.jobs.processes import environment, nightdesk

MAKE = """
from nightdesk.site.cli_start import start
start()
from nightdesk.site.tables import begin_empty
print([begin_empty(), begin_empty()])
"""


CATALOGUE = {
    "columns": """SELECT concat_ws('|', table_name, column_name, data_type, character_maximum_length, numeric_precision,
        is_nullable, column_default, is_identity, collation_name)
        FROM information_schema.columns WHERE table_schema = 'public'""",
    "constraints": """SELECT concat_ws('|', conrelid::regclass, conname, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> 0""",
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
}

KEPT = {
    "django_migrations": "app, name", "django_content_type": "app_label, model", "auth_permission": "codename",
}  # fmt: skip


@pytest.mark.once("an embedded database only is made so; one on a server is migrated")
def test_the_empty_database_is_the_one_that_migrations_make(tmp_path: Path) -> None:
    """The same tables with the same columns and constraints, the same indexes, the journal's guard, and nothing pending."""
    migrated, made = tmp_path / "migrated", tmp_path / "made"
    migrated.mkdir()
    made.mkdir()
    assert nightdesk(environment(migrated), "migrate").returncode == 0
    done = subprocess.run(
        [sys.executable, "-c", MAKE], env=environment(made), check=True, text=True, capture_output=True
    )
    assert done.stdout == "[True, False]\n", "a second time there are tables already"
    (old,), (new,) = migrated.glob("*.sqlite3"), made.glob("*.sqlite3")
    expected = schema(old)
    assert schema(new) == expected
    assert "journal_refuses_delete" in expected
    assert 'CONSTRAINT "message_channel_known"' in " ".join(expected["records_message"])
    for table, columns in KEPT.items():
        assert rows(new, table, columns) == rows(old, table, columns)
    assert "(0 migrations applied)" in nightdesk(environment(made), "migrate").stdout


def test_the_database_of_the_tests_is_the_one_that_migrations_make(own_database: str, tmp_path: Path) -> None:
    """On both kinds: columns, constraints, indexes, triggers. Tests begin on tables made straight from the records."""
    from django.db import connection

    assert nightdesk(environment(tmp_path, own_database), "migrate").returncode == 0
    if connection.vendor == "sqlite":
        assert schema(Path(MIGRATED[0].kept)) == schema(tmp_path / "own.sqlite3")
        return
    import psycopg

    with psycopg.connect(own_database) as migrated, connection.cursor() as made:
        for part, statement in CATALOGUE.items():
            made.execute(statement)
            expected = migrated.execute(statement).fetchall()
            assert len(expected) > 1, part
            assert sorted(made.fetchall()) == sorted(expected), part


def rows(path: Path, table: str, columns: str) -> set[tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as open_file:
        found = set(open_file.execute(f"SELECT {columns} FROM {table}"))  # noqa: S608  our own names
    assert found
    return found


def schema(path: Path) -> dict[str, list[str]]:
    """What each table, index and trigger of a SQLite file consists of: the parts of its statement, in no order."""
    with closing(sqlite3.connect(path)) as open_file:
        found = open_file.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: parts(sql) for name, sql in found if not name.startswith(("sqlite_", "django_migrations"))}


def parts(sql: str) -> list[str]:
    """A statement cut at its outermost commas: columns and constraints, in whatever order they came."""
    head, _, body = sql.partition("(")
    cut, depth = [""], 0
    for letter in body.rpartition(")")[0] if head.startswith("CREATE TABLE") else "":
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            cut.append("")
        else:
            cut[-1] += letter
    return sorted(part.strip() for part in cut) if any(cut) else [sql]
