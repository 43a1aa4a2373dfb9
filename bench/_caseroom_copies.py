"""Rows copied by the database itself, one statement for each table: a hundred times as many cases in a minute or two."""

from typing import Any, Final

from bench._caseroom_rows import LETTERS, Force

ROOM: Final = 100_000  # numbers left free for the lines that asking among the few cases writes


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
    end = "'00010000-0000-0000-0000-000000000000'" if is_pg else "'0001'"
    which = f"{own} < {end}"
    if model in here.numbered:
        which = "{} BETWEEN {} AND {}".format(own, *here.numbered[model])
    copied = f"INSERT INTO {table} ({names}) SELECT {', '.join(columns)} FROM {table} WHERE {which}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(copied, given)
        if is_pg and pk.get_internal_type() == "BigAutoField":
            sequence = f"pg_get_serial_sequence('{model._meta.db_table}', '{pk.column}')"
            cursor.execute(f"SELECT setval({sequence}, (SELECT max({own}) FROM {table}))")  # noqa: S608


def _columns(here: Force, model: Any, copy: int, *, is_pg: bool) -> tuple[list[str], list[str]]:
    """What is selected, with what is filled in: keys and references get the number of the copy in front, numbered rows go
    behind those that are there."""
    from django.db import connection

    pk, (first, last) = model._meta.pk, here.numbered.get(model, (0, 0))
    key = "(%s || substr({0}::text, 5))::uuid" if is_pg else "%s || substr({0}, 5)"
    letters = LETTERS[copy // len(LETTERS)] + LETTERS[copy % len(LETTERS)]
    columns, given = [], []
    for one in model._meta.concrete_fields:
        column = connection.ops.quote_name(one.column)
        if one.name in ("reference", "subject"):
            columns.append(f"%s || substr({column}, 3)")
            given.append(letters)
        elif one.name == "sender_key" or (not last and one is pk) or one.related_model in here.models:
            columns.append(key.format(column))
            given.append(f"{copy:04x}")
        else:
            columns.append(f"{column} + {(last - first + 1) * copy + ROOM}" if one is pk else column)
    return columns, given
