"""How a member of staff can be reached, in the order they wish."""

import uuid
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models

from nightdesk.records.pairs import when_and_who
from nightdesk.records.staff import Staff
from nightdesk.rules.terms import WAYS
from nightdesk.rules.ways import Way, can_be_reached, secrets_in_use, with_account


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

    def secret_names(self, at: datetime) -> tuple[str, ...]:
        """The names of the secrets that sign for it at `at`, newest first; "" is the first of its address."""
        made = self.secrets.order_by("number").values_list("id", "made_at")
        return secrets_in_use([(str(key), made_at) for key, made_at in made], at)

    class Meta:
        constraints = [
            models.CheckConstraint(name="way_channel_known", condition=models.Q(channel__in=WAYS)),
            when_and_who("way_withdrawn_pair", "withdrawn_at", "withdrawn_by"),
        ]


class WebhookSecret(models.Model):
    """A new secret was made for a webhook. It is worked out from the force's own and this row's id, so none is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    way = models.ForeignKey(ContactWay, on_delete=models.PROTECT, related_name="secrets")
    number = models.PositiveIntegerField()  # from 1 on; the first secret of an address has no row
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    CLASSED: ClassVar = {"plain": ("id", "way", "number", "made_at", "made_by")}

    class Meta:
        constraints = [models.UniqueConstraint(name="webhook_secret_once", fields=["way", "number"])]


def ways_of(staff: Iterable[Staff]) -> dict[UUID, list[Way]]:
    """The ways of each of `staff` in their order: those that were confirmed; the address of the account when none works.

    A way that was not confirmed may be a stranger's: whoever gets the link in a page can answer it.
    """
    return _ways_by({person.pk: person.email for person in staff})


def _ways_by(addresses: dict[UUID, str]) -> dict[UUID, list[Way]]:
    """The same, by id and address of the account."""
    rows = ContactWay.objects.filter(staff__in=addresses, withdrawn_at=None, verified_at__isnull=False)
    found: dict[UUID, list[Way]] = {pk: [] for pk in addresses}
    columns = rows.order_by("place", "added_at").values_list(
        "staff_id", "pk", "channel", "address", "failed_at"
    )
    for staff, pk, channel, address, failed_at in columns:
        found[staff].append(Way(pk, channel, address, failed=failed_at is not None))
    return {pk: with_account(found[pk], email) for pk, email in addresses.items()}


def reachable_ids(staff_ids: Collection[str]) -> frozenset[str]:
    """Of these ids of staff (text), those with open accounts whom a message can find away from their desk."""
    active = Staff.objects.filter(pk__in=staff_ids, is_active=True)
    found = _ways_by(dict(active.values_list("pk", "email")))
    return frozenset(str(pk) for pk, ways in found.items() if can_be_reached(ways))
