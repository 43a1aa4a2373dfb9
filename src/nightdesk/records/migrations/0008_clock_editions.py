"""The figures of an edition are kept once for all the clocks they gave, instead of in every clock."""

import hashlib
import json
import uuid

import django.db.models.deletion
from django.db import migrations, models

TIMES = ("opens_at", "ends_at")


def keep_once(apps, schema_editor):
    """Move the figures out of each clock. The key follows from the figures, as rules/kept_clock.py works it out."""
    start, edition = apps.get_model("records", "ClockStart"), apps.get_model("records", "ClockEdition")
    for clock in start.objects.order_by("started_at").iterator():
        parts = [[{k: v for k, v in row.items() if k not in TIMES} for row in rows] for rows in (clock.windows, clock.health)]
        text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        key = uuid.UUID(bytes=hashlib.sha256(text.encode()).digest()[:16])
        row = {"edition": clock.edition, "windows": parts[0], "health": parts[1], "kept_at": clock.started_at}
        edition.objects.get_or_create(pk=key, defaults=row)
        start.objects.filter(pk=clock.pk).update(kept_id=key)


class Migration(migrations.Migration):

    dependencies = [
        ("records", "0007_pages_let_go"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClockEdition",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("edition", models.CharField(max_length=40)),
                ("windows", models.JSONField()),
                ("health", models.JSONField()),
                ("kept_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="clockstart",
            name="kept",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="clocks", to="records.clockedition"
            ),
        ),
        migrations.RunPython(keep_once, migrations.RunPython.noop),
    ]
