"""The outbox: messages are rows, sent by the worker, so that a failed message never rolls back a disclosure."""

import uuid
from typing import ClassVar

from django.db import models

from nightdesk.records.referrals import Page


class Message(models.Model):
    """One message to one member of staff. Carries no personal data: station, reference, urgency, one link."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="messages")
    channel = models.CharField(max_length=20)
    address = models.CharField(max_length=254)  # as long as an address may be
    subject = models.CharField(max_length=200)
    body = models.TextField()
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)  # null: sent, or given up
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    fault = models.CharField(max_length=200, blank=True)

    CLASSED: ClassVar = {
        "plain": (
            "id",
            "page",
            "channel",
            "address",
            "subject",
            "body",
            "made_at",
            "due_at",
            "sent_at",
            "attempts",
            "fault",
        )
    }

    class Meta:
        indexes = [models.Index(name="message_due", fields=["due_at"])]


class Heartbeat(models.Model):
    """That a worker is alive: the counter page shows when it was last seen."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    CLASSED: ClassVar = {"plain": ("name", "at")}
