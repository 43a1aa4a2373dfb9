"""Series: reports that analysts have linked, and who may see the series desk besides them."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from nightdesk.records.link_candidates import LinkCandidate
from nightdesk.records.link_reports import LinkReport
from nightdesk.records.pairs import when_and_who
from nightdesk.records.sealed import SealedField, SealedRow
from nightdesk.records.staff import Staff


class Series(models.Model):
    """Reports that people have decided to be about one man. Its members say which; with less than two it is over."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=12, unique=True)  # random
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    CLASSED: ClassVar = {"plain": ("id", "reference", "opened_at", "ended_at")}


class SeriesMember(SealedRow):
    """A report that belongs to a series, by which candidate; when it was taken out, why, and which second analyst saw it.

    Who left because nothing held them any more, or because two series became one, has no `left_why`.
    """

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="members")
    report = models.ForeignKey(LinkReport, on_delete=models.PROTECT, related_name="memberships")
    by_candidate = models.ForeignKey(LinkCandidate, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    left_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    left_why = SealedField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    CLASSED: ClassVar = {
        "plain": (
            "id", "vault", "series", "report", "by_candidate", "joined_at", "left_at", "left_by", "seen_at", "seen_by",
        ),
        "sealed": ("left_why",),
    }  # fmt: skip

    class Meta:
        constraints = [
            when_and_who("series_member_left_pair", "left_at", "left_by"),
            when_and_who("series_member_seen_pair", "seen_at", "seen_by"),
            models.UniqueConstraint(
                name="series_of_a_report_once", fields=["report"], condition=Q(left_at=None)
            ),
        ]


class SeriesDeskMember(models.Model):
    """An officer who was named by a supervisor to see the series desk. Analysts need no naming."""

    id = models.BigAutoField(primary_key=True)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="series_desk")
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    CLASSED: ClassVar = {"plain": ("id", "staff", "named_at", "named_by", "ended_at", "ended_by")}

    class Meta:
        constraints = [
            when_and_who("series_desk_ended_pair", "ended_at", "ended_by"),
            models.UniqueConstraint(
                name="series_desk_member_once", fields=["staff"], condition=Q(ended_at=None)
            ),
        ]
