"""Exhibits, where each one is and was, and the stores they lie in."""

import uuid
from typing import ClassVar

from django.db import models

from nightdesk.records.disclosures import Disclosure
from nightdesk.records.kits import Kit
from nightdesk.records.pairs import when_and_who
from nightdesk.records.sealed import SealedField, SealedRow
from nightdesk.records.staff import Staff, Station
from nightdesk.rules.terms import CUSTODY, OUTSIDE, STORE_KINDS


class Store(models.Model):
    """A fridge, freezer or dry cupboard, with how much it holds and how warm it may be (tenths of a degree Celsius)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="stores")
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10)
    capacity = models.PositiveIntegerField()
    lowest = models.IntegerField(null=True)
    highest = models.IntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    CLASSED: ClassVar = {
        "plain": (
            "id", "station", "code", "name", "kind", "capacity", "lowest", "highest", "closed_at", "closed_by",
        )
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(name="store_kind_known", condition=models.Q(kind__in=STORE_KINDS)),
            when_and_who("store_closed_pair", "closed_at", "closed_by"),
        ]

    def __str__(self) -> str:
        return self.name


class Temperature(models.Model):
    """How warm it was in a store at a moment, in tenths of a degree Celsius."""

    id = models.BigAutoField(primary_key=True)
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="temperatures")
    at = models.DateTimeField()
    tenths = models.IntegerField()

    CLASSED: ClassVar = {"plain": ("id", "store", "at", "tenths")}

    class Meta:
        constraints = [models.UniqueConstraint(name="temperature_once", fields=["store", "at"])]


class StoreFault(models.Model):
    """A time in which a store did not keep what it promises: too warm, too cold, no readings, or said by a person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="faults")
    kind = models.CharField(max_length=20)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)  # null: it lasts
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, related_name="+"
    )  # null: by readings

    CLASSED: ClassVar = {"plain": ("id", "store", "kind", "starts_at", "ends_at", "noted_at", "noted_by")}

    class Meta:
        indexes = [models.Index(name="store_fault_starts", fields=["store", "-starts_at"])]


class Exhibit(SealedRow):
    """One specimen or object. `code` is on its label, random; `court_ref` is what a court calls it (AB/1)."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="exhibits")
    kit = models.ForeignKey(Kit, on_delete=models.PROTECT, null=True, related_name="exhibits")
    code = models.CharField(max_length=14, unique=True)
    court_ref = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)  # a specimen of the pack, or "object"
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    submit_by = models.DateTimeField(null=True)  # when it has to have left for the laboratory
    description = SealedField()

    CLASSED: ClassVar = {
        "plain": (
            "id", "vault", "disclosure", "kit", "code", "court_ref", "kind", "taken_at", "taken_by", "entered_at",
            "submit_by",
        ),
        "sealed": ("description",),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(name="exhibit_court_ref_once", fields=["disclosure", "court_ref"])
        ]
        indexes = [models.Index(name="exhibit_submit_by", fields=["submit_by"])]


class Custody(models.Model):
    """One link of the chain: from this moment the exhibit is with exactly one holder, until the next link.

    The number goes up by one and comes once: two people who write the next link at the same moment can't both. `until` is
    when the next link took it on, the one thing that is ever written on a link later; so "where is it now" and "what lay
    there then" are short questions also after years, and the database itself keeps a second holder out.
    """

    id = models.BigAutoField(primary_key=True)
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="custody")
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=12)
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)  # null: it is there now
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    store = models.ForeignKey(Store, on_delete=models.PROTECT, null=True, related_name="custody")
    outside = models.CharField(max_length=12, blank=True)
    seal = models.CharField(
        max_length=30, blank=True
    )  # the number on the seal, when it was sealed or sealed anew
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    CLASSED: ClassVar = {
        "plain": (
            "id", "exhibit", "number", "what", "at", "until", "staff", "store", "outside", "seal", "noted_at", "noted_by",
        )
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(name="custody_number_once", fields=["exhibit", "number"]),
            models.UniqueConstraint(
                name="custody_one_now", fields=["exhibit"], condition=models.Q(until=None)
            ),
            models.CheckConstraint(
                name="custody_ends_after",
                condition=models.Q(until=None) | models.Q(until__gte=models.F("at")),
            ),
            models.CheckConstraint(name="custody_what_known", condition=models.Q(what__in=CUSTODY)),
            models.CheckConstraint(
                name="custody_one_holder",
                condition=models.Q(staff__isnull=False, store=None, outside="")
                | models.Q(staff=None, store__isnull=False, outside="")
                | models.Q(staff=None, store=None, outside__in=OUTSIDE),
            ),
        ]
        indexes = [models.Index(name="custody_store_until", fields=["store", "until"])]


class Destruction(models.Model):
    """Somebody asks to destroy an exhibit, and another, senior, allows it or not. Without this row nothing is destroyed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="destructions")
    reason = models.CharField(max_length=30)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    allowed = models.BooleanField(null=True)

    CLASSED: ClassVar = {
        "plain": ("id", "exhibit", "reason", "asked_at", "asked_by", "decided_at", "decided_by", "allowed")
    }

    class Meta:
        constraints = [
            when_and_who("destruction_decided_pair", "decided_at", "decided_by"),
            models.UniqueConstraint(
                name="destruction_one_open", fields=["exhibit"], condition=models.Q(decided_at=None)
            ),
            models.CheckConstraint(
                name="destruction_by_two",
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("asked_by")),
            ),
        ]


class HandOver(models.Model):
    """Somebody gives an exhibit to a colleague. It stays with them until the colleague says that they have it.

    So the link in the chain that follows is written by whoever has it, and the row before it by whoever gave it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="hand_overs")
    number = models.PositiveIntegerField()  # of the newest link when it was offered
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    offered_to = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="offered_exhibits")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    accepted = models.BooleanField(null=True)

    CLASSED: ClassVar = {
        "plain": (
            "id", "exhibit", "number", "offered_at", "offered_by", "offered_to", "answered_at", "answered_by", "accepted",
        )
    }  # fmt: skip

    class Meta:
        constraints = [
            when_and_who("hand_over_answered_pair", "answered_at", "answered_by"),
            models.UniqueConstraint(
                name="hand_over_one_open", fields=["exhibit"], condition=models.Q(answered_at=None)
            ),
        ]


class Hold(models.Model):
    """A legal hold on everything of a case: nothing of it is destroyed until a supervisor lifts it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="holds")
    reason = models.CharField(max_length=30)
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    CLASSED: ClassVar = {
        "plain": ("id", "disclosure", "reason", "placed_at", "placed_by", "lifted_at", "lifted_by")
    }

    class Meta:
        constraints = [
            when_and_who("hold_lifted_pair", "lifted_at", "lifted_by"),
            models.UniqueConstraint(
                name="hold_one_open", fields=["disclosure"], condition=models.Q(lifted_at=None)
            ),
        ]
