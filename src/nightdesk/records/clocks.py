"""The evidence clock as it was computed, and what was known when it was."""

import uuid
from typing import Any, ClassVar

from django.db import models

from nightdesk.records.disclosures import BasicsVersion, Disclosure
from nightdesk.records.sealed import SealedField, SealedRow
from nightdesk.records.staff import Staff
from nightdesk.rules.clock_facts import NOTHING_KNOWN, KnownOfAct, from_sealed
from nightdesk.rules.kept_clock import from_time
from nightdesk.rules.terms import CLOCK_REASONS


class ClockFacts(SealedRow):
    """What became better known of the act: sites and drugs, as codes of the pack. Sealed: it says what was done."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="clock_facts")
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    sites = SealedField(as_json=True)
    drugs = SealedField(as_json=True)

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "disclosure", "noted_at", "noted_by"),
        "sealed": ("sites", "drugs"),
    }


class ClockEdition(models.Model):
    """The figures of an edition, kept once for all the clocks they gave. The key follows from the figures."""

    id = models.UUIDField(primary_key=True, editable=False)
    edition = models.CharField(max_length=40)
    windows = models.JSONField()  # rows of rules/kept_clock.py without times, shortest first
    health = models.JSONField()  # the same of care that works only for a time
    kept_at = models.DateTimeField()

    CLASSED: ClassVar = {"plain": ("id", "edition", "windows", "health", "kept_at")}


class ClockStart(models.Model):
    """The windows as computed, with the figures that gave them. A new version adds a new row.

    `windows` are all the windows of the edition, whatever was done, so that the list gives nothing away; which of them
    matter follows from `facts`, which are sealed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="clocks")
    version = models.ForeignKey(BasicsVersion, on_delete=models.PROTECT, null=True, related_name="clocks")
    facts = models.ForeignKey(ClockFacts, on_delete=models.PROTECT, null=True, related_name="clocks")
    because = models.CharField(max_length=10, default="first")
    started_at = models.DateTimeField()
    runs_from = models.DateTimeField()
    time_known = models.BooleanField()
    edition = models.CharField(max_length=40)
    kept = models.ForeignKey(ClockEdition, on_delete=models.PROTECT, related_name="clocks")
    first_ends_at = models.DateTimeField(null=True)

    CLASSED: ClassVar = {
        "plain": (
            "id", "disclosure", "version", "facts", "because", "started_at", "runs_from", "time_known", "edition",
            "kept", "first_ends_at",
        )
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(name="clock_reason_known", condition=models.Q(because__in=CLOCK_REASONS))
        ]

    @property
    def windows(self) -> list[dict[str, Any]]:
        """Every window as it was computed, with its times."""
        return from_time(self.kept.windows, self.runs_from)

    @property
    def health(self) -> list[dict[str, Any]]:
        """Every health clock as it was computed, with its times."""
        return from_time(self.kept.health, self.runs_from)

    def known(self) -> KnownOfAct:
        """What was known of the act when this was computed. Opens the seal: the caller has journalled the reading."""
        if self.facts is None:
            return NOTHING_KNOWN
        return from_sealed(self.facts.opened("sites"), self.facts.opened("drugs"))
