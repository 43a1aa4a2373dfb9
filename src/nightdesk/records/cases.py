"""Cases and their status rows."""

import uuid
from typing import ClassVar

from django.db import models

from nightdesk.records.disclosures import Disclosure
from nightdesk.records.staff import Staff, Unit
from nightdesk.rules.case import OPEN, STATES


class Case(models.Model):
    """What a specialist works on. Opened with the referral, so that nothing waits for somebody to remember."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    disclosure = models.OneToOneField(Disclosure, on_delete=models.PROTECT, related_name="case")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cases")
    owner = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="cases")
    opened_at = models.DateTimeField()
    # The queue is ordered by the nearer of the two: the evidence that can be lost first, the duty that is missed first.
    first_window_ends_at = models.DateTimeField(null=True)
    next_duty_at = models.DateTimeField(null=True)  # of the duties whose clock runs
    state = models.CharField(max_length=20, default=OPEN)  # that of the newest status

    CLASSED: ClassVar = {
        "plain": (
            "id", "disclosure", "unit", "owner", "opened_at", "first_window_ends_at", "next_duty_at", "state",
        )
    }  # fmt: skip

    class Meta:
        indexes = [
            models.Index(name="case_queue", fields=["unit", "first_window_ends_at"]),
            models.Index(name="case_duties", fields=["unit", "next_duty_at"]),
            models.Index(name="case_state", fields=["unit", "state"]),
        ]
        constraints = [
            models.CheckConstraint(name="case_state_now_known", condition=models.Q(state__in=STATES))
        ]


class CaseStatus(models.Model):
    """One status of a case with the move that led there ("" for the first); the newest row is the status now."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="statuses")
    state = models.CharField(max_length=20)
    move = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    CLASSED: ClassVar = {"plain": ("id", "case", "state", "move", "at", "by")}

    class Meta:
        constraints = [models.CheckConstraint(name="case_state_known", condition=models.Q(state__in=STATES))]
