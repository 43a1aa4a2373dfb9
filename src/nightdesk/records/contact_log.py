"""Contact with the person: each as it began, with what the plan said to it, and notes on what came of it."""

import uuid
from typing import ClassVar

from django.db import models

from nightdesk.records.cases import Case
from nightdesk.records.sealed import SealedField, SealedRow
from nightdesk.records.staff import Staff
from nightdesk.rules.contact import DIRECTIONS


class PersonContact(SealedRow):
    """One contact as it began: the way, and the warnings (codes) that were said aloud before, with the reason to go on.

    `plan` is the number of the contact plan it was checked against; 0 is what the counter had noted.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="contacts")
    sender_key = models.UUIDField(
        unique=True, default=uuid.uuid4
    )  # made by the page: sent twice is kept once
    way = models.CharField(max_length=40)  # codes of the pack
    direction = models.CharField(max_length=3)
    begun_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    plan = models.PositiveIntegerField()
    warnings = models.JSONField(default=list)
    reason = SealedField()

    CLASSED: ClassVar = {
        "plain": (
            "id", "vault", "case", "sender_key", "way", "direction", "begun_at", "noted_at", "noted_by", "plan", "warnings",
        ),
        "sealed": ("reason",),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contact_direction_known", condition=models.Q(direction__in=DIRECTIONS)
            ),
            models.CheckConstraint(
                name="contact_noted_after", condition=models.Q(noted_at__gte=models.F("begun_at"))
            ),
        ]
        indexes = [models.Index(name="contact_of_case", fields=["case", "-begun_at"])]


class ContactNote(SealedRow):
    """What came of a contact. A correction is a further note; the newest counts, and every one stays."""

    contact = models.ForeignKey(PersonContact, on_delete=models.PROTECT, related_name="notes")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=40)  # a code of the pack
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    next_by_at = models.DateTimeField(null=True)  # the next contact was promised by then
    words = SealedField()
    agreed = SealedField()

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "contact", "number", "outcome", "at", "by", "next_by_at"),
        "sealed": ("words", "agreed"),
    }

    class Meta:
        constraints = [models.UniqueConstraint(name="contact_note_once", fields=["contact", "number"])]
        indexes = [models.Index(name="contact_promised", fields=["next_by_at"])]
