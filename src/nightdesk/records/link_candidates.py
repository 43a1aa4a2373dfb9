"""Candidates: two reports side by side, what the engine found, what each analyst answered."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from nightdesk.records.link_reports import LinkReport
from nightdesk.records.sealed import Sealed, SealedField, SealedRow, blind_index
from nightdesk.records.staff import Staff
from nightdesk.rules.candidate import ANSWERS, OWED, STATES, TELLS, WHY
from nightdesk.rules.terms import INCIDENT


class LinkCandidate(SealedRow):
    """Two reports that may be about the same man. `new` came later. `bits` are without the prior.

    `evidence` is every comparison with its level and bits, as the model of `model` found it among `reports` reports; a new
    finding replaces it, and what an analyst saw stays with their answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    new = models.ForeignKey(LinkReport, on_delete=models.PROTECT, related_name="candidates")
    earlier = models.ForeignKey(LinkReport, on_delete=models.PROTECT, related_name="later_candidates")
    state = models.CharField(max_length=20)
    round = models.PositiveSmallIntegerField(default=1)  # of answers: one more each time it is opened again
    why = models.CharField(max_length=20)
    caused_by = models.ForeignKey(LinkReport, on_delete=models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="candidates")
    raised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    escalated_at = models.DateTimeField(null=True)
    rank = models.PositiveIntegerField()  # of `earlier` in the list of `new`
    bits = models.FloatField()
    prior = models.FloatField()  # bits
    reports = models.PositiveIntegerField()
    model = models.CharField(max_length=60)
    incident = models.CharField(
        max_length=10, blank=True
    )  # whether both may tell of one and the same incident
    evidence = SealedField(as_json=True)

    CLASSED: ClassVar = {
        "plain": (
            "id", "vault", "new", "earlier", "state", "round", "why", "caused_by", "owner", "raised_at", "due_at",
            "escalated_at", "rank", "bits", "prior", "reports", "model", "incident",
        ),
        "sealed": ("evidence",),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(name="candidate_state_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(name="candidate_why_known", condition=Q(why__in=WHY)),
            models.CheckConstraint(
                name="candidate_incident_known", condition=Q(incident__in=("", *INCIDENT))
            ),
            models.CheckConstraint(name="candidate_of_two", condition=~Q(new=F("earlier"))),
            models.UniqueConstraint(name="candidate_once", fields=["new", "earlier"]),
        ]
        indexes = [
            models.Index(name="candidate_owed", fields=["due_at", "state"], condition=Q(state__in=OWED))
        ]

    def seen_mark(self) -> str:
        """A mark of what a page showed: the round and the evidence. Tells two apart, and nothing of them."""
        kept = self.evidence.ciphertext.hex() if isinstance(self.evidence, Sealed) else ""
        return f"{self.round}-{blind_index('candidate_evidence', kept)[:6].hex()}"


class LinkAnswer(SealedRow):
    """What one analyst answered, on what grounds, and the evidence as it stood then."""

    candidate = models.ForeignKey(LinkCandidate, on_delete=models.PROTECT, related_name="answers")
    round = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()  # 1 and 2 are blind to each other; 3 decides
    answer = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    model = models.CharField(max_length=60)
    grounds = SealedField()
    asked = SealedField(as_json=True, null=True)  # codes of what would settle it, when more is needed
    evidence = SealedField(as_json=True)

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "candidate", "round", "number", "answer", "at", "by", "model"),
        "sealed": ("grounds", "asked", "evidence"),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(name="link_answer_known", condition=Q(answer__in=list(ANSWERS))),
            models.UniqueConstraint(name="link_answer_number_once", fields=["candidate", "round", "number"]),
            models.UniqueConstraint(name="link_answer_each_once", fields=["candidate", "round", "by"]),
        ]


class LinkMove(SealedRow):
    """One move of a candidate; the newest says where it stands. `words`: why it was unlinked, opened again, given away."""

    candidate = models.ForeignKey(LinkCandidate, on_delete=models.PROTECT, related_name="moves")
    number = models.PositiveIntegerField()
    move = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    words = SealedField()

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "candidate", "number", "move", "state", "at", "by"),
        "sealed": ("words",),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(name="link_move_state_known", condition=Q(state__in=STATES)),
            models.UniqueConstraint(name="link_move_once", fields=["candidate", "number"]),
        ]
        indexes = [models.Index(name="link_move_told", fields=["at"], condition=Q(move__in=TELLS))]
