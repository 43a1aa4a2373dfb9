"""Tasks of a case: for whom, by when, where they stand, and every move of them."""

import uuid
from typing import ClassVar

from django.db import models

from nightdesk.records.cases import Case
from nightdesk.records.contact_log import PersonContact
from nightdesk.records.sealed import SealedField, SealedRow
from nightdesk.records.staff import Staff
from nightdesk.rules.task import OPEN, STATES


class Task(SealedRow):
    """One thing to do. `kind` is plain, so that a list across cases needs no sealed word; the title is sealed.

    `due_at`, `for_whom` and `state` are those of the newest move; what they were before stands in the moves.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    sender_key = models.UUIDField(
        unique=True, default=uuid.uuid4
    )  # made by the page: sent twice is kept once
    kind = models.CharField(max_length=40)  # a code of the pack
    title = SealedField()
    contact = models.ForeignKey(PersonContact, on_delete=models.PROTECT, null=True, related_name="tasks")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    for_whom = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="tasks")
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=OPEN)

    CLASSED: ClassVar = {
        "plain": (
            "id", "vault", "case", "sender_key", "kind", "contact", "made_at", "made_by", "for_whom", "due_at", "state",
        ),
        "sealed": ("title",),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(name="task_state_known", condition=models.Q(state__in=STATES)),
            models.CheckConstraint(
                name="task_due_after_made", condition=models.Q(due_at__gt=models.F("made_at"))
            ),
        ]
        indexes = [
            models.Index(name="task_overdue", fields=["due_at"], condition=models.Q(state=OPEN)),
            models.Index(name="task_of_somebody", fields=["for_whom", "state", "due_at"]),
            models.Index(name="task_of_case", fields=["case", "state", "due_at"]),
        ]


class TaskMove(SealedRow):
    """One move of a task: done, dropped, handed on, another time, taken back. The earlier time and person are kept here."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="moves")
    number = models.PositiveSmallIntegerField()
    move = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    due_before = models.DateTimeField()
    due_at = models.DateTimeField()
    from_whom = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    to_whom = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    words = SealedField()

    CLASSED: ClassVar = {
        "plain": (
            "id", "vault", "task", "number", "move", "state", "at", "by", "due_before", "due_at", "from_whom", "to_whom",
        ),
        "sealed": ("words",),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(name="task_move_state_known", condition=models.Q(state__in=STATES)),
            models.UniqueConstraint(name="task_move_once", fields=["task", "number"]),
        ]
