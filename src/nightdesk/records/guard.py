"""The journal's guard in the database: triggers that refuse UPDATE, DELETE and (PostgreSQL) TRUNCATE, even in raw SQL.

An owner of the tables could still drop them; the hash chain finds what such an owner changes (`nightdesk journal verify`).
"""

from typing import Any

TABLE = "records_journalline"

SQLITE_SET = [
    f"CREATE TRIGGER IF NOT EXISTS journal_refuses_{what} BEFORE {what.upper()} ON {TABLE} "
    "BEGIN SELECT RAISE(ABORT, 'The journal is append-only.'); END"
    for what in ("update", "delete")
]
SQLITE_LIFT = [f"DROP TRIGGER IF EXISTS journal_refuses_{what}" for what in ("update", "delete")]

POSTGRES_SET = [
    "CREATE OR REPLACE FUNCTION journal_refuses() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'The journal is append-only.'; END $$",
    *(
        f"CREATE OR REPLACE TRIGGER journal_refuses_{what} BEFORE {what.upper()} ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuses()"
        for what in ("update", "delete", "truncate")
    ),
]
POSTGRES_LIFT = [
    f"DROP TRIGGER IF EXISTS journal_refuses_{what} ON {TABLE}" for what in ("update", "delete", "truncate")
]


def set_guard(connection: Any) -> None:
    """Put the triggers in place (again)."""
    _run(connection, SQLITE_SET if connection.vendor == "sqlite" else POSTGRES_SET)


def lift(connection: Any) -> None:
    """Take the triggers away: only for emptying a test database."""
    _run(connection, SQLITE_LIFT if connection.vendor == "sqlite" else POSTGRES_LIFT)


def is_set(connection: Any) -> bool:
    """Whether every trigger is in place."""
    if connection.vendor == "sqlite":
        sql, wanted = (
            "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal_refuses_%%'",
            2,
        )
    else:
        sql, wanted = (
            "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'journal_refuses_%%' AND tgenabled <> 'D'",
            3,
        )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return bool(cursor.fetchone()[0] == wanted)


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
