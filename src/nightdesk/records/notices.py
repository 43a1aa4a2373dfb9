"""Who is to be told, or was told, of something that is overdue: one row a thing, time and person."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from nightdesk.records.staff import Staff
from nightdesk.rules.notice import LEVELS
from nightdesk.rules.pack_notices import KINDS


class NoticeRow(models.Model):
    """One person and one thing that was due at `due_at`. `about` is the key of its row; `kind` says of which table.

    Dropped: before they were told it was settled, or went to somebody else.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    about = models.UUIDField()
    reference = models.CharField(max_length=20)
    due_at = models.DateTimeField()
    level = models.CharField(max_length=10)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    CLASSED: ClassVar = {
        "plain": (
            "id", "kind", "about", "reference", "due_at", "level", "staff", "made_at", "told_at", "dropped_at",
        )
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(name="notice_kind_known", condition=Q(kind__in=KINDS)),
            models.CheckConstraint(name="notice_level_known", condition=Q(level__in=LEVELS)),
            models.CheckConstraint(
                name="notice_told_or_dropped", condition=Q(told_at=None) | Q(dropped_at=None)
            ),
            models.UniqueConstraint(
                name="notice_once", fields=["about", "kind", "due_at", "staff"], condition=Q(dropped_at=None)
            ),
        ]
        indexes = [
            models.Index(name="notice_waits", fields=["staff"], condition=Q(told_at=None, dropped_at=None)),
            models.Index(name="notice_of_somebody", fields=["staff", "-made_at"]),
        ]
