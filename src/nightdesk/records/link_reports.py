"""Reports as linkage sees them: comparison forms only, sealed under keys of linkage's own."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from nightdesk.records.deaths import Death
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.sealed import SealedBytesField, SealedField, SealedRow
from nightdesk.rules.terms import LINK_KINDS

READ: str = "read"  # a place: how far the journal was read
COMPARED: str = "compared"  # a place: how far what was made of it was compared
VAULT: str = "linkage"  # purpose of the keys: nothing else is sealed under them, and they open nothing else


class LinkReport(SealedRow):
    """One report about one man. A report about two men has two rows; one that does not stand any more is `gone_at`.

    `who` tells the men of one source apart. `seq`: of the journal line whose change it was made from.
    """

    kind = models.CharField(max_length=20)
    disclosure = models.ForeignKey(
        Disclosure, on_delete=models.PROTECT, null=True, related_name="link_reports"
    )
    death = models.ForeignKey(Death, on_delete=models.PROTECT, null=True, related_name="link_reports")
    who = models.CharField(max_length=40)
    reported_at = models.DateTimeField()
    made_at = models.DateTimeField()
    seq = models.BigIntegerField()
    version = models.PositiveIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)
    extract = SealedField(as_json=True)

    CLASSED: ClassVar = {
        "plain": (
            "id", "vault", "kind", "disclosure", "death", "who", "reported_at", "made_at", "seq", "version", "gone_at",
        ),
        "sealed": ("extract",),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(name="link_report_kind_known", condition=Q(kind__in=LINK_KINDS)),
            models.CheckConstraint(
                name="link_report_of_one_source",
                condition=Q(disclosure__isnull=False, death=None) | Q(disclosure=None, death__isnull=False),
            ),
            models.UniqueConstraint(name="link_report_of_disclosure_once", fields=["disclosure", "who"]),
            models.UniqueConstraint(name="link_report_of_death_once", fields=["death", "who"]),
        ]
        indexes = [
            models.Index(name="link_report_new", fields=["-reported_at"]),
            models.Index(name="link_report_seq", fields=["seq", "id"]),  # the worker asks what came since
        ]


class LinkList(SealedRow):
    """The reports most like one report, best first, as it was last compared: [id, bits without the prior] each, sealed.

    Under the key of the report: it goes when the report does.
    """

    report = models.OneToOneField(LinkReport, on_delete=models.PROTECT, related_name="listed")
    at = models.DateTimeField()
    model = models.CharField(max_length=60)
    prior = models.FloatField()  # bits
    among = models.PositiveIntegerField()  # reports that it was compared with
    best = SealedField(as_json=True)

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "report", "at", "model", "prior", "among"),
        "sealed": ("best",),
    }


class LinkBlock(SealedRow):
    """Up to fifty thousand reports sealed as one under a key of its own, so that a worker begins in seconds.

    It holds every report that stands and whose `seq` is above `after` and up to `upto`, as it is now, for as long as its
    key is there: whatever changes or ends one of them destroys the key (actions/_link_blocks.py). Blocks never overlap.
    `form`: of its content, with the behaviours that it knows; one of another form is not used.
    """

    after = models.BigIntegerField()
    upto = models.BigIntegerField()
    form = models.CharField(max_length=40)
    count = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    content = SealedBytesField(bound=("after", "upto", "form", "count"))

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "after", "upto", "form", "count", "made_at"),
        "sealed": ("content",),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(name="link_block_holds_a_span", condition=Q(upto__gt=models.F("after"))),
        ]


class LinkPlace(models.Model):
    """How far the journal was read for linkage: moved on in the same transaction as what was made of it."""

    name = models.CharField(max_length=20, primary_key=True)
    seq = models.BigIntegerField()
    at = models.DateTimeField()

    CLASSED: ClassVar = {"plain": ("name", "seq", "at")}
