"""What analysts ask of everything that was told, why, and the reports found. Gone after a shift, key and all."""

from typing import ClassVar

from django.db import models

from nightdesk.records.sealed import SealedField, SealedRow
from nightdesk.records.staff import Staff
from nightdesk.rules.exploration import FAULTS

VAULT: str = "exploration"


class Exploration(SealedRow):
    """One question. The linkage worker answers it; `fault` says why it could not. Its vault ends after a shift."""

    sender_key = models.UUIDField(unique=True)  # made by the page: sending again asks nothing twice
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    reason = SealedField()
    facts = SealedField(as_json=True)
    answered_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=20, blank=True)
    result = SealedField(as_json=True)  # [[report id, bits, [[comparison, level, bits]...]]...]

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "sender_key", "asked_at", "asked_by", "answered_at", "fault"),
        "sealed": ("reason", "facts", "result"),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="exploration_fault_known", condition=models.Q(fault__in=("", *FAULTS))
            ),
        ]
        indexes = [
            models.Index(name="exploration_of", fields=["asked_by", "-asked_at"]),
            models.Index(name="exploration_waits", fields=["asked_at"], condition=models.Q(answered_at=None)),
        ]
