"""Every clock has its edition by now, so that its own copy of the figures goes.

Apart from the migration that fills: PostgreSQL alters no table on which the same transaction still has keys to check.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("records", "0008_clock_editions"),
    ]

    operations = [
        migrations.RemoveField(model_name="clockstart", name="windows"),
        migrations.RemoveField(model_name="clockstart", name="health"),
        migrations.AlterField(
            model_name="clockstart",
            name="kept",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="clocks", to="records.clockedition"
            ),
        ),
    ]
