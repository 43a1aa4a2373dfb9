"""Triggers that refuse to change the journal, on both databases."""

from django.db import migrations

from nightdesk.records import guard


def set_guard(apps, schema_editor):
    guard.set_guard(schema_editor.connection)


def lift(apps, schema_editor):
    guard.lift(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(set_guard, lift)]
