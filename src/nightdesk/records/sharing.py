"""Sharing by consent: with whom, what the person answered or was decided without it, who was passed on, which packs went."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from nightdesk.records.cases import Case
from nightdesk.records.duties import Duty
from nightdesk.records.sealed import SealedField, SealedRow, blind_index
from nightdesk.records.staff import Staff
from nightdesk.rules import passing_on, shared_pack
from nightdesk.rules.consent import Answer
from nightdesk.rules.pack_sharing import KINDS
from nightdesk.rules.sharing import Decision


class ShareRecipient(SealedRow):
    """One organisation that something of a case could go to: a service of the directory, or one by its name."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="recipients")
    kind = models.CharField(max_length=10)
    service = models.CharField(max_length=40, blank=True)
    name = SealedField()  # "" for a service of the directory
    blind = models.BinaryField(max_length=16)  # of what it is called: the same one is written down once
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "case", "kind", "service", "blind", "added_at", "added_by"),
        "sealed": ("name",),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(name="recipient_kind_known", condition=Q(kind__in=KINDS)),
            models.UniqueConstraint(name="recipient_once", fields=["case", "blind"]),
        ]

    @staticmethod
    def blind_of(kind: str, service: str, name: str) -> bytes:
        """What finds the same recipient again: its kind with its service, or with its name however it is typed."""
        called = service or f"named {' '.join(name.casefold().split())}"
        return blind_index("share_recipient", f"{kind}|{called}")

    @property
    def code(self) -> str:
        """For the journal: the kind, with the service of the directory if it is one."""
        return f"{self.kind}/{self.service or 'named'}"


class Consent(SealedRow):
    """One answer of the person about one recipient. Groups that are in neither list were not asked."""

    recipient = models.ForeignKey(ShareRecipient, on_delete=models.PROTECT, related_name="consents")
    number = models.PositiveSmallIntegerField()
    key = models.UUIDField(unique=True)  # made by the form: sent twice, kept once
    yes = models.JSONField()
    no = models.JSONField()
    purposes = models.JSONField()
    way = models.CharField(max_length=20)
    answered_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")  # who asked
    until_at = models.DateTimeField(null=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by_answer"
    )
    words = SealedField()

    CLASSED: ClassVar = {
        "plain": (
            "id", "vault", "recipient", "number", "key", "yes", "no", "purposes", "way", "answered_at", "noted_at",
            "noted_by", "until_at", "replaces",
        ),
        "sealed": ("words",),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(name="consent_once", fields=["recipient", "number"]),
            models.CheckConstraint(
                name="consent_ends_later",
                condition=Q(until_at=None) | Q(until_at__gt=models.F("answered_at")),
            ),
        ]
        indexes = [models.Index(name="consent_until", fields=["until_at"])]

    def answer(self) -> Answer:
        """The facts that the rule needs; its end and what replaced it are read with it."""
        end = getattr(self, "end", None)
        return Answer(
            self.number, frozenset(self.yes), frozenset(self.no), frozenset(self.purposes), self.answered_at,
            self.until_at, end.ended_at if end else None, hasattr(self, "replaced_by_answer"),
        )  # fmt: skip


class ConsentEnd(SealedRow):
    """The person took their consent back."""

    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, related_name="end")
    ended_at = models.DateTimeField()
    ended_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")  # who wrote it down
    way = models.CharField(max_length=20, blank=True)
    words = SealedField()

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "consent", "ended_at", "ended_by", "way"),
        "sealed": ("words",),
    }


class WithoutConsent(SealedRow):
    """A supervisor's decision to share without consent, with its ground and reason; it ends by itself."""

    recipient = models.ForeignKey(ShareRecipient, on_delete=models.PROTECT, related_name="decisions")
    key = models.UUIDField(unique=True)
    ground = models.CharField(max_length=40)
    groups = models.JSONField()
    person_told = models.BooleanField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    until_at = models.DateTimeField()
    reason = SealedField()

    CLASSED: ClassVar = {
        "plain": (
            "id", "vault", "recipient", "key", "ground", "groups", "person_told", "decided_at", "decided_by", "until_at",
        ),
        "sealed": ("reason",),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="without_consent_ends", condition=Q(until_at__gt=models.F("decided_at"))
            )
        ]

    def decision(self) -> Decision:
        """The facts that the rule needs."""
        return Decision(self.ground, frozenset(self.groups), self.decided_at, self.until_at)


