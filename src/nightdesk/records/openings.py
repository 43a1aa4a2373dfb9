"""Openings of others' cases: who, when, why, until when; that the owner saw it; and what was asked and answered about it."""

from datetime import datetime
from typing import ClassVar

from django.db import models

from nightdesk.records.away import away_at
from nightdesk.records.cases import Case
from nightdesk.records.sealed import SealedField, SealedRow
from nightdesk.records.staff import Staff
from nightdesk.rules.opening import FINDINGS, STATES


def nobody_there(at: datetime) -> models.Q:
    """Openings that no owner sees: nobody has the case, or whoever has it is away at that moment."""
    away = models.Exists(away_at(at).filter(staff=models.OuterRef("case__owner")))
    return models.Q(case__owner=None) | models.Q(away)


class CaseOpening(SealedRow):
    """Somebody whose case it is not gave a reason and may open it until `until_at`. Their words are sealed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="openings", db_index=False)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    until_at = models.DateTimeField()
    reason = models.CharField(max_length=40)  # a code of the pack
    words = SealedField()

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "case", "opened_at", "opened_by", "until_at", "reason"),
        "sealed": ("words",),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="opening_ends_after_start", condition=models.Q(until_at__gt=models.F("opened_at"))
            )
        ]
        indexes = [
            models.Index(name="opening_case", fields=["case", "-opened_at"]),
            models.Index(name="opening_by", fields=["opened_by", "-opened_at"]),
            models.Index(name="opening_at", fields=["-opened_at"]),
        ]


class OpeningSeen(models.Model):
    """The owner of the case, or a supervisor while the owner is away, has seen that it was opened."""

    opening = models.OneToOneField(
        CaseOpening, on_delete=models.PROTECT, related_name="seen", primary_key=True
    )
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    CLASSED: ClassVar = {"plain": ("opening", "at", "by")}


class OpeningMove(SealedRow):
    """What was asked or answered about an opening; the newest row says where it stands. Words are sealed."""

    opening = models.ForeignKey(CaseOpening, on_delete=models.PROTECT, related_name="moves")
    number = models.PositiveSmallIntegerField()
    move = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    finding = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    words = SealedField()

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "opening", "number", "move", "state", "finding", "at", "by"),
        "sealed": ("words",),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(name="opening_move_once", fields=["opening", "number"]),
            models.CheckConstraint(name="opening_state_known", condition=models.Q(state__in=STATES)),
            models.CheckConstraint(
                name="opening_answer_finds",
                condition=models.Q(move="answer", finding__in=FINDINGS)
                | (~models.Q(move="answer") & models.Q(finding="")),
            ),
        ]
