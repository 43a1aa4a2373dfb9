"""What was told, however it came: the disclosure, its versions, its identifiers, and what triage made of it."""

import uuid
from typing import ClassVar

from django.db import models

from nightdesk.records.pairs import when_and_who
from nightdesk.records.sealed import SealedField, SealedRow, Vault
from nightdesk.records.staff import Staff, Station
from nightdesk.rules import basics as basics_rules
from nightdesk.rules.terms import CHANNELS


class Disclosure(models.Model):
    """One telling. The row never changes its content: what was told is in versions, what followed in rows pointing here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(
        max_length=12, unique=True
    )  # random; the only name of it in a page address or message
    sender_key = models.UUIDField(
        unique=True
    )  # made by the page before the first save: sending again makes no second record
    channel = models.CharField(max_length=20)
    station = models.ForeignKey(Station, on_delete=models.PROTECT, null=True, related_name="disclosures")
    taken_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    left_at = models.DateTimeField(null=True)
    left_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    vault = models.ForeignKey(Vault, on_delete=models.PROTECT, related_name="+")

    CLASSED: ClassVar = {
        "plain": (
            "id", "reference", "sender_key", "channel", "station", "taken_by", "opened_at", "accepted_at", "accepted_by",
            "left_at", "left_by", "vault",
        )
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(name="disclosure_channel_known", condition=models.Q(channel__in=CHANNELS)),
            when_and_who("disclosure_accepted_pair", "accepted_at", "accepted_by"),
            when_and_who("disclosure_left_pair", "left_at", "left_by"),
        ]
        indexes = [models.Index(name="disclosure_station", fields=["station", "-opened_at"])]


class BasicsVersion(SealedRow):
    """One version of the basics. A correction is a new version; nothing is overwritten."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    earliest_at = models.DateTimeField(null=True)
    latest_at = models.DateTimeField(null=True)
    what = SealedField()
    rest = SealedField(as_json=True)

    CLASSED: ClassVar = {
        "plain": (
            "id",
            "vault",
            "disclosure",
            "number",
            "recorded_at",
            "recorded_by",
            "earliest_at",
            "latest_at",
        ),
        "sealed": ("what", "rest"),
    }

    class Meta:
        constraints = [models.UniqueConstraint(name="basics_version_once", fields=["disclosure", "number"])]

    @classmethod
    def of(cls, basics: basics_rules.Basics, **row: object) -> "BasicsVersion":
        """A version that holds `basics`, not yet saved."""
        plain = basics_rules.to_plain(basics)
        what = plain.pop("what")
        return cls(what=what, rest=plain, earliest_at=basics.earliest_at, latest_at=basics.latest_at, **row)

    def basics(self) -> basics_rules.Basics:
        """The facts a rule needs. Opens the seal: the caller has journalled the reading."""
        return basics_rules.from_plain({**self.opened("rest"), "what": self.opened("what")})


class Identifier(SealedRow):
    """One thing that tells a person apart: a phone, a handle, a name used. Sealed, with a blind index for equality."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="identifiers")
    version = models.ForeignKey(BasicsVersion, on_delete=models.PROTECT, related_name="identifiers")
    about = models.CharField(max_length=12)  # "discloser" or "suspect"
    person_number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    platform = models.CharField(max_length=30, blank=True)
    value = SealedField()
    blind = models.BinaryField(max_length=16)

    CLASSED: ClassVar = {
        "plain": (
            "id",
            "vault",
            "disclosure",
            "version",
            "about",
            "person_number",
            "kind",
            "platform",
            "blind",
        ),
        "sealed": ("value",),
    }

    class Meta:
        indexes = [models.Index(name="identifier_blind", fields=["kind", "blind"])]


class Triage(SealedRow):
    """What triage proposed for one version, with the edition of the rules; the words that led there are sealed."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="triages")
    version = models.ForeignKey(BasicsVersion, on_delete=models.PROTECT, related_name="triages")
    at = models.DateTimeField()
    edition = models.CharField(max_length=40)
    levels = models.JSONField()  # label -> level, as proposed
    because = models.JSONField()  # codes of the grounds for asking a specialist
    urgency = models.CharField(max_length=10)
    reasons = SealedField(as_json=True)

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "disclosure", "version", "at", "edition", "levels", "because", "urgency"),
        "sealed": ("reasons",),
    }

    class Meta:
        constraints = [models.UniqueConstraint(name="triage_once_a_version", fields=["version"])]


class Override(SealedRow):
    """A person added or set aside a proposal: the proposal stays, this stands beside it."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="overrides")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=40)
    level = models.CharField(max_length=20)
    why = SealedField()

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "disclosure", "at", "by", "label", "level"),
        "sealed": ("why",),
    }
