"""Databases of the tests: tables made at once, a copy of them for real processes, and the cast put back row by row.

Thirty-odd migrations take twenty seconds each time. That tables straight from the records are the same ones is shown on both
databases by tests/site/test_tables.py; that `nightdesk migrate` itself works from nothing is shown where one is begun on an
empty database: tests/site/test_cli_serve.py, tests/jobs/test_worker_processes.py.
"""

import datetime as dt
import os
import pickle
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

TEMPLATE = "_migrated"
KEPT_BY_DJANGO = {"django_migrations", "django_content_type", "auth_permission"}


class Migrated:
    """The test database of this process as it is before the first test, kept aside to be copied."""

    def __init__(self, connection: Any, folder: Path) -> None:
        """Keep it: nobody may be connected to it, and nothing may have been written."""
        name = str(connection.settings_dict["NAME"])
        self.postgres = connection.vendor == "postgresql"
        self.kept = name + TEMPLATE if self.postgres else str(folder / f"{os.getpid()}{TEMPLATE}.sqlite3")
        if self.postgres:
            connection.close()
            with suppress(AttributeError):
                connection.close_pool()
            self._execute(f'CREATE DATABASE "{self.kept}" TEMPLATE "{name}"')
        else:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [self.kept])

    def copy_to(self, name: str) -> None:
        """Make the database or the file `name`."""
        if self.postgres:
            self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{self.kept}"')
        else:
            shutil.copyfile(self.kept, name)

    def forget(self) -> None:
        """Drop what was kept."""
        if self.postgres:
            self._execute(f'DROP DATABASE IF EXISTS "{self.kept}"')

    def _execute(self, statement: str) -> None:
        from devtools.postgres import execute

        execute(os.environ["NIGHTDESK_DATABASE"], statement)


@contextmanager
def at_once() -> Iterator[None]:
    """`migrate` in this process makes every table in an empty database without a migration, and notes them all."""
    from django.core.management.commands import migrate

    from nightdesk.site.tables import make_tables

    def make(_command: Any, *_words: Any, **_options: Any) -> None:
        make_tables(noted=True)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(migrate.Command, "handle", make)
        yield


class Remembered:
    """What the actions wrote when the cast was first made in this process; later tests get the same rows back."""

    def __init__(self, made: Any) -> None:
        """Remember everything that is in the database, and `made`: the rows as objects."""
        self.made = pickle.dumps(made)
        self.rows = [(table, *found) for table in _tables() if (found := _rows(table))[1]]

    def back(self) -> Any:
        """Write the rows again (in an empty database), and the objects anew: a test may change them."""
        from django.db import connection, transaction

        with (
            transaction.atomic(),
            connection.cursor() as cursor,
        ):  # foreign keys are looked at when all is there
            for table, columns, rows in self.rows:
                names, marks = ", ".join(columns), ", ".join(["%s"] * len(columns))
                cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608
        return pickle.loads(self.made)  # noqa: S301  our own


def left_alone(connection: Any) -> None:
    """End every session of the test database: nobody drops one that a pool or a thread's last query still holds open."""
    if connection.vendor == "postgresql":
        from devtools.postgres import execute

        connection.close()
        connection.close_pool()
        name = str(connection.settings_dict["NAME"]).replace("'", "''")
        execute(
            os.environ["NIGHTDESK_DATABASE"],
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",  # noqa: S608  our own name
        )


def is_empty() -> bool:
    """Whether nothing was written: every action leaves a line in the journal, and no member of staff is made without one."""
    from nightdesk.records.journal import JournalLine
    from nightdesk.records.staff import Staff

    return not JournalLine.objects.exists() and not Staff.objects.exists()


def _tables() -> list[str]:
    from django.db import connection

    return sorted(set(connection.introspection.django_table_names(only_existing=True)) - KEPT_BY_DJANGO)


def _rows(table: str) -> tuple[list[str], list[Any]]:
    from django.db import connection

    quoted = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {quoted(table)}")  # noqa: S608  our own name
        columns = [quoted(column[0]) for column in cursor.description]
        return columns, [tuple(map(_as_written, row)) for row in cursor.fetchall()]


def _as_written(value: Any) -> Any:
    """SQLite gives a time of day back as an object that it does not take again."""
    return value.isoformat() if isinstance(value, dt.time) else value
