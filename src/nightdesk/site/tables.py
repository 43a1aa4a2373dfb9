"""The tables of this edition in an empty database, straight from the records.

All migrations in their order come to the same (a test compares them) and take a hundred times as long: each leads from one
edition to the next, and in a database that nobody has used there is nothing to bring along.
"""

from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from nightdesk.records import guard

__all__ = ["begin_empty", "make_tables"]


def make_tables(*, noted: bool = False) -> None:
    """Every table, and the journal's guard, in one transaction. `noted`: every migration is noted as applied too; without,
    for a database that is thrown away."""
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            editor.create_model(model)
        guard.set_guard(connection)
        if noted:
            editor.create_model(MigrationRecorder.Migration)
            _note_migrations()
    connection.close()


def _note_migrations() -> None:
    """What `migrate` writes itself: the names of all migrations, and what comes after the last of them."""
    names = MigrationLoader(None).disk_migrations
    MigrationRecorder.Migration.objects.bulk_create(
        MigrationRecorder.Migration(app=app, name=name) for app, name in names
    )
    emit_post_migrate_signal(verbosity=0, interactive=False, db=DEFAULT_DB_ALIAS)


def begin_empty() -> bool:
    """Make an embedded database of this edition, as if it had been migrated: all of it or nothing. False, and nothing done,
    when it has a table already, or is on a server: those are migrated."""
    if connection.vendor != "sqlite" or connection.introspection.table_names():
        return False
    make_tables(noted=True)
    return True
