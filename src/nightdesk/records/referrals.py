"""Referrals, and who was told and answered."""

import uuid
from typing import ClassVar

from django.db import models

from nightdesk.records.disclosures import Disclosure
from nightdesk.records.staff import Staff, Unit
from nightdesk.rules.referral import STATES


class Referral(models.Model):
    """A specialist is asked for. The policy is frozen in; the cursor (step, next_step_at) is all that moves here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    disclosure = models.OneToOneField(Disclosure, on_delete=models.PROTECT, related_name="referral")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="referrals")
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    because = models.JSONField()
    urgency = models.CharField(max_length=10)
    policy = models.JSONField()
    state = models.CharField(max_length=20)  # the state of the newest move; the moves are the record
    step = models.PositiveIntegerField(default=0)  # the next step to take
    # Given to somebody else or back to the queue, the policy begins anew: with this step, counted from this time.
    first_step = models.PositiveIntegerField(default=0)
    round_at = models.DateTimeField(null=True)  # null: when it was raised
    next_step_at = models.DateTimeField(null=True)  # null: nothing is due, somebody has it
    # Who is asked first, before the policy's first step: handed over or given to a certain person.
    meant_for = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    CLASSED: ClassVar = {
        "plain": (
            "id", "disclosure", "unit", "raised_at", "raised_by", "because", "urgency", "policy", "state", "step",
            "first_step", "round_at", "next_step_at", "meant_for",
        )
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(name="referral_state_known", condition=models.Q(state__in=STATES))
        ]
        indexes = [
            models.Index(name="referral_next_step", fields=["next_step_at"]),
            models.Index(
                name="referral_stands", fields=["unit", "state"]
            ),  # the few of a unit that are on the way
            models.Index(name="referral_of_state", fields=["state"]),  # the few that wait for an answer
            # the few that a colleague was asked to take; with the state, so that SQLite does not take the one above
            models.Index(
                name="referral_offered", fields=["state"], condition=models.Q(meant_for__isnull=False)
            ),
        ]


class ReferralMove(models.Model):
    """One move of a referral, as it happened."""

    id = models.BigAutoField(primary_key=True)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="moves")
    move = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    step = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    to = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")  # handed over to

    CLASSED: ClassVar = {"plain": ("id", "referral", "move", "state", "at", "by", "step", "reason", "to")}


class Page(models.Model):
    """One person was told at one step. The token in the message is the key to acknowledging."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="pages")
    step = models.PositiveIntegerField()
    layer = models.CharField(max_length=20)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="pages")
    told_at = models.DateTimeField()
    token = models.CharField(max_length=43, unique=True)
    answered_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)  # this person can't, or can't after all
    expired_at = models.DateTimeField(null=True)  # answered, and nobody set off

    CLASSED: ClassVar = {
        "plain": (
            "id", "referral", "step", "layer", "staff", "told_at", "token", "answered_at", "declined_at", "expired_at",
        )
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(name="page_once_a_step", fields=["referral", "step", "staff"])]
