"""The shield: what a person said about drugs, sealed apart from everything else; who opened it; and what was decided."""

import uuid
from dataclasses import dataclass
from typing import ClassVar

from django.db import models

from nightdesk.records.cases import Case
from nightdesk.records.disclosures import Disclosure
from nightdesk.records.sealed import SealedField, SealedRow, Vault
from nightdesk.records.staff import Staff
from nightdesk.rules.interest import KINDS, STATES
from nightdesk.rules.shield import DrugAnswer, answer_of
from nightdesk.rules.terms import CHANNELS

VAULT: str = "shield"  # the purpose of its vault: no key of the disclosure opens it
VIEWS = {True: "against", False: "default"}


@dataclass(frozen=True)
class Stand:
    """How a member of staff stands to a case: it is theirs, was theirs at any time, is of their unit."""

    own: bool = False
    ever_own: bool = False
    own_unit: bool = False

    @classmethod
    def of(cls, case: Case | None, staff: str, unit: str) -> "Stand":
        """The stand of the member of staff with this id, in this unit (ids as text, "" for none)."""
        if case is None:
            return cls()
        own = str(case.owner_id) == staff
        ever = own or any(row.move == "take_on" and str(row.by_id) == staff for row in case.statuses.all())
        return cls(own, ever, bool(unit) and str(case.unit_id) == unit)


class Shield(models.Model):
    """The sealed record of one disclosure, with a vault of its own. Made with the first entry or the first decision."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    disclosure = models.OneToOneField(Disclosure, on_delete=models.PROTECT, related_name="shield")
    vault = models.ForeignKey(Vault, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    CLASSED: ClassVar = {"plain": ("id", "disclosure", "vault", "made_at")}


class ShieldEntry(SealedRow):
    """One version of what they said. A further entry is a further version; nothing is overwritten."""

    shield = models.ForeignKey(Shield, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    sender_key = models.UUIDField(unique=True)  # made by the page: sending again makes no second version
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20)  # how the disclosure it belongs to came
    edition = models.CharField(max_length=40)  # of the words that were on the screen when it was offered
    medical = SealedField(as_json=True)  # substance, time, route: all that a medical hand-over opens
    rest = SealedField(as_json=True)  # who gave it, and their own words

    CLASSED: ClassVar = {
        "plain": (
            "id", "vault", "shield", "number", "sender_key", "entered_at", "entered_by", "channel", "edition",
        ),
        "sealed": ("medical", "rest"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(name="shield_version_once", fields=["shield", "number"]),
            models.CheckConstraint(name="shield_channel_known", condition=models.Q(channel__in=CHANNELS)),
        ]

    def answer(self) -> DrugAnswer:
        """The facts. Opens the seal: the caller has noted the opening."""
        return answer_of(self.opened("medical"), self.opened("rest"))


class ShieldOpening(SealedRow):
    """It was opened once: by whom, when, for what, and why (a code of the pack; their words sealed)."""

    shield = models.ForeignKey(Shield, on_delete=models.PROTECT, related_name="openings")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10)
    reason = models.CharField(max_length=40)
    versions = models.PositiveIntegerField()  # how many there were to read
    words = SealedField()

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "shield", "opened_at", "opened_by", "purpose", "reason", "versions"),
        "sealed": ("words",),
    }

    class Meta:
        indexes = [models.Index(name="shield_opened", fields=["shield", "-opened_at"])]


class Interest(SealedRow):
    """A decision on the public interest was asked for. The row never changes; what followed is in moves and views."""

    shield = models.ForeignKey(Shield, on_delete=models.PROTECT, related_name="interests")
    reference = models.CharField(max_length=12, unique=True)  # random; the only name of it in an address
    sender_key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=20)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    grounds = SealedField()

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "shield", "reference", "sender_key", "kind", "asked_at", "asked_by"),
        "sealed": ("grounds",),
    }

    class Meta:
        constraints = [models.CheckConstraint(name="interest_kind_known", condition=models.Q(kind__in=KINDS))]


class InterestMove(SealedRow):
    """One move of a decision; the newest row says where it stands. Its reasons are sealed."""

    interest = models.ForeignKey(Interest, on_delete=models.PROTECT, related_name="moves")
    number = models.PositiveIntegerField()
    move = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    reasons = SealedField()

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "interest", "number", "move", "state", "moved_at", "moved_by"),
        "sealed": ("reasons",),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(name="interest_move_once", fields=["interest", "number"]),
            models.CheckConstraint(name="interest_state_known", condition=models.Q(state__in=STATES)),
        ]


class InterestView(SealedRow):
    """What one senior officer thinks, for or against the default: sealed, so that the second can't find out the first's."""

    interest = models.ForeignKey(Interest, on_delete=models.PROTECT, related_name="views")
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    view = SealedField()  # "against" or "default": words of one length, so that the sealed ones have one too
    reasons = SealedField()

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "interest", "given_at", "given_by"),
        "sealed": ("view", "reasons"),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(name="interest_one_view_each", fields=["interest", "given_by"])
        ]
