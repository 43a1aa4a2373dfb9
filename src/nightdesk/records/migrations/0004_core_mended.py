"""A message takes an address of any length; a version is triaged once; the journal's guard also refuses to replace a line."""

from django.db import migrations, models

from nightdesk.records import guard


def set_guard(apps, schema_editor):
    guard.set_guard(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("records", "0003_sign_in")]
    operations = [
        migrations.AlterField("message", "address", models.CharField(max_length=254)),
        migrations.AddConstraint(
            "triage", models.UniqueConstraint(fields=("version",), name="triage_once_a_version")
        ),
        migrations.RunPython(set_guard, migrations.RunPython.noop),
    ]
