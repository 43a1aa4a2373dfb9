"""Unexplained deaths: entered in short, corrected in versions, compared like any report."""

import uuid
from typing import ClassVar

from django.db import models

from nightdesk.records.sealed import SealedField, SealedRow, Vault
from nightdesk.records.staff import Staff, Station, Unit
from nightdesk.rules.terms import DEATH_SOURCES


class Death(models.Model):
    """One death that nobody can explain yet. What is known of it is in its versions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(
        max_length=12, unique=True
    )  # random; the only name of it in an address or a message
    sender_key = models.UUIDField(unique=True)  # made by the page: sending again makes no second entry
    source = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="deaths")
    station = models.ForeignKey(Station, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    vault = models.ForeignKey(Vault, on_delete=models.PROTECT, related_name="+")

    CLASSED: ClassVar = {
        "plain": (
            "id",
            "reference",
            "sender_key",
            "source",
            "unit",
            "station",
            "entered_at",
            "entered_by",
            "vault",
        )
    }

    class Meta:
        constraints = [
            models.CheckConstraint(name="death_source_known", condition=models.Q(source__in=DEATH_SOURCES))
        ]
        indexes = [models.Index(name="death_of_unit", fields=["unit", "-entered_at"])]


class DeathVersion(SealedRow):
    """What is known of a death, sealed as one value (rules/death.py). A correction is a new version."""

    death = models.ForeignKey(Death, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    values = SealedField(as_json=True)

    CLASSED: ClassVar = {"plain": ("id", "vault", "death", "number", "at", "by"), "sealed": ("values",)}

    class Meta:
        constraints = [models.UniqueConstraint(name="death_version_once", fields=["death", "number"])]
