"""How a member of staff can be reached, in the order they wish."""

import uuid
from collections.abc import Collection
from typing import ClassVar

from django.db import models

from nightdesk.records.pairs import when_and_who
from nightdesk.records.staff import Staff
from nightdesk.rules.reach import Way, can_be_reached
from nightdesk.rules.terms import WAYS


class ContactWay(models.Model):
    """One way to reach somebody: on the screen, by text message, e-mail or webhook. The first place is tried first."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="ways")
    channel = models.CharField(max_length=10)
    address = models.CharField(max_length=254, blank=True)  # empty for the screen
    place = models.PositiveIntegerField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True)  # a test message was answered
    worked_at = models.DateTimeField(
        null=True
    )  # the last time a message was delivered, or left and nothing came back
    failed_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=40, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    CLASSED: ClassVar = {
        "plain": (
            "id", "staff", "channel", "place", "added_at", "added_by", "verified_at", "worked_at", "failed_at", "fault",
            "withdrawn_at", "withdrawn_by",
        ),
        "personal": ("address",),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(name="way_channel_known", condition=models.Q(channel__in=WAYS)),
            when_and_who("way_withdrawn_pair", "withdrawn_at", "withdrawn_by"),
        ]


def reachable_ids(staff_ids: Collection[str]) -> frozenset[str]:
    """Of these ids of staff (text), those whom a message can find (rules/reach.py)."""
    ways: dict[str, list[Way]] = {}
    for row in ContactWay.objects.filter(staff_id__in=staff_ids, withdrawn_at=None):
        ways.setdefault(str(row.staff_id), []).append(Way(row.channel, row.worked_at, row.failed_at))
    emails = Staff.objects.filter(pk__in=staff_ids, is_active=True).values_list("pk", "email")
    return frozenset(str(pk) for pk, email in emails if can_be_reached(ways.get(str(pk), ()), email))
