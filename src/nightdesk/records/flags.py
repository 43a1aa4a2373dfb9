"""Flags on cases: how each was found, what people decided and when, and who was told. And the runs that look back."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from nightdesk.records.disclosures import BasicsVersion, Disclosure
from nightdesk.records.sealed import SealedField, SealedRow
from nightdesk.records.staff import Staff
from nightdesk.rules.flag import OPEN, ORIGINS, RAISED, STATES


class LookBack(models.Model):
    """One run over disclosures that were taken before. Its place and its counts are kept with every batch it wrote."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField()  # what is told later, triage reads itself
    codes = models.JSONField()  # of the flags looked for
    dry_run = models.BooleanField(default=False)
    editions = models.JSONField()  # of the rules it read by: more than one when they changed on the way
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    place = models.UUIDField(null=True)  # the last disclosure that was looked at: they are taken by their key
    total = models.PositiveIntegerField()
    read = models.PositiveIntegerField(default=0)
    sealed = models.PositiveIntegerField(default=0)  # could not be opened: the key is gone or not here
    empty = models.PositiveIntegerField(default=0)  # nothing was ever kept of what was told
    waiting = models.PositiveIntegerField(default=0)  # flags that are proposed or raised already
    decided = models.PositiveIntegerField(default=0)  # flags that somebody said no to, on the same words
    proposed = models.JSONField(default=dict)  # code → how many
    ended_at = models.DateTimeField(null=True)

    CLASSED: ClassVar = {
        "plain": (
            "id", "since_at", "until_at", "codes", "dry_run", "editions", "begun_at", "begun_by", "place",
            "total", "read", "sealed", "empty", "waiting", "decided", "proposed", "ended_at",
        )
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(name="look_back_one", fields=["dry_run"], condition=Q(ended_at=None))
        ]


class CaseFlag(SealedRow):
    """One flag on what was told. `grounds` are the words that led to a proposal; a person's own stand in their move."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="flags")
    code = models.CharField(max_length=40)  # of the pack
    state = models.CharField(max_length=10)
    origin = models.CharField(max_length=10)
    level = models.CharField(max_length=10, blank=True)
    found_at = models.DateTimeField()
    found_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    edition = models.CharField(max_length=40)  # of the rules in force when it was found
    version = models.ForeignKey(BasicsVersion, on_delete=models.PROTECT, related_name="+", null=True)
    run = models.ForeignKey(LookBack, on_delete=models.PROTECT, related_name="flags", null=True)
    grounds = SealedField(as_json=True)
    review_on = models.DateField(null=True)

    CLASSED: ClassVar = {
        "plain": (
            "id", "vault", "disclosure", "code", "state", "origin", "level", "found_at", "found_by", "edition", "version",
            "run", "review_on",
        ),
        "sealed": ("grounds",),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(name="flag_state_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(name="flag_origin_known", condition=Q(origin__in=ORIGINS)),
            models.CheckConstraint(
                name="flag_raised_is_reviewed",
                condition=Q(state=RAISED, review_on__isnull=False)
                | (~Q(state=RAISED) & Q(review_on__isnull=True)),
            ),
            models.UniqueConstraint(
                name="flag_open_once", fields=["disclosure", "code"], condition=Q(state__in=OPEN)
            ),
        ]
        indexes = [
            models.Index(name="flag_review", fields=["state", "review_on"]),
            models.Index(name="flag_of_case", fields=["disclosure", "code", "state"]),  # the queue's filters
        ]


class FlagMove(SealedRow):
    """What a person decided about a flag: raised, declined, kept at a review, lifted. In their words, sealed."""

    flag = models.ForeignKey(CaseFlag, on_delete=models.PROTECT, related_name="moves")
    number = models.PositiveSmallIntegerField()
    move = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    consulted = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    review_on = models.DateField(null=True)  # as it was set then
    words = SealedField()

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "flag", "number", "move", "state", "at", "by", "consulted", "review_on"),
        "sealed": ("words",),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(name="flag_move_state_known", condition=Q(state__in=STATES)),
            models.UniqueConstraint(name="flag_move_once", fields=["flag", "number"]),
        ]


class FlagTelling(SealedRow):
    """Whether somebody was told of a flag, and how, or why not. Told later: a further row; the newest holds."""

    flag = models.ForeignKey(CaseFlag, on_delete=models.PROTECT, related_name="tellings")
    audience = models.CharField(max_length=40)  # codes of the pack
    told = models.BooleanField()
    way = models.CharField(max_length=40, blank=True)
    why_not = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    words = SealedField()

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "flag", "audience", "told", "way", "why_not", "at", "by"),
        "sealed": ("words",),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="flag_told_how_or_why_not",
                condition=(Q(told=True, why_not="") & ~Q(way="")) | (Q(told=False, way="") & ~Q(why_not="")),
            )
        ]
