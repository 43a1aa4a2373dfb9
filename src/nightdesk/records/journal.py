"""The journal: append-only, hash-chained. Update and delete are refused by the database (triggers in the migration)."""

from typing import ClassVar

from django.db import models


class JournalLine(models.Model):
    """One line per write and per read of a person's record. No foreign keys: it never blocks live data nor goes with it."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    actor = models.CharField(max_length=60)
    role = models.CharField(max_length=20)
    subject = models.CharField(max_length=60, blank=True)
    facts = models.JSONField()
    previous = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)

    CLASSED: ClassVar = {
        "plain": ("seq", "at", "kind", "actor", "role", "subject", "facts", "previous", "digest")
    }

    class Meta:
        indexes = [
            models.Index(name="journal_subject", fields=["subject", "seq"]),
            models.Index(name="journal_actor", fields=["actor", "seq"]),
        ]
