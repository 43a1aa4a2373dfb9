"""The journal's guard in the database: triggers that refuse UPDATE, DELETE and (PostgreSQL) TRUNCATE, even in raw SQL.

An owner of the tables could still drop them; the hash chain finds what such an owner changes (`nightdesk journal verify`).
"""

from typing import Any

TABLE = "records_journalline"
REFUSE = "SELECT RAISE(ABORT, 'The journal is append-only.')"
SAME = f"SELECT 1 FROM {TABLE} WHERE seq = NEW.seq"  # noqa: S608  our own name

# On SQLite "INSERT OR REPLACE" takes away the old line without asking the delete trigger, so a number comes only once.
SQLITE = {
    "journal_refuses_update": f"BEFORE UPDATE ON {TABLE} BEGIN {REFUSE}; END",
    "journal_refuses_delete": f"BEFORE DELETE ON {TABLE} BEGIN {REFUSE}; END",
    "journal_refuses_replace": f"BEFORE INSERT ON {TABLE} WHEN EXISTS ({SAME}) BEGIN {REFUSE}; END",
}
POSTGRES_BODY = " BEGIN RAISE EXCEPTION 'The journal is append-only.'; END "
POSTGRES = {
    f"journal_refuses_{what}": f"BEFORE {what.upper()} ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION journal_refuses()"
    for what in ("update", "delete", "truncate")
}


def set_guard(connection: Any) -> None:
    """Put the triggers in place (again)."""
    if connection.vendor == "sqlite":
        lift(connection)  # one that was changed by hand would stay
        _run(connection, [f"CREATE TRIGGER {name} {rest}" for name, rest in SQLITE.items()])
        return
    function = f"FUNCTION journal_refuses() RETURNS trigger LANGUAGE plpgsql AS $${POSTGRES_BODY}$$"
    _run(connection, [f"CREATE OR REPLACE {function}"])
    _run(connection, [f"CREATE OR REPLACE TRIGGER {name} {rest}" for name, rest in POSTGRES.items()])


def lift(connection: Any) -> None:
    """Take the triggers away: only for emptying a test database."""
    names, on = (SQLITE, "") if connection.vendor == "sqlite" else (POSTGRES, f" ON {TABLE}")
    _run(connection, [f"DROP TRIGGER IF EXISTS {name}{on}" for name in names])


def is_set(connection: Any) -> bool:
    """Whether every trigger is in place, switched on, and still says what it said."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE]
            )
            there = dict(cursor.fetchall())
            return all(there.get(name) == f"CREATE TRIGGER {name} {rest}" for name, rest in SQLITE.items())
        cursor.execute(
            "SELECT t.tgname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE t.tgrelid = to_regclass(%s) "
            "AND t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL AND p.prosrc = %s",
            [TABLE, POSTGRES_BODY],
        )
        return {name for (name,) in cursor.fetchall()} >= set(POSTGRES)


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
