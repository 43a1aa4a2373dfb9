"""What is owed in a case, with every move; the recording of the crime; and key events that the person is told of."""

import uuid
from typing import ClassVar

from django.db import models

from nightdesk.records.cases import Case
from nightdesk.records.sealed import SealedField, SealedRow
from nightdesk.records.staff import Staff
from nightdesk.rules.duty import STATES
from nightdesk.rules.recording import KINDS


class KeyEventNoted(models.Model):
    """Something happened that the person is told of. `kind` is an id of the pack."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="key_events")
    kind = models.CharField(max_length=40)
    happened_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    CLASSED: ClassVar = {"plain": ("id", "case", "kind", "happened_at", "noted_at", "noted_by")}


class Duty(models.Model):
    """One thing owed. `due_at` is counted once, by `edition`, and never changes; `state` is that of the newest move."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="duties")
    kind = models.CharField(max_length=40)  # the code of the pack
    because = models.ForeignKey(KeyEventNoted, on_delete=models.PROTECT, null=True, related_name="duties")
    edition = models.CharField(max_length=40)
    starts_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=20)

    CLASSED: ClassVar = {
        "plain": ("id", "case", "kind", "because", "edition", "starts_at", "due_at", "state")
    }

    class Meta:
        constraints = [
            models.CheckConstraint(name="duty_state_known", condition=models.Q(state__in=STATES)),
            models.CheckConstraint(
                name="duty_ends_after_start", condition=models.Q(due_at__gt=models.F("starts_at"))
            ),
            models.UniqueConstraint(
                name="duty_once_a_case", fields=["case", "kind"], condition=models.Q(because__isnull=True)
            ),
            models.UniqueConstraint(name="duty_once_an_event", fields=["kind", "because"]),
        ]
        indexes = [models.Index(name="duty_due", fields=["state", "due_at"])]


class DutyMove(SealedRow):
    """One move of a duty, as it happened: who, when, the ground or the answer as a code, and words."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="moves")
    number = models.PositiveSmallIntegerField()
    move = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")  # null: the worker
    done_at = models.DateTimeField(null=True)
    ground = models.CharField(max_length=40, blank=True)
    answer = models.CharField(max_length=20, blank=True)
    words = SealedField()

    CLASSED: ClassVar = {
        "plain": (
            "id",
            "vault",
            "duty",
            "number",
            "move",
            "state",
            "at",
            "by",
            "done_at",
            "ground",
            "answer",
        ),
        "sealed": ("words",),
    }

    class Meta:
        constraints = [models.UniqueConstraint(name="duty_move_once", fields=["duty", "number"])]


class Recording(SealedRow):
    """The crime as recorded, or an N100 with its reason. A correction is a new row; the newest counts.

    `offence_class` and `ground` are ids of the pack; `police_number` is what the force's own system calls the crime.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="recordings")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    offence_class = models.CharField(max_length=40, blank=True)
    ground = models.CharField(max_length=40, blank=True)
    police_number = SealedField()
    recorded_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    words = SealedField()

    CLASSED: ClassVar = {
        "plain": (
            "id", "vault", "case", "number", "kind", "offence_class", "ground", "recorded_at", "noted_at", "noted_by",
        ),
        "sealed": ("police_number", "words"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(name="recording_kind_known", condition=models.Q(kind__in=KINDS)),
            models.UniqueConstraint(name="recording_once", fields=["case", "number"]),
        ]
