"""The database's clock: one clock for all workers and servers, so that no host's drift makes a negative wait."""

from datetime import UTC, datetime

from django.db import connection


def database_now() -> datetime:
    """Now, by the database, aware UTC, to the millisecond or better."""
    sql = (
        "SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')"
        if connection.vendor == "sqlite"
        else "SELECT clock_timestamp()"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        value = cursor.fetchone()[0]
    return (
        datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value.astimezone(UTC)
    )
