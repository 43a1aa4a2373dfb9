"""What was put right about an exhibit, with the earlier value beside the new one."""

from typing import ClassVar

from django.db import models

from nightdesk.records.exhibits import Exhibit
from nightdesk.records.sealed import SealedField, SealedRow
from nightdesk.records.staff import Staff
from nightdesk.rules.terms import EXHIBIT_FACTS


class ExhibitCorrection(SealedRow):
    """One fact of an exhibit that was put right: as it was before and as it is since, in clear where the exhibit has it in
    clear. The row of the exhibit has what holds now; a description as it was before is sealed in `words`.

    The number goes up by one and comes once: two people who correct at the same moment can't both.
    """

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="corrections")
    number = models.PositiveIntegerField()
    fact = models.CharField(max_length=12)
    reason = models.CharField(max_length=20)
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)
    words = SealedField()
    corrected_at = models.DateTimeField()
    corrected_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    CLASSED: ClassVar = {
        "plain": (
            "id", "vault", "exhibit", "number", "fact", "reason", "before", "after", "corrected_at", "corrected_by",
        ),
        "sealed": ("words",),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(name="exhibit_correction_number_once", fields=["exhibit", "number"]),
            models.CheckConstraint(
                name="exhibit_correction_fact_known", condition=models.Q(fact__in=EXHIBIT_FACTS)
            ),
        ]
