"""Gaps in the cover of a unit."""

import uuid
from typing import ClassVar

from django.db import models

from nightdesk.records.rota import ENDS_AFTER_START
from nightdesk.records.staff import Unit


class CoverGap(models.Model):
    """A time in which nobody who can be reached is on, found before it came; closed when somebody is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="gaps")
    layer = models.CharField(max_length=20)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    found_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    CLASSED: ClassVar = {
        "plain": ("id", "unit", "layer", "starts_at", "ends_at", "found_at", "told_at", "closed_at")
    }

    class Meta:
        constraints = [models.CheckConstraint(name="gap_ends_after_start", condition=ENDS_AFTER_START)]
        indexes = [models.Index(name="gap_open", fields=["unit", "closed_at"])]
