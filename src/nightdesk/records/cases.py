"""Cases and their status rows."""

import uuid
from typing import ClassVar

from django.db import models

from nightdesk.records.disclosures import Disclosure
from nightdesk.records.staff import Staff, Unit
from nightdesk.rules.case import OPEN, STATES
from nightdesk.rules.queue import NEVER


class Case(models.Model):
    """What a specialist works on. Opened with the referral, so that nothing waits for somebody to remember."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    disclosure = models.OneToOneField(Disclosure, on_delete=models.PROTECT, related_name="case")
    # No index of its own: SQLite would take it for the queue's, and read every case that a unit ever had.
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cases", db_index=False)
    owner = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="cases")
    opened_at = models.DateTimeField()
    # The queue is ordered by the nearer of the two: the evidence that can be lost first, the duty that is missed first.
    first_window_ends_at = models.DateTimeField(
        null=True
    )  # of those that run: the worker moves it on (_queue.py)
    next_duty_at = models.DateTimeField(null=True)  # of the duties whose clock runs
    # Kept by actions/_queue.py, so that the queue of a unit is one look into an index however many cases there are.
    nearest_at = models.DateTimeField(default=NEVER)
    missed = models.PositiveSmallIntegerField(default=0)  # duties missed and still owed
    in_queue = models.BooleanField(default=True)  # not handed over, or something is owed

    state = models.CharField(max_length=20, default=OPEN)  # that of the newest status

    CLASSED: ClassVar = {
        "plain": (
            "id", "disclosure", "unit", "owner", "opened_at", "first_window_ends_at", "next_duty_at", "nearest_at",
            "missed", "in_queue", "state",
        )
    }  # fmt: skip

    class Meta:
        indexes = [
            # In its order; what its filters ask stands beside, so that counting them reads nothing else.
            models.Index(
                name="case_queue", condition=models.Q(in_queue=True),
                fields=[
                    "unit", "nearest_at", "opened_at", "id", "owner", "missed", "first_window_ends_at", "disclosure",
                ],
            ),
            models.Index(
                name="case_mine", fields=["owner", "nearest_at", "opened_at", "id"], condition=models.Q(in_queue=True)
            ),
            models.Index(name="case_window", fields=["first_window_ends_at"], condition=models.Q(in_queue=True)),
            models.Index(name="case_over", fields=["unit", "-opened_at", "id"], condition=models.Q(in_queue=False)),
            # The state first: with the unit first, SQLite would take it for the queue's, as above.
            models.Index(name="case_of_state", fields=["state", "unit"]),
        ]  # fmt: skip
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
