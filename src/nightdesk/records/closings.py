"""How a case ends: what was asked for, a supervisor's look at it, the outcome and its corrections, and reopening."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from nightdesk.records.cases import Case
from nightdesk.records.sealed import SealedField, SealedRow
from nightdesk.records.staff import Staff
from nightdesk.rules.closing import APPROVED, SENT_BACK, VERDICTS
from nightdesk.rules.closing_said import HOW, PRESENT, SAID_BY, SUPPORT
from nightdesk.rules.pack_closing import ENDINGS

BY_ANOTHER = (APPROVED, SENT_BACK)


class Closing(SealedRow):
    """Somebody asks to close a case. The row never changes; what was decided is its look.

    Codes are plain, so that figures can count how endings came about; what was said is sealed. `against` are the reasons
    against it at that moment, as codes with counts.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="closings")
    number = models.PositiveSmallIntegerField()
    ending = models.CharField(max_length=20)
    outcome = models.CharField(max_length=40)  # of the pack
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=20, blank=True)
    speaker = models.CharField(max_length=20, blank=True)
    said_at = models.DateTimeField(null=True)
    present = models.CharField(max_length=20, blank=True)
    unasked = models.CharField(max_length=5, blank=True)
    support = models.CharField(max_length=20, blank=True)
    told_back = models.BooleanField(default=False)
    told_kept = models.BooleanField(default=False)
    tries = models.PositiveIntegerField(null=True)  # all of them, since the person was last reached
    tries_logged = models.PositiveIntegerField(default=0)  # those of them that the contact log had
    try_ways = models.JSONField(default=list)
    first_try_on = models.DateField(null=True)
    last_try_on = models.DateField(null=True)
    suspect = models.CharField(max_length=5, blank=True)
    prosecutors_on = models.DateField(null=True)
    told = models.BooleanField(default=False)
    against = models.JSONField(default=dict)
    words = SealedField()  # of the person, as they were said
    said_to = SealedField()
    present_who = SealedField()
    grounds = SealedField()
    tries_where = SealedField(
        null=True
    )  # where the others are written down; of closings before the log: nothing

    CLASSED: ClassVar = {
        "plain": (
            "id", "vault", "case", "number", "ending", "outcome", "asked_at", "asked_by", "how", "speaker", "said_at",
            "present", "unasked", "support", "told_back", "told_kept", "tries", "tries_logged", "try_ways", "first_try_on",
            "last_try_on", "suspect", "prosecutors_on", "told", "against",
        ),
        "sealed": ("words", "said_to", "present_who", "grounds", "tries_where"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(name="closing_once", fields=["case", "number"]),
            models.CheckConstraint(name="closing_ending_known", condition=Q(ending__in=ENDINGS)),
            models.CheckConstraint(name="closing_how_known", condition=Q(how__in=("", *HOW))),
            models.CheckConstraint(name="closing_speaker_known", condition=Q(speaker__in=("", *SAID_BY))),
            models.CheckConstraint(name="closing_present_known", condition=Q(present__in=("", *PRESENT))),
            models.CheckConstraint(name="closing_support_known", condition=Q(support__in=("", *SUPPORT))),
        ]


class ClosingLook(SealedRow):
    """What became of it: approved or sent back by another, taken back by whoever asked, or closed where none is needed."""

    closing = models.OneToOneField(Closing, on_delete=models.PROTECT, related_name="look")
    verdict = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+"
    )  # so that the database tells
    words = SealedField()

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "closing", "verdict", "at", "by", "asked_by"),
        "sealed": ("words",),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(name="closing_verdict_known", condition=Q(verdict__in=VERDICTS)),
            models.CheckConstraint(
                name="closing_look_by_another",
                condition=(Q(verdict__in=BY_ANOTHER) & ~Q(by=F("asked_by")))
                | (~Q(verdict__in=BY_ANOTHER) & Q(by=F("asked_by"))),
            ),
        ]


class CaseOutcome(SealedRow):
    """The outcome of a case as it was closed, then each correction: the newest row counts, the earlier stay."""

    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="outcomes")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=40)
    suspect = models.CharField(max_length=5, blank=True)
    prosecutors_on = models.DateField(null=True)
    told = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    grounds = SealedField()

    CLASSED: ClassVar = {
        "plain": (
            "id",
            "vault",
            "closing",
            "number",
            "outcome",
            "suspect",
            "prosecutors_on",
            "told",
            "at",
            "by",
        ),
        "sealed": ("grounds",),
    }

    class Meta:
        constraints = [models.UniqueConstraint(name="case_outcome_once", fields=["closing", "number"])]


class Reopening(SealedRow):
    """A closed case was opened again. Its ending stays where it is."""

    closing = models.OneToOneField(Closing, on_delete=models.PROTECT, related_name="reopening")
    ground = models.CharField(max_length=40)  # of the pack
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    words = SealedField()

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "closing", "ground", "at", "by"),
        "sealed": ("words",),
    }