class PassingOn(models.Model):
    """A person was offered a recipient; `duty` when that answered one. `state` is that of the newest move."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey(ShareRecipient, on_delete=models.PROTECT, related_name="passings_on")
    key = models.UUIDField(unique=True)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, null=True, related_name="passings_on")
    state = models.CharField(max_length=10)
    offered_at = models.DateTimeField()

    CLASSED: ClassVar = {"plain": ("id", "recipient", "key", "duty", "state", "offered_at")}

    class Meta:
        constraints = [
            models.CheckConstraint(name="passing_on_state_known", condition=Q(state__in=passing_on.STATES)),
            models.UniqueConstraint(
                name="passing_on_one_open", fields=["recipient"], condition=Q(state__in=passing_on.OPEN)
            ),
        ]


class PassingOnMove(SealedRow):
    """One move of a passing on, as it happened; the first is the offer with its answer."""

    passing_on = models.ForeignKey(PassingOn, on_delete=models.PROTECT, related_name="moves")
    number = models.PositiveSmallIntegerField()
    move = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField()
    words = SealedField()

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "passing_on", "number", "move", "state", "at", "by", "done_at"),
        "sealed": ("words",),
    }

    class Meta:
        constraints = [models.UniqueConstraint(name="passing_on_move_once", fields=["passing_on", "number"])]


class SharedPack(SealedRow):
    """A hand-over pack as it was made: its content and its very bytes are sealed; `basis` says what let each group go."""

    recipient = models.ForeignKey(ShareRecipient, on_delete=models.PROTECT, related_name="packs")
    code = models.CharField(max_length=12, unique=True)  # random: on the pack, and the only name of it
    key = models.UUIDField(unique=True)
    purpose = models.CharField(max_length=40)
    edition = models.CharField(max_length=40)  # of the table
    basis = models.JSONField()
    consents = models.JSONField()  # the numbers of those that let it go
    state = models.CharField(max_length=16)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    content = SealedField(as_json=True)
    file = SealedField()  # base64: exactly what was given out, whatever a later edition would make of it

    CLASSED: ClassVar = {
        "plain": (
            "id", "vault", "recipient", "code", "key", "purpose", "edition", "basis", "consents", "state", "made_at",
            "made_by",
        ),
        "sealed": ("content", "file"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(name="shared_pack_state_known", condition=Q(state__in=shared_pack.STATES))
        ]
        indexes = [models.Index(name="pack_to_stop", fields=["id"], condition=Q(state=shared_pack.STOP_OWED))]


class SharedPackMove(SealedRow):
    """One move of a pack: sent how and to which address, told to stop, what they answered."""

    pack = models.ForeignKey(SharedPack, on_delete=models.PROTECT, related_name="moves")
    number = models.PositiveSmallIntegerField()
    move = models.CharField(max_length=16)
    state = models.CharField(max_length=16)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField()
    way = models.CharField(max_length=20, blank=True)
    address = SealedField()
    words = SealedField()

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "pack", "number", "move", "state", "at", "by", "done_at", "way"),
        "sealed": ("address", "words"),
    }

    class Meta:
        constraints = [models.UniqueConstraint(name="shared_pack_move_once", fields=["pack", "number"])]


class SharedPackDownload(models.Model):
    """Somebody took the file: who and when."""

    id = models.BigAutoField(primary_key=True)
    pack = models.ForeignKey(SharedPack, on_delete=models.PROTECT, related_name="downloads")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    CLASSED: ClassVar = {"plain": ("id", "pack", "at", "by")}
