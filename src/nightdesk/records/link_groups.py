"""Groups that comparing the whole database proposes for people to look at: which reports, how they hang together.

Nothing follows from one. A newer batch renews what it finds again and replaces what it does not.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from nightdesk.records.link_reports import LinkReport
from nightdesk.records.pairs import when_and_who
from nightdesk.records.sealed import SealedField, SealedRow
from nightdesk.records.staff import Staff
from nightdesk.rules.link_group import DECISIONS

GROUPED: str = (
    "grouped"  # a place: up to which change of the journal the newest batch has seen; batches wait for it
)


class LinkBatch(models.Model):
    """One comparison of everything: with which model, over how many reports. Counts only."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    model = models.CharField(max_length=60)
    engine = models.CharField(max_length=20)
    prior = models.FloatField()  # bits
    ethnicity = models.BooleanField()  # whether it was compared
    reports = models.PositiveIntegerField()
    compared = models.BigIntegerField()  # pairs
    seq = models.BigIntegerField()  # of the newest report that was in it

    CLASSED: ClassVar = {
        "plain": ("id", "at", "model", "engine", "prior", "ethnicity", "reports", "compared", "seq")
    }

    class Meta:
        indexes = [models.Index(name="link_batch_new", fields=["-at"])]


class LinkGroup(SealedRow):
    """Reports that may all be about one man, as `batch` found them last. Bits are without the prior.

    `links`: pairs with their evidence, as a candidate keeps it: those that hold the group together, and those that speak
    most against it. Under a key of its own, which goes with the first of its reports that is destroyed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(LinkBatch, on_delete=models.PROTECT, related_name="groups")
    found_at = models.DateTimeField()  # first
    acts = models.PositiveSmallIntegerField()  # one act told twice counts once
    weakest = models.FloatField()  # bits of the link without which it falls apart
    mean = models.FloatField()  # bits of all its pairs
    full = models.BooleanField()  # it was as large as a group may be
    replaced_at = models.DateTimeField(null=True)  # a newer batch did not find it again
    decision = models.CharField(max_length=10, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    why = SealedField()
    links = SealedField(as_json=True)

    CLASSED: ClassVar = {
        "plain": (
            "id", "vault", "batch", "found_at", "acts", "weakest", "mean", "full", "replaced_at", "decision", "decided_at",
            "decided_by",
        ),
        "sealed": ("why", "links"),
    }  # fmt: skip

    class Meta:
        constraints = [
            when_and_who("link_group_decided_pair", "decided_at", "decided_by"),
            models.CheckConstraint(
                name="link_group_decision_known",
                condition=Q(decision="", decided_at=None)
                | Q(decision__in=DECISIONS, decided_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="link_group_open", fields=["-acts", "-mean"], condition=Q(decision="", replaced_at=None)
            )
        ]


class LinkGroupMember(models.Model):
    """A report of a group. `seq`: of the report as it was compared; it has changed since when its own is higher."""

    id = models.BigAutoField(primary_key=True)
    group = models.ForeignKey(LinkGroup, on_delete=models.PROTECT, related_name="members")
    report = models.ForeignKey(LinkReport, on_delete=models.PROTECT, related_name="groups")
    seq = models.BigIntegerField()

    CLASSED: ClassVar = {"plain": ("id", "group", "report", "seq")}

    class Meta:
        constraints = [
            models.UniqueConstraint(name="link_group_member_once", fields=["group", "report"]),
        ]
