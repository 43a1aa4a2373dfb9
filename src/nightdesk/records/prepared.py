"""Statements without anything to fill in that are asked thousands of times a night, put together once.

Doing so costs twenty times what the database needs to answer one of them.
"""

from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet


class Prepared:
    """Some columns (values_list) of some rows. Times come as the driver gives them: see `aware`."""

    def __init__(self, columns: "QuerySet[Any, tuple[Any, ...]]") -> None:
        self._columns = columns

    @cached_property
    def _statement(self) -> tuple[str, tuple[Any, ...]]:
        return self._columns.query.sql_with_params()

    def rows(self) -> list[tuple[Any, ...]]:
        """The rows as they are now."""
        with connection.cursor() as cursor:
            cursor.execute(*self._statement)
            return cursor.fetchall()


class Soonest:
    """The soonest `field` among `rows` that have one: what is asked every two seconds, and nearly always “not yet”."""

    def __init__(self, rows: "QuerySet[Any]", field: str) -> None:
        having = rows.filter(**{f"{field}__isnull": False})
        self._first = Prepared(having.order_by(field).values_list(field)[:1])

    def at(self) -> datetime | None:
        """The soonest; None when there is none."""
        return next((aware(at) for (at,) in self._first.rows()), None)

    def is_due(self, at: datetime) -> bool:
        """Whether one lies at or before `at`."""
        soonest = self.at()
        return soonest is not None and soonest <= at


def aware(value: datetime | str) -> datetime:
    """A time as the driver gives it: SQLite has none and keeps text."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value if value.tzinfo else value.replace(tzinfo=UTC)
