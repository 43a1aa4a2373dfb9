"""Reports of being turned away or threatened: sealed, with a receipt number, and what was done about each."""

from typing import ClassVar

from django.db import models

from nightdesk.records.disclosures import Disclosure
from nightdesk.records.pairs import when_and_who
from nightdesk.records.sealed import SealedField, SealedRow
from nightdesk.records.staff import Staff, Station
from nightdesk.rules.turned_away import STATES, WHAT

VAULT: str = "turned_away"


class TurnedAway(SealedRow):
    """One report, by anybody. `received_by` is the member of staff who wrote it down for a person, else nobody."""

    number = models.CharField(max_length=12, unique=True)  # random; on the receipt, and the only name of it
    sender_key = models.UUIDField(unique=True)  # made by the page: sending again makes no second report
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=20)
    station = models.ForeignKey(Station, on_delete=models.PROTECT, null=True, related_name="+")
    about_lead = models.BooleanField()  # whoever is in charge there: then only the commander sees it
    told = SealedField()
    answer = SealedField()  # a way to answer; empty for nobody
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, null=True, related_name="+")
    linked_at = models.DateTimeField(null=True)
    linked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    CLASSED: ClassVar = {
        "plain": (
            "id", "vault", "number", "sender_key", "received_at", "received_by", "what", "station", "about_lead",
            "disclosure", "linked_at", "linked_by",
        ),
        "sealed": ("told", "answer"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(name="turned_away_what_known", condition=models.Q(what__in=WHAT)),
            when_and_who("turned_away_linked_pair", "linked_at", "linked_by"),
        ]
        indexes = [models.Index(name="turned_away_station", fields=["station", "-received_at"])]


class TurnedAwayMove(SealedRow):
    """One step of the follow-up; the newest says where the report stands. The words about it are sealed."""

    report = models.ForeignKey(TurnedAway, on_delete=models.PROTECT, related_name="moves")
    number = models.PositiveIntegerField()
    move = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    words = SealedField()

    CLASSED: ClassVar = {
        "plain": ("id", "vault", "report", "number", "move", "state", "moved_at", "moved_by"),
        "sealed": ("words",),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(name="turned_away_move_once", fields=["report", "number"]),
            models.CheckConstraint(name="turned_away_state_known", condition=models.Q(state__in=STATES)),
        ]
