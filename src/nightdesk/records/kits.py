"""Early evidence kits: a number that names nobody, and what was done at each step."""

import uuid
from collections.abc import Sequence
from typing import ClassVar

from django.db import models

from nightdesk.records.disclosures import Disclosure
from nightdesk.records.pairs import when_and_who
from nightdesk.records.sealed import blind_index
from nightdesk.records.staff import Staff
from nightdesk.rules.receipt import receipt_of
from nightdesk.rules.terms import KIT_OUTCOMES


class Kit(models.Model):
    """One early evidence kit opened for a person. The number is random: it is on the bag, and on the person's own card."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=12, unique=True)
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="kits")
    edition = models.CharField(max_length=40)  # of the steps
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    words_digest = models.BinaryField(
        max_length=32, null=True
    )  # of the words on the card: to follow the kit by its number

    CLASSED: ClassVar = {
        "plain": (
            "id", "number", "disclosure", "edition", "begun_at", "begun_by", "closed_at", "closed_by", "words_digest",
        )
    }  # fmt: skip

    class Meta:
        constraints = [when_and_who("kit_closed_pair", "closed_at", "closed_by")]

    def card_mark(self) -> str:
        """A mark of the card that holds, "" for none: tells two cards apart, and nothing of the words."""
        return blind_index("card_mark", bytes(self.words_digest).hex())[:4].hex() if self.words_digest else ""

    def card_words(self, key: uuid.UUID, words: Sequence[str]) -> tuple[str, ...]:
        """The words of the card that the form with this key makes, out of the list `words`. They are kept nowhere."""
        return receipt_of(blind_index("kit_card", f"{self.pk}|{key}"), words)


class KitStep(models.Model):
    """One step of a kit as it went. Changed its mind later: a further row; the newest holds, the earlier stays."""

    id = models.BigAutoField(primary_key=True)
    kit = models.ForeignKey(Kit, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=40)  # the code of the pack
    outcome = models.CharField(max_length=15)
    done_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    CLASSED: ClassVar = {"plain": ("id", "kit", "step", "outcome", "done_at", "noted_at", "noted_by")}

    class Meta:
        constraints = [
            models.CheckConstraint(name="kit_outcome_known", condition=models.Q(outcome__in=KIT_OUTCOMES))
        ]
