"""Particulars of a case in versions: people by role, objects, places, events, plan and wishes; and links between them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from nightdesk.records.cases import Case
from nightdesk.records.pairs import when_and_who
from nightdesk.records.sealed import SealedField, SealedRow
from nightdesk.records.staff import Staff
from nightdesk.rules.particular_answer import from_plain
from nightdesk.rules.particular_field import Answer
from nightdesk.rules.particular_kinds import KINDS, ONE_PER_CASE, ROLES
from nightdesk.rules.particular_link import LINKS


class Particular(SealedRow):
    """One entry: what it says is in its versions. Never deleted: withdrawn, with the reason sealed.

    `taken_from`: a blind index of the part of the first account it was taken from; the account itself stays as it is.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="particulars")
    kind = models.CharField(max_length=20)
    role = models.CharField(max_length=20, blank=True)  # of a person
    taken_from = models.BinaryField(max_length=16, null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_why = SealedField()

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "case", "kind", "role", "taken_from", "withdrawn_at", "withdrawn_by"),
        "sealed": ("withdrawn_why",),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(name="particular_kind_known", condition=Q(kind__in=list(KINDS))),
            models.CheckConstraint(
                name="particular_role_of_person",
                condition=Q(kind="person", role__in=ROLES) | (~Q(kind="person") & Q(role="")),
            ),
            when_and_who("particular_withdrawn_pair", "withdrawn_at", "withdrawn_by"),
            models.UniqueConstraint(
                name="particular_one_a_case", fields=["case", "kind"], condition=Q(kind__in=ONE_PER_CASE)
            ),
            models.UniqueConstraint(
                name="particular_taken_once", fields=["case", "taken_from"], condition=Q(withdrawn_at=None)
            ),
        ]
        indexes = [models.Index(name="particular_of_case", fields=["case", "kind"])]


class ParticularVersion(SealedRow):
    """One version of a particular: everything it says, sealed as one value, and why it was corrected."""

    particular = models.ForeignKey(Particular, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    values = SealedField(as_json=True)
    why = SealedField()

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "particular", "number", "at", "by"),
        "sealed": ("values", "why"),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(name="particular_version_once", fields=["particular", "number"])
        ]

    def said(self) -> dict[str, Answer]:
        """The answers. Opens the seal: the caller has journalled the reading."""
        return from_plain(self.opened("values"))


class ParticularLink(SealedRow):
    """Two particulars of one case belong together, as `kind` says. Taken back with a reason, never deleted."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links")
    kind = models.CharField(max_length=20)
    one = models.ForeignKey(Particular, on_delete=models.PROTECT, related_name="links_on")
    other = models.ForeignKey(Particular, on_delete=models.PROTECT, related_name="links_from")
    basis = models.CharField(max_length=10)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    why = SealedField()  # it was taken back

    CLASSED: ClassVar = {
        "plain": (
            "id", "vault", "case", "kind", "one", "other", "basis", "made_at", "made_by", "taken_back_at", "taken_back_by",
        ),
        "sealed": ("why",),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(name="particular_link_known", condition=Q(kind__in=list(LINKS))),
            models.CheckConstraint(name="particular_link_of_two", condition=~Q(one=F("other"))),
            when_and_who("particular_link_back_pair", "taken_back_at", "taken_back_by"),
            models.UniqueConstraint(
                name="particular_link_once", fields=["kind", "one", "other"], condition=Q(taken_back_at=None)
            ),
        ]
