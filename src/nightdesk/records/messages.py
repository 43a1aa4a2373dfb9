"""The outbox: messages are rows, sent by the worker, so that a failed message never rolls back a disclosure."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models

from nightdesk.records.contacts import ContactWay
from nightdesk.records.referrals import Page, ReferralMove
from nightdesk.records.staff import Staff
from nightdesk.rules.terms import ABOUT, WAYS


class Message(models.Model):
    """One message to one member of staff. Carries no personal data: station, reference, urgency, one link."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    about = models.CharField(max_length=12, default="page")
    telling = models.UUIDField(null=True)  # the same for one notice by all ways of one person
    page = models.ForeignKey(Page, on_delete=models.PROTECT, null=True, related_name="messages")
    move = models.ForeignKey(  # the reminder that it belongs to
        ReferralMove, on_delete=models.PROTECT, null=True, related_name="messages"
    )
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="messages")
    way = models.ForeignKey(ContactWay, on_delete=models.PROTECT, null=True, related_name="messages")
    channel = models.CharField(max_length=20)
    address = models.CharField(max_length=254)  # as long as an address may be
    subject = models.CharField(max_length=200)
    body = models.TextField()
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)  # null: sent, or given up
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    fault = models.CharField(max_length=200, blank=True)
    provider_ref = models.CharField(
        max_length=80, blank=True
    )  # the provider's name for it, to match its receipt
    delivered_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=40, blank=True)  # what the provider said became of it

    def secret_names(self, at: datetime) -> tuple[str, ...]:
        """By which secrets of its way it is signed at `at`, newest first."""
        return self.way.secret_names(at) if self.way else ("",)

    CLASSED: ClassVar = {
        "plain": (
            "id", "about", "telling", "page", "move", "staff", "way", "channel", "subject", "body", "made_at", "due_at",
            "sent_at", "attempts", "fault", "provider_ref", "delivered_at", "receipt",
        ),
        "personal": ("address",),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(name="message_channel_known", condition=models.Q(channel__in=WAYS)),
            models.CheckConstraint(name="message_about_known", condition=models.Q(about__in=ABOUT)),
            models.UniqueConstraint(name="message_once_a_way", fields=["page", "way"]),
            models.UniqueConstraint(name="message_once_a_reminder", fields=["move", "way"]),
        ]
        indexes = [
            models.Index(name="message_due", fields=["due_at"]),
            models.Index(name="message_provider_ref", fields=["provider_ref"]),
            models.Index(name="message_telling", fields=["telling"]),
        ]


class MessageAttempt(models.Model):
    """One attempt to let a message leave, and what came of it: the record of how somebody was told."""

    id = models.BigAutoField(primary_key=True)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="tries")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    left = models.BooleanField()
    fault = models.CharField(max_length=40, blank=True)  # a code: never the provider's own words

    CLASSED: ClassVar = {"plain": ("id", "message", "number", "at", "left", "fault")}

    class Meta:
        indexes = [models.Index(name="attempt_at", fields=["at"])]


JOB = "job:"  # what the name of a row begins with that is no sign of life: when something was last done


class Heartbeat(models.Model):
    """That a worker is alive: the counter page shows when it was last seen."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    CLASSED: ClassVar = {"plain": ("name", "at")}
