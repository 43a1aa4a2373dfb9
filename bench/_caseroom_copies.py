"""Rows copied by the database itself, one statement for each table: a hundred times as many cases in a minute or two."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from bench._caseroom_rows import LETTERS, Force

ROOM: Final = 100_000  # numbers left free for the lines that asking among the few cases writes

OWN_KEYS: Final = ("sender_key", "telling")  # no references, and yet of one row each
# Of a filling connection only, which is closed before anything is asked: what is written points at what is there, by the
# way it is made, and nothing of it need survive a power cut.
FAST: Final = {
    "sqlite": (
        "PRAGMA foreign_keys=OFF",
        "PRAGMA journal_mode=OFF",
        "PRAGMA synchronous=OFF",
        "PRAGMA cache_size=-1000000",
    ),
    "postgresql": ("SET session_replication_role=replica", "SET synchronous_commit=off"),
}
DONE: Final = {
    "sqlite": ("PRAGMA wal_checkpoint(TRUNCATE)",),
    "postgresql": ("VACUUM (ANALYZE)", "CHECKPOINT"),
}


@contextmanager
def filling() -> Iterator[None]:
    """For writing very much at once. Then what a running force's database has done by itself is done: a checkpoint, and on
    PostgreSQL the statistics and marks of autovacuum."""
    from django.db import connection

    connection.close()
    _say(FAST[connection.vendor])
    yield
    connection.close()
    _say(DONE[connection.vendor])
    connection.close()


def _say(statements: tuple[str, ...]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def size() -> dict[str, int]:
    """How much there is in the database."""
    from django.apps import apps
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        (found,) = cursor.fetchone()
    rows = sum(model._default_manager.count() for model in apps.get_models())
    return {"rows": rows, "megabytes": round(found / 1e6)}


def multiply(here: Force, times: int) -> None:
    """Every row that was written straight so many times more."""
    from django.db import transaction

    for copy in range(1, times + 1):
        with transaction.atomic():
            for model in here.models:
                _copy(here, model, copy)


def _copy(here: Force, model: Any, copy: int) -> None:
    """Once more: what is copied are the rows whose keys begin with zeros, or whose numbers were written first."""
    from django.db import connection

    pk, quote, is_pg = model._meta.pk, connection.ops.quote_name, connection.vendor == "postgresql"
    columns, given = _columns(here, model, copy, is_pg=is_pg)
    table, own = quote(model._meta.db_table), quote(pk.column)
    names = ", ".join(quote(column.column) for column in model._meta.concrete_fields)
    end = "'00000001-0000-0000-0000-000000000000'" if is_pg else "'00000001'"
    which = f"{own} < {end}"
    if model in here.numbered:
        which = "{} BETWEEN {} AND {}".format(own, *here.numbered[model])
    copied = f"INSERT INTO {table} ({names}) SELECT {', '.join(columns)} FROM {table} WHERE {which}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(copied, given)
        if is_pg and pk.get_internal_type() == "BigAutoField":
            sequence = f"pg_get_serial_sequence('{model._meta.db_table}', '{pk.column}')"
            cursor.execute(f"SELECT setval({sequence}, (SELECT max({own}) FROM {table}))")  # noqa: S608


def _by_key(here: Force, model: Any) -> bool:
    """Whether what points there has a key in it that gets the number of the copy."""
    return model in here.models and model not in here.numbered


def _columns(here: Force, model: Any, copy: int, *, is_pg: bool) -> tuple[list[str], list[str]]:
    """What is selected, with what is filled in: keys and references get the number of the copy in front, numbered rows go
    behind those that are there."""
    from django.db import connection

    pk, (first, last) = model._meta.pk, here.numbered.get(model, (0, 0))
    key = "(%s || substr({0}::text, 9))::uuid" if is_pg else "%s || substr({0}, 9)"
    letters = LETTERS[copy // len(LETTERS)] + LETTERS[copy % len(LETTERS)]
    columns, given = [], []
    for one in model._meta.concrete_fields:
        column = connection.ops.quote_name(one.column)
        if one.name in ("reference", "subject"):
            columns.append(f"%s || substr({column}, 3)")
            given.append(letters)
        elif one.name == "token":
            columns.append(f"%s || substr({column}, 9)")
            given.append(f"{copy:08x}")
        elif one.name in OWN_KEYS or (not last and one is pk) or _by_key(here, one.related_model):
            columns.append(key.format(column))
            given.append(f"{copy:08x}")
        else:
            columns.append(f"{column} + {(last - first + 1) * copy + ROOM}" if one is pk else column)
    return columns, given
