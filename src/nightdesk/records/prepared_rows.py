"""Rows that are looked for by the same key thousands of times a night, through a statement that is put together once.

Putting a statement together takes Django ten times as long as SQLite needs to answer one. What is asked for stays a query of
Django's; only the values at `given(...)` are filled in each time, and each row becomes an object as it always does.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.transaction import TransactionManagementError

__all__ = ["PreparedColumns", "PreparedRows", "given"]

Row = TypeVar("Row", bound=Model)


class given(Expression):
    """The place of a value that is filled in when the statement is asked: text, a number, an id or a time."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """A place, and what names it."""
        return "%s", [self]


class _Statement:
    """A query put together: its text and places, and how a row of the database becomes values."""

    def __init__(self, query: Any) -> None:
        compiler = query.get_compiler(using=DEFAULT_DB_ALIAS)  # not kept: it holds this thread's connection
        self.sql, self.places = compiler.as_sql()
        self.select, self.made = compiler.select, compiler.klass_info
        self.locks = bool(query.select_for_update)
        self.converters = list(compiler.get_converters([column[0] for column in self.select]).items())

    def rows(self, values: dict[str, Any]) -> Iterable[list[Any]]:
        """The rows as they are now. Raises KeyError for a value that was not given, and TransactionManagementError when
        rows are to be locked outside a transaction: Django asks that only when it puts a statement together."""
        if self.locks and connection.get_autocommit():
            raise TransactionManagementError("Rows are locked inside a transaction, or not at all.")
        filled = [_filled(values[one.name]) if isinstance(one, given) else one for one in self.places]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, filled)
            found = cursor.fetchall()
        return [self._converted(list(row)) for row in found]

    def _converted(self, row: list[Any]) -> list[Any]:
        for place, (converters, expression) in self.converters:
            for converter in converters:
                row[place] = converter(row[place], expression, connection)
        return row


class PreparedColumns:
    """Some columns (values_list) of the rows of `query`, which is called once, when it is first asked."""

    def __init__(self, query: "Callable[[], QuerySet[Any, tuple[Any, ...]]]") -> None:
        self._query = query

    @cached_property
    def _statement(self) -> _Statement:
        return _Statement(self._query().query)

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """The rows as they are now."""
        return [tuple(row) for row in self._statement.rows(values)]


class PreparedRows(Generic[Row]):
    """The rows of `query`, which is called once, when it is first asked; with what it joins by select_related."""

    def __init__(self, query: Callable[[], QuerySet[Row]]) -> None:
        self._query = query

    @cached_property
    def _statement(self) -> _Statement:
        return _Statement(self._query().query)

    @cached_property
    def _made(self) -> tuple[Any, slice, list[str], Any]:
        """Of a row: its class, where its own columns are, what they are called, and who makes what is joined."""
        info, select = self._statement.made, self._statement.select
        own = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
        names = [column[0].target.attname for column in select[own]]
        populators: Any = get_related_populators  # the stubs are of a newer edition
        return info["model"], own, names, populators(info, select, DEFAULT_DB_ALIAS)

    def rows(self, **values: Any) -> list[Row]:
        """The rows as they are now, each an object of its own."""
        found = self._statement.rows(values)
        kind, own, names, joined = self._made
        made = []
        for row in found:
            one = kind.from_db(DEFAULT_DB_ALIAS, names, row[own])
            for populator in joined:
                populator.populate(row, one)
            made.append(one)
        return made

    def first(self, **values: Any) -> Row | None:
        """The first of them, or None."""
        return next(iter(self.rows(**values)), None)


def _filled(value: Any) -> Any:
    """A value as this database is given it."""
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
