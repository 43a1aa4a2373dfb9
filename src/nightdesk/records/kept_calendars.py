"""A calendar file that was checked and waits to be read in."""

from typing import ClassVar

from django.db import models

from nightdesk.records.sealed import SealedField, SealedRow
from nightdesk.records.staff import Staff, Unit
from nightdesk.rules.terms import LAYERS


class KeptCalendar(SealedRow):
    """A calendar file between its dry run and being read in: one a person, sealed (titles may name anybody), for an hour."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    layer = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    kept_at = models.DateTimeField()
    kept_by = models.OneToOneField(Staff, on_delete=models.PROTECT, related_name="+")
    raw = SealedField()  # base64 of the file

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "unit", "layer", "name", "kept_at", "kept_by"),
        "sealed": ("raw",),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(name="kept_calendar_layer_known", condition=models.Q(layer__in=LAYERS))
        ]
        indexes = [models.Index(name="kept_calendar_checked", fields=["kept_at"])]
