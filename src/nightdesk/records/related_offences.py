"""Further offences recorded with a case: added by a person with the reason, withdrawn with one; nothing is taken out."""

from typing import ClassVar

from django.db import models

from nightdesk.records.cases import Case
from nightdesk.records.sealed import SealedField, SealedRow
from nightdesk.records.staff import Staff


class RelatedOffence(SealedRow):
    """One further offence. `offence_class` is an id of the pack; `police_number` is what the force's own system calls it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="related_offences")
    number = models.PositiveSmallIntegerField()
    offence_class = models.CharField(max_length=40)
    suggested = models.BooleanField()  # whether something known pointed to it when it was added
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    police_number = SealedField()
    why = SealedField()

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "case", "number", "offence_class", "suggested", "added_at", "added_by"),
        "sealed": ("police_number", "why"),
    }

    class Meta:
        constraints = [models.UniqueConstraint(name="related_offence_once", fields=["case", "number"])]


class RelatedOffenceEnd(SealedRow):
    """A further offence was added by mistake, or turned out to be none."""

    offence = models.OneToOneField(RelatedOffence, on_delete=models.PROTECT, related_name="end")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    why = SealedField()

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "offence", "at", "by"),
        "sealed": ("why",),
    }
